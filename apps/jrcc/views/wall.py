"""The wall of the watch room: what is due next, for a large screen that anybody in the room may read. No names."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.access.models import FAR_FUTURE
from apps.access.urgency import is_overdue
from apps.carriers.queries import expected_journeys
from apps.gateway.queries import questions as gateway
from apps.jrcc.models import Hit
from apps.jrcc.queries import dossier, floor

MOST = 7
"""As many rows as can be read from six metres; one fewer where manifests are missing, which have a row of their own."""
NAMED = 4
HOUR = datetime.timedelta(hours=1)


@require_GET
def wall(request: Any) -> HttpResponse:
    """Open hits by what lands first, lists missing, INTERPOL; the fragment alone for the stream."""
    since, actor, now = stream_log.here(), request.actor, timezone.now()
    queue = floor.queue(actor, now)
    lines = [line for _head, _word, some in queue["groups"] for line in some if line.clock]
    lines.sort(key=lambda line: _place(line, now))
    waited = expected_journeys.on_board(actor, now)
    shown = lines[: MOST - bool(waited["missing"])]
    context = {
        "since": since,
        "marking": dossier.MARKING,
        "now": now,
        "figures": _figures(queue, lines, waited["missing"], now),
        "lines": shown,
        "more": len(lines) - len(shown),
        "and_more": queue["more"],
        "missing": waited["missing"][:NAMED],
        "missing_more": len(waited["missing"][NAMED:]),
        "sources": [row for row in gateway.overview(actor, now) if row.condition[0] != "unconnected"],
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "jrcc/_wall.html" if partial else "jrcc/wall.html", context)


def _figures(
    queue: dict[str, Any], lines: list[floor.HitLine], missing: list[Any], now: datetime.datetime
) -> list[tuple[Any, int, bool]]:
    """Five numbers, each with its words and whether it is bad."""
    due = [line.clock.due_at for line in lines if line.clock]
    late = sum(is_overdue(each, now) for each in due)
    soon = sum(is_overdue(each, now + HOUR) for each in due) - late
    unassigned = sum(line.it.state == Hit.State.RAISED for line in lines)
    return [
        (pgettext("words, jrcc", "overdue"), late, late > 0),
        (pgettext("words, jrcc", "due within 1 hour"), soon, False),
        (pgettext("words, jrcc", "unassigned"), unassigned, False),
        (pgettext("words, jrcc", "hits open"), queue["open"], False),
        (pgettext("words, jrcc", "manifests missing"), len(missing), bool(missing)),
    ]


def _place(line: floor.HitLine, now: datetime.datetime) -> tuple[bool, datetime.datetime, datetime.datetime]:
    """Order on the wall: what lands first, at one landing what is due first; what has landed comes last.

    A flight that has just landed is still to come: its people stand in the passport hall.
    """
    lands, due = line.it.journey.arrives_at, line.clock.due_at if line.clock else FAR_FUTURE
    if lands is not None and lands >= now - floor.LANDED:
        return False, lands, due
    return True, due, lands or FAR_FUTURE
