"""Everything that is done with joint threat assessments. Importing declares the verbs."""

from apps.assessments.actions import (
    audit_verbs,
    call,
    comments,
    judgements,
    lost_sources,
    members,
    outcomes,
    positions,
    releases,
    remarks,
    sections,
    sign_offs,
    steps,
    terms,
)

__all__ = [
    "audit_verbs",
    "call",
    "comments",
    "judgements",
    "lost_sources",
    "members",
    "outcomes",
    "positions",
    "releases",
    "remarks",
    "sections",
    "sign_offs",
    "steps",
    "terms",
]
