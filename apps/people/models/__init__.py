"""Parties, desks, seats, people and keys; how a party's people come in, and what takes two of its administrators."""

from apps.people.models.governing import (
    AccountProposal,
    AccountRule,
    Invitation,
    SeatConflict,
    SeatWaiver,
    TwoPersonRule,
)
from apps.people.models.register import (
    DateRange,
    Desk,
    DeskToken,
    Function,
    Party,
    PartyPeriod,
    Seat,
    TsTzRange,
    User,
    UuidV7,
    public_id,
)
from apps.people.models.reviewing import AccessReview, EmergencyUse, ReviewItem

__all__ = [
    "AccessReview",
    "AccountProposal",
    "AccountRule",
    "DateRange",
    "Desk",
    "DeskToken",
    "EmergencyUse",
    "Function",
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
