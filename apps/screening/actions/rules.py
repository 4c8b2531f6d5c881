"""Targeting rules: written and tried by one person, put into force by another, and ended."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.screening import policy, rules
from apps.screening.actions.lists import make_list, readers
from apps.screening.models import Entry, EntryVersion, Instruction, Rule, RuleTrial, RuleVersion, WatchList
from apps.screening.queries import visibility
from apps.screening.queries.rules import last_trial, terms
from apps.screening.refusals import Refusals

R = Rule.State
LONGEST_SAID = 300


class StatesOfRule(forms.MultipleChoiceField):
    """States whose travellers a rule is asked of: a State's rule of its own alone, the region's of any."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Any, row: Any) -> None:
        """All States for the bodies of the region; nothing to choose for a State."""
        own = policy.rules_of_own_state(actor)
        self.choices = [] if own else [(party.code, party.short_name) for party in visibility.states()]


FIELDS = {
    "name": forms.CharField(
        label=pgettext_lazy("field, screening", "Name"),
        max_length=100,
        help_text=_("shown to the officer beside the hit"),
    ),
    "condition": forms.JSONField(
        label=pgettext_lazy("field, screening", "Condition"), help_text=_("conditions on a traveller, as JSON")
    ),
    "why": forms.CharField(
        label=pgettext_lazy("field, screening", "Purpose"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "legal_basis": forms.CharField(label=pgettext_lazy("field, screening", "Legal basis"), max_length=200),
    "instruction": forms.ChoiceField(label=_("Instruction to the officer"), choices=Instruction.choices),
    "screen_for": StatesOfRule(
        label=pgettext_lazy("field, screening", "States"),
        required=False,
        help_text=_("leave empty for all States whose travellers you screen"),
    ),
    "valid_until": forms.DateField(
        label=pgettext_lazy("field, screening", "Valid until"),
        input_formats=["%Y-%m-%d"],
        help_text=_("last day, for example 2027-03-31"),
    ),
}


@action(
    "rule.draft",
    model=Rule,
    label=_("Write a rule"),
    done=_("Wrote a targeting rule"),
    policy=policy.may_write_rules,
    ends=R.DRAFT,
    takes=FIELDS,
)
def draft_screening_rule(actor: Actor, _row: None, **fields: Any) -> Rule:
    """Write a targeting rule of one's own party; it does nothing until it was tried and a second person agreed."""
    year = timezone.now().year
    row = Rule(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.CONFIDENTIAL,
        reference=f"{actor.party_code}-R-{year}-{next_in(f'{actor.party_code}-R-{year}'):03}",
    )
    _write(actor, row, fields)
    row.save(force_insert=True)
    share_many(actor, [row], readers(actor.party_code, actor.desk_id))
    return row


@action(
    "rule.revise",
    model=Rule,
    label=pgettext_lazy("button, screening", "Change"),
    done=_("Changed a targeting rule"),
    policy=policy.may_change_rule,
    starts={R.DRAFT, R.SUSPENDED},
    ends=R.DRAFT,
    otherwise=Refusals.RULE_IN_FORCE,
    takes=FIELDS,
)
def revise_screening_rule(actor: Actor, row: Rule, **fields: Any) -> Rule:
    """Write the rule anew; what was tried of the old text no longer counts."""
    _write(actor, row, fields)
    row.revision += 1
    return row


def _write(actor: Actor, row: Rule, given: dict[str, Any]) -> None:
    given["condition"] = _condition(given["condition"])
    last = visibility.region_today() + datetime.timedelta(days=terms().most_days)
    if not visibility.region_today() <= given["valid_until"] <= last:
        text = _("Choose a date from today to %(last)s. The rule is reviewed after that.") % {"last": last}
        raise ValidationError({"valid_until": text})
    chosen = [actor.party_code] if policy.rules_of_own_state(actor) else sorted(given.get("screen_for") or [])
    for name, value in (given | {"screen_for": chosen or None}).items():
        setattr(row, name, value)


def _condition(raw: Any) -> Any:
    try:
        return rules.written(rules.read_condition(raw))
    except rules.BadRule as wrong:
        told = [f"{message} (/condition{place})" if place else message for place, message in wrong.faults]
        raise ValidationError({"condition": told}) from wrong


@action(
    "rule.try",
    model=Rule,
    label=_("Run a trial on past data"),
    done=_("Tried a targeting rule on the past"),
    policy=policy.may_change_rule,
    starts={R.DRAFT, R.PROPOSED, R.ACTIVE, R.SUSPENDED},
    ends=list(R),
)
def try_screening_rule(actor: Actor, row: Rule) -> Rule:
    """Count whom the rule would have picked out of the last weeks' travellers; nobody is named, no hit is raised."""
    emit("rule.tried", row, {"revision": row.revision})
    return row


@action(
    "rule.count",
    model=Rule,
    label=_("Save the results of a trial"),
    done=_("Kept the numbers of a trial"),
    policy=policy.may_run_lists,
    starts=list(R),
    ends=list(R),
    automatic=True,
)
def count_rule_matches(actor: Actor, row: Rule, *, trial: RuleTrial) -> Rule:
    """Keep what a trial counted."""
    trial.rule = row
    trial.save(force_insert=True)
    return row


@action(
    "rule.propose",
    model=Rule,
    label=pgettext_lazy("button, screening", "Propose"),
    done=_("Proposed a targeting rule"),
    policy=policy.may_change_rule,
    starts={R.DRAFT},
    ends=R.PROPOSED,
)
def propose_screening_rule(actor: Actor, row: Rule) -> Rule:
    """Ask a second person to put the rule into force; its text must have been tried and keep to the alert budget."""
    _within_budget(row)
    row.proposed_by_user_id, row.proposed_by, row.said = actor.user_id, actor.person, ""
    return row


def _within_budget(row: Rule) -> None:
    """Refuse a rule without a fresh trial, of travellers, that keeps to the budget."""
    trial, allowed = last_trial(row), terms()
    oldest = timezone.now() - datetime.timedelta(days=allowed.trial_holds_days)
    if trial is None or trial.at < oldest:
        raise Refused(Refusals.RULE_NOT_TRIED)
    if not trial.travellers:
        raise Refused(Refusals.RULE_TRIED_ON_NOBODY)
    if trial.per_1000 > allowed.alerts_per_1000:
        raise Refused(Refusals.RULE_OVER_BUDGET)


_SAID = {
    "said": forms.CharField(
        label=pgettext_lazy("field, screening", "Reason"), max_length=LONGEST_SAID, help_text=_("kept with the rule")
    ),
}


@action(
    "rule.give_back",
    model=Rule,
    label=pgettext_lazy("button, screening", "Send back"),
    done=_("Gave a proposed rule back"),
    policy=policy.may_decide_rule,
    starts={R.PROPOSED},
    ends=R.DRAFT,
    takes=_SAID,
)
def give_back_screening_rule(actor: Actor, row: Rule, *, said: str) -> Rule:
    """Give a proposed rule back to be written anew, with the reason."""
    row.said = said
    return row


@action(
    "rule.activate",
    model=Rule,
    label=_("Put into force"),
    done=_("Put a targeting rule into force"),
    policy=policy.may_activate_rule,
    starts={R.PROPOSED},
    ends=R.ACTIVE,
)
def activate_screening_rule(actor: Actor, row: Rule) -> Rule:
    """Put a rule into force that somebody else proposed; it is asked of everybody still to arrive, and from now on."""
    if row.valid_until < visibility.region_today():
        raise Refused(Refusals.RULE_OVER)
    _within_budget(row)
    _put_on_list(actor, row)
    RuleVersion.objects.create(
        rule=row,
        revision=row.revision,
        condition=row.condition,
        instruction=row.instruction,
        screen_for=row.screen_for,
        proposed_by=row.proposed_by,
        activated_by=actor.person,
        starts_at=timezone.now(),
    )
    emit("rule.activated", row)
    return row


LINE = ("display_name", "instruction", "reason", "screen_for", "valid_until", "state")
"""Columns of the line that follow the rule."""


def _put_on_list(actor: Actor, row: Rule) -> None:
    """The rule's line on its party's list of rules, made at the first time and brought up to its text later."""
    known = _line(row)
    entry = known or Entry(
        list=_list_of_rules(actor, row),
        owner_id=row.owner_id,
        originator_id=row.originator_id,
        level=row.level,
        reference=row.reference,
        kind=Entry.Kind.RULE,
        subject={},
    )
    before = entry.state if known else ""
    entry.display_name, entry.instruction, entry.reason = row.name, row.instruction, row.why
    entry.screen_for, entry.valid_until, entry.state = row.screen_for, row.valid_until, Entry.State.ACTIVE
    if known:
        change_also("entry.change", entry, *LINE, before=before)
    else:
        entry.save(force_insert=True)
        share_many(actor, [entry], readers(entry.originator_id, entry.owner_id))
        also("entry.create", entry, after=entry.state)
    EntryVersion.objects.keep_saved([entry.pk], seat_id=actor.seat_id)
    row.entry = entry


def _line(row: Rule) -> Entry | None:
    """The rule's line, locked; None before it was first put into force."""
    lines = Entry.objects.select_for_update(of=("self",)).select_related("list")
    return lines.get(pk=row.entry_id) if row.entry_id else None


def _list_of_rules(actor: Actor, row: Rule) -> WatchList:
    """The party's list of rules, opened with its first one."""
    home = WatchList.objects.filter(originator=row.originator_id, kind=WatchList.Kind.RULES).first()
    if home is not None:
        return home
    code, name = f"{row.originator_id}-RULES", str(pgettext_lazy("heading, screening", "Targeting rules"))
    home = make_list(
        actor, code=code, name=name, kind=WatchList.Kind.RULES, owner_id=row.owner_id, party=row.originator_id
    )
    also("list.open", home, after=home.state)
    return home


@action(
    "rule.suspend",
    model=Rule,
    label=pgettext_lazy("button, screening", "Suspend"),
    done=_("Suspended a targeting rule"),
    policy=policy.may_change_rule,
    starts={R.ACTIVE},
    ends=R.SUSPENDED,
    takes=_SAID,
    danger=True,
)
def suspend_screening_rule(actor: Actor, row: Rule, *, said: str) -> Rule:
    """Take a rule out of force at once: it raises nothing more, and hits that nobody has taken are withdrawn."""
    row.said = said
    _leave_force(actor, row, Entry.State.WITHDRAWN)
    return row


@action(
    "rule.end",
    model=Rule,
    label=pgettext_lazy("button, screening", "End"),
    done=_("Ended a targeting rule"),
    policy=policy.may_change_rule,
    starts={R.DRAFT, R.PROPOSED, R.ACTIVE, R.SUSPENDED},
    ends=R.ENDED,
    takes=_SAID,
    danger=True,
)
def end_screening_rule(actor: Actor, row: Rule, *, said: str) -> Rule:
    """End a rule for good; its history, trials and hits stay."""
    row.said = said
    if row.state == R.ACTIVE:
        _leave_force(actor, row, Entry.State.WITHDRAWN)
    return row


@action(
    "rule.expire",
    model=Rule,
    label=pgettext_lazy("button, screening", "Expire"),
    done=_("Ended a targeting rule after its last day"),
    policy=policy.may_run_lists,
    starts={R.ACTIVE},
    ends=R.ENDED,
    automatic=True,
)
def expire_screening_rule(actor: Actor, row: Rule) -> Rule:
    """End a rule whose last day is over everywhere in the region."""
    if row.valid_until >= visibility.region_today():
        raise Refused("wrong-state")
    _leave_force(actor, row, Entry.State.EXPIRED)
    return row


def _leave_force(actor: Actor, row: Rule, state: str) -> None:
    RuleVersion.objects.filter(rule=row, ends_at=None).update(ends_at=timezone.now())
    entry = _line(row)
    if entry is None:
        raise RuntimeError(f"rule {row.reference} is in force without a line")
    before, entry.state = entry.state, state
    verb = "entry.withdraw" if state == Entry.State.WITHDRAWN else "entry.expire"
    change_also(verb, entry, "state", before=before)
    EntryVersion.objects.keep_saved([entry.pk], seat_id=actor.seat_id)
    emit("entry.ended", entry, {"version": entry.version})
