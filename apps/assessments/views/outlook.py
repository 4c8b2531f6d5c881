"""The threat matrix with its map, one threat with what is judged of it, and the matrix as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.downloads import download_csv
from apps.access.marking import Banner
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.assessments.lists.outlook import matrix
from apps.assessments.models import Assessment
from apps.assessments.queries import outlook as queries
from apps.assessments.rules import yardsticks
from apps.rifc.queries import vocabulary


def marking(level: int) -> Banner:
    """The banner of a page made of judgements of several assessments."""
    return {"level": level, "label": vocabulary.classification(level).code, "caveat": ""}


@require_GET
def outlook(request: Any) -> HttpResponse:
    """Threats by tier and State in a half year, as matrix and as map of one threat or of all."""
    shown = queries.outlook(request.actor, request.GET.get("period", ""))
    threat = queries.threat_of(shown, request.GET.get("threat", ""))
    context = {
        "shown": shown,
        "grid": matrix(shown, request.actor.party_code),
        "threat": threat,
        "places": queries.on_map(shown, threat.code if threat else ""),
        "scales": [(title, yardsticks.scale(code)) for code, title in yardsticks.YARDSTICKS.items()],
        "trends": [(sign, words) for sign, words in queries.TRENDS.values() if sign],
        "marking": marking(shown.level),
    }
    return render(request, "assessments/outlook.html", context)


@require_GET
def threat(request: Any, code: str) -> HttpResponse:
    """One threat, in the region or in one State: its way over the half years, and the judgements behind it."""
    shown = queries.outlook(request.actor, request.GET.get("period", ""))
    found = queries.threat_of(shown, code)
    wanted = request.GET.get("state", "")
    if found is None or wanted not in {one.code for one in shown.states}:
        raise Refused("not-visible")
    points = queries.chart(shown, code, wanted)
    held, past = queries.list_held_judgements(shown, code, wanted)
    context = {
        "shown": shown,
        "threat": found,
        "tier": next(one for one in shown.tiers if one.number == found.tier),
        "state": next(one for one in shown.states if one.code == wanted),
        "points": points,
        "half_years": [
            {"it": one, "url": f"?{urlencode({'state': wanted, 'period': one.period.code})}"} for one in points
        ],
        "held": held,
        "past": past,
        "marking": marking(max((one.row.level for one, _band in [*held, *past]), default=0)),
    }
    return render(request, "assessments/threat.html", context)


@require_GET
def outlook_csv(request: Any) -> HttpResponse:
    """The matrix as CSV; the download is recorded."""
    shown = queries.outlook(request.actor, request.GET.get("period", ""))
    rows = queries.make_outlook_table(shown)
    note_read(request, "outlook.export", Assessment, rows=len(rows) - 1)
    return download_csv(rows, f"threat-matrix-{shown.period.code}", marking(shown.level))
