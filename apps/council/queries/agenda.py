"""Reads of an agenda: its items in order, the papers to each, and what is still missing."""

import re
from typing import Any

from apps.access.actor import Actor
from apps.council.models import AgendaItem, Decision, Meeting, Paper

ON_THE_AGENDA = ("accepted", "scheduled", "under_discussion", "decided", "noted", "deferred", "referred")
IN = ("submitted", "in_clearance", "issued")
"""States of a paper that has arrived."""
MEETING_NAMED = re.compile(r"/council/meetings/([0-9a-f-]{36})/")


def in_order(meeting: Meeting, *, lock: bool = False) -> list[Any]:
    """All items on the agenda in their order, for actions; locked for those that change them. One query."""
    rows = AgendaItem.objects.filter(meeting=meeting, state__in=ON_THE_AGENDA)
    return sorted(rows.order_by("pk").select_for_update(of=("self",)) if lock else rows, key=place)


def visible_items(actor: Actor | None, meeting: Meeting) -> list[Any]:
    """Items that the actor sees: the agenda in its order, then proposals. Ended proposals are left out. One query."""
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).select_related("originator")
    return sorted(rows.exclude(state__in=["rejected", "withdrawn"]), key=place)


def place(item: AgendaItem) -> tuple[Any, ...]:
    """The order of an agenda: items by position, then proposals as they came."""
    return item.position is None, item.position or 0, item.pk


def last_position(meeting: Meeting) -> int:
    """The highest position given so far, 0 for none."""
    found = AgendaItem.objects.filter(meeting=meeting).exclude(position=None).order_by("-position").first()
    return found.position if found and found.position else 0


def has_paper(item: AgendaItem) -> bool:
    """Whether a paper to the item has arrived."""
    return Paper.objects.filter(item=item, state__in=IN).exists()


def without_papers(items: list[Any]) -> list[Any]:
    """Items to decide to which no paper has arrived, and for which none was waived. One query."""
    need = [item for item in items if needs_paper(item)]
    there = set(Paper.objects.filter(item__in=need, state__in=IN).values_list("item_id", flat=True))
    return [item for item in need if item.pk not in there]


def needs_paper(item: AgendaItem) -> bool:
    """Whether something has to be read before the item can be decided."""
    return item.kind == AgendaItem.Kind.DECISION and not item.papers_waived


def papers_of(actor: Actor | None, meeting: Meeting) -> dict[Any, list[Any]]:
    """{item id: papers that the actor sees, by number}, without those withdrawn or superseded. One query.

    Under None those that belong to the meeting and to no item of it.
    """
    rows = Paper.objects.visible_to(actor).filter(meeting=meeting)
    found: dict[Any, list[Any]] = {}
    for paper in rows.exclude(state__in=["withdrawn", "superseded"]).order_by("number", "pk"):
        found.setdefault(paper.item_id, []).append(paper)
    return found


def papers_to(actor: Actor | None, item: AgendaItem) -> list[Any]:
    """Papers to one item that the actor sees, newest issue first. One query."""
    return list(Paper.objects.visible_to(actor).filter(item=item).order_by("-issued_at", "number", "pk"))


def decisions_to(actor: Actor | None, item: AgendaItem) -> list[Any]:
    """Decisions and drafts to one item that the actor sees. One query."""
    return list(Decision.objects.visible_to(actor).filter(item=item).order_by("working_no"))


def drafts_of(actor: Actor | None, meeting: Meeting) -> dict[Any, list[Any]]:
    """{item id: decisions and drafts that the actor sees}. One query."""
    found: dict[Any, list[Any]] = {}
    for decision in Decision.objects.visible_to(actor).filter(meeting=meeting).order_by("working_no"):
        found.setdefault(decision.item_id, []).append(decision)
    return found


def meeting_named_in(actor: Actor | None, item: AgendaItem) -> Meeting | None:
    """The meeting that an item's summary names by its address, if the actor sees it; no query without an address."""
    found = MEETING_NAMED.search(item.summary)
    return Meeting.objects.visible_to(actor).filter(pk=found[1]).first() if found else None
