"""Deadlines of the States: changed by two persons of the State, for the days to come; past rows never change."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also
from apps.carriers import policy
from apps.carriers.actions import rule_changes
from apps.carriers.models import ExpectedJourney, ExpectedParty, RegimeChange
from apps.carriers.queries import timetable
from apps.manifests.models import Regime
from apps.manifests.rules import routing

C = RegimeChange.State
SAME = ("party_id", "mode", "craft", "direction", "space")
MOST_MINUTES = 7 * 24 * 60
REPLANNED = ("deadline_at",)
FIELDS = {
    "mode": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "By"),
        choices=[("air", pgettext_lazy("choice, jrcc", "Air")), ("sea", pgettext_lazy("choice, jrcc", "Sea"))],
    ),
    "direction": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "Direction"),
        choices=[
            ("arrival", pgettext_lazy("choice, jrcc", "Arrival")),
            ("departure", pgettext_lazy("choice, jrcc", "Departure")),
        ],
    ),
    "craft": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "Craft"),
        choices=[
            ("commercial", pgettext_lazy("choice, jrcc", "commercial")),
            ("private", pgettext_lazy("choice, jrcc", "private")),
            ("any", pgettext_lazy("choice, jrcc", "all craft")),
        ],
    ),
    "space": forms.ChoiceField(
        label=_("Other end of the journey"),
        choices=[
            ("any", pgettext_lazy("choice, jrcc", "anywhere")),
            ("inside", _("within the Single Domestic Space")),
            ("outside", _("outside the Single Domestic Space")),
        ],
    ),
    **rule_changes.ENDS,
    "minutes": forms.IntegerField(
        label=pgettext_lazy("field, jrcc", "Minutes"),
        min_value=-MOST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=_("negative before the event, for example -60; positive after it, for example 15"),
    ),
    "event": forms.ChoiceField(
        label=pgettext_lazy("field, jrcc", "Event"),
        choices=[
            ("arrival", pgettext_lazy("choice, jrcc", "Arrival")),
            ("departure", pgettext_lazy("choice, jrcc", "Departure")),
        ],
    ),
    **rule_changes.DAYS,
    **rule_changes.STATUS,
    **rule_changes.SOURCE,
}


@action(
    "regime_change.propose",
    model=RegimeChange,
    label=_("Propose a change"),
    done=_("Proposed a change of a deadline"),
    policy=policy.may_propose_regime,
    ends=C.PROPOSED,
    takes=FIELDS,
)
def propose_regime_change(
    actor: Actor, _row: None, *, valid_until: datetime.date | None = None, **fields: Any
) -> RegimeChange:
    """Propose a deadline of one's own State; it does not count until a second person of the State confirms it."""
    row = rule_changes.begun(actor, RegimeChange, valid_until, party_id=actor.party_code, **fields)
    rule_changes.check_days(row, _same_rules(row))
    waits = RegimeChange.objects.filter(state=C.PROPOSED, **{name: getattr(row, name) for name in SAME})
    if waits.exists():
        raise ValidationError(_("A change to this rule is already awaiting approval."))
    put_up: RegimeChange = rule_changes.put_up(actor, row, "JRCC.watch")
    return put_up


def _same_rules(row: RegimeChange) -> Any:
    """Rules for the same lists that hold on its first day or later."""
    same = {name: getattr(row, name) for name in SAME}
    rows = Regime.objects.filter(**same).filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from))
    return rows.order_by("valid_from")


@action(
    "regime_change.confirm",
    model=RegimeChange,
    label=pgettext_lazy("button, jrcc", "Confirm"),
    done=_("Confirmed a change of a deadline"),
    policy=policy.may_confirm_regime,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
    danger=True,
)
def confirm_regime_change(actor: Actor, row: RegimeChange) -> RegimeChange:
    """Put the change into the rules as the second person; departures expected from that day get its deadline."""
    rule_changes.check_days(row, _same_rules(row))
    earlier = _same_rules(row).filter(valid_from__lt=row.valid_from)
    rule_changes.end_held(earlier.select_for_update(), row.valid_from)
    if not row.ends:
        columns = (*SAME, "event", "minutes", "valid_from", "valid_to", "status", "source")
        row.regime = Regime.objects.create(**{name: getattr(row, name) for name in columns})
    rule_changes.decided(actor, row)
    _replan(row)
    return row


def _replan(row: RegimeChange) -> None:
    """Give expected departures the deadlines of the rules as they are now; one that nobody waits for is withdrawn."""
    waiting = ExpectedJourney.objects.select_for_update().filter(
        state=ExpectedJourney.State.EXPECTED, mode=row.mode, date__gte=row.valid_from
    )
    states = {state.alpha2: state.code for state in [row.party]}
    touched = [
        one
        for one in waiting.order_by("pk")
        if any(routing.place(code).country in states for code in (one.origin, one.destination))
    ]
    for one in touched:
        deadlines = timetable.deadlines_of_expected(one)
        ExpectedParty.objects.filter(expected=one).delete()
        ExpectedParty.objects.bulk_create(
            ExpectedParty(expected=one, party_id=party, role=role, deadline_at=due)
            for (party, role), due in deadlines.items()
        )
        if deadlines:
            one.deadline_at = min(deadlines.values())
            change_also("expected.replan", one, *REPLANNED)
        else:
            one.state = ExpectedJourney.State.WITHDRAWN
            change_also("expected.withdraw", one, "state", before=ExpectedJourney.State.EXPECTED)


@action(
    "regime_change.give_back",
    model=RegimeChange,
    label=pgettext_lazy("button, jrcc", "Send back"),
    done=_("Gave back a change of a deadline"),
    policy=policy.may_confirm_regime,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes=rule_changes.GIVES_BACK,
    danger=True,
)
def give_back_regime_change(actor: Actor, row: RegimeChange, *, said: str) -> RegimeChange:
    """Say as the second person that it does not come into force, and why."""
    rule_changes.decided(actor, row, said)
    return row


@action(
    "regime_change.withdraw",
    model=RegimeChange,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Withdrew a change of a deadline"),
    policy=policy.may_propose_regime,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
    danger=True,
)
def withdraw_regime_change(actor: Actor, row: RegimeChange) -> RegimeChange:
    """Take the proposal back."""
    return row
