"""Lists of the watchlists, as they are declared."""

from apps.screening.lists import outcomes, rules
from apps.screening.lists.entries import WHO_AND_WHY
from apps.screening.lists.watchlists import (
    CLEARED,
    OWNERS,
    Clearances,
    EarlierThresholds,
    Entries,
    EntriesOfList,
    Imports,
    Rules,
    Watchlists,
)

__all__ = [
    "CLEARED",
    "OWNERS",
    "WHO_AND_WHY",
    "Clearances",
    "EarlierThresholds",
    "Entries",
    "EntriesOfList",
    "Imports",
    "Rules",
    "Watchlists",
    "outcomes",
    "rules",
]
