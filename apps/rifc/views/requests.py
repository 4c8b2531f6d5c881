"""Requests for release: the list, one request, and what the seat may do with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import ask, spec_of
from apps.access.queries import visible_or_404
from apps.rifc.models import Report
from apps.rifc.queries import reading as shown
from apps.rifc.queries import releases
from apps.rifc.views import acts


@require_GET
def requests(request: Any) -> HttpResponse:
    """Requests for release: to decide, and one's own."""
    found = list(releases.rows(request.actor).order_by("-pk")[:100])
    answers = releases.answers(request.actor, found)
    rows = [{"it": row, "answers": answers[row.pk], "ours": row.owner_id != request.actor.desk_id} for row in found]
    context = {
        "deciding": [one for one in rows if one["ours"]],
        "asked": [one for one in rows if not one["ours"]],
        "marking": shown.highest([row.report for row in found]),
    }
    return render(request, "rifc/requests.html", context)


@require_GET
def release_request(request: Any, pk: Any) -> HttpResponse:
    """One request, with what each originator said as far as the seat may know."""
    row = _request(request, pk)
    place = lambda verb: reverse("rifc:request_do", args=[row.pk, verb])  # noqa: E731
    context = {
        "row": row,
        "answers": releases.answers(request.actor, [row])[row.pk],
        "asks": row.owner_id == request.actor.desk_id,
        "sees": Report.objects.visible_to(request.actor).filter(pk=row.report_id).exists(),
        "offers": acts.buttons(request.actor, row, place),
        "primary": "decide",
        "version": row.version,
        "marking": {"level": row.level, "label": shown.marking(row.report)["label"]},
    }
    return render(request, "rifc/request.html", context)


def _request(request: Any, pk: Any) -> Any:
    return visible_or_404(releases.rows(request.actor), request.actor, pk)


@require_http_methods(["GET", "POST"])
def request_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb of a request, and carry it out on POST."""
    spec = spec_of("release_request", verb)
    row = _request(request, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    back = reverse("rifc:request", args=[row.pk])
    return acts.carry_out(request, spec, row, lambda _done: back, back=back, marking={"level": row.level, "label": ""})
