"""Code lists, dated limits, and who of a State or of the agency may be named."""

import datetime
from typing import Any

from django.db.models import Q

from apps.access.actor import WORKS
from apps.impacs.models import ExtensionRules, Secondment, Term
from apps.impacs.obligations.rules.extensions import Limits
from apps.people.models import Desk, Seat

EVIDENCE, REJECT, DIFFICULTY, ASSISTANCE = "evidence_type", "reject_reason", "difficulty_kind", "assistance_kind"


def terms(name: str, day: datetime.date) -> list[tuple[str, str]]:
    """(code, label) of a list as it can be chosen on a day."""
    rows = Term.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), list=name, valid_from__lte=day)
    return list(rows.order_by("position").values_list("code", "label"))


def labels() -> dict[tuple[str, str], str]:
    """{(list, code): label} of every word there ever was."""
    return {(row.list, row.code): row.label for row in Term.objects.all()}


def renewed_kinds() -> set[str]:
    """Kinds of evidence that have to be brought anew when they expire."""
    return set(Term.objects.filter(list=EVIDENCE, renewed=True).values_list("code", flat=True))


def extension_limits(day: datetime.date) -> Limits:
    """The limits of later due dates in force on a day."""
    row = ExtensionRules.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return Limits(**(row.content if row else {}))


def seconded_by(user_id: int, party: str, day: datetime.date) -> bool:
    """Whether a State had sent this person to the agency on the day: they do not verify that State."""
    rows = Secondment.objects.filter(user=user_id, sending_state=party, valid_from__lte=day)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).exists()


def workers_at(desk_id: int) -> int:
    """How many people (not programs) work at a desk now."""
    seats = Seat.objects.current().filter(desk=desk_id, rank__gte=WORKS).exclude(kind=Seat.Kind.SERVICE)
    return int(seats.values("user").distinct().count())


def list_state_desks(party: str) -> list[tuple[str, str]]:
    """(code, function) of a State's active desks beside its ministry, for handing work over."""
    rows = Desk.objects.filter(party=party, active=True).exclude(function__in=["ministry", "oversight", "automation"])
    return list(rows.order_by("function__name").values_list("code", "function__name"))


def seats_of_state(party: str) -> list[tuple[str, str]]:
    """(id, name and desk) of the people who work at a State's desks."""
    seats = Seat.objects.current().filter(desk__party=party, rank__gte=WORKS).exclude(kind=Seat.Kind.SERVICE)
    rows = seats.select_related("user", "desk__function").order_by("desk__function__name", "user__full_name")
    return [(str(row.pk), f"{row.person_name}, {row.desk.function.name}") for row in rows]


def seat_of(pk: Any, party: str) -> Seat | None:
    """A seat in force of a State, None if there is none of this id."""
    if not str(pk).isdecimal():
        return None
    found: Seat | None = Seat.objects.current().select_related("desk").filter(pk=pk, desk__party=party).first()
    return found


def agency_people() -> list[tuple[str, str]]:
    """(user id, name) of those who work at IMPACS, for recording who was sent by a State."""
    seats = Seat.objects.current().filter(desk__code="IMPACS.secretariat").exclude(kind=Seat.Kind.SERVICE)
    return [(str(row.user_id), row.person_name) for row in seats.select_related("user", "desk").order_by("user_id")]
