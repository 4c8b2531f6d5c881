"""Everything that is done with joint threat assessments. Importing declares the verbs."""

from apps.assessments.actions import (
    call,
    commenting,
    drafting,
    judging,
    losing,
    members,
    outcomes,
    positions,
    releasing,
    remarks,
    signing,
    steps,
    terms,
)

__all__ = [
    "call",
    "commenting",
    "drafting",
    "judging",
    "losing",
    "members",
    "outcomes",
    "positions",
    "releasing",
    "remarks",
    "signing",
    "steps",
    "terms",
]
