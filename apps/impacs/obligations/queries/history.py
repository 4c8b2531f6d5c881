"""The colours of one action by date: replayed from its facts, day by day, never stored."""

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.impacs.models import Report, StateAction, StatusRules
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.cells import look_of, word_of
from apps.impacs.obligations.queries.status import Day, Row, Standing
from apps.impacs.obligations.rules.rag import Parameters
from apps.impacs.queries.status_looks import Look
from apps.people.models import PartyPeriod
from apps.people.queries import STATE_KINDS

ONE_DAY = datetime.timedelta(days=1)
LONGEST = 1500
"""Days that are replayed at most, the last ones; what an action was before is in its reports and turns."""

WIDTH, MARGIN, LETTER = 700, 20, 8
"""Of the drawing, in its own units; the margin leaves room for the first and last date, a letter is so wide at most."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which an action had one colour: first and last day, the reasons of the first day, and its bar."""

    first: datetime.date
    last: datetime.date
    at: Standing
    x: float
    width: float
    still: bool
    """Whether it has the colour today."""

    @property
    def look(self) -> Look:
        """How the status is shown."""
        return look_of(self.at)

    @property
    def word(self) -> str:
        """The colour in a word or two."""
        return word_of(self.at)

    @property
    def named(self) -> bool:
        """Whether the bar has room for the word."""
        return self.width > LETTER * len(self.word)


@dataclass(frozen=True, slots=True)
class History:
    """How an action stands today, and the stretches of its past, the oldest first."""

    now: Standing
    row: Row
    stretches: list[Stretch]

    @property
    def now_look(self) -> Look:
        """How today's status is shown."""
        return look_of(self.now)

    @property
    def now_word(self) -> str:
        """Today's colour in a word or two."""
        return word_of(self.now)

    @property
    def newest_first(self) -> list[Stretch]:
        """For the table."""
        return self.stretches[::-1]


def read_action_history(action: StateAction, today: datetime.date) -> History:
    """How an action stands today and how it stood on every day before. Five queries, whatever its age."""
    row = status.row_of(action)
    statements = status.statements_of({action.decision_id})
    reports = list(Report.objects.filter(action=action).order_by("day", "at").values_list("day", "progress"))
    rules = list(StatusRules.objects.order_by("valid_from").values_list("valid_from", "content"))
    periods = list(PartyPeriod.objects.filter(party=action.party_id, kind__in=STATE_KINDS))
    frames = _Frames(action.party_id, rules, periods)
    told = _Reports(reports)
    found: list[tuple[datetime.date, Standing]] = []
    first = max(row.starts_on, today - LONGEST * ONE_DAY)
    at: Any = None
    for day in (first + n * ONE_DAY for n in range((today - first).days + 1)):
        at = status.standing(row._replace(reports=(told.on(day),)), 0, frames.on(day), statements)
        if not found or found[-1][1].status.colour != at.status.colour:
            found.append((day, at))
    if at is None:  # it begins later
        at = status.standing(row, 0, frames.on(today), statements)
    return History(at, row, _stretches(found, today))


def _stretches(found: Sequence[tuple[datetime.date, Standing]], today: datetime.date) -> list[Stretch]:
    if not found:
        return []
    begins = [day for day, _at in found]
    ends = [day - ONE_DAY for day in begins[1:]] + [today]
    whole = (today - begins[0]).days + 1
    scale = (WIDTH - 2 * MARGIN) / whole
    return [
        Stretch(
            first=day,
            last=last,
            at=at,
            x=round(MARGIN + (day - begins[0]).days * scale, 1),
            width=round(max(1.0, ((last - day).days + 1) * scale), 1),
            still=last == today,
        )
        for (day, at), last in zip(found, ends, strict=True)
    ]


class _Frames:
    """What holds on a day whatever the action: the limits, and whether the party is a State."""

    def __init__(self, party: str, rules: Sequence[tuple[datetime.date, Any]], periods: Sequence[Any]) -> None:
        self.party, self.periods = party, periods
        self.since = [since for since, _content in rules]
        self.limits = [Parameters(**content) for _since, content in rules]

    def on(self, day: datetime.date) -> Day:
        place = bisect_right(self.since, day)
        limits = self.limits[place - 1] if place else Parameters()
        member = any(each.valid_from <= day and (each.valid_to is None or day < each.valid_to) for each in self.periods)
        return Day(day, (), frozenset({self.party} if member else ()), limits)


class _Reports:
    """What was last reported by a day."""

    def __init__(self, reports: Sequence[tuple[datetime.date, int]]) -> None:
        self.days = [day for day, _progress in reports]
        self.reports = reports

    def on(self, day: datetime.date) -> tuple[datetime.date | None, int]:
        place = bisect_right(self.days, day)
        return self.reports[place - 1] if place else (None, 0)
