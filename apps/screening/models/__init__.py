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
from apps.screening.models.rules import Rule, RuleTrial, RuleVersion

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
    "Rule",
    "RuleTrial",
    "RuleVersion",
    "TravellerClearance",
    "TravellerClearanceDeskGrant",
    "WatchList",
    "WatchListDeskGrant",
]
