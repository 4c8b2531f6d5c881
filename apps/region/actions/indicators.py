"""Indicators that people keep: what is measured, and its values by day."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.access.doors import action
from apps.people.models import Party
from apps.region.actions import facts
from apps.region.actions.fields import DayField, line, reason
from apps.region.choices import StatesChoice
from apps.region.models import Indicator, IndicatorValue
from apps.region.policy import may_keep

S = Indicator.State
CODE = RegexValidator(r"^[A-Z][A-Z0-9_]{2,39}$", gettext_lazy("Write capital letters, digits and _, as SEIZURES."))


@action(
    "indicator.create", model=Indicator, label=gettext_lazy("Define an indicator"), policy=may_keep, ends=S.KEPT,
    takes={
        "code": forms.CharField(
            label=gettext_lazy("Code"), max_length=40, validators=[CODE],
            error_messages={"required": gettext_lazy("Give a short code, for example SEIZURES.")},
        ),
        "name": line(gettext_lazy("Name"), gettext_lazy("Say what is measured.")),
        "definition": reason(gettext_lazy("Definition"), gettext_lazy("Say exactly what is counted, and what is not.")),
        "unit": line(gettext_lazy("Unit"), gettext_lazy("Name the unit, for example kilograms."), most=30),
        "source": line(gettext_lazy("Source"), gettext_lazy("Say who supplies the numbers."), most=300),
        "per": forms.ChoiceField(label=gettext_lazy("Measured"), choices=Indicator.Per.choices),
    },
)  # fmt: skip
def create(actor: Actor, _row: None, *, code: str, **columns: Any) -> Indicator:
    """Enter what is measured before the first number."""
    if Indicator.objects.filter(code=code).exists():
        raise ValidationError(
            {"code": _("There is an indicator %(code)s already. Give another code.") % {"code": code}}
        )
    keeper = Party.objects.get(code=actor.party_code)
    fictional = actor.via == "demo"
    row: Indicator = Indicator.objects.create(code=code, keeper=keeper, fictional=fictional, **columns)
    return row


@action(
    "indicator.record", model=Indicator, label=gettext_lazy("Record a value"), policy=may_keep, starts={S.KEPT},
    ends=S.KEPT,
    takes={
        "party": StatesChoice(label=gettext_lazy("Of"), required=False),
        "on": DayField(label=gettext_lazy("Of the day")),
        "value": forms.DecimalField(
            label=gettext_lazy("Value"), max_digits=16, decimal_places=4,
            error_messages={"required": gettext_lazy("Give the number."), "invalid": gettext_lazy("Give a number.")},
        ),
        "source": line(gettext_lazy("Source"), gettext_lazy("Say where the number is written."), most=300),
        "note": line(gettext_lazy("Remark"), most=500),
    },
)  # fmt: skip
def record(
    actor: Actor, row: Indicator, *, on: datetime.date, value: Decimal, source: str, party: str = "", note: str = ""
) -> Indicator:
    """Record a value of a day; one recorded before for the same day stays in the history as what was known."""
    if row.computed:
        raise ValidationError(_("The portal reckons this indicator itself. Change the facts that it is reckoned from."))
    if bool(party) != (row.per == Indicator.Per.STATE):
        raise ValidationError({"party": _("Choose the State for an indicator of States, none for one of the region.")})
    now = timezone.now()
    of = party or None
    for before in IndicatorValue.objects.filter(indicator=row, party=of, on=on).known():
        facts.supersede(before, now)
    told = {"party_id": of, "on": on, "value": value, "source": source, "note": note}
    facts.add(IndicatorValue, actor, now, indicator=row, **told)
    return row


@action(
    "indicator.close", model=Indicator, label=gettext_lazy("Close"), policy=may_keep, starts={S.KEPT}, ends=S.CLOSED,
)  # fmt: skip
def close(actor: Actor, row: Indicator) -> Indicator:
    """Take no further values; the series stays."""
    return row
