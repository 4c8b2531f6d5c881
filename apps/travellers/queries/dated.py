"""Dated rules of searches that stand in seed files."""

import datetime
from functools import cache
from typing import NamedTuple

from apps.manifests.queries.dated import in_force, read_seed_rows


class Purpose(NamedTuple):
    """For what people are searched for outside of open cases: code, words, and whether a number of a case is due."""

    code: str
    words: str
    needs_case: bool


def purposes(day: datetime.date) -> list[Purpose]:
    """Those in force on a day, in the order of the file."""
    return [Purpose(row["code"], row["words"], row["needs_case"] == "yes") for row in in_force(_purposes(), day)]


@cache
def _purposes() -> list[dict[str, str]]:
    return read_seed_rows("travellers", "search_purposes")


def days_lookups_are_kept(day: datetime.date) -> int:
    """Days for which what was asked for in a search for people is kept, by the rule in force on a day."""
    return int(in_force(_lookup_rules(), day)[-1]["keep_days"])


@cache
def _lookup_rules() -> list[dict[str, str]]:
    return read_seed_rows("travellers", "lookup_rules")
