"""Holding data against retention, by order: placed, made longer, released by a second person."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.journeys import policy
from apps.journeys.models import Journey, RetentionHold, Traveller
from apps.people.queries import desk_ids

H = RetentionHold.State
MOST_YEARS = 10
ORDER = {
    "reference": forms.CharField(label=_("Order or case number"), max_length=80),
    "until": forms.DateField(
        label=pgettext_lazy("field, jrcc", "Last day"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter the date as 2026-12-24.")},
        help_text=_("for example 2027-12-31; you can extend it later"),
    ),
}


@action(
    "hold.place",
    model=RetentionHold,
    label=_("Place a hold"),
    done=_("Placed a hold on data"),
    policy=policy.may_hold,
    ends=H.IN_FORCE,
    takes={
        "journey": forms.UUIDField(widget=forms.HiddenInput),
        "traveller": forms.UUIDField(widget=forms.HiddenInput, required=False),
        "ground": forms.ChoiceField(
            label=pgettext_lazy("field, jrcc", "Grounds"), choices=RetentionHold.Ground.choices
        ),
        **ORDER,
        "reason": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Reason"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("what must be kept and why; no travellers' names"),
        ),
    },
)
def place_hold(
    actor: Actor,
    _row: None,
    *,
    journey: uuid.UUID,
    traveller: uuid.UUID | None = None,
    until: datetime.date,
    **fields: Any,
) -> RetentionHold:
    """Keep the data of a journey, or of one traveller and the messages of their journey, although their time is
    over."""
    row = Journey.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=journey).first()
    if row is None:
        raise ValidationError({"journey": _("This journey was not found.")})
    people = Traveller.objects.visible_to(actor).filter(journey=row, masked_at=None)
    if traveller is not None and not people.filter(pk=traveller).exists():
        raise ValidationError(
            {"traveller": _("This traveller is not on the journey, or the data are already deleted.")}
        )
    if traveller is None and row.masked_at is not None and not people.exists():
        raise ValidationError(_("The data of this journey are already deleted. There is nothing to hold."))
    _check(until)
    made = RetentionHold.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        journey=row,
        traveller_id=traveller,
        until=until,
        placed_by_user_id=actor.user_id,
        placed_by=actor.person,
        **fields,
    )
    share(actor, made, sorted({actor.desk_id, *desk_ids("JRCC.watch", "JRCC.automation")}))
    return made


def _check(until: datetime.date) -> None:
    today = timezone.now().date()
    if until < today:
        raise ValidationError({"until": _("This date has passed. Enter the last date on which the data are needed.")})
    if until > today + datetime.timedelta(days=366 * MOST_YEARS):
        raise ValidationError({"until": _("Ten years at most. You can extend the hold later.")})


@action(
    "hold.prolong",
    model=RetentionHold,
    label=pgettext_lazy("button, jrcc", "Extend the hold"),
    done=_("Prolonged a hold on data"),
    policy=policy.may_hold,
    starts={H.IN_FORCE},
    ends=H.IN_FORCE,
    takes=ORDER,
)
def prolong_hold(actor: Actor, row: RetentionHold, *, reference: str, until: datetime.date) -> RetentionHold:
    """Give a hold a later last day, by a further order; before its last day is over."""
    _check(until)
    if until <= row.until:
        raise ValidationError(
            {"until": _("Enter a date after %(day)s. To end a hold, release it.") % {"day": row.until}}
        )
    if row.until < timezone.now().date():
        raise ValidationError(_("This hold has expired. Place a new one if the data still exist."))
    row.reference, row.until = reference, until
    return row


@action(
    "hold.release",
    model=RetentionHold,
    label=pgettext_lazy("a hold", "Release"),
    done=_("Released a hold on data"),
    policy=policy.may_release_hold,
    starts={H.IN_FORCE},
    ends=H.RELEASED,
    takes={
        "said": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Reason"), max_length=300, help_text=_("no travellers' names")
        )
    },
    danger=True,
)
def release_hold(actor: Actor, row: RetentionHold, *, said: str) -> RetentionHold:
    """Let the rules of retention have the data again, as a second person of the desk; the next night follows them."""
    row.said, row.released_by, row.released_at = said, actor.person, timezone.now()
    return row
