"""Watchlists, their entries and imports, targeting rules, and thresholds."""

from apps.screening.models.lists import (
    Entry,
    EntryDeskGrant,
    EntryKey,
    EntryKeyList,
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
from apps.screening.models.thresholds import Thresholds, ThresholdsDeskGrant

__all__ = [
    "Entry",
    "EntryDeskGrant",
    "EntryKey",
    "EntryKeyList",
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
    "Thresholds",
    "ThresholdsDeskGrant",
    "TravellerClearance",
    "TravellerClearanceDeskGrant",
    "WatchList",
    "WatchListDeskGrant",
]
