"""Expected journeys: which lists have come, which are late or missing, and chasing them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.access.marking import of, of_list
from apps.carriers.lists import compare_with_list
from apps.carriers.models import ExpectedJourney
from apps.carriers.queries import expected_journeys
from apps.manifests.queries import filters as filters_queries
from apps.pages.verb_pages import VerbPages

ROWS = 50
STATES = [(code, chip[2]) for code, chip in expected_journeys.CHIPS.items() if code != ExpectedJourney.State.WITHDRAWN]

verbs = VerbPages(
    noun="expected",
    address="jrcc:expected_do",
    rows=lambda actor: ExpectedJourney.objects.visible_to(actor).select_related("carrier", "journey", "schedule"),
    page=lambda row: reverse("jrcc:expectedjourney", args=[row.pk]),
    title=lambda row: f"{row}, {row.origin}–{row.destination}",
    whence=(pgettext_lazy("link, jrcc", "Expected journeys"), "jrcc:expected"),
)


@require_GET
def expected(request: Any) -> HttpResponse:
    """Expected journeys that the seat may see, by departure; state, carrier and day in the address."""
    filters = filters_queries.chosen(request.GET, "state", "carrier", "day")
    day = filters_queries.as_day(filters["day"]) if filters.get("day") else None
    found = expected_journeys.find_expected_journeys(request.actor, filters, day)
    found = found.none() if filters.get("day") and day is None else found
    first = None if filters.get("day") else timezone.now() - expected_journeys.SHOWN_FOR
    rows, earlier, later = expected_journeys.page_expected_journeys(found, request.GET, ROWS, first)
    context = {
        "lines": [expected_journeys.describe_expected_journey(row) for row in rows],
        "marking": of_list(rows),
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
    row = verbs.find(request.actor, pk)
    line = expected_journeys.describe_expected_journey(row)
    context = {
        "since": since,
        "marking": of(row),
        "line": line,
        "planned": compare_with_list(line, request.actor.time_zone or "UTC"),
        "now": timezone.now(),
        "deadlines": expected_journeys.list_expected_deadlines(request.actor, row),
        "chases": expected_journeys.chases(request.actor, row),
        "contacts": expected_journeys.contacts(request.actor, row),
        "opens_journey": row.journey_id and request.actor.function != "carrier",
        "for_watch": request.actor.desk_code == "JRCC.watch",
        "may_send": request.actor.function == "carrier" and row.state in ExpectedJourney.WAITED_FOR,
        "offers": verbs.buttons(request.actor, row),
        "primary": "note_call" if row.state == ExpectedJourney.State.MISSING else "",
        "version": row.version,
    }
    return render(request, "jrcc/expectedjourney.html", context)
