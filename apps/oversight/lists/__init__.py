"""Lists of oversight, as they are declared, and the tables of the audit trail, which lies below the kit of pages."""

from apps.oversight.lists import trail
from apps.oversight.lists.registers import (
    CASE_STATES,
    CONTACT,
    KEY,
    PARTY,
    STATUS,
    Anchors,
    Cases,
    Witnesses,
    standing_chip,
)

__all__ = [
    "CASE_STATES",
    "CONTACT",
    "KEY",
    "PARTY",
    "STATUS",
    "Anchors",
    "Cases",
    "Witnesses",
    "standing_chip",
    "trail",
]
