"""Dated numbers and members that stand in seed files."""

import csv
import datetime
from functools import cache

from django.conf import settings

SINGLE_DOMESTIC_SPACE = "sds"


def read_seed_rows(app: str, name: str) -> list[dict[str, str]]:
    """A seed file of an app as rows."""
    with (settings.BASE_DIR / "apps" / app / "seed" / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@cache
def _draft_rules() -> list[dict[str, str]]:
    return read_seed_rows("manifests", "draft_rules")


def days_drafts_are_kept(day: datetime.date) -> int:
    """Days after its last change for which a draft is kept, by the rule in force on a day."""
    return days_of(_draft_rules(), day)


def days_of(table: list[dict[str, str]], day: datetime.date) -> int:
    """The days that the row in force on a day says."""
    iso = day.isoformat()
    held = [row for row in table if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])]
    return int(held[-1]["days"])


def in_force(table: list[dict[str, str]], day: datetime.date) -> list[dict[str, str]]:
    """Rows of a table that are in force on a day."""
    iso = day.isoformat()
    return [row for row in table if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])]


@cache
def _spaces() -> list[dict[str, str]]:
    return read_seed_rows("manifests", "spaces")


def members_of_space(day: datetime.date, space: str = SINGLE_DOMESTIC_SPACE) -> frozenset[str]:
    """Party codes of the States that formed the space on a day."""
    iso = day.isoformat()
    return frozenset(
        row["party"]
        for row in _spaces()
        if row["space"] == space and row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])
    )
