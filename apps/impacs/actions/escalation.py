"""The ladder of escalation: climbed and ended by the clock, answered by people."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share, share_many
from apps.access.refusal import Refused
from apps.council.models import Meeting
from apps.council.queries.choices import MeetingChoice
from apps.council.queries.membership import day_of
from apps.impacs import policy
from apps.impacs.models import Escalation, EscalationRule, Office
from apps.impacs.queries.escalation import Climb
from apps.impacs.queries.offices import SECRETARIAT, held_on, party_of
from apps.people.queries import desk_ids

E = Escalation.State
ANSWER = 500


@action(
    "escalation.raise",
    model=Escalation,
    label=pgettext_lazy("button, impacs", "Raise"),
    done=_("Raised an escalation"),
    policy=policy.is_clock,
    ends=E.RAISED,
    automatic=True,
)
def raise_escalation(actor: Actor, _row: None, *, day: datetime.date, climbs: Sequence[Climb]) -> Escalation:
    """Climb rungs that one desk answers, and say of the rungs before that nobody answered; the first new row.

    A rung that was climbed meanwhile is left out; Refused when none is left.
    """
    # whoever climbs holds the rungs of the ladder, so that the clock of two workers climbs one after the other
    kinds = {one.subject.kind for one in climbs}
    list(EscalationRule.objects.filter(subject__in=kinds).order_by("pk").select_for_update())
    subjects = {one.subject.pk for one in climbs}
    known = set(Escalation.objects.filter(subject_id__in=subjects).values_list("subject_id", "due_on", "rung"))
    new = [one for one in climbs if (one.subject.pk, one.due, one.rung.number) not in known]
    if not new:
        raise Refused("wrong-state")
    rows = Escalation.objects.bulk_create([_row_of(actor, one, day) for one in new])
    _share(actor, rows, new)
    _climbed(actor, rows)
    for other in rows[1:]:
        also("escalation.raise", other, after=E.RAISED)
    _tell(rows, new)
    return rows[0]


def _row_of(actor: Actor, one: Climb, day: datetime.date) -> Escalation:
    subject = one.subject
    return Escalation(
        subject_type=subject.kind,
        subject_id=subject.pk,
        party_id=subject.party,
        number=subject.number,
        due_on=one.due,
        rung=one.rung.number,
        office=one.rung.office,
        told=one.told,
        vacant=one.vacant,
        seats=list(one.seats),
        raised_on=day,
        owner_id=one.desk,
        originator_id=actor.party_code,
        level=subject.level,
        changed_by_seat_id=actor.seat_id,
    )


def _share(actor: Actor, rows: Sequence[Escalation], climbs: Sequence[Climb]) -> None:
    """The desk whose subject it is, the desk that answers, the Secretariat and the clock see it."""
    always = {actor.desk_id, *desk_ids(SECRETARIAT)}
    by_audience: dict[frozenset[int], list[Escalation]] = {}
    for row, one in zip(rows, climbs, strict=True):
        by_audience.setdefault(frozenset(always | {one.subject.desk, one.desk}), []).append(row)
    for groups, shared in by_audience.items():
        share_many(actor, shared, groups)


def _climbed(actor: Actor, rows: Sequence[Escalation]) -> None:
    """Rungs below of the same due dates that nobody answered."""
    at = {(row.subject_id, row.due_on): row.rung for row in rows}
    below = Escalation.objects.filter(subject_id__in=[key for key, _due in at], state__in=Escalation.SILENT)
    passed = [
        row for row in below.select_for_update().order_by("pk") if row.rung < at.get((row.subject_id, row.due_on), 0)
    ]
    _move("escalation.climb", actor, passed, E.CLIMBED)


def _move(verb: str, actor: Actor, rows: Sequence[Escalation], state: str) -> None:
    Escalation.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state, version=F("version") + 1, changed_at=timezone.now(), changed_by_seat_id=actor.seat_id
    )
    for row in rows:
        also(verb, row, before=row.state, after=state)


def _tell(rows: Sequence[Escalation], climbs: Sequence[Climb]) -> None:
    """One telling for each event and for the same persons at a desk, however many things are due.

    And one for each office that nobody holds although a rung asks for it.
    """
    groups: dict[tuple[Any, ...], list[tuple[Escalation, Climb]]] = {}
    for row, one in zip(rows, climbs, strict=True):
        groups.setdefault((one.rung.event, one.desk, one.told, one.seats, one.subject.kind), []).append((row, one))
    for (event, _desk, told, seats, _kind), group in groups.items():
        row, one = group[0]
        alone = len(group) == 1
        payload = {"event": event, "told": told, "seats": list(seats), "count": len(group)}
        emit("escalation.raised", row, payload | {"title": one.subject.title[:200] if alone else ""})
    missed = {(party_of(row.office, row.party_id), row.office): row for row in rows if row.vacant}
    for (party, office), row in missed.items():
        emit("office.missed", row, {"party": party, "office": office})


@action(
    "escalation.end",
    model=Escalation,
    label=pgettext_lazy("button, impacs", "End"),
    done=_("Ended an escalation"),
    policy=policy.is_clock,
    starts=Escalation.OPEN,
    ends=E.ENDED,
    automatic=True,
)
def end_escalation(actor: Actor, first: Escalation, *, others: Sequence[Any] = ()) -> Escalation:
    """End escalations (`others` by key) whose subject is done or released, or due on another day."""
    rows = Escalation.objects.filter(pk__in=list(others), state__in=Escalation.OPEN).exclude(pk=first.pk)
    _move("escalation.end", actor, list(rows.select_for_update().order_by("pk")), E.ENDED)
    return first


def _answer(label: Any, hint: Any, *, required: bool) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=ANSWER,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence, for example: The bill goes to Cabinet on 3 March.")},
    )


@action(
    "escalation.acknowledge",
    model=Escalation,
    label=pgettext_lazy("button, impacs", "Acknowledge"),
    done=_("Acknowledged an escalation"),
    policy=policy.may_answer,
    starts=Escalation.SILENT,
    ends=E.ACKNOWLEDGED,
    takes={
        "answer": _answer(
            _("What happens next"),
            _("The State's ministry and IMPACS can read this. Escalation pauses, and resumes if there is no progress."),
            required=False,
        )
    },
)
def acknowledge_escalation(actor: Actor, row: Escalation, *, answer: str = "") -> Escalation:
    """Say that the escalation has arrived and what will be done; the ladder is held for the days of its rung."""
    row.acknowledged_on = day_of(timezone.now(), actor.time_zone)
    row.acknowledged_by, row.answer = actor.person, answer.strip()
    return row


@action(
    "escalation.pass_on",
    model=Escalation,
    label=_("Write to the minister's office"),
    done=_("Brought a matter to the minister's office"),
    policy=policy.may_pass_on,
    starts={E.RAISED},
    ends=E.PASSED_ON,
    takes={
        "answer": _answer(
            pgettext_lazy("field, impacs", "Message"),
            _("The minister's office can read this in the portal."),
            required=True,
        )
    },
)
def pass_on_escalation(actor: Actor, row: Escalation, *, answer: str) -> Escalation:
    """Bring the matter before the minister's office of the State: it is told now, and not before."""
    day = day_of(timezone.now(), actor.time_zone)
    holder = held_on(day, [row.party_id], []).named.get((row.party_id, Office.MINISTER_OFFICE))
    if holder is None:
        raise ValidationError(
            {
                "answer": _(
                    "No one is named for this State's minister's office. Ask its ministry to name "
                    "someone, or write a letter and acknowledge here."
                )
            }
        )
    share(actor, row, [holder.desk])
    row.owner_id, row.seats, row.told = holder.desk, [holder.seat], Office.MINISTER_OFFICE
    row.passed_on, row.answer = day, answer.strip()
    emit("escalation.passed_on", row, {"seats": [holder.seat]})
    return row


@action(
    "escalation.put_on_list",
    model=Escalation,
    label=_("Add to the Council's list"),
    done=_("Put a matter on the Council's list"),
    policy=policy.may_list,
    starts={E.RAISED, E.LISTED},
    ends=E.LISTED,
    takes={
        "meeting": MeetingChoice(
            label=pgettext_lazy("field, impacs", "Meeting"),
            help_text=_("The meeting's implementation report will name the matter."),
        )
    },
)
def put_escalation_on_list(actor: Actor, row: Escalation, *, meeting: str) -> Escalation:
    """Have the implementation report of a meeting name the matter."""
    found = Meeting.objects.visible_to(actor).filter(pk=meeting).first()
    if found is None:
        raise ValidationError({"meeting": _("Choose a meeting from the list.")})
    row.meeting = found
    row.acknowledged_on, row.acknowledged_by = day_of(timezone.now(), actor.time_zone), actor.person
    return row
