"""What a State's law provides for against carriers: changed by two persons of it; cases keep the law of their days."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.carriers import policy
from apps.carriers.actions import rule_changes
from apps.carriers.models import PenaltyChange, PenaltyRule

C = PenaltyChange.State


class RuleInForce(forms.UUIDField):
    """A rule of the seat's own State that holds today or later, by its public id."""

    widget = forms.Select

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Those of the State."""
        rows = PenaltyRule.objects.visible_to(actor).filter(party=actor.party_code if actor else "")
        held = rows.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now().date())).order_by("act", "valid_from")
        self.widget.choices = [("", _("none: add a new rule")), *((one.uid, one.act) for one in held)]


@action(
    "penalty_change.propose",
    model=PenaltyChange,
    label=_("Propose a change"),
    done=_("Proposed a change of a law on penalties"),
    policy=policy.may_propose_penalty,
    ends=C.PROPOSED,
    takes={
        "replaces": RuleInForce(label=pgettext_lazy("field, carriers", "Replaces"), required=False),
        **rule_changes.ENDS,
        "who": forms.CharField(
            label=_("Who is liable"),
            max_length=80,
            required=False,
            help_text=_("as in the law: carrier, master; required unless a rule ends"),
        ),
        "act": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Offence"),
            max_length=200,
            required=False,
            help_text=_("required unless a rule ends"),
        ),
        "most": forms.DecimalField(
            label=pgettext_lazy("field, carriers", "Maximum fine"),
            min_value=1,
            max_digits=9,
            decimal_places=2,
            required=False,
            help_text=_("for example 10000.00; required unless a rule ends"),
        ),
        "currency": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Currency"),
            max_length=3,
            required=False,
            help_text=_("for example XCD; required unless a rule ends"),
            validators=[RegexValidator("^[A-Z]{3}$", _("Enter three letters, for example XCD."))],
        ),
        **rule_changes.DAYS,
        **rule_changes.STATUS,
        **rule_changes.SOURCE,
    },
)
def propose_penalty_change(
    actor: Actor,
    _row: None,
    *,
    replaces: uuid.UUID | None = None,
    ends: bool = False,
    most: Any = None,
    valid_until: datetime.date | None = None,
    valid_from: datetime.date,
    status: str,
    source: str,
    **law: str,
) -> PenaltyChange:
    """Propose a rule of one's own State's law; no case rests on it until a second person confirms it."""
    held = PenaltyRule.objects.filter(uid=replaces, party=actor.party_code).first() if replaces else None
    if replaces and held is None:
        raise ValidationError({"replaces": _("Choose a rule of your own State.")})
    row: PenaltyChange = rule_changes.begun(
        actor, PenaltyChange, valid_until, party_id=actor.party_code, replaces=held, ends=ends,
        valid_from=valid_from, status=status, source=source, **_law(held if ends else None, most, law),
    )  # fmt: skip
    _check(row)
    if held is not None and PenaltyChange.objects.filter(state=C.PROPOSED, replaces=held).exists():
        raise ValidationError(_("A change to this rule is already awaiting approval."))
    put_up: PenaltyChange = rule_changes.put_up(actor, row)
    return put_up


def _law(ending: PenaltyRule | None, most: Any, law: dict[str, str]) -> dict[str, Any]:
    """What the rule says: as it was written, or as the rule that ends."""
    if ending is not None:
        return {name: getattr(ending, name) for name in ("who", "act", "currency", "most_minor")}
    given: dict[str, Any] = {**dict.fromkeys(("who", "act", "currency"), ""), **law, "most": most}
    missing = {name: _("Required unless a rule ends.") for name, value in given.items() if not value}
    if missing:
        raise ValidationError(missing)
    return {**{name: given[name] for name in ("who", "act", "currency")}, "most_minor": round(most * 100)}


def _check(row: PenaltyChange) -> None:
    if row.ends and row.replaces_id is None:
        raise ValidationError({"replaces": _("Choose the rule that ends.")})
    rule_changes.check_days(row, _same_rules(row))


def _same_rules(row: PenaltyChange) -> Any:
    """The rule that it takes the place of, and rules for the same act, that hold on its first day or later."""
    same = Q(act=row.act) | Q(pk=row.replaces_id) if row.replaces_id else Q(act=row.act)
    rows = PenaltyRule.objects.filter(same, party=row.party_id)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from)).order_by("valid_from")


@action(
    "penalty_change.confirm",
    model=PenaltyChange,
    label=pgettext_lazy("button, jrcc", "Confirm"),
    done=_("Confirmed a change of a law on penalties"),
    policy=policy.may_confirm_penalty,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
    danger=True,
)
def confirm_penalty_change(actor: Actor, row: PenaltyChange) -> PenaltyChange:
    """Put the change into the rules as the second person; cases that are open keep the rule they were opened by."""
    _check(row)
    rule_changes.end_held(_same_rules(row).filter(valid_from__lt=row.valid_from).select_for_update(), row.valid_from)
    if not row.ends:
        columns = ("party_id", "who", "act", "currency", "most_minor", "valid_from", "valid_to", "status", "source")
        row.rule = PenaltyRule.objects.create(**{name: getattr(row, name) for name in columns})
    rule_changes.decided(actor, row)
    return row


@action(
    "penalty_change.give_back",
    model=PenaltyChange,
    label=pgettext_lazy("button, jrcc", "Send back"),
    done=_("Gave back a change of a law on penalties"),
    policy=policy.may_confirm_penalty,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
    danger=True,
)
def give_back_penalty_change(actor: Actor, row: PenaltyChange, *, said: str) -> PenaltyChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "penalty_change.withdraw",
    model=PenaltyChange,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Withdrew a change of a law on penalties"),
    policy=policy.may_propose_penalty,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
    danger=True,
)
def withdraw_penalty_change(actor: Actor, row: PenaltyChange) -> PenaltyChange:
    """Take the proposal back."""
    return row
