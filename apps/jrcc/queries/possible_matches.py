"""A traveller who may be the subject of an entry."""

from dataclasses import dataclass

from apps.journeys.models import Traveller
from apps.screening.matching import MATCHER_VERSION, Comparison
from apps.screening.models import Entry


@dataclass(frozen=True, slots=True)
class Found:
    """A traveller who may be the subject of an entry."""

    traveller: Traveller
    entry: Entry
    comparison: Comparison
    matcher: str = MATCHER_VERSION
