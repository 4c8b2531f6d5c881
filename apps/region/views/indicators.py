"""Indicators: the list with the newest numbers, and one with its series as a chart and as a table."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.refusal import Refused
from apps.people.queries import states_on
from apps.region.lists.indicators import SPARK_HEIGHT, SPARK_WIDTH, in_unit
from apps.region.models import Indicator
from apps.region.policy import may_keep
from apps.region.queries import indicators as reading
from apps.region.queries.computed_indicators import Value
from apps.region.views.common import asked, kept_days, page
from apps.region.views.verbs import answer_new, register_verbs

WIDTH, HEIGHT, LEFT = 620, 160, 44
"""The chart's drawing."""

INDICATORS = (pgettext_lazy("navigation, region", "Indicators"), "region:indicators")
verbs = register_verbs(
    Indicator, "indicator", "indicators", lambda row: reverse("region:indicator", args=[row.code]), whence=INDICATORS
)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on the chart."""

    x: int
    y: int
    on: datetime.date
    value: Decimal


@require_GET
def indicators(request: Any) -> HttpResponse:
    """What is measured, with the newest number and its line: of the region, else of the reader's own State."""
    form = asked(request)
    rows = list(Indicator.objects.visible_to(request.actor).select_related("keeper").order_by("position", "code"))
    days, own = kept_days(request, form), request.actor.party_code
    series = reading.series(request.actor, rows, form.day, form.known)
    context = {
        "rows": [{**_newest(series[row.pk], own), "it": row, "url": verbs.page(row) + days} for row in rows],
        "may_define": bool(may_keep(request.actor, None)),
    }
    return page(request, "region/indicators.html", form, **context)


def _newest(values: Sequence[Value], own: str) -> dict[str, Any]:
    """The numbers of the region, or of the reader's own State where there is none of the region; and of how many
    States there is one.
    """
    of_region = [each for each in values if each.party is None]
    shown = of_region or [each for each in values if each.party == own]
    return {
        "shown": shown,
        "points": points(shown, SPARK_WIDTH, SPARK_HEIGHT),
        "own": not of_region and bool(shown),
        "states": len({each.party for each in values if each.party}),
    }


@require_http_methods(["GET", "POST"])
def show_new_indicator(request: Any) -> HttpResponse:
    """Enter an indicator."""
    return answer_new(request, verbs, INDICATORS[0], reverse(INDICATORS[1]))


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
    days = kept_days(request, form).replace("?", "&")
    context = {
        "row": row,
        "party": party,
        "party_kept": ("party", party),
        "party_name": names.get(party, party),
        "points": points(shown, left=LEFT, edge=16),
        "values": shown[::-1],
        "states": [
            {"name": name, "value": newest[each], "url": f"?{urlencode({'party': each})}{days}"}
            for each, name in names.items()
            if each in newest
        ],
        "numbers": in_unit(row.unit),
        "most": max((each.value for each in shown), default=Decimal(0)),
        "offers": verbs.buttons(actor, row),
        "chart": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "foot": HEIGHT + 18},
    }
    return page(request, "region/indicator.html", form, **context)


def points(
    values: Sequence[Value], width: int = WIDTH, height: int = HEIGHT, left: int = 2, edge: int = 2
) -> list[Point]:
    """Where the values are on the chart: time to the right, from nought to the greatest upward."""
    if not values:
        return []
    first, last = values[0].on, values[-1].on
    span, most = max((last - first).days, 1), max(max(each.value for each in values), Decimal(1))
    across, up = width - left - edge, height * 9 // 10
    return [
        Point(
            left + across * (each.on - first).days // span, height - round(up * each.value / most), each.on, each.value
        )
        for each in values
    ]
