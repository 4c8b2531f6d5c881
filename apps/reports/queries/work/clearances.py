"""What a ministry is asked to clear, for My work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from apps.access.actor import Actor
from apps.council.policy import may_commit
from apps.people.queries.work import WorkRow
from apps.reports import titles
from apps.reports.models import Clearance
from apps.reports.queries.moments import end_of_day

MOST = 50


def clearances_due(actor: Actor) -> Iterator[WorkRow]:
    """Questions to one's own State that are not answered yet. One query."""
    if actor.function != "ministry" or not may_commit(actor):
        return
    rows = Clearance.objects.visible_to(actor).filter(party=actor.party_code, state=Clearance.State.ASKED)
    for row in rows.select_related("report").order_by("due_on", "pk")[:MOST]:
        yield WorkRow(
            title=titles.clearance(row.report.title),
            url=reverse("reports:clearance", args=[row.pk]),
            due=end_of_day(row.due_on),
            detail=ngettext("%(n)d sentence", "%(n)d sentences", len(row.keys)) % {"n": len(row.keys)},
            kind="file-text",
            code=row.report.reference,
        )
