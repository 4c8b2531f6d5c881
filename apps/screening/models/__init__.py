"""Watchlists, their entries and imports, and targeting rules."""

from apps.screening.models.lists import (
    Entry,
    EntryDeskGrant,
    EntryKey,
    EntryVersion,
    ImportLine,
    Instruction,
    ListImport,
    ListImportContent,
    ListImportDeskGrant,
    ListRules,
    TravellerClearance,
    TravellerClearanceDeskGrant,
    WatchList,
    WatchListDeskGrant,
)

__all__ = [
    "Entry",
    "EntryDeskGrant",
    "EntryKey",
    "EntryVersion",
    "ImportLine",
    "Instruction",
    "ListImport",
    "ListImportContent",
    "ListImportDeskGrant",
    "ListRules",
    "TravellerClearance",
    "TravellerClearanceDeskGrant",
    "WatchList",
    "WatchListDeskGrant",
]
