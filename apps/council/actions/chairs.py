"""Which State is in the chair of an organ, from a day on."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.council.actions.drafting import DayField
from apps.council.choices import OrganChoice, StateChoice
from apps.council.models import OrganChair
from apps.council.policy import may_keep
from apps.council.queries import membership


@action(
    "chair.record",
    model=OrganChair,
    label=_("Record the chair"),
    policy=may_keep,
    ends=OrganChair.State.RECORDED,
    takes={
        "organ": OrganChoice(label=_("Organ")),
        "party": StateChoice(label=_("State")),
        "valid_from": DayField(label=_("From")),
        "source": forms.CharField(label=_("Source"), max_length=200, help_text=_("decision or communiqué")),
    },
)
def record(actor: Actor, _row: None, *, organ: str, party: str, valid_from: datetime.date, source: str) -> OrganChair:
    """Record which State takes the chair of an organ on a day; the State before leaves it on that day."""
    if party not in {one.code for one in membership.roll(valid_from)}:
        sentence = _now("%(party)s is not a Member State on that day; only Member States take the chair.")
        raise ValidationError({"party": sentence % {"party": party}})
    later = OrganChair.objects.filter(organ_id=organ, valid_from__gte=valid_from).order_by("valid_from").first()
    if later is not None:
        sentence = _now("A chair from %(day)s on is recorded already. Enter a later day.")
        raise ValidationError({"valid_from": sentence % {"day": later.valid_from}})
    before = OrganChair.objects.filter(organ_id=organ).order_by("-valid_from").first()
    if before is not None and (before.valid_to is None or before.valid_to > valid_from):
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    return OrganChair.objects.create(organ_id=organ, party_id=party, valid_from=valid_from, source=source)
