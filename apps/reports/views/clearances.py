"""What a State is asked to clear: the sentences that name it, as they stand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from apps.access.middleware import note_read
from apps.access.models import Level
from apps.reports.models import Clearance
from apps.reports.queries import report_pages
from apps.reports.views.verbs import report_verbs

verbs = report_verbs(
    Clearance,
    "clearance",
    "clearances",
    rows=lambda actor: Clearance.objects.visible_to(actor).select_related("report", "party"),
    whence=(pgettext_lazy("link, reports", "Reporting"), "reports:reports"),
)


@require_safe
def clearance(request: Any, pk: Any) -> HttpResponse:
    """One clearance with its sentences and what the seat may answer."""
    actor = request.actor
    row = verbs.find(actor, pk)
    note_read(request, "clearance.read", row)
    caveat = _("Draft: only the State asked and the Secretariat")
    context = {
        "row": row,
        "chip": report_pages.clearance_chip(row),
        "offers": verbs.buttons(actor, row),
        "primary": "agree",
        "drafting": report_pages.drafts(actor),
        "marking": {"level": max(row.level, Level.OFFICIAL), "caveat": caveat},
    }
    return render(request, "reports/clearance.html", context)
