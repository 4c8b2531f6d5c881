"""Due dates of State actions in the calendars of their ministries: those in force, so that they move by themselves."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.impacs.models import ExtensionRequest, StateAction
from apps.notices.queries.calendar_events import CalendarEvent

MOST = 500


def actions_due(actor: Actor) -> Iterator[CalendarEvent]:
    """What one's own State still has to do, on the day on which it is due. One query."""
    if actor.function != "ministry":
        return
    granted = ExtensionRequest.objects.visible_to(actor).filter(
        action=OuterRef("pk"), state=ExtensionRequest.State.GRANTED
    )
    later = Subquery(granted.order_by("-decided_on", "-number").values("new_due_on")[:1])
    rows = StateAction.objects.visible_to(actor).filter(party=actor.party_code, state__in=StateAction.WORKED)
    rows = rows.annotate(due=Coalesce(later, "due_on")).exclude(due=None).select_related("decision", "clause")
    for row in rows.order_by("due")[:MOST]:
        number = f"{row.decision} {row.clause.number}"
        url = reverse("impacs:action", args=[row.pk])
        yield CalendarEvent(f"action-{row.pk}", row.due, pgettext("words, impacs", "Obligation due"), number, url=url)
