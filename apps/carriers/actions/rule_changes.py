"""What changes of dated rules share: two persons, days to come, no two rules at a time."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.grants import share
from apps.carriers.models import RuleChange
from apps.people.queries import desk_ids

STATES_DESKS = ("border", "ministry")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day as 2026-12-24."""
    invalid = {"invalid": _("Enter the date as 2026-12-24.")}
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], error_messages=invalid, **more)


ENDS = {"ends": forms.BooleanField(label=_("The rule ends on that date and none replaces it"), required=False)}
DAYS = {
    "valid_from": day_field(
        pgettext_lazy("words, jrcc", "First day"), help_text=_("after today, for example 2026-12-24")
    ),
    "valid_until": day_field(pgettext_lazy("words, jrcc", "Last day"), required=False),
}
STATUS = {
    "status": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "Verification"),
        choices=[
            ("verified", _("Verified against the source")),
            ("unverified", pgettext_lazy("choice, jrcc", "Not verified")),
        ],
    )
}
SOURCE = {
    "source": forms.CharField(
        label=pgettext_lazy("field, jrcc", "Source"),
        max_length=500,
        help_text=_("the law, order or notice, with its section"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
}
GIVES_BACK = {"said": forms.CharField(label=pgettext_lazy("field, jrcc", "Reason"), max_length=300)}


def begun(actor: Actor, model: Any, valid_until: datetime.date | None, **fields: Any) -> Any:
    """A proposal of the actor, not saved yet."""
    return model(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        proposed_by_user_id=actor.user_id,
        proposed_by=actor.person,
        valid_to=valid_until + datetime.timedelta(days=1) if valid_until else None,
        **fields,
    )


def put_up(actor: Actor, row: Any, *others: str) -> Any:
    """Save a proposal; its State's desks see it, and the `others`."""
    row.save(force_insert=True)
    state = [f"{row.party_id}.{desk}" for desk in STATES_DESKS] if row.party_id else []
    share(actor, row, sorted({actor.desk_id, *desk_ids(*state, *others)}))
    return row


def check_days(row: RuleChange, others: Sequence[Any]) -> None:
    """ValidationError where it would change the past, or overlap another rule.

    `others`: rules of the same kind that hold on its first day or later, by their first days.
    """
    if row.valid_from <= timezone.now().date():
        raise ValidationError({"valid_from": _("Choose a future date: past rules never change.")})
    if row.valid_to and row.valid_to <= row.valid_from:
        raise ValidationError({"valid_until": _("The last day is before the first.")})
    held = next((rule for rule in others if rule.valid_from < row.valid_from), None)
    if row.ends and held is None:
        raise ValidationError({"ends": _("No such rule is in force on that date.")})
    later = [rule for rule in others if rule.valid_from >= row.valid_from]
    if any(row.valid_to is None or rule.valid_from < row.valid_to for rule in later) and not row.ends:
        days = ", ".join(str(rule.valid_from) for rule in later)
        raise ValidationError({"valid_from": _("The dates overlap the rule that begins on %(days)s.") % {"days": days}})
    if held and held.valid_to and row.valid_to and row.valid_to < held.valid_to and not row.ends:
        text = _("The rule in force runs until %(day)s. This one must run as long, or have no end date.")
        raise ValidationError({"valid_until": text % {"day": held.valid_to}})


def end_held(held: Iterable[Any], day: datetime.date) -> None:
    """Let locked rules that began before a day end on it; what held until then stays as it was."""
    for rule in held:
        rule.valid_to = day
        rule.save(update_fields=["valid_to"])


def decided(actor: Actor, row: Any, said: str = "") -> Any:
    """Note who decided, when, and why."""
    row.said, row.decided_by, row.decided_at = said, actor.person, timezone.now()
    return row
