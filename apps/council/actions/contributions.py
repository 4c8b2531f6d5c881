"""What States owe, and the Conference's leave to vote in spite of it (Revised Treaty, Article 27(2))."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.models import Level
from apps.council.actions.decision_fields import DayField
from apps.council.models import Contribution, VotingWaiver
from apps.council.policy import may_keep
from apps.council.queries import audience
from apps.council.queries.choices import StateChoice
from apps.council.refusals import Refusals
from apps.people.models import Party

LARGEST_AMOUNT = 10**15
PARTY = StateChoice(label=pgettext_lazy("field, council", "State"))


@action(
    "contribution.record",
    model=Contribution,
    label=_("Record a contribution"),
    done=_("Recorded a contribution"),
    policy=may_keep,
    ends=Contribution.State.DUE,
    takes={
        "party": PARTY,
        "year": forms.IntegerField(label=pgettext_lazy("field, council", "Year"), min_value=1973, max_value=2100),
        "due_on": DayField(label=pgettext_lazy("field, council", "Due on")),
        "amount_minor": forms.IntegerField(
            label=pgettext_lazy("field, council", "Amount"),
            min_value=1,
            max_value=LARGEST_AMOUNT,
            help_text=pgettext_lazy("field, council", "In cents"),
        ),
        "currency": forms.RegexField(
            r"^[A-Z]{3}$",
            label=pgettext_lazy("field, council", "Currency"),
            help_text=pgettext_lazy("field, council", "Three-letter currency code, for example USD"),
        ),
    },
)
def record_contribution(
    actor: Actor, _row: None, *, party: str, year: int, due_on: datetime.date, amount_minor: int, currency: str
) -> Contribution:
    """Record what a State owes for a year; it and the Secretariat alone see the amount."""
    state = _state(party)
    if Contribution.objects.filter(party=state, year=year).exists():
        raise ValidationError({"year": _now("The contribution for this year is already recorded.")})
    row = Contribution.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        party=state,
        year=year,
        due_on=due_on,
        amount_minor=amount_minor,
        currency=currency,
    )
    share(actor, row, {actor.desk_id, *audience.ministries([state.code])})
    return row


@action(
    "contribution.pay",
    model=Contribution,
    label=_("Record the payment"),
    done=_("Recorded the payment of a contribution"),
    policy=may_keep,
    starts={Contribution.State.DUE},
    ends=Contribution.State.PAID,
    otherwise=Refusals.ALREADY_PAID,
    takes={"paid_on": DayField(label=pgettext_lazy("field, council", "Paid on"))},
)
def pay_contribution(actor: Actor, contribution: Contribution, *, paid_on: datetime.date) -> Contribution:
    """Record the day on which a contribution was paid."""
    contribution.paid_on = paid_on
    return contribution


@action(
    "waiver.end",
    model=VotingWaiver,
    label=_("End the permission to vote"),
    done=_("Ended a waiver"),
    policy=may_keep,
    starts={VotingWaiver.State.GRANTED},
    ends=VotingWaiver.State.ENDED,
    otherwise=Refusals.LEAVE_ENDED,
)
def end_arrears_waiver(actor: Actor, waiver: VotingWaiver) -> VotingWaiver:
    """Record that the Conference has ended its leave; votes that were opened before keep it."""
    return waiver


@action(
    "waiver.grant",
    model=VotingWaiver,
    label=_("Record a permission to vote"),
    done=_("Recorded a leave to vote"),
    policy=may_keep,
    ends=VotingWaiver.State.GRANTED,
    takes={
        "party": PARTY,
        "valid_from": DayField(label=pgettext_lazy("field, council", "From")),
        "valid_to": DayField(label=pgettext_lazy("field, council", "Until"), required=False),
        "basis": forms.CharField(label=_("Decision of the Conference"), max_length=200),
    },
)
def grant_arrears_waiver(
    actor: Actor,
    _row: None,
    *,
    party: str,
    valid_from: datetime.date,
    basis: str,
    valid_to: datetime.date | None = None,
) -> VotingWaiver:
    """Record that the Conference lets a State in arrears vote for a time."""
    if valid_to is not None and valid_to < valid_from:
        raise ValidationError(
            {"valid_to": _now("The permission to vote cannot end before it begins. Enter a later day.")}
        )
    state = _state(party)
    row = VotingWaiver.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        party=state,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
    )
    share(actor, row, {actor.desk_id, *audience.ministries([state.code])})
    return row


def _state(code: str) -> Party:
    found = Party.objects.filter(code=code.upper(), roll_call_order__isnull=False).first()
    if found is None:
        raise ValidationError({"party": _now("%(code)s is not a Member State.") % {"code": code}})
    return found
