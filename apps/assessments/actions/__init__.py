"""Everything that is done with joint threat assessments. Importing declares the verbs."""

from apps.assessments.actions import (
    call,
    commenting,
    drafting,
    judging,
    members,
    positions,
    releasing,
    signing,
    steps,
    terms,
)

__all__ = [
    "call",
    "commenting",
    "drafting",
    "judging",
    "members",
    "positions",
    "releasing",
    "signing",
    "steps",
    "terms",
]
