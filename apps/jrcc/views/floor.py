"""The watch floor: flights, hit queue and the selected hit, each also a fragment that the stream refreshes."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.jrcc.models import Hit
from apps.jrcc.queries import dossier
from apps.jrcc.queries import floor as floor_queries
from apps.jrcc.views.hits import note_case


@require_GET
def floor(request: Any) -> HttpResponse:
    """All three panes; `?hit=` names the selected hit. The same page serves the JRCC and a State's border desk.

    What was raised after `?seen=`, else after the page was loaded, is marked as new.
    """
    since, chosen = stream_log.here(), _chosen(request.GET.get("hit", ""))
    context = {"since": since, **_flights(request), **_queue(request, chosen), **_selected(request, chosen)}
    template = "jrcc/_floor.html" if request.headers.get("HX-Request-Type") == "partial" else "jrcc/floor.html"
    tools = {"marking": dossier.MARKING}
    return render(request, template, context | tools)


@require_GET
def flights_pane(request: Any) -> HttpResponse:
    """The board alone."""
    return render(request, "jrcc/_flights.html", _flights(request))


@require_GET
def queue_pane(request: Any) -> HttpResponse:
    """The queue alone; `?hit=` keeps the mark on the selected line, `?seen=` those on what has come since."""
    return render(request, "jrcc/_queue.html", _queue(request, _chosen(request.GET.get("hit", ""))))


@require_GET
def hit_pane(request: Any, pk: UUID) -> HttpResponse:
    """The selected hit alone; 404 if it is not for this seat."""
    visible_or_404(Hit, request.actor, pk)
    return render(request, "jrcc/_detail.html", _selected(request, pk))


def _chosen(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _flights(request: Any) -> dict[str, Any]:
    actor = request.actor
    return {
        "board": floor_queries.flights(actor),
        "now": timezone.now(),
    }


def _queue(request: Any, chosen: UUID | None) -> dict[str, Any]:
    now = timezone.now()
    seen = _seen(request.GET.get("seen", ""), now)
    queue = floor_queries.queue(request.actor, now, seen=seen, chosen=chosen)
    return {"queue": queue, "chosen": chosen, "seen": seen.isoformat(), "now": now}


def _seen(text: str, now: datetime.datetime) -> datetime.datetime:
    """The moment of an address; now for none, and for one that is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    return found if found is not None and timezone.is_aware(found) else now


def _selected(request: Any, chosen: UUID | None) -> dict[str, Any]:
    """The chosen hit; nothing if it is gone for this seat, so that an old address still shows the floor."""
    if chosen is None:
        return {"case": None, "on_floor": True}
    try:
        case = dossier.dossier(request.actor, chosen)
    except Refused:
        return {"case": None, "gone": True, "on_floor": True}
    note_case(request, case)
    return {"case": case, "on_floor": True}
