"""Parties, desks, seats, people and keys; how a party's people come in, and what takes two of its administrators."""

from apps.people.models.governance import (
    AccountProposal,
    AccountRule,
    Invitation,
    SeatConflict,
    SeatWaiver,
    TwoPersonRule,
)
from apps.people.models.handovers import Handover
from apps.people.models.keys import DeskToken
from apps.people.models.register import (
    DateRange,
    Desk,
    Function,
    Party,
    PartyPeriod,
    Seat,
    TsTzRange,
    User,
    UuidV7,
    public_id,
)
from apps.people.models.reviews import AccessReview, ClearanceChange, EmergencyUse, ReviewItem

__all__ = [
    "AccessReview",
    "AccountProposal",
    "AccountRule",
    "ClearanceChange",
    "DateRange",
    "Desk",
    "DeskToken",
    "EmergencyUse",
    "Function",
    "Handover",
    "Invitation",
    "Party",
    "PartyPeriod",
    "ReviewItem",
    "Seat",
    "SeatConflict",
    "SeatWaiver",
    "TsTzRange",
    "TwoPersonRule",
    "User",
    "UuidV7",
    "public_id",
]
