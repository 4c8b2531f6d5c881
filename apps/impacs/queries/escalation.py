"""What has to be escalated on a day, and what was: the plan of the clock, the lists of the pages."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from apps.access.actor import DECIDES, Actor
from apps.impacs.models import Escalation, EscalationRule
from apps.impacs.queries.offices import Held, held_on
from apps.impacs.queries.subjects import SOURCES, Subject
from apps.impacs.rules.escalation import Raised, Rung, next_rung, told_in_place
from apps.people.models import Party

RUNG = ("number", "days", "wait", "office", "through", "event", "pause_answer", "pause_progress")


@dataclass(frozen=True, slots=True)
class Climb:
    """One rung to climb: for what, due when, which, and who is told: an office, its desk and seats."""

    subject: Subject
    due: datetime.date
    rung: Rung
    told: str
    vacant: bool
    desk: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one day asks for: rungs to climb by the desk that answers, and escalations (by key) that are over."""

    climbs: dict[int, list[Climb]]
    over: list[UUID]


def ladders(day: datetime.date) -> dict[str, tuple[int, list[Rung]]]:
    """{kind of subject: (hour, rungs from the bottom up)} that hold on a day. One query."""
    found: dict[str, tuple[datetime.date, int, list[Rung]]] = {}
    rules = EscalationRule.objects.filter(valid_from__lte=day).order_by("subject", "-valid_from", "number")
    for subject, since, hour, *columns in rules.values_list("subject", "valid_from", "hour", *RUNG):
        first, _hour, rungs = found.setdefault(subject, (since, hour, []))
        if first == since:
            rungs.append(Rung(*columns))
    return {subject: (hour, rungs) for subject, (_since, hour, rungs) in found.items()}


def days_at(now: datetime.datetime, hour: int) -> dict[datetime.date, list[str]]:
    """{day: parties where it is that day} of the parties where the hour of the day has come. One query."""
    found: dict[datetime.date, list[str]] = {}
    for code, zone in Party.objects.order_by("code").values_list("code", "time_zone"):
        local = now.astimezone(ZoneInfo(zone or "UTC"))
        if local.hour >= hour:
            found.setdefault(local.date(), []).append(code)
    return found


def plan(actor: Actor, kind: str, rungs: Sequence[Rung], day: datetime.date, parties: Collection[str]) -> Plan:
    """What the ladder of one kind of subject asks for on a day, for these parties. Seven queries, two more to climb."""
    until = day + datetime.timedelta(days=max(0, -min(rung.days for rung in rungs)))
    subjects = {subject.pk: subject for subject in SOURCES[kind](actor, day, parties, until)}
    raised, over = _raised(actor, kind, subjects, parties)
    wanted = []
    for subject in subjects.values():
        steps = raised.get((subject.pk, subject.due), [])
        rung = None if subject.held else next_rung(rungs, steps, subject.due, subject.progressed_on, day)
        if rung is not None and subject.due is not None:
            wanted.append((subject, subject.due, rung))
    climbs: dict[int, list[Climb]] = {}
    for climb in _addressed(wanted, rungs, day):
        climbs.setdefault(climb.desk, []).append(climb)
    return Plan(climbs, over)


def _raised(
    actor: Actor, kind: str, subjects: dict[UUID, Subject], parties: Collection[str]
) -> tuple[dict[tuple[UUID, datetime.date | None], list[Raised]], list[UUID]]:
    """({(subject, due date): rungs climbed}, open escalations whose subject is no longer due on that date)."""
    mine = Escalation.objects.visible_to(actor).filter(subject_type=kind, party__in=parties)
    rows = mine.filter(Q(state__in=Escalation.OPEN) | Q(subject_id__in=list(subjects)))
    found: dict[tuple[UUID, datetime.date | None], list[Raised]] = {}
    over = []
    columns = ("pk", "subject_id", "due_on", "rung", "raised_on", "acknowledged_on", "state")
    for pk, key, due, rung, on, answered, state in rows.order_by("pk").values_list(*columns):
        found.setdefault((key, due), []).append(Raised(rung, on, answered))
        if state in Escalation.OPEN and (key not in subjects or subjects[key].due != due):
            over.append(pk)
    return found, over


_Wanted = tuple[Subject, datetime.date, Rung]


def _addressed(wanted: Sequence[_Wanted], rungs: Sequence[Rung], day: datetime.date) -> Iterator[Climb]:
    if not wanted:
        return
    subjects = [subject for subject, _due, _rung in wanted]
    seats = {seat for subject in subjects for seat in subject.seats}
    held = held_on(day, {subject.party for subject in subjects}, {subject.desk for subject in subjects}, seats)
    ladder = [rung.through or rung.office for rung in rungs]
    for one in wanted:
        yield _climb(*one, ladder, held)


def _climb(subject: Subject, due: datetime.date, rung: Rung, ladder: Sequence[str], held: Held) -> Climb:
    asked = rung.through or rung.office
    filled = frozenset(office for office in ladder if held.of(subject, office)[1])
    told = told_in_place(ladder, asked, filled) or asked
    desk, seats = held.of(subject, told)
    return Climb(subject, due, rung, told, told != asked, desk or subject.desk, tuple(seats))


def silent_for(actor: Actor) -> Any:
    """Escalations that wait for an answer of the actor: they are told, or decides at the desk that is."""
    rows = Escalation.objects.visible_to(actor).filter(owner=actor.desk_id, state__in=Escalation.SILENT)
    return rows if actor.rank >= DECIDES else rows.filter(seats__contains=[actor.seat_id])


def of_subject(actor: Actor, kind: str, key: UUID) -> list[Any]:
    """What was raised about a subject, the latest first, as far as the actor may see it. One query."""
    rows = Escalation.objects.visible_to(actor).filter(subject_type=kind, subject_id=key)
    return list(rows.select_related("owner", "meeting").order_by("-raised_on", "-rung"))


def for_council(actor: Actor, meeting: Any = None) -> Any:
    """What is to be reported to the Council: on the list of a meeting, or waiting for one; by party and due date."""
    rows = Escalation.objects.visible_to(actor).filter(office="council_list", state__in=Escalation.OPEN)
    rows = rows.filter(meeting=meeting) if meeting is not None else rows
    return rows.select_related("party", "meeting").order_by("party__roll_call_order", "due_on", "pk")
