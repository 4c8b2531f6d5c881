"""What a ministry is asked to clear, for My desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.council.policy import may_commit
from apps.people.waiting import WorkRow, register
from apps.reports.models import Clearance
from apps.reports.queries.moments import end_of_day

MOST = 50


@register
def clearances_due(actor: Actor) -> Iterator[WorkRow]:
    """Questions to one's own State that are not answered yet. One query."""
    if actor.function != "ministry" or not may_commit(actor):
        return
    rows = Clearance.objects.visible_to(actor).filter(party=actor.party_code, state=Clearance.State.ASKED)
    for row in rows.select_related("report").order_by("due_on", "pk")[:MOST]:
        yield WorkRow(
            title=_("Clear what %(reference)s says of us") % {"reference": row.report.reference},
            url=reverse("reports:clearance", args=[row.pk]),
            due=end_of_day(row.due_on),
            detail=", ".join(row.keys),
            kind="file-text",
        )
