"""Who at the agency was sent by a State, from when to when: dated facts, entered by the director."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.council.actions.decision_fields import DayField
from apps.council.queries.choices import StateChoice
from apps.impacs import policy
from apps.impacs.models import Secondment
from apps.impacs.queries import lists


class PersonChoice(forms.ChoiceField):
    """Somebody who works at IMPACS."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them by name."""
        self.choices = lists.agency_people()


@action(
    "secondment.record",
    model=Secondment,
    label=_("Record a secondment"),
    done=_("Recorded a secondment"),
    policy=policy.may_direct,
    ends="entered",
    takes={
        "person": PersonChoice(label=pgettext_lazy("field, impacs", "Person")),
        "state": StateChoice(label=pgettext_lazy("field, impacs", "Sent by")),
        "since": DayField(label=pgettext_lazy("field, impacs", "Since")),
        "until": DayField(label=_("First day after it ends"), required=False),
    },
)
def record_secondment(
    actor: Actor, _row: None, *, person: str, state: str, since: datetime.date, until: datetime.date | None = None
) -> Secondment:
    """Record that a State sent somebody to the agency: this person never verifies that State."""
    if until is not None and until <= since:
        raise ValidationError({"until": _now("It cannot end before it begins. Enter a later day, or leave it empty.")})
    made: Secondment = Secondment.objects.create(
        user_id=int(person), sending_state_id=state, valid_from=since, valid_to=until, seat_id=actor.seat_id
    )
    return made


@action(
    "secondment.end",
    model=Secondment,
    label=pgettext_lazy("button, impacs", "End"),
    done=_("Ended a secondment"),
    policy=policy.may_direct,
    starts={"entered"},
    ends="entered",
    takes={"until": DayField(label=_("First day after it ends"))},
)
def end_secondment(actor: Actor, row: Secondment, *, until: datetime.date) -> Secondment:
    """Record when a secondment ended; the past stays."""
    if until <= row.valid_from:
        raise ValidationError({"until": _now("It cannot end before it begins. Enter a later day.")})
    row.valid_to = until
    return row
