"""From a carrier's message to a hit: submissions, journeys, travellers, hits, and the rules of time."""

from apps.jrcc.models.amendments import Amendment
from apps.jrcc.models.bookings import BookedTraveller, Booking, BookingDeskGrant, BookingLaw
from apps.jrcc.models.cases import ComplianceCase, ComplianceCaseDeskGrant, PenaltyRule
from apps.jrcc.models.changes import (
    BookingLawChange,
    BookingLawChangeDeskGrant,
    PenaltyChange,
    PenaltyChangeDeskGrant,
    RegimeChange,
    RegimeChangeDeskGrant,
    RetentionChange,
    RetentionChangeDeskGrant,
    RuleChange,
)
from apps.jrcc.models.contacts import CarrierContact, CarrierMail
from apps.jrcc.models.forms import Draft, SheetLayout
from apps.jrcc.models.hits import Hit, HitClock, HitDeskGrant, HitEscalation, HitReferral
from apps.jrcc.models.journeys import Journey, JourneyDeskGrant, JourneyParty, Leg
from apps.jrcc.models.lookups import Lookup, LookupDeskGrant
from apps.jrcc.models.persons import Person, PersonChange, PersonDeskGrant, PersonMember
from apps.jrcc.models.questions import HitQuestion, HitQuestionDeskGrant
from apps.jrcc.models.retention import Erasure, RetentionHold, RetentionHoldDeskGrant, RetentionRule
from apps.jrcc.models.retries import Retry
from apps.jrcc.models.rules import Carrier, Regime
from apps.jrcc.models.schedules import (
    Chase,
    ExpectedJourney,
    ExpectedJourneyDeskGrant,
    ExpectedParty,
    Schedule,
    ScheduleDeskGrant,
)
from apps.jrcc.models.submissions import Submission, SubmissionContent, SubmissionDeskGrant
from apps.jrcc.models.travellers import Document, Traveller, party_codes

__all__ = [
    "Amendment",
    "BookedTraveller",
    "Booking",
    "BookingDeskGrant",
    "BookingLaw",
    "BookingLawChange",
    "BookingLawChangeDeskGrant",
    "Carrier",
    "CarrierContact",
    "CarrierMail",
    "Chase",
    "ComplianceCase",
    "ComplianceCaseDeskGrant",
    "Document",
    "Draft",
    "Erasure",
    "ExpectedJourney",
    "ExpectedJourneyDeskGrant",
    "ExpectedParty",
    "Hit",
    "HitClock",
    "HitDeskGrant",
    "HitEscalation",
    "HitQuestion",
    "HitQuestionDeskGrant",
    "HitReferral",
    "Journey",
    "JourneyDeskGrant",
    "JourneyParty",
    "Leg",
    "Lookup",
    "LookupDeskGrant",
    "PenaltyChange",
    "PenaltyChangeDeskGrant",
    "PenaltyRule",
    "Person",
    "PersonChange",
    "PersonDeskGrant",
    "PersonMember",
    "Regime",
    "RegimeChange",
    "RegimeChangeDeskGrant",
    "RetentionChange",
    "RetentionChangeDeskGrant",
    "RetentionHold",
    "RetentionHoldDeskGrant",
    "RetentionRule",
    "Retry",
    "RuleChange",
    "Schedule",
    "ScheduleDeskGrant",
    "SheetLayout",
    "Submission",
    "SubmissionContent",
    "SubmissionDeskGrant",
    "Traveller",
    "party_codes",
]
