"""Mandates as pages and listeners read them: the tree of tasks, the next meeting, why one ended."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.urgency import days_late, late_by
from apps.council.models import Meeting
from apps.impacs.models import Mandate, MandateExtension, Task


def find_mandates_with_relations(actor: Actor | None) -> Any:
    """Mandates that the actor may see, with what their page shows."""
    related = ("decision", "clause", "lead__user", "lead__desk", "paper", "item", "carried_to__decision")
    return Mandate.objects.visible_to(actor).select_related(*related)


def why_ended(row: Mandate) -> str:
    """The reason that stopped tasks carry."""
    told = {"decision": row.decision, "how": row.get_state_display(), "note": row.note}
    return _("The mandate under %(decision)s: %(how)s. %(note)s") % told


def next_meeting(actor: Actor, organ: str) -> Any:
    """The organ's next meeting whose agenda takes items, None if none is open."""
    rows = Meeting.objects.visible_to(actor).filter(organ=organ, state=Meeting.State.AGENDA_OPEN)
    return rows.order_by("starts_at").first()


def unplaced(actor: Actor) -> list[Any]:
    """Reported mandates that are on no agenda yet."""
    rows = Mandate.objects.visible_to(actor).filter(state=Mandate.State.REPORTED, item=None).exclude(paper=None)
    return list(rows.select_related("decision").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Branch:
    """A task in its tree: how deep, and how late on the day."""

    row: Any
    depth: int
    late_days: int

    @property
    def late(self) -> str:
        """ "19 days late", or nothing."""
        return late_by(self.late_days)


def tree(actor: Actor, today: datetime.date, **narrowed: Any) -> list[Branch]:
    """Visible tasks in the order of their trees, parts under what they are part of. One query."""
    rows = Task.objects.visible_to(actor).filter(**narrowed).select_related("owner")
    ordered = sorted(rows, key=lambda row: (row.due_on or datetime.date.max, row.reference))
    known = {row.pk for row in ordered}
    below: dict[Any, list[Any]] = {}
    for row in ordered:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    return list(_walk(below, None, 0, today))


def _walk(below: dict[Any, list[Any]], parent: Any, depth: int, today: datetime.date) -> Any:
    for row in below.get(parent, []):
        yield Branch(row, depth, late_days(row, today))
        yield from _walk(below, row.pk, depth + 1, today)


def late_days(row: Any, today: datetime.date) -> int:
    """Days since an open task was due; 0 for what is in time, undated or over."""
    return days_late(row.due_on, today) if row.state in Task.OPEN else 0


def count_mandate_tasks(actor: Actor, rows: list[Any], today: datetime.date) -> dict[Any, dict[str, Any]]:
    """{mandate: {"all", "done", "late"}} of the visible tasks, cancelled ones left out. One query."""
    seen = Task.objects.visible_to(actor).filter(mandate__in=rows).exclude(state=Task.State.CANCELLED)
    found = seen.values("mandate_id").annotate(
        all=Count("pk"),
        done=Count("pk", filter=Q(state=Task.State.DONE)),
        late=Count("pk", filter=Q(state__in=sorted(Task.OPEN), due_on__lt=today)),
    )
    return {row["mandate_id"]: dict(row) for row in found}


def extensions(actor: Actor, row: Mandate) -> list[Any]:
    """Due days that were moved, oldest first. One query."""
    return list(MandateExtension.objects.visible_to(actor).filter(mandate=row).order_by("at"))
