"""Which airlines' bookings the law of a State lets it have: changed by two persons of it, for days to come."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.carriers import policy
from apps.carriers.actions import rule_changes
from apps.carriers.models import BookingLawChange
from apps.carriers.queries.words import ELEMENT_WORDS
from apps.manifests.models import BookingLaw
from apps.manifests.pnrgov import ELEMENTS

C = BookingLawChange.State
MOST_DAYS = 1825
"""Five years, the longest for which ICAO Annex 9, chapter 9, recommends that a State keep such data."""


@action(
    "booking_law_change.propose",
    model=BookingLawChange,
    label=_("Propose a change"),
    done=_("Proposed a change of the law on bookings"),
    policy=policy.may_propose_booking_law,
    ends=C.PROPOSED,
    takes={
        "elements": forms.MultipleChoiceField(
            label=_("Data named in the law"),
            choices=list(ELEMENT_WORDS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("besides record locator, booking date and travellers' names"),
        ),
        "keep_days": forms.IntegerField(
            label=pgettext_lazy("field, jrcc", "Days kept"),
            min_value=1,
            max_value=MOST_DAYS,
            required=False,
            help_text=_("after departure; required unless the law ends"),
        ),
        **rule_changes.ENDS,
        **rule_changes.DAYS,
        **rule_changes.SOURCE,
    },
)
def propose_booking_law_change(
    actor: Actor,
    _row: None,
    *,
    valid_from: datetime.date,
    source: str,
    elements: Sequence[str] = (),
    keep_days: int | None = None,
    ends: bool = False,
    valid_until: datetime.date | None = None,
) -> BookingLawChange:
    """Propose what the law of one's own State lets it have; nothing is kept by it until a second person confirms it."""
    if keep_days is None and not ends:
        raise ValidationError({"keep_days": _("Enter the days, unless the law ends.")})
    if ends and (elements or keep_days):
        raise ValidationError({"ends": _("If the law ends, leave data and days empty.")})
    row: BookingLawChange = rule_changes.begun(
        actor, BookingLawChange, valid_until, party_id=actor.party_code, ends=ends, keep_days=keep_days or 0,
        elements=[name for name in ELEMENTS if name in elements], valid_from=valid_from, source=source,
    )  # fmt: skip
    rule_changes.check_days(row, _same_laws(row))
    if BookingLawChange.objects.filter(state=C.PROPOSED, party=row.party_id).exists():
        raise ValidationError(_("A change to this rule is already awaiting approval."))
    put_up: BookingLawChange = rule_changes.put_up(actor, row)
    return put_up


def _same_laws(row: BookingLawChange) -> Any:
    """The State's laws that hold on its first day or later."""
    rows = BookingLaw.objects.filter(party=row.party_id)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from)).order_by("valid_from")


@action(
    "booking_law_change.confirm",
    model=BookingLawChange,
    label=pgettext_lazy("button, jrcc", "Confirm"),
    done=_("Confirmed a change of the law on bookings"),
    policy=policy.may_confirm_booking_law,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
    danger=True,
)
def confirm_booking_law_change(actor: Actor, row: BookingLawChange) -> BookingLawChange:
    """Put the change into the laws as the second person; in the night to its first day earlier bookings follow it."""
    rule_changes.check_days(row, _same_laws(row))
    rule_changes.end_held(_same_laws(row).filter(valid_from__lt=row.valid_from).select_for_update(), row.valid_from)
    if not row.ends:
        columns = ("party_id", "elements", "keep_days", "valid_from", "valid_to", "source")
        row.law = BookingLaw.objects.create(**{name: getattr(row, name) for name in columns})
    rule_changes.decided(actor, row)
    return row


@action(
    "booking_law_change.give_back",
    model=BookingLawChange,
    label=pgettext_lazy("button, jrcc", "Send back"),
    done=_("Gave back a change of the law on bookings"),
    policy=policy.may_confirm_booking_law,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
    danger=True,
)
def give_back_booking_law_change(actor: Actor, row: BookingLawChange, *, said: str) -> BookingLawChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "booking_law_change.withdraw",
    model=BookingLawChange,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Withdrew a change of the law on bookings"),
    policy=policy.may_propose_booking_law,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
    danger=True,
)
def withdraw_booking_law_change(actor: Actor, row: BookingLawChange) -> BookingLawChange:
    """Take the proposal back."""
    return row
