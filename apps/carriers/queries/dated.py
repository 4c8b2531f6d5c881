"""Dated numbers about carriers that stand in seed files."""

import datetime
from functools import cache
from typing import NamedTuple

from apps.manifests.queries.dated import days_of, read_seed_rows


@cache
def _carrier_rules() -> list[dict[str, str]]:
    return read_seed_rows("carriers", "carrier_rules")


def days_of_grace(day: datetime.date) -> int:
    """Days after which the joining of two designators can no longer be taken back, by the rule in force on a day."""
    return days_of(_carrier_rules(), day)


class Chasing(NamedTuple):
    """How missing lists are chased: days planned ahead, and minutes before a deadline of reminder and board."""

    days_ahead: int
    remind_minutes: int
    due_minutes: int


def chasing(day: datetime.date) -> Chasing:
    """The numbers of a day."""
    iso = day.isoformat()
    row = next(row for row in _chasing() if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"]))
    return Chasing(*(int(row[name]) for name in Chasing._fields))


@cache
def _chasing() -> list[dict[str, str]]:
    return read_seed_rows("carriers", "chasing")


@cache
def _grades() -> list[dict[str, str]]:
    return read_seed_rows("carriers", "grades")


def grade_of(in_time: float, complete: float | None, day: datetime.date) -> str:
    """A to E of a carrier by its shares in percent; without travellers by time alone."""
    iso = day.isoformat()
    return next(
        row["grade"]
        for row in _grades()
        if row["valid_from"] <= iso
        and (not row["valid_to"] or iso < row["valid_to"])
        and in_time >= float(row["in_time"])
        and (complete is None or complete >= float(row["complete"]))
    )
