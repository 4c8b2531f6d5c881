"""What one's party gives to the region and gets from it; for RIFC what all give each other; and answers' times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.downloads import download_csv
from apps.access.marking import OFFICIAL
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.lists.statistics import exchange_strips, matrix_grid
from apps.rifc.queries import balance, flows, vocabulary
from apps.rifc.views import flows as files

TOP, TALL, STEP, BAR = 18, 150, 62, 20
MEASURES = (
    ("shared", pgettext_lazy("words, rifc", "Reports shared")),
    ("received", pgettext_lazy("words, rifc", "Reports received")),
    ("useful", gettext_lazy("Rated useful by recipients")),
    ("recalled", pgettext_lazy("words, rifc", "Reports recalled")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A month in the figure: where it stands, two bars from the ground up, and the median of what is shared."""

    x: int
    label: str
    shared: int
    received: int
    shared_y: int
    received_y: int
    median_y: int | None


@require_GET
def statistics(request: Any) -> HttpResponse:
    """Twelve months of one's own party; medians where enough parties stand behind them; the matrix; answers' times."""
    _ask(request.actor)
    today, now = vocabulary.today(), timezone.now()
    matrix, own = flows.matrix(request.actor, today), request.actor.party_code
    exchanges = flows.exchanges(matrix, own)
    year = balance.year_of(request.actor, today)
    tiles = [(label, _total(year, name), _median(year, name)) for name, label in MEASURES]
    by_party = flows.answer_times(request.actor, now, by_party=True)
    context = {
        "months": [month for month in year if month.own],
        "marking": OFFICIAL,
        "tiles": tiles,
        "columns": _columns(year),
        "ground": TOP + TALL,
        "width": 40 + STEP * len(year),
        "counted_at": max((month.own.counted_at for month in year if month.own), default=None),
        "categories": balance.by_category(request.actor, year[0].first),
        "matrix": matrix,
        "exchanges": exchanges,
        "strips": exchange_strips(exchanges, whole=matrix.whole, own=own),
        "grid": matrix_grid(matrix, own) if matrix.whole and exchanges else None,
        "answers": by_party and [*by_party, *flows.answer_times(request.actor, now, by_party=False)],
        "fewest": vocabulary.detail("balance", "parties")["parties"],
    }
    return render(request, "rifc/statistics.html", context)


@require_GET
def table(request: Any, what: str) -> HttpResponse:
    """One of the two tables as CSV: `matrix`, `answers`."""
    _ask(request.actor)
    if what == "matrix":
        rows = files.matrix_rows(flows.matrix(request.actor, vocabulary.today()))
        return download_csv(rows, "give-and-take", OFFICIAL)
    if what == "answers":
        times = flows.answer_times(request.actor, timezone.now(), by_party=True)
        return download_csv(files.answer_rows(times), "answers", OFFICIAL)
    raise Refused("not-visible")


def _ask(actor: Any) -> None:
    verdict = policy.may_see_balance(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


def _total(year: Sequence[balance.Month], name: str) -> int:
    return int(sum(getattr(month.own, name) for month in year if month.own))


def _median(year: Sequence[balance.Month], name: str) -> float | None:
    """The sum of the monthly medians; None where no month has one."""
    found = [getattr(month.region, name) for month in year if month.region]
    return sum(found) if found else None


def _columns(year: Sequence[balance.Month]) -> list[Column]:
    figures = [value for month in year for value in _figures(month)]
    highest = max([1.0, *figures])
    height = lambda value: round(TALL * value / highest)  # noqa: E731
    return [
        Column(
            x=34 + STEP * place,
            label=_("%(month)s %(year)s") % {"month": f"{month.first:%b}", "year": f"{month.first:%y}"},
            shared=height(month.own.shared) if month.own else 0,
            received=height(month.own.received) if month.own else 0,
            shared_y=TOP + TALL - (height(month.own.shared) if month.own else 0),
            received_y=TOP + TALL - (height(month.own.received) if month.own else 0),
            median_y=TOP + TALL - height(month.region.shared) if month.region else None,
        )
        for place, month in enumerate(year)
    ]


def _figures(month: balance.Month) -> list[float]:
    own = [month.own.shared, month.own.received] if month.own else []
    return own + ([month.region.shared] if month.region else [])
