"""Reports of the desk whose date to be looked at again has come: kept on with a reason, put aside, or taken back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.rifc.models import Report
from apps.rifc.queries import reading, retaining, vocabulary
from apps.rifc.views import acts

MOST = 100
VERBS = ("retain", "archive", "recall")


@require_GET
def reviews(request: Any) -> HttpResponse:
    """What is due, the oldest first; a hundred at most, the rest comes as these are done."""
    actor, today = request.actor, vocabulary.today()
    found = list(retaining.to_review(actor, today).order_by("retention_review", "pk")[: MOST + 1])
    rows = found[:MOST]
    context = {
        "rows": [{"it": row, "offers": _offers(actor, row), "over": _over(row, today)} for row in rows],
        "more": len(found) > MOST,
        "marking": reading.highest(rows),
    }
    return render(request, "rifc/reviews.html", context)


def _over(row: Report, today: Any) -> bool:
    """Whether it claims to hold no more."""
    return row.valid_to is not None and row.valid_to < today


def _offers(actor: Any, row: Report) -> list[dict[str, Any]]:
    """What the seat may do with it, in the order of VERBS."""
    offered = acts.buttons(actor, row, lambda verb: reverse("rifc:do", args=[row.thread, verb]))
    fit = {one["verb"]: one for one in offered if one["allowed"]}
    return [fit[verb] for verb in VERBS if verb in fit]
