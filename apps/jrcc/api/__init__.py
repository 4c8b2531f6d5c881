"""The JRCC's collections in the API. A carrier's collections hold no word about screening."""

from apps.jrcc import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.jrcc.api.hits import HitViewSet
from apps.jrcc.api.journeys import JourneyViewSet, TravellerViewSet
from apps.jrcc.api.registers import CarrierViewSet, RegimeViewSet
from apps.jrcc.api.submissions import SubmissionViewSet

__all__ = [
    "CarrierViewSet",
    "HitViewSet",
    "JourneyViewSet",
    "RegimeViewSet",
    "SubmissionViewSet",
    "TravellerViewSet",
]
