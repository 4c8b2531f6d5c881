"""What a State is asked to clear: the sentences that name it, as they stand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.access.middleware import note_read
from apps.access.models import Level
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
    caveat = _("Draft, the State asked and the Secretariat only")
    context = {
        "row": row,
        "chip": reading.clearance_chip(row),
        "offers": buttons(actor, row, "clearances"),
        "primary": "agree",
        "drafting": reading.drafts(actor),
        "marking": {"level": max(row.level, Level.OFFICIAL), "caveat": caveat},
    }
    return render(request, "reports/clearance.html", context)
