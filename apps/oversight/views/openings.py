"""What was opened of one's party's records from an emergency seat of another."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.marking import of_list
from apps.access.queries import visible_or_404
from apps.audit import queries, sentences, titles
from apps.audit.models import AuditRecord
from apps.audit.row_places import around, key_of
from apps.oversight.models import EmergencyOpening
from apps.oversight.queries.openings import entries_of

ON_A_PAGE = 50


@require_GET
def opening(request: Any, pk: Any) -> HttpResponse:
    """Who sat where, when, and each entry about the party's records; to look it up is an entry itself."""
    rows = EmergencyOpening.objects.visible_to(request.actor).select_related("use__seat__user", "use__seat__desk")
    row = visible_or_404(rows, request.actor, pk)
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(entries_of(row, request.actor), before, after, ON_A_PAGE)
    request.reads.append(("audit.person", AuditRecord, {"rows": len(page)}))
    context = {
        "it": row,
        "marking": of_list(page),
        "lines": titles.in_full(sentences.told(page, request.actor), request.actor),
        **around({}, page, newer, older),
    }
    return render(request, "oversight/opening.html", context)
