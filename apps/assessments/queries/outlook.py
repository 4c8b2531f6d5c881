"""The threat matrix and the outlook as pages, files and programs are given them."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.templatetags.portal import percent
from apps.assessments.queries import released_judgements
from apps.assessments.rules import outlook as rules
from apps.assessments.rules import yardstick_charts
from apps.people.models import Party
from apps.region.queries import atlas
from apps.rifc.queries import vocabulary

PERIODS = 8
"""Half years that can be chosen and that a chart shows. Portal rule."""

TRENDS: dict[str, tuple[str, Any]] = {
    rules.UP: ("↑", gettext_lazy("more likely than six months earlier")),
    rules.DOWN: ("↓", gettext_lazy("less likely than six months earlier")),
    rules.SAME: ("=", gettext_lazy("as likely as six months earlier")),
    rules.NEW: ("+", gettext_lazy("not judged six months earlier")),
    rules.GONE: ("–", gettext_lazy("judged six months earlier, not now")),
    rules.NONE: ("", pgettext_lazy("words, assessments", "no judgement")),
}
"""{trend: (sign, words)}."""


@dataclass(frozen=True, slots=True)
class State:
    """A column: a State, or the region ("")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the matrix or a place on the map."""

    state: State
    cell: rules.Cell
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Threat:
    """A row: a threat with its cells, the region's first."""

    code: str
    label: str
    tier: int
    cells: list[Shown]


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of the regional strategy with its threats; 0 for those that stand in no tier."""

    number: int
    label: str
    threats: list[Threat]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The matrix in a half year, as on `day`: its last, or today."""

    period: rules.Period
    day: datetime.date
    periods: list[rules.Period]
    states: list[State]
    tiers: list[Tier]
    said: list[rules.Said]

    @property
    def level(self) -> int:
        """The marking of the highest judgement that it is made of."""
        return max((one.row.level for one in self.said), default=0)


def outlook(actor: Actor, wanted: str = "") -> Outlook:
    """The matrix of the reader in a half year (`2026-H2`); the present one for none or an unknown one. Two queries."""
    said, today = released_judgements.said(actor), released_judgements.today()
    choice = rules.periods(min((one.since for one in said), default=today), today, PERIODS)
    period = next((one for one in choice if one.code == wanted), choice[-1])
    day, before = min(period.last, today), period.first - datetime.timedelta(days=1)
    found, columns = (
        rules.cells(said, day, before),
        [State(rules.REGION, pgettext("words, assessments", "Region")), *_states(day)],
    )
    return Outlook(period, day, choice, columns, list(_tiers(day, columns, found)), said)


def _states(day: datetime.date) -> list[State]:
    """Member States in roll-call order, then Associate Members."""
    held = Q(periods__valid_to=None) | Q(periods__valid_to__gt=day)
    kinds = ["member_state", "associate_member"]
    rows = Party.objects.filter(held, periods__valid_from__lte=day, periods__kind__in=kinds)
    order = rows.order_by("-periods__kind", "roll_call_order", "code").values_list("code", "short_name")
    return [State(code, name) for code, name in order]


def _tiers(day: datetime.date, columns: Sequence[State], found: rules.Cells) -> Iterator[Tier]:
    """Tiers in the order of the strategy of that day, with the threats of its list, judged or not."""
    rows: dict[int, list[Threat]] = {}
    for code, term in vocabulary.terms("threat_category", day).items():
        tier = int(term.extra.get("tier", 0))
        cells = [_shown(state, found.get((code, state.code), rules.EMPTY)) for state in columns]
        rows.setdefault(tier, []).append(Threat(code, str(term.label), tier, cells))
    names = vocabulary.terms("threat_tier", day)
    for number in sorted(rows, key=lambda one: one or 99):
        name = names.get(str(number))
        yield Tier(number, str(name.label) if name else pgettext("words, assessments", "Other threats"), rows[number])


def _shown(state: State, cell: rules.Cell) -> Shown:
    sign, words = TRENDS[cell.trend]
    if not cell.judgements:
        said = str(words)
    else:
        band = (
            f"{cell.band.term}, {percent(f'{cell.band.low}–{cell.band.high}')}"
            if cell.band
            else _("statement about the present")
        )
        said = f"{band}; {words}"
    return Shown(state, cell, sign, said)


def on_map(shown: Outlook, threat: str) -> list[dict[str, Any]]:
    """Where States stand on the map with their cell of a threat, or with the most likely one of all ("")."""
    rows = [one for tier in shown.tiers for one in tier.threats if threat in {"", one.code}]
    places = atlas.places()
    return [
        {"at": places[state.code], "shown": max((row.cells[n] for row in rows), key=_weight)}
        for n, state in enumerate(shown.states)
        if state.code in places and rows
    ]


def _weight(shown: Shown) -> tuple[float, int]:
    band = shown.cell.band
    return ((band.low + band.high) / 2 if band else 0.0, shown.cell.judgements)


def threat_of(shown: Outlook, code: str) -> Threat | None:
    """A threat of the list; None for one that is not in it."""
    return next((one for tier in shown.tiers for one in tier.threats if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Point:
    """A half year of the chart: the band of the most likely judgement as a box, or nothing."""

    period: rules.Period
    judgements: int
    band: Any
    x: int
    y: float
    height: float


HEIGHT, STEP, BOX = 120, 46, 28
"""The chart: 0 to 100 % over 120 units; a half year every 46."""


def chart(shown: Outlook, threat: str, state: str) -> list[Point]:
    """The most likely judgement of a threat in a State at the end of each half year (today in the present one)."""
    days = {min(one.last, released_judgements.today()): one for one in shown.periods}
    points = []
    for place, (day, count, top) in enumerate(rules.history(shown.said, threat, state, days)):
        band = top.band if top else None
        y = HEIGHT * (100 - band.high) / 100 if band else HEIGHT
        height = max(2.0, HEIGHT * (band.high - band.low) / 100) if band else 0
        points.append(Point(days[day], count, band, 40 + STEP * place, round(y, 1), round(height, 1)))
    return points


def list_held_judgements(shown: Outlook, threat: str, state: str) -> tuple[list[Any], list[Any]]:
    """(judgements of a threat in a State that hold on the day, those that did before), each with its band drawn."""
    mine = [one for one in shown.said if one.threat == threat and (not state or state in one.states)]
    drawn = [(one, yardstick_charts.scale(one.row.assessment.yardstick, one.row.likelihood)) for one in reversed(mine)]
    return [both for both in drawn if both[0].holds(shown.day)], [
        both for both in drawn if both[0].since <= shown.day and not both[0].holds(shown.day)
    ]


def make_outlook_table(shown: Outlook) -> list[list[Any]]:
    """The matrix as rows of a file: one for each threat and State of which something is judged, or was."""
    head = [
        pgettext("column, assessments", "As of"),
        pgettext("column, assessments", "Tier"),
        pgettext("column, assessments", "Code"),
        pgettext("column, assessments", "Threat"),
        pgettext("column, assessments", "State"),
        pgettext("column, assessments", "Judgements"),
        pgettext("column, assessments", "Likelihood"),
    ]
    rows: list[list[Any]] = [
        [
            *head,
            pgettext("words, assessments", "Lowest %"),
            pgettext("words, assessments", "Highest %"),
            _("Change in six months"),
        ]
    ]
    for tier in shown.tiers:
        for threat in tier.threats:
            for one in threat.cells:
                if one.cell.trend == rules.NONE:
                    continue
                band = one.cell.band
                words = [band.term, band.low, band.high] if band else ["", "", ""]
                place = one.state.code or pgettext("words, assessments", "Region")
                of = [shown.day, tier.number or "", threat.code, threat.label, place, one.cell.judgements]
                rows.append([*of, *words, one.cell.trend])
    return rows
