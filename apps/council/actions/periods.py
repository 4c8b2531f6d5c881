"""How long States have to answer in writing: the period that somebody chose, within the rules of the organ."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.council.models import Decision

RULES = "UN General Assembly decision 74/544; rules of the organ"
PERIOD = forms.IntegerField(
    label=_("Period in hours"), required=False, min_value=1, help_text=_("Leave empty for the organ's minimum")
)
URGENT = forms.BooleanField(label=_("Urgent: shorter than the minimum, under a standing decision"), required=False)
BASIS = forms.CharField(
    label=_("Number of the standing decision"),
    required=False,
    max_length=200,
    help_text=_("For example CONSLE/2008/5/DEC/02"),
)


def chosen(
    rules: Mapping[str, Any], organ: str, hours: int | None, *, urgent: bool, basis: str
) -> tuple[dict[str, Any], int]:
    """The rules that hold and the period in hours; ValidationError at the field that breaks the organ's rules.

    Below the minimum a standing decision of the organ has to allow it.
    """
    shortest, longest = rules["minimum_hours"], rules["maximum_hours"]
    period = shortest if hours is None else hours
    if period > longest:
        raise ValidationError(
            {"period_hours": _now("Enter at most %(most)s hours (rules of the organ).") % {"most": longest}}
        )
    if period >= shortest:
        return dict(rules), period
    if not urgent:
        sentence = _now(
            "Enter at least %(least)s hours (%(source)s). For an urgent text, tick Urgent and "
            "enter the number of the standing decision that allows less."
        )
        raise ValidationError({"period_hours": sentence % {"least": shortest, "source": RULES}})
    standing = Decision.objects.filter(number=basis, organ_id=organ, state__in=["sealed", "in_force"])
    if not basis or not standing.exists():
        raise ValidationError(
            {
                "urgent_basis": _now(
                    "Enter the number of a decision of this organ that is sealed or in force and allows "
                    "a shorter period, for example CONSLE/2008/5/DEC/02."
                )
            }
        )
    # two whole working days cannot lie in a period that was shortened on purpose
    return {**rules, "minimum_hours": period, "min_full_working_days": 0}, period
