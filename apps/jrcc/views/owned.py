"""The entry owner's desk: where and when the party's own entries were hit, and with which outcome."""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.jrcc import boards, dossier
from apps.jrcc.models import Hit
from apps.screening.models import Entry

ROWS, MOST = 50, 30
LATELY = datetime.timedelta(days=90)


@require_GET
def owned(request: Any) -> HttpResponse:
    """Hits on the party's own entries, newest first, as far as the seat sees both; the last ninety days in counts."""
    actor, filters = request.actor, boards.chosen(request.GET, "state", "grade")
    mine = Exists(Entry.objects.visible_to(actor).filter(pk=OuterRef("entry_id")))
    rows = boards.hits(actor, filters).filter(mine, list_party_id=actor.party_code).select_related("entry")
    found, older, newer = cut(rows, request.GET, ROWS)
    note_read(request, "hit.list", Hit, rows=len(found))
    context = {
        "lines": [boards.hit_line(actor, row) for row in found],
        "tallies": _tallies(actor, timezone.now() - LATELY),
        "filters": filters,
        "states": [(code, words) for code, (_kind, _picture, words) in boards.STATE_CHIPS.items()],
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": dossier.MARKING,
    }
    return render(request, "jrcc/owned.html", context)


def _tallies(actor: Any, since: datetime.datetime) -> list[dict[str, Any]]:
    """[{state that reported, outcome in words, n}] of the hits raised since then, most first. One query."""
    rows = Hit.objects.visible_to(actor).filter(list_party_id=actor.party_code, created_at__gte=since)
    counted = rows.exclude(outcome="").order_by().values_list("outcome_party_id", "outcome").annotate(n=Count("pk"))
    found = sorted(counted, key=lambda row: (-row[2], row[0], row[1]))
    return [{"party": party, "outcome": Hit.Outcome(code).label, "n": n} for party, code, n in found[:MOST]]
