"""How carriers are reached: entered and ended by the watch, or by the carrier's own desk."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.jrcc import policy
from apps.jrcc.actions.filing import known_carrier
from apps.jrcc.models import CarrierContact

K, S = CarrierContact.Kind, CarrierContact.State
PHONE = re.compile(r"\+[0-9 ().-]{6,25}")
TYPEB = re.compile(r"[A-Z]{5}[A-Z0-9]{2}")  # three letters of the city, two of the office, two of the airline


@action(
    "carrier_contact.add",
    model=CarrierContact,
    label=_("Add a contact"),
    policy=policy.may_schedule,
    ends=S.CURRENT,
    takes={
        "carrier": forms.CharField(widget=forms.HiddenInput, max_length=3),
        "kind": forms.ChoiceField(label=_("Kind"), choices=K.choices),
        "role": forms.CharField(label=_("Desk or function"), max_length=80, help_text=_("as Operations control")),
        "value": forms.CharField(label=_("Number or address"), max_length=120),
    },
)
def add_contact(actor: Actor, _row: None, *, carrier: str, kind: str, role: str, value: str) -> CarrierContact:
    """Say how a carrier is reached; reminders and chasing use it."""
    known = known_carrier(carrier)
    if known is None or (actor.function == "carrier" and known.pk != actor.party_code):
        raise ValidationError({"carrier": _("There is no such carrier that you keep contacts of.")})
    return CarrierContact.objects.create(
        carrier=known, kind=kind, role=role, value=_checked(kind, value.strip()), by=actor.person
    )


def _checked(kind: str, value: str) -> str:
    if kind == K.PHONE and not PHONE.fullmatch(value):
        raise ValidationError({"value": _("Write the number with its country, as +1 246 555 0100.")})
    if kind == K.TYPEB and not TYPEB.fullmatch(value.upper()):
        raise ValidationError({"value": _("A Type-B address has seven letters, as POSOPBW.")})
    if kind == K.MAIL:
        try:
            validate_email(value)
        except ValidationError as wrong:
            raise ValidationError({"value": wrong.messages}) from wrong
    return value.upper() if kind == K.TYPEB else value


@action(
    "carrier_contact.end",
    model=CarrierContact,
    label=_("End"),
    policy=policy.may_schedule,
    starts={S.CURRENT},
    ends=S.ENDED,
)
def end_contact(actor: Actor, row: CarrierContact) -> CarrierContact:
    """Say that it is used no more."""
    row.ended_at = timezone.now()
    return row
