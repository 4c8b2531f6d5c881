"""Requests for release: the list, one request, and what the seat may do with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.marking import Banner, of
from apps.pages.verb_pages import VerbPages
from apps.rifc.lists import REQUEST_STATES, OwnRequests, Requests
from apps.rifc.models import Report
from apps.rifc.queries import releases


def _sees(request: Any, row: Any) -> bool:
    return Report.objects.visible_to(request.actor).filter(pk=row.report_id).exists()


def _marking(request: Any, row: Any) -> Banner:
    """The banner of a request: its report's for who has the report; for others not whom it is for."""
    return of(row, row.report) if _sees(request, row) else of(row, intelligence=True)


verbs = VerbPages(
    noun="release_request",
    address="rifc:request_do",
    rows=releases.rows,
    page=lambda row: reverse("rifc:request", args=[row.pk]),
    title=lambda row: row.report.number or pgettext("words, rifc", "Release request"),
    whence=(pgettext_lazy("words, rifc", "Release requests"), "rifc:requests"),
    prepare=lambda request, row, _spec: {"marking": _marking(request, row)},
)


@require_GET
def requests(request: Any) -> HttpResponse:
    """Requests for release: to decide, and one's own."""
    return Requests(request).answer(asked=OwnRequests(request))


@require_GET
def release_request(request: Any, pk: Any) -> HttpResponse:
    """One request, with what each originator said as far as the seat may know."""
    row = verbs.find(request.actor, pk)
    context = {
        "row": row,
        "chip": REQUEST_STATES[row.state],
        "answers": releases.answers(request.actor, [row])[row.pk],
        "asks": row.owner_id == request.actor.desk_id,
        "sees": _sees(request, row),
        "offers": verbs.buttons(request.actor, row),
        "primary": "decide",
        "version": row.version,
        "marking": _marking(request, row),
    }
    return render(request, "rifc/request.html", context)
