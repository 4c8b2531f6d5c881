"""Rows of the audit counted and drawn: by hour of the day, by day, by object, by reader. Pure; nothing is asked."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

OUTCOMES = ("read", "done", "refused")
BAR, GAP, TALLEST, GROUND = 18, 6, 96, 112
DAYS = 31
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place, its label (for the axis, and in full), and how many rows of each outcome, drawn upwards."""

    x: int
    label: str
    name: Any
    counts: dict[str, int]
    parts: tuple[tuple[str, int, int], ...]

    @property
    def total(self) -> int:
        """All rows of the bar."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of an SVG with `width`, the ground line and how wide a bar is."""

    bars: tuple[Bar, ...]
    ground: int = GROUND
    wide: int = BAR

    @property
    def counted(self) -> list[Bar]:
        """Bars that stand for rows: what the table beneath shows."""
        return [bar for bar in self.bars if bar.total]

    @property
    def width(self) -> int:
        """Of the drawing."""
        return len(self.bars) * (BAR + GAP)


@dataclass(slots=True)
class Group:
    """Rows about one object, or of one reader: how many, the first and the last."""

    row: Any
    times: int = 0
    first: datetime.datetime | None = None
    last: datetime.datetime | None = None
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, row: Any) -> None:
        """Count a row."""
        self.times += 1
        self.outcomes[row.outcome] += 1
        self.first = row.at if self.first is None else min(self.first, row.at)
        self.last = row.at if self.last is None else max(self.last, row.at)


def by_hour(rows: Iterable[Any], zone: str) -> Chart:
    """Rows by the hour of the day at a place: nights show."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    place = ZoneInfo(zone or "UTC")
    for row in rows:
        counts[row.at.astimezone(place).hour][row.outcome] += 1
    return _drawn([(f"{hour:02}" if hour % 3 == 0 else "", f"{hour:02}:00", counts[hour]) for hour in range(24)])


def by_day(rows: Sequence[Any], zone: str) -> Chart:
    """Rows by day at a place: the 31 days that end with the newest row."""
    place = ZoneInfo(zone or "UTC")
    days = [(row.at.astimezone(place).date(), row.outcome) for row in rows]
    counts: dict[datetime.date, Counter[str]] = defaultdict(Counter)
    for day, outcome in days:
        counts[day][outcome] += 1
    last = max(counts, default=None)
    if last is None:
        return Chart(())
    shown = [last - datetime.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return _drawn([(f"{day.day}" if day.day % 5 == 1 else "", day, counts[day]) for day in shown])


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> list[Group]:
    """Groups of rows with the same key, the largest first; at most twenty."""
    found: dict[Any, Group] = {}
    for row in rows:
        name = key(row)
        if name not in found:
            found[name] = Group(row)
        found[name].add(row)
    return sorted(found.values(), key=lambda group: -group.times)[:SHOWN]


def _drawn(columns: list[tuple[str, Any, Counter[str]]]) -> Chart:
    most = max((sum(counts.values()) for _label, _name, counts in columns), default=0) or 1
    bars = []
    for number, (label, name, counts) in enumerate(columns):
        top, parts = GROUND, []
        for outcome in OUTCOMES:
            high = round(TALLEST * counts[outcome] / most)
            if counts[outcome]:
                high = max(high, 2)
                top -= high
                parts.append((outcome, top, high))
        bars.append(Bar(number * (BAR + GAP), label, name, {one: counts[one] for one in OUTCOMES}, tuple(parts)))
    return Chart(tuple(bars))
