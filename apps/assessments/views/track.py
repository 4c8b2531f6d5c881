"""The track record: scores of judgements whose date has come, their calibration, and what is still to be said."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.assessments.queries import track as queries
from apps.assessments.rules import scores
from apps.assessments.views.outlook import marking

SIDE = 300
"""The chart is so many units wide and high for 0 to 100 %."""


@require_GET
def track_record(request: Any) -> HttpResponse:
    """Scores by body, State, threat or half year (`?by=`), as far as the reader has the judgements."""
    found = queries.list_judgement_track(request.actor)
    by = request.GET.get("by", "")
    by = by if by in queries.BY else "body"
    context = {
        "record": found,
        "coin": scores.COIN,
        "by": by,
        "tabs": [(code, label) for code, (label, _keys) in queries.BY.items()],
        "groups": [(queries.label(by, one.key), one) for one in found.groups(by)],
        "points": [_point(one) for one in found.bins],
        "marking": marking(found.level),
    }
    return render(request, "assessments/track_record.html", context)


def _point(one: scores.Bin) -> dict[str, Any]:
    """A bin as the chart draws it: its band as a column, what came about as a point at its middle."""
    low, high = 3 * one.band.low, 3 * one.band.high
    return {
        "bin": one,
        "came": round(100 * one.came),
        "x": 40 + low,
        "width": max(2, high - low),
        "middle": 40 + (low + high) / 2,
        "y": round(SIDE - SIDE * one.came, 1),
    }
