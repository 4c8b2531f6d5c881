"""Indicators: the list with the newest numbers, and one with its series as a chart and as a table."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access.refused import Refused
from apps.people.queries import states_on
from apps.region.computed import Value
from apps.region.models import Indicator
from apps.region.policy import may_keep
from apps.region.queries import indicators as reading
from apps.region.views.acts import buttons
from apps.region.views.common import asked, page

WIDTH, HEIGHT, LEFT = 620, 160, 44
"""The chart's drawing."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on the chart."""

    x: int
    y: int
    on: datetime.date
    value: Decimal


@require_GET
def indicators(request: Any) -> HttpResponse:
    """What is measured, with the newest number of the region, or of how many States there are numbers."""
    form = asked(request)
    rows = list(Indicator.objects.visible_to(request.actor).select_related("keeper").order_by("position", "code"))
    kept = [row for row in rows if not row.computed]
    series = reading.series(request.actor, kept, form.day, form.known)
    context = {
        "at": "region:indicators",
        "rows": [(row, *_newest(series.get(row.pk, []))) for row in rows],
        "may_define": bool(may_keep(request.actor, None)),
    }
    return page(request, "region/indicators.html", form, **context)


def _newest(values: Sequence[Value]) -> tuple[Value | None, int]:
    """(the newest number of the region, of how many States there is one)."""
    of_region = [each for each in values if each.party is None]
    return (of_region[-1] if of_region else None), len({each.party for each in values if each.party})


@require_GET
def indicator(request: Any, code: str) -> HttpResponse:
    """One indicator: definition, unit, source, keeper; the series of the region, or of one State (`?party=`)."""
    form, actor = asked(request), request.actor
    row = Indicator.objects.visible_to(actor).filter(code=code).select_related("keeper").first()
    if row is None:
        raise Refused("not-visible")
    values = reading.series(actor, [row], form.day, form.known)[row.pk]
    party = request.GET.get("party", "") if row.per == Indicator.Per.STATE else ""
    shown = [each for each in values if (each.party or "") == party]
    names = {each.code: pgettext("party", each.short_name) for each in states_on(form.day)}
    newest = {each.party: each for each in values if each.party in names}
    context = {
        "at": "region:indicators",
        "row": row,
        "party": party,
        "party_kept": ("party", party),
        "party_name": names.get(party, party),
        "points": points(shown),
        "values": shown[::-1],
        "states": [(code_, name, newest[code_]) for code_, name in names.items() if code_ in newest],
        "most": max((each.value for each in shown), default=Decimal(0)),
        "offers": buttons(actor, row),
        "chart": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "foot": HEIGHT + 18},
    }
    return page(request, "region/indicator.html", form, **context)


def points(values: Sequence[Value]) -> list[Point]:
    """Where the values stand on the chart: time to the right, from nought to the greatest upward."""
    if not values:
        return []
    first, last = values[0].on, values[-1].on
    span, most = max((last - first).days, 1), max(max(each.value for each in values), Decimal(1))
    across, up = WIDTH - LEFT - 16, HEIGHT * 9 // 10
    return [
        Point(
            LEFT + across * (each.on - first).days // span, HEIGHT - round(up * each.value / most), each.on, each.value
        )
        for each in values
    ]
