"""What can be escalated: State actions and tasks that are not finished, by the day on which they are due."""

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from apps.access.actor import Actor
from apps.impacs.models import Assignment, EffortEntry, StateAction, Task
from apps.impacs.obligations.queries import status
from apps.notices.queries import page_name

PLANNED = Task.OPEN - {Task.State.BACKLOG}
"""What somebody has taken into the plan."""

NUMBER = 60
"""Letters of a reference, at most."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is due: whose it is, by when, its last progress, and whether it lies with somebody else.

    `due` is the date in force. `held` means that the ladder waits: evidence is with the verifier, or a review goes on.
    `seats` are the persons who follow it, none where nobody was named. `title` is for the portal alone.
    """

    kind: str
    pk: UUID
    party: str
    number: str
    title: str
    due: datetime.date | None
    progressed_on: datetime.date | None
    held: bool
    desk: int
    level: int
    seats: tuple[int, ...] = ()


Source = Callable[[Actor, datetime.date, Collection[str], datetime.date], Iterator[Subject]]
"""(clock, day, parties, last due date that matters) -> what of these parties is open and due by then."""


def state_actions(
    actor: Actor, day: datetime.date, parties: Collection[str], until: datetime.date
) -> Iterator[Subject]:
    """Open actions of the States that bind them on the day. Five queries.

    An extension only moves a date back, so that the original one bounds the search.
    """
    rows: Any = StateAction.objects.visible_to(actor).filter(
        state__in=StateAction.OPEN, party__in=parties, due_on__lte=until
    )
    columns = {pk: (owner, level) for pk, owner, level in rows.values_list("pk", "owner_id", "level")}
    if not columns:
        return
    for row, at in status.standings(rows.order_by("pk"), day).values():
        if at.counts and row.pk in columns:
            owner, level = columns[row.pk]
            yield Subject(
                kind=StateAction._meta.label_lower,
                pk=row.pk,
                party=row.party,
                number=f"{row.decision_number}, {row.clause_number}"[:NUMBER],
                title=row.clause_text,
                due=at.status.effective_due,
                progressed_on=at.facts.last_report_on,
                held=at.facts.pending(day),
                desk=owner,
                level=level,
                seats=(row.focal_seat,) if row.focal_seat else (),
            )


def tasks(actor: Actor, day: datetime.date, parties: Collection[str], until: datetime.date) -> Iterator[Subject]:
    """Planned tasks of the desks of the parties that are not finished. One query."""
    who = Assignment.objects.filter(task=OuterRef("pk")).order_by("pk").values("seat_id")
    effort = EffortEntry.objects.filter(task=OuterRef("pk"), day__lte=day).order_by("-day").values("day")
    rows = Task.objects.visible_to(actor).filter(
        state__in=PLANNED, owner__party__in=parties, due_on__lte=until, kind=Task.Kind.TASK
    )
    rows = rows.annotate(party=F("owner__party_id"), who=ArraySubquery(who), worked=Subquery(effort[:1]))
    for row in rows.order_by("pk"):
        yield Subject(
            kind=Task._meta.label_lower,
            pk=row.pk,
            party=row.party,
            number=row.reference,
            title=row.title,
            due=row.due_on,
            progressed_on=row.worked,
            held=row.state == Task.State.IN_REVIEW,
            desk=row.owner_id,
            level=row.level,
            seats=tuple(row.who),
        )


SOURCES: dict[str, Source] = {StateAction._meta.label_lower: state_actions, Task._meta.label_lower: tasks}
"""How each kind of subject is found."""

ABOUT: dict[str, tuple[Any, str, str]] = {
    StateAction._meta.label_lower: (StateAction, "decision__title", "clause__text"),
    Task._meta.label_lower: (Task, "title", "title"),
}
"""Its record, the column that says what it is about in a few words, and that which says it whole."""


def with_subject(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Escalations with `about`: what each is about in a few words, "" where the actor may not see that."""
    seen = [
        Subquery(model.objects.visible_to(actor).filter(pk=OuterRef("subject_id")).values(few)[:1])
        for model, few, _whole in ABOUT.values()
    ]
    return rows.annotate(about=Coalesce(*seen, Value(""), output_field=TextField()))


def shown_of(actor: Actor, kind: str, key: UUID) -> tuple[str, str]:
    """(what it is about, page) of a subject that the actor may see, ("", "") otherwise. One query."""
    model, _few, whole = ABOUT[kind]
    text = model.objects.visible_to(actor).filter(pk=key).values_list(whole, flat=True).first()
    if text is None:
        return "", ""
    name = page_name(kind)
    return text, reverse(name, args=[key]) if name else ""
