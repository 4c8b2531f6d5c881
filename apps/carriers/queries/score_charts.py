"""Scores as drawings and rows: the trend of a year, the map of carrier by day, the CSV. No queries."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.carriers.queries.scores import Score

BAR, GAP, TALLEST, GROUND = 34, 14, 100, 112
CELL, LEFT, TOP = 18, 60, 20
HEAD = (
    *("month", "state", "carrier", "grade", "lists", "in_time_percent", "late", "missing", "median_minutes_before"),
    *("travellers", "complete_percent", "journeys", "accepted_percent"),
)


def last_of(first: datetime.date) -> datetime.date:
    """The last day of the month that begins on `first`."""
    after = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return after - datetime.timedelta(days=1)


def months_back(today: datetime.date, n: int) -> list[datetime.date]:
    """The first days of this month and those before it, newest first."""
    found = [today.replace(day=1)]
    while len(found) < n:
        found.append((found[-1] - datetime.timedelta(days=1)).replace(day=1))
    return found


def trend(scores: Iterable[Score], months: Sequence[datetime.date]) -> dict[str, Any]:
    """Share of lists in time by month as bars of an SVG, oldest first, each with its score (None: nothing came)."""
    by_month = {score.key: score for score in scores}
    columns = []
    for n, month in enumerate(reversed(months)):
        score = by_month.get(month)
        share = score.in_time_share if score else None
        high = round(TALLEST * (share or 0) / 100)
        columns.append(
            {
                "month": month,
                "score": score,
                "x": n * (BAR + GAP),
                "middle": n * (BAR + GAP) + BAR // 2,
                "high": high,
                "y": GROUND - high,
                "label": f"{month:%b}",
            }
        )
    return {"columns": columns, "width": len(columns) * (BAR + GAP), "ground": GROUND, "wide": BAR}


def heat(days: Mapping[tuple[str, datetime.date], str], first: datetime.date) -> dict[str, Any]:
    """Carrier by day: squares of an SVG, each the worst that happened on the day (in_time, late, missing)."""
    names = sorted({carrier for carrier, _day in days})
    last = last_of(first).day
    rows = []
    for n, name in enumerate(names):
        cells = [
            {
                "x": LEFT + (day - 1) * (CELL + 2),
                "day": first.replace(day=day),
                "worst": days.get((name, first.replace(day=day)), ""),
            }
            for day in range(1, last + 1)
        ]
        y = TOP + n * (CELL + 4)
        rows.append({"name": name, "y": y, "middle": y + 14, "cells": [cell for cell in cells if cell["worst"]]})
    heads = [
        {"x": LEFT + (day - 1) * (CELL + 2) + CELL // 2, "label": day}
        for day in range(1, last + 1)
        if day % 5 == 0 or day == 1
    ]
    return {
        "rows": rows,
        "heads": heads,
        "cell": CELL,
        "width": LEFT + last * (CELL + 2),
        "height": TOP + len(rows) * (CELL + 4) + 4,
    }


def cells(first: datetime.date, party: str, score: Score) -> list[Any]:
    """A score as a row under HEAD; shares with one decimal, empty where nothing was counted."""
    shares = [_one(score.in_time_share), _one(score.complete_share), _one(score.accepted_share)]
    return [
        *(f"{first:%Y-%m}", party, str(score.key), score.grade, score.lists, shares[0], score.late, score.missing),
        *(_one(score.median), score.people, shares[1], score.journeys, shares[2]),
    ]


def _one(value: float | None) -> float | str:
    return "" if value is None else float(f"{value:.1f}")
