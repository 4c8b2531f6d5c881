"""The entry owner's desk: where and when the party's own entries were hit, and with which outcome."""

import datetime
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.jrcc.lists import Owned
from apps.jrcc.models import Hit

MOST = 30
LATELY = datetime.timedelta(days=90)


@require_GET
def owned(request: Any) -> HttpResponse:
    """Hits on the party's own entries, newest first, as far as the seat sees both; the last ninety days in counts."""
    return Owned(request).answer(tallies=_tallies(request.actor, timezone.now() - LATELY))


def _tallies(actor: Any, since: datetime.datetime) -> list[dict[str, Any]]:
    """[{state that reported, outcome in words, n}] of the hits raised since then, most first. One query."""
    rows = Hit.objects.visible_to(actor).filter(list_party_id=actor.party_code, created_at__gte=since)
    counted = rows.exclude(outcome="").order_by().values_list("outcome_party_id", "outcome").annotate(n=Count("pk"))
    found = sorted(counted, key=lambda row: (-row[2], row[0], row[1]))
    return [{"party": party, "outcome": Hit.Outcome(code).label, "n": n} for party, code, n in found[:MOST]]
