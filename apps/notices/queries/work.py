"""Deadlines of a desk among what comes, for My work."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst

from apps.access.actor import Actor
from apps.notices.models import Deadline
from apps.notices.queries import page_name
from apps.people.queries.work import HORIZON, Ask, Facts, WorkRow, moment


def deadlines_to_come(actor: Actor) -> Iterator[Ask]:
    """Open deadlines of the seat's desk in the next days."""
    now = timezone.now()
    rows = Deadline.objects.visible_to(actor).filter(
        state="open", desk_id=actor.desk_id, due_at__range=(now, now + HORIZON)
    )
    columns = ("object_type", "object_id", "kind", "number", "due_at")
    yield Ask(rows, ["due_at", "pk"], {name: name for name in columns}, _rows)


def _rows(facts: Facts) -> Iterator[WorkRow]:
    try:
        page = reverse(page_name(facts["object_type"]), args=[facts["object_id"]])
    except NoReverseMatch:
        return
    yield WorkRow(capfirst(facts["kind"]), page, moment(facts["due_at"]), "", "clock", code=facts["number"])
