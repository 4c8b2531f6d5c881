"""The ladder of escalation: who is told next of something that is due, by dated rungs and what was answered. Pure.

Portal rule, to be confirmed by the organ. A rung is a number of days before (negative) or after the due date in force.
Rungs are climbed one by one. Silence climbs; an answer or progress holds the ladder for the days that the rung says.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder.

    `days` count from the due date; `wait` is how long the rung before has to answer; `pause_answer` and
    `pause_progress` are the days for which an answer, or progress, holds what follows this rung. `office` is who is
    told, `through` the office that has to pass it on to them (empty: nobody), `event` what the notice is.
    """

    number: int
    days: int
    wait: int
    office: str
    through: str
    event: str
    pause_answer: int
    pause_progress: int

    @property
    def reminds(self) -> bool:
        """Whether it comes before the due date: a reminder, of no use once that has passed."""
        return self.days < 0


@dataclass(frozen=True, slots=True)
class Raised:
    """A rung that was climbed for a due date: on which day, and on which day it was answered (None: silence)."""

    number: int
    on: datetime.date
    answered_on: datetime.date | None = None


def next_rung(
    rungs: Sequence[Rung],
    raised: Sequence[Raised],
    due: datetime.date | None,
    progressed_on: datetime.date | None,
    day: datetime.date,
) -> Rung | None:
    """The rung to climb on a day, None when none is. `raised` are those of the due date in force.

    Without a due date nothing is escalated. A reminder whose date has passed is left out; no other rung ever is.
    """
    if due is None:
        return None
    last = max(raised, key=lambda one: one.number, default=None)
    above = [rung for rung in rungs if last is None or rung.number > last.number]
    candidates = [rung for rung in above if not (rung.reminds and day > due)]
    if not candidates:
        return None
    rung = min(candidates, key=lambda one: one.number)
    return rung if day >= _not_before(rung, rungs, last, due, progressed_on) else None


def _not_before(
    rung: Rung,
    rungs: Sequence[Rung],
    last: Raised | None,
    due: datetime.date,
    progressed_on: datetime.date | None,
) -> datetime.date:
    """The first day on which a rung may be climbed."""
    first = due + datetime.timedelta(days=rung.days)
    if last is None:
        return first
    before = next((one for one in rungs if one.number == last.number), rung)
    first = max(first, last.on + datetime.timedelta(days=rung.wait))
    if last.answered_on is not None:
        first = max(first, last.answered_on + datetime.timedelta(days=before.pause_answer))
    if progressed_on is not None and progressed_on >= last.on:
        first = max(first, progressed_on + datetime.timedelta(days=before.pause_progress))
    return first


def told_in_place(offices: Sequence[str], asked: str, held: frozenset[str]) -> str:
    """The office that is told when the one asked is vacant: the next one up the ladder that is held; "" for none.

    `offices` are those of the ladder from the bottom up, an office through which another is told in its place.
    """
    above = offices[offices.index(asked) :] if asked in offices else offices
    return next((office for office in above if office in held), "")
