"""Schedules, expected journeys, contacts, laws and their changes, cases."""

from apps.carriers.models.cases import ComplianceCase, ComplianceCaseDeskGrant, PenaltyRule
from apps.carriers.models.changes import (
    BookingLawChange,
    BookingLawChangeDeskGrant,
    PenaltyChange,
    PenaltyChangeDeskGrant,
    RegimeChange,
    RegimeChangeDeskGrant,
    RuleChange,
)
from apps.carriers.models.contacts import CarrierContact, CarrierMail
from apps.carriers.models.schedules import (
    Chase,
    ExpectedJourney,
    ExpectedJourneyDeskGrant,
    ExpectedParty,
    Schedule,
    ScheduleDeskGrant,
)

__all__ = [
    "BookingLawChange",
    "BookingLawChangeDeskGrant",
    "CarrierContact",
    "CarrierMail",
    "Chase",
    "ComplianceCase",
    "ComplianceCaseDeskGrant",
    "ExpectedJourney",
    "ExpectedJourneyDeskGrant",
    "ExpectedParty",
    "PenaltyChange",
    "PenaltyChangeDeskGrant",
    "PenaltyRule",
    "RegimeChange",
    "RegimeChangeDeskGrant",
    "RuleChange",
    "Schedule",
    "ScheduleDeskGrant",
]
