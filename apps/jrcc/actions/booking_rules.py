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
from apps.access.doors import action
from apps.jrcc import policy
from apps.jrcc.actions import rule_changes
from apps.jrcc.models import BookingLaw, BookingLawChange
from apps.jrcc.pnrgov import ELEMENTS

C = BookingLawChange.State
MOST_DAYS = 1825
"""Five years, the longest for which ICAO Annex 9, chapter 9, recommends that a State keep such data."""
ELEMENT_WORDS = {
    "documents": _("travel documents, birth date, sex, nationality"),
    "itinerary": _("the other legs"),
    "seats": pgettext_lazy("of an aircraft", "seats"),
    "bags": _("number of bags"),
    "contacts": _("telephone and mail"),
    "agency": _("who sold it"),
    "payment": _("kind of payment"),
}


@action(
    "booking_law_change.propose",
    model=BookingLawChange,
    label=_("Propose a change"),
    policy=policy.may_propose_booking_law,
    ends=C.PROPOSED,
    takes={
        "elements": forms.MultipleChoiceField(
            label=_("What the law names"),
            choices=list(ELEMENT_WORDS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("beside locator, day of the booking and names of the travellers"),
        ),
        "keep_days": forms.IntegerField(
            label=_("Days kept"),
            min_value=1,
            max_value=MOST_DAYS,
            required=False,
            help_text=_("after the departure; needed unless the law ends"),
        ),
        **rule_changes.ENDS,
        **rule_changes.DAYS,
        **rule_changes.SOURCE,
    },
)
def propose(
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
        raise ValidationError({"keep_days": _("Give the days, unless the law ends.")})
    if ends and (elements or keep_days):
        raise ValidationError({"ends": _("A law that ends names nothing and has no days. Leave them empty.")})
    row: BookingLawChange = rule_changes.begun(
        actor, BookingLawChange, valid_until, party_id=actor.party_code, ends=ends, keep_days=keep_days or 0,
        elements=[name for name in ELEMENTS if name in elements], valid_from=valid_from, source=source,
    )  # fmt: skip
    rule_changes.check_days(row, _same_laws(row))
    if BookingLawChange.objects.filter(state=C.PROPOSED, party=row.party_id).exists():
        raise ValidationError(_("A change of this rule waits for its second person already."))
    put_up: BookingLawChange = rule_changes.put_up(actor, row)
    return put_up


def _same_laws(row: BookingLawChange) -> Any:
    """The State's laws that hold on its first day or later."""
    rows = BookingLaw.objects.filter(party=row.party_id)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from)).order_by("valid_from")


@action(
    "booking_law_change.confirm",
    model=BookingLawChange,
    label=_("Confirm"),
    policy=policy.may_confirm_booking_law,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
)
def confirm(actor: Actor, row: BookingLawChange) -> BookingLawChange:
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
    label=_("Give back"),
    policy=policy.may_confirm_booking_law,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
)
def give_back(actor: Actor, row: BookingLawChange, *, said: str) -> BookingLawChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "booking_law_change.withdraw",
    model=BookingLawChange,
    label=_("Withdraw"),
    policy=policy.may_propose_booking_law,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
)
def withdraw(actor: Actor, row: BookingLawChange) -> BookingLawChange:
    """Take the proposal back."""
    return row
