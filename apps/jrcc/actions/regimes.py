"""Deadlines of the States: changed by two persons of the State, for the days to come; past rows never change."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, change_also
from apps.access.sharing import share
from apps.jrcc import policy, routing, timetable
from apps.jrcc.models import ExpectedJourney, ExpectedParty, Regime, RegimeChange
from apps.people.queries import desk_ids

C = RegimeChange.State
SAME = ("party_id", "mode", "craft", "direction", "space")
MOST_MINUTES = 7 * 24 * 60
REPLANNED = ("deadline_at",)


def _day(label: Any, **more: Any) -> forms.DateField:
    invalid = {"invalid": _("Write the day as 2026-12-24.")}
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], error_messages=invalid, **more)


FIELDS = {
    "mode": forms.ChoiceField(label=_("By"), choices=[("air", _("Air")), ("sea", _("Sea"))]),
    "direction": forms.ChoiceField(
        label=_("Direction"), choices=[("arrival", _("Arrival")), ("departure", _("Departure"))]
    ),
    "craft": forms.ChoiceField(
        label=_("Craft"),
        choices=[("commercial", _("commercial")), ("private", _("private")), ("any", _("all craft"))],
    ),
    "space": forms.ChoiceField(
        label=_("The other end"),
        choices=[
            ("any", _("everywhere")),
            ("inside", _("within the Single Domestic Space")),
            ("outside", _("outside the Single Domestic Space")),
        ],
    ),
    "ends": forms.BooleanField(label=_("The rule ends on that day and none follows"), required=False),
    "minutes": forms.IntegerField(
        label=_("Minutes"),
        min_value=-MOST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=_("negative: before the event, as -60; positive: after it, as 15"),
    ),
    "event": forms.ChoiceField(label=_("Event"), choices=[("departure", _("departure")), ("arrival", _("arrival"))]),
    "valid_from": _day(_("First day"), help_text=_("after today, as 2026-12-24")),
    "valid_until": _day(_("Last day"), required=False),
    "status": forms.ChoiceField(
        label=_("How sure"), choices=[("verified", _("Verified by the source")), ("unverified", _("Not verified"))]
    ),
    "source": forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("the law, order or notice, with its section"),
        widget=forms.Textarea(attrs={"rows": 2}),
    ),
}


@action(
    "regime_change.propose",
    model=RegimeChange,
    label=_("Propose a change"),
    policy=policy.may_propose_regime,
    ends=C.PROPOSED,
    takes=FIELDS,
)
def propose(actor: Actor, _row: None, *, valid_until: datetime.date | None = None, **fields: Any) -> RegimeChange:
    """Propose a deadline of one's own State; it does not count until a second person of the State confirms it."""
    row = RegimeChange(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        party_id=actor.party_code,
        proposed_by_user_id=actor.user_id,
        proposed_by=actor.person,
        valid_to=valid_until + datetime.timedelta(days=1) if valid_until else None,
        **fields,
    )
    _check(row)
    waits = RegimeChange.objects.filter(state=C.PROPOSED, **{name: getattr(row, name) for name in SAME})
    if waits.exists():
        raise ValidationError(_("A change of this rule waits for its second person already."))
    row.save(force_insert=True)
    state = actor.party_code
    share(actor, row, [actor.desk_id, *desk_ids(f"{state}.border", f"{state}.ministry", "JRCC.watch")])
    return row


def _check(row: RegimeChange) -> None:
    """ValidationError where it would change the past, or overlap another rule."""
    if row.valid_from <= timezone.now().date():
        raise ValidationError({"valid_from": _("Choose a day to come: what held in the past is never changed.")})
    if row.valid_to and row.valid_to <= row.valid_from:
        raise ValidationError({"valid_until": _("The last day lies before the first.")})
    others = list(_same_rules(row))
    held = next((rule for rule in others if rule.valid_from < row.valid_from), None)
    if row.ends and held is None:
        raise ValidationError({"ends": _("No such rule is in force on that day.")})
    later = [rule for rule in others if rule.valid_from >= row.valid_from]
    if any(row.valid_to is None or rule.valid_from < row.valid_to for rule in later) and not row.ends:
        days = ", ".join(str(rule.valid_from) for rule in later)
        raise ValidationError({"valid_from": _("Its time overlaps the rule that begins on %(days)s.") % {"days": days}})
    if held and held.valid_to and row.valid_to and row.valid_to < held.valid_to and not row.ends:
        text = _("The rule in force runs until %(day)s: this one must last as long, or have no end.")
        raise ValidationError({"valid_until": text % {"day": held.valid_to}})


def _same_rules(row: RegimeChange) -> Any:
    """Rules for the same lists that hold on its first day or later."""
    same = {name: getattr(row, name) for name in SAME}
    rows = Regime.objects.filter(**same).filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from))
    return rows.order_by("valid_from")


@action(
    "regime_change.confirm",
    model=RegimeChange,
    label=_("Confirm"),
    policy=policy.may_confirm_regime,
    starts={C.PROPOSED},
    ends=C.CONFIRMED,
)
def confirm(actor: Actor, row: RegimeChange) -> RegimeChange:
    """Put the change into the rules as the second person; departures expected from that day get its deadline."""
    _check(row)
    earlier = _same_rules(row).filter(valid_from__lt=row.valid_from)
    for held in earlier.select_for_update():
        held.valid_to = row.valid_from
        held.save(update_fields=["valid_to"])
    if not row.ends:
        columns = (*SAME, "event", "minutes", "valid_from", "valid_to", "status", "source")
        row.regime = Regime.objects.create(**{name: getattr(row, name) for name in columns})
    row.decided_by, row.decided_at = actor.person, timezone.now()
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
    label=_("Give back"),
    policy=policy.may_confirm_regime,
    starts={C.PROPOSED},
    ends=C.REJECTED,
    takes={"said": forms.CharField(label=_("Why"), max_length=300)},
)
def give_back(actor: Actor, row: RegimeChange, *, said: str) -> RegimeChange:
    """Say as the second person that it does not come into force, and why."""
    row.said, row.decided_by, row.decided_at = said, actor.person, timezone.now()
    return row


@action(
    "regime_change.withdraw",
    model=RegimeChange,
    label=_("Withdraw"),
    policy=policy.may_propose_regime,
    starts={C.PROPOSED},
    ends=C.WITHDRAWN,
)
def withdraw(actor: Actor, row: RegimeChange) -> RegimeChange:
    """Take the proposal back."""
    return row
