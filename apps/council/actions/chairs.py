"""Which State is in the chair of an organ, from a day on."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.council.actions.decision_fields import DayField
from apps.council.models import OrganChair
from apps.council.policy import may_keep
from apps.council.queries import membership
from apps.council.queries.choices import OrganChoice, StateChoice


@action(
    "chair.record",
    model=OrganChair,
    label=_("Record the chair"),
    done=_("Recorded the State in the chair"),
    policy=may_keep,
    ends=OrganChair.State.RECORDED,
    takes={
        "organ": OrganChoice(label=pgettext_lazy("field, council", "Organ")),
        "party": StateChoice(label=pgettext_lazy("field, council", "State")),
        "valid_from": DayField(label=pgettext_lazy("field, council", "From")),
        "source": forms.CharField(
            label=pgettext_lazy("field, council", "Source"), max_length=200, help_text=_("Decision or communiqué")
        ),
    },
)
def record_chair(
    actor: Actor, _row: None, *, organ: str, party: str, valid_from: datetime.date, source: str
) -> OrganChair:
    """Record which State takes the chair of an organ on a day; the State before leaves it on that day."""
    if party not in {one.code for one in membership.roll(valid_from)}:
        sentence = _now("%(party)s is not a Member State on that day. Only Member States can take the chair.")
        raise ValidationError({"party": sentence % {"party": party}})
    later = OrganChair.objects.filter(organ_id=organ, valid_from__gte=valid_from).order_by("valid_from").first()
    if later is not None:
        sentence = _now("A chair from %(day)s is already recorded. Enter a later day.")
        raise ValidationError({"valid_from": sentence % {"day": later.valid_from}})
    before = OrganChair.objects.filter(organ_id=organ).order_by("-valid_from").first()
    if before is not None and (before.valid_to is None or before.valid_to > valid_from):
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    return OrganChair.objects.create(organ_id=organ, party_id=party, valid_from=valid_from, source=source)
