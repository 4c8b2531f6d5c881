"""Indicators that people keep: what is measured, and its values by day."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.people.models import Party
from apps.region.actions import facts
from apps.region.actions.fields import DayField, line, reason
from apps.region.models import Indicator, IndicatorValue
from apps.region.policy import may_keep
from apps.region.queries.choices import StatesChoice

S = Indicator.State
CODE = RegexValidator(
    r"^[A-Z][A-Z0-9_]{2,39}$", gettext_lazy("Use capital letters, digits and _, for example SEIZURES.")
)


@action(
    "indicator.create",
    model=Indicator,
    label=gettext_lazy("Define an indicator"),
    done=gettext_lazy("Defined an indicator"),
    policy=may_keep,
    ends=S.KEPT,
    takes={
        "code": forms.CharField(
            label=pgettext_lazy("field, region", "Code"),
            max_length=40,
            validators=[CODE],
            error_messages={"required": gettext_lazy("Enter a short code, for example SEIZURES.")},
        ),
        "name": line(pgettext_lazy("field, region", "Name"), gettext_lazy("Enter what is measured.")),
        "definition": reason(
            pgettext_lazy("field, region", "Definition"),
            gettext_lazy("Enter exactly what is counted, and what is not."),
        ),
        "unit": line(
            pgettext_lazy("field, region", "Unit"), gettext_lazy("Enter the unit, for example kilograms."), most=30
        ),
        "source": line(
            pgettext_lazy("field, region", "Source"), gettext_lazy("Enter who supplies the numbers."), most=300
        ),
        "per": forms.ChoiceField(label=pgettext_lazy("field, region", "Measured for"), choices=Indicator.Per.choices),
    },
)
def create_indicator(actor: Actor, _row: None, *, code: str, **columns: Any) -> Indicator:
    """Enter what is measured before the first number."""
    if Indicator.objects.filter(code=code).exists():
        raise ValidationError({"code": _("The code %(code)s is taken. Enter another code.") % {"code": code}})
    keeper = Party.objects.get(code=actor.party_code)
    fictional = actor.via == "demo"
    row: Indicator = Indicator.objects.create(code=code, keeper=keeper, fictional=fictional, **columns)
    return row


@action(
    "indicator.record",
    model=Indicator,
    label=gettext_lazy("Record a value"),
    done=gettext_lazy("Recorded a value of an indicator"),
    policy=may_keep,
    starts={S.KEPT},
    ends=S.KEPT,
    takes={
        "party": StatesChoice(label=pgettext_lazy("field, region", "Belongs to"), required=False),
        "on": DayField(label=pgettext_lazy("field, region", "Date")),
        "value": forms.DecimalField(
            label=pgettext_lazy("field, region", "Value"),
            max_digits=16,
            decimal_places=4,
            error_messages={"required": gettext_lazy("Enter the number."), "invalid": gettext_lazy("Enter a number.")},
        ),
        "source": line(
            pgettext_lazy("field, region", "Source"), gettext_lazy("Enter the source of the number."), most=300
        ),
        "note": line(pgettext_lazy("field, region", "Remark"), most=500),
    },
)
def record_indicator_value(
    actor: Actor, row: Indicator, *, on: datetime.date, value: Decimal, source: str, party: str = "", note: str = ""
) -> Indicator:
    """Record a value of a day; one recorded before for the same day stays in the history as what was known."""
    if row.computed:
        raise ValidationError(_("The portal calculates this indicator. Change the facts that it is based on."))
    if bool(party) != (row.per == Indicator.Per.STATE):
        raise ValidationError({"party": _("Choose a State for a State indicator, none for a regional one.")})
    now = timezone.now()
    of = party or None
    for before in IndicatorValue.objects.filter(indicator=row, party=of, on=on).known():
        facts.supersede(before, now)
    told = {"party_id": of, "on": on, "value": value, "source": source, "note": note}
    facts.add(IndicatorValue, actor, now, indicator=row, **told)
    return row


@action(
    "indicator.close",
    model=Indicator,
    label=pgettext_lazy("button, region", "Close"),
    done=gettext_lazy("Closed an indicator"),
    policy=may_keep,
    starts={S.KEPT},
    ends=S.CLOSED,
    danger=True,
)
def close_indicator(actor: Actor, row: Indicator) -> Indicator:
    """Take no further values; the series stays."""
    return row
