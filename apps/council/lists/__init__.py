"""Lists and tables of the Council, as they are declared."""

from apps.council.lists import institutions, meetings, public_register, votes
from apps.council.lists.registers import MEMBERS, Coming, Decisions, Ended, Papers, Past, Running

__all__ = [
    "MEMBERS",
    "Coming",
    "Decisions",
    "Ended",
    "Papers",
    "Past",
    "Running",
    "institutions",
    "meetings",
    "public_register",
    "votes",
]
