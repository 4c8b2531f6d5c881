"""When somebody is not at work: entered by themselves or by who decides at their desk, and taken back."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES, Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.council.actions.decision_fields import DayField
from apps.impacs.models import Absence
from apps.impacs.plan.policy import plan as policy
from apps.impacs.plan.policy.tasks import may_create
from apps.people.models import Seat
from apps.people.queries import desk_ids

S = Absence.State
LONGEST = 370
"""Days."""


class Colleague(forms.ChoiceField):
    """A seat of the asker's own desk by its public id; for who decides there, anybody's."""

    def scope(self, actor: Actor | None, row: object) -> None:
        """Offer oneself, and for who decides the whole desk."""
        if actor is not None:
            self.choices = [(str(seat.uid), seat.person_name) for seat in colleagues(actor)]
            self.initial = next((key for key, _name in self.choices), "")

    def valid_value(self, value: str) -> bool:
        """The action looks it up."""
        return True


def colleagues(actor: Actor) -> list[Seat]:
    """Oneself first, then for who decides the people of their desk."""
    seats = (
        Seat.objects.current().filter(desk=actor.desk_id).exclude(kind=Seat.Kind.SERVICE).select_related("user", "desk")
    )
    if actor.rank < DECIDES:
        seats = seats.filter(user=actor.user_id)
    return sorted(seats, key=lambda seat: (seat.user_id != actor.user_id, seat.user.get_full_name()))


@action(
    "absence.enter",
    model=Absence,
    label=pgettext_lazy("button, impacs", "Enter leave"),
    done=pgettext_lazy("words, audit", "Entered leave"),
    policy=may_create,
    ends=S.ENTERED,
    takes={
        "person": Colleague(label=pgettext_lazy("field, impacs", "Who"), required=False),
        "first": DayField(
            label=pgettext_lazy("field, impacs", "First day"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        ),
        "last": DayField(
            label=pgettext_lazy("field, impacs", "Last day"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        ),
    },
)
def enter_absence(actor: Actor, _row: None, *, first: datetime.date, last: datetime.date, person: str = "") -> Absence:
    """Say when somebody is not at work; their weeks hold less from then on."""
    seats = {str(seat.uid): seat for seat in colleagues(actor)}
    seat = seats.get(person) if person else next(iter(seats.values()), None)
    if seat is None:
        raise ValidationError(
            {"person": _now("Choose yourself. Only an approver of the desk can enter leave for others.")}
        )
    if last < first:
        raise ValidationError({"last": _now("This is before the first day. Enter the same day or a later one.")})
    if (last - first).days >= LONGEST:
        raise ValidationError(
            {"last": _now("Leave of more than a year needs a change of appointment. Enter a shorter period.")}
        )
    taken = Absence.objects.filter(user=seat.user_id, state=S.ENTERED, first__lte=last, last__gte=first).first()
    if taken is not None:
        words = {"first": f"{taken.first.day} {taken.first:%b %Y}", "last": f"{taken.last.day} {taken.last:%b %Y}"}
        raise ValidationError({"first": _now("Leave from %(first)s to %(last)s is already entered.") % words})
    row = Absence.objects.create(
        user_id=seat.user_id, first=first, last=last, owner_id=actor.desk_id, originator_id=actor.party_code
    )
    share(actor, row, {actor.desk_id, *desk_ids("IMPACS.secretariat", "IMPACS.automation")}, basis="work plan")
    return row


@action(
    "absence.withdraw",
    model=Absence,
    label=pgettext_lazy("button, impacs", "Withdraw"),
    done=_("Took leave back"),
    policy=policy.may_withdraw_absence,
    starts={S.ENTERED},
    ends=S.WITHDRAWN,
)
def withdraw_absence(actor: Actor, row: Absence) -> Absence:
    """The person is at work after all."""
    return row
