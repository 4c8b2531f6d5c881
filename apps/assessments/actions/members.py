"""Who works on an assessment by name, and who leads it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import WORKS, Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.assessments import policy
from apps.assessments.actions.event_facts import emit_assessment_event
from apps.assessments.models import Assessment, Member
from apps.coedit.actions import rights
from apps.people.models import Seat
from apps.rifc.queries import targets

S = Assessment.State
LISTS = {Member.Role.DRAFTER: "drafters", Member.Role.COMMENTER: "commenters", Member.Role.READER: "readers"}


def _person_field() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("field, assessments", "Person"),
        max_length=150,
        help_text=pgettext_lazy("field, assessments", "user name"),
    )


def _seat(row: Assessment, username: str) -> Any:
    """The person's seat at a desk of a party that takes part, or of the desk that leads; an error at `user`."""
    parties = {*row.accepted, *row.invited, row.originator_id}
    seat = next((one for one in targets.seats_of([username]) if one.desk.party_id in parties), None)
    if seat is None:
        raise ValidationError({"user": _now("No one with this user name is at a desk of a participating party.")})
    if min(seat.user.clearance, seat.desk.function.max_level) < row.level:
        raise ValidationError({"user": _now("This person is not cleared for this marking.")})
    return seat


@action(
    "assessment.add_member",
    model=Assessment,
    label=_("Add a person"),
    done=_("Added a person to an assessment"),
    policy=policy.may_steer,
    starts=Assessment.WORKING,
    ends=Assessment.WORKING,
    takes={
        "user": _person_field(),
        "role": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Role"), choices=Member.Role.choices, initial=Member.Role.DRAFTER
        ),
    },
)
def add_member(actor: Actor, row: Assessment, *, user: str, role: str) -> Assessment:
    """Let a person of a party that takes part write, comment or read by name; a further role replaces the first."""
    seat = _seat(row, user)
    if seat.user_id == row.lead_id:
        raise ValidationError({"user": _now("This person leads the assessment.")})
    if role == Member.Role.DRAFTER and seat.rank < WORKS:
        raise ValidationError({"role": _now("This person may only read.")})
    _leave(row, seat.user_id)
    Member.objects.create(assessment=row, user=seat.user, desk=seat.desk, role=role, added_at=timezone.now())
    name = LISTS[Member.Role(role)]
    setattr(row, name, sorted({*getattr(row, name), seat.user_id}))
    share(actor, row, [seat.desk_id], basis="member by name")
    rights.changed(row.pk)
    emit_assessment_event("jta.member", row, [seat.desk_id], step=f"{seat.user_id} {role} {row.version}")
    return row


def _leave(row: Assessment, user: int) -> None:
    """End the person's present role, if they have one."""
    for name in LISTS.values():
        setattr(row, name, [one for one in getattr(row, name) if one != user])
    Member.objects.filter(assessment=row, user=user, ended_at=None).update(ended_at=timezone.now())


@action(
    "assessment.remove_member",
    model=Assessment,
    label=_("Remove a person"),
    done=_("Removed a person from an assessment"),
    policy=policy.may_steer,
    starts={*Assessment.WORKING, *Assessment.OUT},
    ends={*Assessment.WORKING, *Assessment.OUT},
    takes={"user": _person_field()},
    danger=True,
)
def remove_member(actor: Actor, row: Assessment, *, user: str) -> Assessment:
    """End what a person may do here by name; what they have open closes at once."""
    member = Member.objects.filter(assessment=row, user__username=user, ended_at=None).first()
    if member is None:
        raise ValidationError({"user": _now("No one with this user name is on the list of people.")})
    _leave(row, member.user_id)
    rights.changed(row.pk)
    return row


@action(
    "assessment.release_member",
    model=Assessment,
    label=_("Remove a seconded person"),
    done=_("Removed a person whose secondment ended"),
    policy=policy.is_clock,
    starts={*Assessment.WORKING, *Assessment.OUT},
    ends={*Assessment.WORKING, *Assessment.OUT},
    automatic=True,
)
def release_member(actor: Actor, row: Assessment, *, user: int, desk: int) -> Assessment:
    """End what a person may do here by name for a desk of another party, to which they are seconded no longer."""
    if Member.objects.filter(assessment=row, user=user, desk=desk, ended_at=None).exists():
        _leave(row, user)
        rights.changed(row.pk)
    return row


@action(
    "assessment.hand_over",
    model=Assessment,
    label=_("Hand over the lead"),
    done=_("Handed the lead over"),
    policy=policy.may_steer,
    starts=Assessment.WORKING,
    ends=Assessment.WORKING,
    takes={"user": _person_field()},
)
def hand_over_assessment(actor: Actor, row: Assessment, *, user: str) -> Assessment:
    """Let another analyst of the desk lead."""
    seat = Seat.objects.current().filter(user__username=user, desk_id=row.owner_id, rank__gte=WORKS).first()
    if seat is None:
        raise ValidationError({"user": _now("Only an analyst at the lead desk can lead it.")})
    _leave(row, seat.user_id)
    row.lead_id = seat.user_id
    rights.changed(row.pk)
    emit_assessment_event("jta.member", row, [row.owner_id], step=f"lead {row.version}")
    return row
