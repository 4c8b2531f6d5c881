"""What is kept how long, and the classification guide."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.access.marking import OFFICIAL, marked, words_of
from apps.access.refusal import Refused
from apps.protection import policy
from apps.protection.queries import registers, retention_due
from apps.rifc.queries import vocabulary


@require_GET
@marked(OFFICIAL)
def board(request: Any) -> HttpResponse:
    """Every rule of retention with its last round and the next; `?count=1` counts what is due now.

    The region's desks count for the whole portal, a State's for its own data.
    """
    actor, now = request.actor, timezone.now()
    regional = actor.party_code in policy.REGIONAL
    counts = retention_due.due(now, "" if regional else actor.party_code) if request.GET.get("count") else {}
    lines = retention_due.board(actor, now, counts=counts)
    most = max((line.due or 0 for line in lines), default=0) or 1
    counted = [line for line in lines if line.due]
    context = {
        "lines": lines,
        "bars": [
            {"line": one, "y": 26 * n, "wide": round(300 * (one.due or 0) / most)} for n, one in enumerate(counted)
        ],
        "high": 26 * len(counted) or 1,
        "holds": retention_due.holds(actor, now.date()),
        "regional": regional,
        "counted": bool(counts),
    }
    return render(request, "protection/board.html", context)


@require_GET
@marked(OFFICIAL)
def classification(request: Any) -> HttpResponse:
    """Every word of the banners and what it asks, as it is meant today; for every desk, since all mark or read."""
    if request.actor is None:
        raise Refused("not-visible")
    levels = registers.levels(request.actor, timezone.now().date())
    context = {
        "levels": [{"it": one, "words": words_of(one.level)} for one in levels],
        "labels": vocabulary.choices("tlp"),
        "limits": [
            ("ORCON", _("Recipients may not share anything without the originator's consent.")),
            ("EYES", _("Only for the parties that it names.")),
            *vocabulary.choices("handling"),
        ],
    }
    return render(request, "protection/classification.html", context)
