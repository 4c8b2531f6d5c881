"""Expected journeys: which lists have come, which are late or missing, and chasing them."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import stream_log
from apps.access.acts import buttons
from apps.access.queries import visible_or_404
from apps.jrcc import boards, departures
from apps.jrcc.models import ExpectedJourney
from apps.jrcc.views.verbs import verb_page

ROWS = 50
STATES = [(code, chip[2]) for code, chip in departures.CHIPS.items() if code != ExpectedJourney.State.WITHDRAWN]


@require_GET
def expected(request: Any) -> HttpResponse:
    """Expected journeys that the seat may see, by departure; state, carrier and day in the address."""
    filters = boards.chosen(request.GET, "state", "carrier", "day")
    day = boards.as_day(filters["day"]) if filters.get("day") else None
    found = departures.rows(request.actor, filters, day)
    found = found.none() if filters.get("day") and day is None else found
    first = None if filters.get("day") else timezone.now() - departures.SHOWN_FOR
    rows, earlier, later = departures.page(found, request.GET, ROWS, first)
    context = {
        "lines": [departures.line(row) for row in rows],
        "filters": filters,
        "states": STATES,
        "for_carrier": request.actor.function == "carrier",
        "earlier": earlier and f"?{earlier}",
        "later": later and f"?{later}",
    }
    return render(request, "jrcc/expected_journeys.html", context)


@require_GET
def one(request: Any, pk: Any) -> HttpResponse:
    """One of them: planned against actual, deadlines, calls, and what may be done."""
    since = stream_log.here()
    row = _expected(request, pk)
    context = {
        "since": since,
        "line": departures.line(row),
        "now": timezone.now(),
        "deadlines": departures.deadlines(request.actor, row),
        "chases": departures.chases(request.actor, row),
        "contacts": departures.contacts(request.actor, row),
        "opens_journey": row.journey_id and request.actor.function != "carrier",
        "for_watch": request.actor.desk_code == "JRCC.watch",
        "may_send": request.actor.function == "carrier" and row.state in ExpectedJourney.WAITED_FOR,
        "offers": buttons(request.actor, row, partial(_place, row), {"not_operate"}),
        "primary": "note_call" if row.state == ExpectedJourney.State.MISSING else "",
        "version": row.version,
    }
    return render(request, "jrcc/expectedjourney.html", context)


def _expected(request: Any, pk: Any) -> ExpectedJourney:
    rows = ExpectedJourney.objects.visible_to(request.actor).select_related("carrier", "journey", "schedule")
    row: ExpectedJourney = visible_or_404(rows, request.actor, pk)
    return row


def _place(row: ExpectedJourney, verb: str) -> str:
    return reverse("jrcc:expected_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _expected(request, pk)
    title, place = f"{row}, {row.origin}–{row.destination}", reverse("jrcc:expectedjourney", args=[pk])
    return verb_page(request, row, "expected", verb, title=title, place=place)
