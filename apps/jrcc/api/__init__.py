"""The JRCC's collections in the API. A carrier's collections hold no word about screening."""

from apps.jrcc import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.jrcc.actions import carriers  # noqa: F401  (so are those of carriers)
from apps.jrcc.api.amending import AmendmentViewSet
from apps.jrcc.api.carriers import CaseViewSet, ExpectedJourneyViewSet, ScorecardViewSet
from apps.jrcc.api.hits import HitViewSet
from apps.jrcc.api.journeys import JourneyViewSet, TravellerViewSet
from apps.jrcc.api.lookups import LookupViewSet
from apps.jrcc.api.persons import PersonViewSet
from apps.jrcc.api.questions import HitQuestionViewSet
from apps.jrcc.api.registers import CarrierViewSet
from apps.jrcc.api.retention import (
    BookingLawChangeViewSet,
    BookingLawViewSet,
    ErasureViewSet,
    HoldViewSet,
    PenaltyChangeViewSet,
    PenaltyRuleViewSet,
    RegimeChangeViewSet,
    RegimeViewSet,
    RetentionChangeViewSet,
    RetentionRuleViewSet,
)
from apps.jrcc.api.submissions import SubmissionViewSet

__all__ = [
    "AmendmentViewSet",
    "BookingLawChangeViewSet",
    "BookingLawViewSet",
    "CarrierViewSet",
    "CaseViewSet",
    "ErasureViewSet",
    "ExpectedJourneyViewSet",
    "HitQuestionViewSet",
    "HitViewSet",
    "HoldViewSet",
    "JourneyViewSet",
    "LookupViewSet",
    "PenaltyChangeViewSet",
    "PenaltyRuleViewSet",
    "PersonViewSet",
    "RegimeChangeViewSet",
    "RegimeViewSet",
    "RetentionChangeViewSet",
    "RetentionRuleViewSet",
    "ScorecardViewSet",
    "SubmissionViewSet",
    "TravellerViewSet",
]
