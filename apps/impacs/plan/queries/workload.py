"""Who has how much to do in which week: capacity less holidays and leave, against what is left of estimates."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from apps.access.actor import WORKS, Actor
from apps.impacs.models import Absence, Assignment, EffortEntry, Secondment, Task
from apps.impacs.plan.policy.tasks import MAKERS
from apps.impacs.plan.rules import workload
from apps.impacs.plan.rules.workload import Limits, Week, Work
from apps.notices.models import Holiday
from apps.people.models import Seat

PLANNED = sorted(Task.OPEN - {Task.State.BACKLOG})
WEEKS = 10


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the workload: somebody of a unit, or (without a seat) what nobody of the unit has been given yet.

    `sent_by` is the State of a secondee. `ends_on` the last day of the term if it is near and tasks are still open.
    """

    name: str
    seat: Any
    weeks: list[Week]
    open_tasks: int
    sent_by: str
    ends_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A desk with its people."""

    code: str
    name: str
    people: list[Person]


def days_off(people: dict[Any, Collection[str]], first: datetime.date, last: datetime.date) -> dict[Any, set[Any]]:
    """{person: days between the two that are off for them}: leave, and holidays of the parties named. Two queries."""
    parties = {code for codes in people.values() for code in codes}
    holidays: dict[str, set[datetime.date]] = {}
    kept = Holiday.objects.filter(party__in=parties, day__gte=first, day__lte=last, state=Holiday.State.CURRENT)
    for party, day in kept.values_list("party_id", "day"):
        holidays.setdefault(party, set()).add(day)
    found = {person: {day for code in codes for day in holidays.get(code, ())} for person, codes in people.items()}
    away = Absence.objects.filter(user__in=[key for key in people if isinstance(key, int)], state="entered")
    for user, begins, ends in away.filter(last__gte=first, first__lte=last).values_list("user_id", "first", "last"):
        begins, ends = max(begins, first), min(ends, last)
        found[user] |= {begins + datetime.timedelta(days=n) for n in range((ends - begins).days + 1)}
    return found


def works(rows: Iterable[Any], given: dict[Any, tuple[Any, ...]], today: datetime.date, limits: Limits) -> list[Work]:
    """What is left of each planned task for those it was given to, else for its desk. One query."""
    planned = [row for row in rows if row.due_on and row.estimate_days]
    spent = EffortEntry.objects.filter(task__in=planned).order_by().values("task_id").annotate(hours=Sum("hours"))
    hours = {one["task_id"]: Fraction(one["hours"]) for one in spent}
    return [
        Work(
            row.pk,
            workload.left_of(Fraction(row.estimate_days), hours.get(row.pk, Fraction(0)) / limits.hours_per_day),
            row.starts_on or today,
            row.due_on,
            given.get(row.pk) or (("desk", row.owner_id),),
        )
        for row in planned
    ]


def units(
    actor: Actor, today: datetime.date, first: datetime.date, limits: Limits, hosts: dict[str, str]
) -> list[Unit]:
    """The units that the actor plans for, with their people, over ten weeks from a Monday on. Eight queries.

    The Secretariat plans for all units, every other desk for itself. `hosts` says where bodies sit.
    """
    seats = Seat.objects.current().filter(desk__function__in=MAKERS, rank__gte=WORKS).exclude(kind=Seat.Kind.SERVICE)
    if actor.function != "secretariat":
        seats = seats.filter(desk=actor.desk_id)
    seats = seats.select_related("user", "desk__party", "desk__function")
    rows = list(seats.order_by("desk__party__alpha2", "desk__code", "user__full_name", "pk"))
    tasks = list(Task.objects.visible_to(actor, "work").filter(state__in=PLANNED))
    given: dict[Any, tuple[Any, ...]] = {}
    for key, user in Assignment.objects.filter(task__in=tasks).values_list("task_id", "seat__user_id").distinct():
        given[key] = (*given.get(key, ()), user)
    mondays = [first + datetime.timedelta(weeks=n) for n in range(WEEKS)]
    desks = {row.desk_id: row.desk for row in rows}
    keys: dict[Any, Collection[str]] = {row.user_id: keeps(row.desk.party_id, hosts) for row in rows}
    keys |= {("desk", pk): keeps(desk.party_id, hosts) for pk, desk in desks.items()}
    off = days_off(keys, min(first, today), mondays[-1] + datetime.timedelta(days=370))
    found = workload.weeks(list(keys), works(tasks, given, today, limits), today, mondays, off, limits)
    seconded = Secondment.objects.filter(user__in=[row.user_id for row in rows], state="entered", valid_from__lte=today)
    sent = dict(seconded.exclude(valid_to__lte=today).values_list("user_id", "sending_state_id"))
    count: dict[Any, int] = {}
    for people in given.values():
        for user in people:
            count[user] = count.get(user, 0) + 1
    return [
        Unit(desk.code, desk.party.short_name, [*_people(rows, desk, found, count, sent, limits), *_rest(desk, found)])
        for desk in desks.values()
    ]


def keeps(party: str, hosts: dict[str, str]) -> Collection[str]:
    """Codes of the parties whose public holidays somebody of a party keeps: for a body, of the State where it sits."""
    return {hosts.get(party, party)}


def _people(
    seats: list[Any],
    desk: Any,
    found: dict[Any, list[Week]],
    count: dict[Any, int],
    sent: dict[Any, str],
    limits: Limits,
) -> list[Person]:
    near = timezone.now() + datetime.timedelta(days=limits.term_warning_days)
    return [
        Person(
            name=seat.user.get_full_name(),
            seat=seat,
            weeks=found[seat.user_id],
            open_tasks=count.get(seat.user_id, 0),
            sent_by=sent.get(seat.user_id, ""),
            ends_on=_ends(seat, near) if count.get(seat.user_id) else None,
        )
        for seat in seats
        if seat.desk_id == desk.pk
    ]


def _ends(seat: Any, near: datetime.datetime) -> datetime.date | None:
    return seat.valid_to.date() if seat.valid_to is not None and seat.valid_to <= near else None


def _rest(desk: Any, found: dict[Any, list[Week]]) -> list[Person]:
    weeks = found["desk", desk.pk]
    return [Person("", None, weeks, 0, "", None)] if any(week.load for week in weeks) else []
