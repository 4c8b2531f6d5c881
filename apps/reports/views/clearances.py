"""What a State is asked to clear: the sentences that name it, as they stand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.reports.models import Clearance
from apps.reports.queries import reading
from apps.reports.views.acts import buttons


@require_safe
def clearance(request: Any, pk: Any) -> HttpResponse:
    """One clearance with its sentences and what the seat may answer."""
    actor = request.actor
    rows = Clearance.objects.visible_to(actor).select_related("report", "party")
    row = visible_or_404(rows, actor, pk)
    note_read(request, "clearance.read", row)
    context = {
        "row": row,
        "chip": reading.clearance_chip(row),
        "offers": buttons(actor, row, "clearances"),
        "primary": "agree",
        "drafting": reading.drafts(actor),
        "marking": {"level": row.level},
    }
    return render(request, "reports/clearance.html", context)
