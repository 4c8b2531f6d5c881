"""How long the floor takes, and when it works: what supervisors read. Counts and minutes, nobody named."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

HOURS = 24
BAR, STEP, TALL = 10, 26, 120
SETTLED = ("hit.record_outcome", "hit.dismiss")


@dataclass(frozen=True, slots=True)
class Fact:
    """One hit: when its list was sent and when each act was first done to it (by verb)."""

    list_name: str
    carrier: str
    states: tuple[str, ...]
    sent: datetime.datetime
    raised: datetime.datetime
    acts: Mapping[str, datetime.datetime]

    @property
    def settled(self) -> datetime.datetime | None:
        """When it had an outcome or was dismissed."""
        return min((self.acts[verb] for verb in SETTLED if verb in self.acts), default=None)


@dataclass(frozen=True, slots=True)
class Took:
    """Minutes of one step: how many hits, the median, and within what nine of ten were done."""

    n: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its name, hits, the steps, and steps that were overdue (None where that is not counted)."""

    name: str
    hits: int
    steps: Sequence[Took]
    overdue: int | None = None


def took(pairs: Iterable[tuple[datetime.datetime | None, datetime.datetime | None]]) -> Took:
    """The time from first to second of pairs that have both, in order."""
    minutes = [(end - start).total_seconds() / 60 for start, end in pairs if start and end and end >= start]
    if not minutes:
        return Took(0, None, None)
    ninetieth = quantiles(minutes, n=10, method="inclusive")[-1] if len(minutes) > 1 else minutes[0]
    return Took(len(minutes), median(minutes), ninetieth)


def alert_to_claim(fact: Fact) -> tuple[Any, Any]:
    """From the raising until an officer took it."""
    return fact.raised, fact.acts.get("hit.claim")


def referral_to_acknowledgement(fact: Fact) -> tuple[Any, Any]:
    """From the referral until the first State acknowledged."""
    return fact.acts.get("hit.refer"), fact.acts.get("hit.acknowledge")


def alert_to_end(fact: Fact) -> tuple[Any, Any]:
    """From the raising until outcome or dismissal."""
    return fact.raised, fact.settled


def list_to_alert(fact: Fact) -> tuple[Any, Any]:
    """From the list that named them until the hit; where a later list named them again, that says nothing."""
    return fact.sent, fact.raised


STEPS: tuple[tuple[Any, Callable[[Fact], tuple[Any, Any]]], ...] = (
    ("list", list_to_alert),
    ("claim", alert_to_claim),
    ("acknowledge", referral_to_acknowledgement),
    ("end", alert_to_end),
)


def step_names() -> list[str]:
    """What the steps are called, in their order."""
    return [_("Manifest to hit"), _("Hit to claim"), _("Referral to acknowledgement"), _("Hit to outcome or dismissal")]


def row(name: str, facts: Sequence[Fact], overdue: int | None = None) -> Row:
    """The line of some hits."""
    return Row(name, len(facts), [took(map(pair, facts)) for _name, pair in STEPS], overdue)


def by(
    facts: Iterable[Fact], keys: Callable[[Fact], Iterable[str]], late: Mapping[str, int] | None = None
) -> list[Row]:
    """Lines by key, most hits first; `late`: overdue steps by key."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for key in keys(fact):
            groups[key].append(fact)
    names = sorted({*groups, *(late or {})}, key=lambda name: (-len(groups[name]), name))
    return [row(name, groups[name], None if late is None else late.get(name, 0)) for name in names]


def hours(facts: Iterable[Fact], zone: str) -> dict[str, Any]:
    """Work by the hour of the desk's day: {columns: [{hour, raised, settled, …}]} with the SVG's measures."""
    raised, settled, place = [0] * HOURS, [0] * HOURS, ZoneInfo(zone or "UTC")
    for fact in facts:
        raised[fact.raised.astimezone(place).hour] += 1
        if fact.settled:
            settled[fact.settled.astimezone(place).hour] += 1
    most, ground = max(*raised, *settled, 1), 12 + TALL
    columns = [
        {
            "hour": hour,
            "raised": raised[hour],
            "settled": settled[hour],
            "x": 8 + STEP * hour,
            "x2": 8 + STEP * hour + BAR,
            "high": round(TALL * raised[hour] / most),
            "high2": round(TALL * settled[hour] / most),
            "y": ground - round(TALL * raised[hour] / most),
            "y2": ground - round(TALL * settled[hour] / most),
        }
        for hour in range(HOURS)
    ]
    return {"columns": columns, "wide": BAR, "ground": ground, "width": 16 + STEP * HOURS, "height": TALL + 40}


def lines(tables: Iterable[tuple[str, Sequence[Row]]]) -> list[Sequence[Any]]:
    """The tables as lines of a file."""
    head = [
        pgettext("column, jrcc", "Table"),
        pgettext("column, jrcc", "Line"),
        pgettext("column, jrcc", "Hits"),
        pgettext("column, jrcc", "Overdue steps"),
    ]
    for name in step_names():
        head += [
            f"{name}: {word}"
            for word in (
                pgettext("words, jrcc", "hits"),
                pgettext("words, jrcc", "median, minutes"),
                pgettext("words, jrcc", "90% within, minutes"),
            )
        ]
    found: list[Sequence[Any]] = [head]
    for table, rows in tables:
        for one in rows:
            cells: list[Any] = [table, one.name, one.hits, "" if one.overdue is None else one.overdue]
            for step in one.steps:
                cells += [step.n, _said(step.median), _said(step.ninetieth)]
            found.append(cells)
    return found


def _said(minutes: float | None) -> str:
    return "" if minutes is None else f"{minutes:.1f}"
