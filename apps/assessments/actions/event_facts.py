"""What listeners are told of an assessment: desks, its number, how high it is marked; never a word of it."""

from collections.abc import Iterable
from typing import Any

from apps.access.declared_actions import emit
from apps.assessments.models import Assessment
from apps.assessments.queries import remarks
from apps.people.models import Desk, Seat


def emit_assessment_event(
    topic: str, row: Assessment, desks: Iterable[int], *, step: str = "", due: str = "", seats: Iterable[int] = ()
) -> None:
    """Ask for a notice to desks, or to these seats at them, within an action; nothing where there is no desk."""
    to = sorted(set(desks))
    if to:
        said: dict[str, Any] = {"number": row.number, "level": row.level, "desks": to, "step": step, "due": due}
        emit(topic, row, said | {"seats": list(seats)})


def contacts(parties: Iterable[str]) -> list[int]:
    """Ids of the points of contact of parties."""
    rows = Desk.objects.filter(party__in=list(parties), function="contact", active=True)
    return list(rows.values_list("pk", flat=True))


def signing_desks(parties: Iterable[str]) -> list[int]:
    """Ids of the desks at which somebody could sign for these parties."""
    seats = Seat.objects.current().filter(
        desk__party__in=list(parties), desk__function__in=["contact", "intelligence", "analysis"], rank__gte=3
    )
    return sorted(set(seats.values_list("desk_id", flat=True)))


def writers(row: Assessment) -> dict[int, list[int]]:
    """{desk: seats} of the lead and the drafters. Two queries."""
    return remarks.desks_of(row, [f"user:{user}" for user in {row.lead_id, *row.drafters}])
