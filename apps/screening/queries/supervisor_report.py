"""The supervisors' report: how often hits were right, how that and the scores move, and how long everything takes."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.screening.models import Entry
from apps.screening.queries.calibration_curves import percent
from apps.screening.queries.hit_outcomes import OPEN, RIGHT, UNKNOWN, WRONG, Count, Told

BANDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.99, 0.999)


@dataclass(slots=True)
class Tally:
    """Hits of one line: a list, a State, a week, a matcher version."""

    name: str
    detail: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((RIGHT, WRONG, OPEN, UNKNOWN), 0))
    matches: int = 0

    @property
    def hits(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def right(self) -> int:
        """The listed person."""
        return self.counts[RIGHT]

    @property
    def wrong(self) -> int:
        """Somebody else."""
        return self.counts[WRONG]

    @property
    def open(self) -> int:
        """Not settled yet."""
        return self.counts[OPEN]

    @property
    def unknown(self) -> int:
        """Settled without saying who it was."""
        return self.counts[UNKNOWN]

    @property
    def precision(self) -> str:
        """Percent of the settled hits that were the listed person; empty where none says."""
        settled = self.right + self.wrong
        return f"{100 * self.right / settled:.0f}" if settled else ""

    @property
    def match_share(self) -> str:
        """Percent of the hits at or above the match threshold in force now."""
        return f"{100 * self.matches / self.hits:.0f}" if self.hits else ""


@dataclass(frozen=True, slots=True)
class Time:
    """How long a step took since the hit was raised, in minutes; None where it was never taken."""

    name: str
    n: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """All tables of the page."""

    whole: Tally
    lists: list[Tally]
    states: list[Tally]
    weeks: list[Tally]
    matchers: list[Tally]
    bands: list[tuple[str, int, int]]
    times: list[Time]


def report(told: Told, cuts: Sequence[float], match: float) -> Report:
    """The tables of what was told in bands between `cuts`; `match` is one of them."""
    at = list(cuts).index(match)
    tables: list[dict[Any, Tally]] = [{}, {}, {}, {}]
    for one in told.counts:
        keys = (
            ("", ""),
            (one.list_name, one.party),
            (one.week.isoformat(), ""),
            (pgettext("heading, screening", "Targeting rules"), "")
            if one.kind == Entry.Kind.RULE
            else (one.matcher, ""),
        )
        for table, key in zip(tables, keys, strict=True):
            tally = table.setdefault(key, Tally(*key))
            tally.counts[one.verdict] += one.n
            tally.matches += one.n if one.band >= at else 0
    whole, lists, weeks, matchers = tables
    return Report(
        whole.get(("", ""), Tally("")),
        sorted(lists.values(), key=lambda tally: (-tally.hits, tally.name)),
        _states(told),
        [weeks[key] for key in sorted(weeks)],
        [matchers[key] for key in sorted(matchers)],
        _bands(told.counts, cuts),
        [_time(name, told.took.get(step, ())) for step, name in _steps()],
    )


def _states(told: Told) -> list[Tally]:
    found: dict[str, Tally] = {}
    for (code, verdict), n in sorted(told.states.items()):
        found.setdefault(code, Tally(code)).counts[verdict] += n
    return list(found.values())


def _bands(counts: Iterable[Count], cuts: Sequence[float]) -> list[tuple[str, int, int]]:
    """(scores, hits of the first half of the weeks, of the second half): how the scores have moved."""
    weeks = sorted({one.week for one in counts})
    middle = weeks[len(weeks) // 2] if weeks else datetime.date.max
    halves: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in counts:
        halves[one.band][one.week >= middle] += one.n
    ends = [*(percent(cut) for cut in cuts[1:]), "100"]
    names = [
        pgettext("words, screening", "%(low)s to %(high)s%%") % {"low": percent(cut), "high": end}
        for cut, end in zip(cuts, ends, strict=True)
    ]
    return [(name, halves[place][0], halves[place][1]) for place, name in enumerate(names)]


def _steps() -> list[tuple[str, str]]:
    return [
        ("claimed", _("Claimed by the watch")),
        ("referred", _("Referred to a State")),
        ("acknowledged", _("Acknowledged by the State")),
        ("settled", _("Dismissed, or closed with an outcome")),
    ]


def _time(name: str, minutes: Sequence[float]) -> Time:
    if len(minutes) < 2:
        only = next(iter(minutes), None)
        return Time(name, len(minutes), only, only)
    tenths = quantiles(minutes, n=10, method="inclusive")
    return Time(name, len(minutes), tenths[4], tenths[8])


TALL, STEP, BAR = 120, 34, 20


def draw_hit_bars(weeks: Sequence[Tally]) -> dict[str, Any]:
    """Hits by week as columns: the listed person, somebody else, and what is not known (yet), from the ground up."""
    most = max((week.hits for week in weeks), default=0) or 1
    columns = []
    for place, week in enumerate(weeks):
        ground, pieces = 12 + TALL, []
        for style, n in (("b2", week.right), ("b3", week.wrong), ("b0", week.open + week.unknown)):
            high = round(TALL * n / most)
            ground -= high
            pieces.append({"style": style, "y": ground, "high": high})
        label = week.name[5:] if place % 2 == 0 else ""
        columns.append({"x": 8 + STEP * place, "pieces": pieces, "label": label})
    return {
        "columns": columns,
        "wide": BAR,
        "ground": 12 + TALL,
        "width": max(16 + STEP * len(columns), 420),
        "height": TALL + 40,
        "label_y": TALL + 30,
    }


def make_report_lines(found: Report) -> list[Sequence[Any]]:
    """The report as lines of a file; it names nobody."""
    head = [
        *(
            pgettext("column, screening", "Table"),
            pgettext("column, screening", "Line"),
            pgettext("column, screening", "Party"),
            pgettext("column, screening", "Hits"),
            _("The listed person"),
            pgettext("column, screening", "Another person"),
            pgettext("column, screening", "Open"),
        ),
        *(
            pgettext("column, screening", "Not known"),
            pgettext("column, screening", "True hits, percent"),
            _("At or above the match threshold, percent"),
        ),
    ]
    lines: list[Sequence[Any]] = [head]
    named = (
        (pgettext("column, screening", "List"), found.lists),
        (pgettext("column, screening", "State"), found.states),
        (pgettext("words, screening", "Week"), found.weeks),
    )
    for table, tallies in (*named, (pgettext("words, screening", "Matcher"), found.matchers)):
        for one in tallies:
            share = one.match_share if tallies is not found.states else ""
            numbers = (one.hits, one.right, one.wrong, one.open, one.unknown, one.precision, share)
            lines.append([table, one.name, one.detail, *numbers])
    lines.append(
        [
            _("Minutes since raised"),
            pgettext("words, screening", "Step"),
            "",
            pgettext("words, screening", "Hits"),
            pgettext("words, screening", "Median"),
            pgettext("words, screening", "90% within"),
        ]
    )
    said: Callable[[float | None], str] = lambda minutes: "" if minutes is None else f"{minutes:.1f}"  # noqa: E731
    for time in found.times:
        lines.append([_("Minutes since raised"), time.name, "", time.n, said(time.median), said(time.ninetieth)])
    return lines
