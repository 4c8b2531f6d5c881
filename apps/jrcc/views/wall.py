"""The wall of the watch room: what is due next, for a large screen that anybody in the room may read. No names."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.gateway import queries as gateway
from apps.jrcc import boards, departures

MOST = 24


@require_GET
def wall(request: Any) -> HttpResponse:
    """Open hits by the step that is due first, lists missing, INTERPOL; the fragment alone for the stream."""
    since, actor, now = stream_log.here(), request.actor, timezone.now()
    queue = boards.queue(actor, now)
    lines = [line for _head, _word, some in queue["groups"] for line in some if line.clock]
    lines.sort(key=lambda line: line.clock.due_at)
    late = sum(line.clock.due_at < now for line in lines)
    context = {
        "since": since,
        "now": now,
        "counts": [(word, len(some)) for _head, word, some in queue["groups"]],
        "lines": lines[:MOST],
        "late": late,
        "more": len(lines) > MOST or queue["more"],
        "waited": departures.on_board(actor, now),
        "sources": [row for row in gateway.overview(actor, now) if row.condition[0] != "unconnected"],
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "jrcc/_wall.html" if partial else "jrcc/wall.html", context)
