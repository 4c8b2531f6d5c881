"""The JRCC's collections in the API. A carrier's collections hold no word about screening."""

from apps.jrcc import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.jrcc.actions import carriers  # noqa: F401  (so are those of carriers)
from apps.jrcc.api.carriers import CaseViewSet, ExpectedJourneyViewSet, ScorecardViewSet
from apps.jrcc.api.hits import HitViewSet
from apps.jrcc.api.journeys import JourneyViewSet, TravellerViewSet
from apps.jrcc.api.registers import CarrierViewSet, RegimeViewSet
from apps.jrcc.api.retention import (
    ErasureViewSet,
    HoldViewSet,
    PenaltyChangeViewSet,
    PenaltyRuleViewSet,
    RetentionChangeViewSet,
    RetentionRuleViewSet,
)
from apps.jrcc.api.submissions import SubmissionViewSet

__all__ = [
    "CarrierViewSet",
    "CaseViewSet",
    "ErasureViewSet",
    "ExpectedJourneyViewSet",
    "HitViewSet",
    "HoldViewSet",
    "JourneyViewSet",
    "PenaltyChangeViewSet",
    "PenaltyRuleViewSet",
    "RegimeViewSet",
    "RetentionChangeViewSet",
    "RetentionRuleViewSet",
    "ScorecardViewSet",
    "SubmissionViewSet",
    "TravellerViewSet",
]
