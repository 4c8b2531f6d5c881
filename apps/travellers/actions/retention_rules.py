"""How long data are kept: changed by two persons, a State's rule by its own, the rule for all others by the JRCC's."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.choices import some
from apps.access.declared_actions import action
from apps.carriers.actions import rule_changes
from apps.travellers import policy
from apps.travellers.models import RetentionChange, RetentionRule

C, K = RetentionChange.State, RetentionRule.Kind
MOST_DAYS = 3650
CHANGED = (K.TRAVELLER, K.TRAVELLER_WITH_HIT, K.RAW, K.UNREADABLE)
"""Classes that the night's job looks up; drafts follow the rule of drafts."""


@action(
    "retention_change.propose",
    model=RetentionChange,
    label=_("Propose a change"),
    done=_("Proposed a change of a retention rule"),
    policy=policy.may_propose_retention,
    ends=C.PROPOSED,
    takes={
        "kind": forms.ChoiceField(label=pgettext_lazy("field, jrcc", "Data"), choices=some(*CHANGED)),
        "keep_days": forms.IntegerField(
            label=pgettext_lazy("field, jrcc", "Days kept"),
            min_value=1,
            max_value=MOST_DAYS,
            required=False,
            help_text=_("after the journey ends; required unless the rule ends"),
        ),
        "delete_days": forms.IntegerField(
            label=_("Days until deletion"),
            min_value=2,
            max_value=MOST_DAYS,
            required=False,
            help_text=_("for travellers: masked until then; if empty, masked data are kept"),
        ),
        **rule_changes.ENDS,
        **rule_changes.DAYS,
        **rule_changes.SOURCE,
    },
)
def propose_retention_change(
    actor: Actor,
    _row: None,
    *,
    kind: str,
    valid_from: datetime.date,
    source: str,
    ends: bool = False,
    keep_days: int | None = None,
    delete_days: int | None = None,
    valid_until: datetime.date | None = None,
) -> RetentionChange:
    """Propose how long data are kept; it does not count until a second person confirms it."""
    if keep_days is None and not ends:
        raise ValidationError({"keep_days": _("Enter the days, unless the rule ends.")})
    row: RetentionChange = rule_changes.begun(
        actor, RetentionChange, valid_until, party_id=None if actor.party_code == "JRCC" else actor.party_code,
        kind=kind, ends=ends, keep_days=keep_days or 0, delete_days=delete_days, valid_from=valid_from, source=source,
    )  # fmt: skip
    _check(row)
    if RetentionChange.objects.filter(state=C.PROPOSED, party=row.party_id, kind=row.kind).exists():
        raise ValidationError(_("A change to this rule is already awaiting approval."))
    put_up: RetentionChange = rule_changes.put_up(actor, row, "JRCC.watch")
    return put_up


def _check(row: RetentionChange) -> None:
    if row.ends and (row.keep_days or row.delete_days):
        raise ValidationError({"ends": _("If the rule ends, leave the days empty, or untick this.")})
    if row.delete_days is not None and row.kind != K.TRAVELLER:
        raise ValidationError({"delete_days": _("Only travellers are masked before deletion. Leave this empty.")})
    if row.delete_days is not None and row.delete_days <= row.keep_days:
        raise ValidationError({"delete_days": _("Deletion comes after masking: enter more days.")})
    if row.party_id is None and (row.ends or row.valid_to):
        at = "ends" if row.ends else "valid_until"
        text = _("States without their own rule follow this one. It ends only when another replaces it.")
        raise ValidationError({at: text})
    rule_changes.check_days(row, _same_rules(row))


def _same_rules(row: RetentionChange) -> Any:
    """Rules for the same data that hold on its first day or later."""
    rows = RetentionRule.objects.filter(party=row.party_id, kind=row.kind)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from)).order_by("valid_from")


@action(
    "retention_change.confirm",
    model=RetentionChange,
    label=pgettext_lazy("button, jrcc", "Confirm"),
    done=_("Confirmed a change of a retention rule"),
    policy=policy.may_confirm_retention,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
    danger=True,
)
def confirm_retention_change(actor: Actor, row: RetentionChange) -> RetentionChange:
    """Put the change into the rules as the second person; from its first day the night's job follows it."""
    _check(row)
    rule_changes.end_held(_same_rules(row).filter(valid_from__lt=row.valid_from).select_for_update(), row.valid_from)
    if not row.ends:
        columns = ("party_id", "kind", "keep_days", "delete_days", "valid_from", "valid_to", "source")
        row.rule = RetentionRule.objects.create(**{name: getattr(row, name) for name in columns})
    rule_changes.decided(actor, row)
    return row


@action(
    "retention_change.give_back",
    model=RetentionChange,
    label=pgettext_lazy("button, jrcc", "Send back"),
    done=_("Gave back a change of a retention rule"),
    policy=policy.may_confirm_retention,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
    danger=True,
)
def give_back_retention_change(actor: Actor, row: RetentionChange, *, said: str) -> RetentionChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "retention_change.withdraw",
    model=RetentionChange,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Withdrew a change of a retention rule"),
    policy=policy.may_propose_retention,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
    danger=True,
)
def withdraw_retention_change(actor: Actor, row: RetentionChange) -> RetentionChange:
    """Take the proposal back."""
    return row
