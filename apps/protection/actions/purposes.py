"""The register of purposes: a party's own, changed by two of its persons, never in the past."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.carriers.actions import rule_changes
from apps.protection import policy
from apps.protection.models import Purpose, PurposeChange

C = PurposeChange.State
WORDS = ("name", "legal_basis", "categories", "recipients", "retention")
COLUMNS = ("party_id", "code", *WORDS, "valid_from", "valid_to", "source")


def _text(label: Any, most: int, said: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=said, required=False)


@action(
    "purpose_change.propose",
    model=PurposeChange,
    label=_("Propose a change"),
    done=_("Proposed a change of a purpose"),
    policy=policy.may_propose_purpose,
    ends=C.PROPOSED,
    takes={
        "code": forms.SlugField(
            label=pgettext_lazy("field, protection", "Code"),
            max_length=40,
            help_text=_("lower-case letters and hyphens, for example criminal"),
        ),
        "name": _text(pgettext_lazy("field, protection", "Purpose"), 120),
        "legal_basis": _text(pgettext_lazy("field, protection", "Legal basis"), 300),
        "categories": _text(_("People and data"), 300, _("categories, without names")),
        "recipients": _text(pgettext_lazy("field, protection", "Recipients"), 300),
        "retention": _text(pgettext_lazy("field, protection", "Kept"), 200, _("how long, by which rule")),
        **rule_changes.ENDS,
        **rule_changes.DAYS,
        **rule_changes.SOURCE,
    },
)
def propose_purpose_change(
    actor: Actor, _row: None, *, valid_until: datetime.date | None = None, ends: bool = False, **fields: Any
) -> PurposeChange:
    """Propose a purpose of one's own party, or its end; it does not count until a second person confirms it."""
    row: PurposeChange = rule_changes.begun(
        actor, PurposeChange, valid_until, party_id=actor.party_code, ends=ends, **fields
    )
    _check(row)
    if PurposeChange.objects.filter(state=C.PROPOSED, party=row.party_id, code=row.code).exists():
        raise ValidationError(_("A change to this purpose already awaits second approval."))
    desks = (f"{row.party_id}.oversight", f"{row.party_id}.administration")
    put_up: PurposeChange = rule_changes.put_up(actor, row, *desks)
    return put_up


def _check(row: PurposeChange) -> None:
    missing = [name for name in WORDS if not getattr(row, name)] if not row.ends else []
    if missing:
        raise ValidationError({name: _("Enter this, unless the purpose ends.") for name in missing})
    rule_changes.check_days(row, _same(row))


def _same(row: PurposeChange) -> Any:
    """Rows of the same purpose that hold on its first day or later."""
    rows = Purpose.objects.filter(party=row.party_id, code=row.code)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from)).order_by("valid_from")


@action(
    "purpose_change.confirm",
    model=PurposeChange,
    label=pgettext_lazy("button, protection", "Confirm"),
    done=_("Confirmed a change of a purpose"),
    policy=policy.may_confirm_purpose,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
    danger=True,
)
def confirm_purpose_change(actor: Actor, row: PurposeChange) -> PurposeChange:
    """Put the change into the register as the second person."""
    _check(row)
    rule_changes.end_held(_same(row).filter(valid_from__lt=row.valid_from).select_for_update(), row.valid_from)
    if not row.ends:
        row.rule = Purpose.objects.create(**{name: getattr(row, name) for name in COLUMNS})
    rule_changes.decided(actor, row)
    return row


@action(
    "purpose_change.give_back",
    model=PurposeChange,
    label=pgettext_lazy("button, protection", "Send back"),
    done=_("Gave back a change of a purpose"),
    policy=policy.may_confirm_purpose,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
    danger=True,
)
def give_back_purpose_change(actor: Actor, row: PurposeChange, *, said: str) -> PurposeChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "purpose_change.withdraw",
    model=PurposeChange,
    label=pgettext_lazy("button, protection", "Withdraw"),
    done=_("Withdrew a change of a purpose"),
    policy=policy.may_propose_purpose,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
    danger=True,
)
def withdraw_purpose_change(actor: Actor, row: PurposeChange) -> PurposeChange:
    """Take the proposal back."""
    return row
