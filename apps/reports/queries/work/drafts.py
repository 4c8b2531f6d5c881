"""Reports that wait for the Secretariat, for My work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.queries.work import WorkRow
from apps.reports.models import Report
from apps.reports.queries import report_pages

MOST = 50
S = Report.State


def reports_to_go_on(actor: Actor) -> Iterator[WorkRow]:
    """Returned ones to work on, approved ones to send; for who decides also those to approve. One query."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    wanted = {S.RETURNED: _("Revise what was returned"), S.APPROVED: _("Seal and send")}
    if actor.rank >= DECIDES:
        wanted[S.IN_CLEARANCE] = _("Approve: every State has answered")
    for row in report_pages.answered(actor, wanted).order_by("pk")[:MOST]:
        if row.state == S.IN_CLEARANCE and row.compiled_by_seat_id == actor.seat_id:
            continue
        yield WorkRow(
            title=f"{wanted[S(row.state)]}: {row.title}",
            url=reverse("reports:report", args=[row.pk]),
            due=None,
            detail=row.reason if row.state == S.RETURNED else "",
            kind="file-text",
            code=row.reference,
        )
