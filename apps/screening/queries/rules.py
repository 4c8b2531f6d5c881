"""Reading targeting rules: those in force, their trials and versions, and what their hits were good for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.screening import rules as language
from apps.screening.models import Entry, Rule, RuleTrial, RuleVersion
from apps.screening.queries.lists import limits
from apps.screening.queries.visibility import region_today

LISTED = 500
ORDER = ["active", "proposed", "draft", "suspended", "ended"]
"""States as the page of rules lists them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Numbers by which rules are kept: days, and alerts for each thousand travellers."""

    trial_days: float
    trial_holds_days: float
    most_days: float
    alerts_per_1000: float


def terms() -> Terms:
    """The numbers of today. One query."""
    return Terms(**limits().targeting)


def find_rules(actor: Actor | None) -> Any:
    """Rules that the actor may see, newest first."""
    return Rule.objects.visible_to(actor).select_related("originator", "owner").order_by("-pk")


def listed(actor: Actor | None) -> list[Any]:
    """The rules, those in force first; each with `tried`, alerts per 1,000 in the last trial of its text, or None."""
    found: list[Any] = list(find_rules(actor)[:LISTED])
    last = last_trials(found)
    for row in found:
        row.tried = last[row.pk].per_1000 if row.pk in last else None
    return sorted(found, key=lambda row: ORDER.index(row.state))


def last_trials(found: Collection[Rule]) -> dict[Any, RuleTrial]:
    """The last trial of the present text of each rule, by the rule's id. One query."""
    texts = {row.pk: row.revision for row in found}
    tried = RuleTrial.objects.filter(rule__in=texts).order_by("at")
    return {trial.rule_id: trial for trial in tried if trial.revision == texts[trial.rule_id]}


def last_trial(row: Rule) -> RuleTrial | None:
    """The last trial of the rule's present text."""
    return RuleTrial.objects.filter(rule=row, revision=row.revision).order_by("-at").first()


def trials(actor: Actor, row: Rule) -> list[RuleTrial]:
    """All trials, newest first."""
    return list(RuleTrial.objects.visible_to(actor).filter(rule=row).order_by("-at")[:20])


def list_rule_versions(actor: Actor, row: Rule) -> list[Any]:
    """When the rule was in force, newest first, each with its `sentence`."""
    found: list[Any] = list(RuleVersion.objects.visible_to(actor).filter(rule=row).order_by("-starts_at")[:50])
    for one in found:
        one.sentence = language.sentence(language.read_condition(one.condition))
    return found


def run_out() -> list[Any]:
    """Ids of rules in force whose last day is over everywhere in the region."""
    return list(
        Rule.objects.filter(state=Rule.State.ACTIVE, valid_until__lt=region_today()).values_list("pk", flat=True)
    )


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule as it is asked of travellers: its line on the list, its party, and the condition that was read."""

    entry: Entry
    party: str
    condition: language.Condition

    def concerns(self, states: Collection[str]) -> bool:
        """Whether it is asked of travellers of these States."""
        return self.entry.screen_for is None or not set(self.entry.screen_for).isdisjoint(states)


def in_force(**filters: Any) -> list[InForce]:
    """The rules that are in force. One query."""
    found = (
        beyond(Rule.objects.all(), "thresholds")
        .filter(state=Rule.State.ACTIVE, **filters)
        .select_related("entry__list")
        .order_by("pk")
    )
    return [InForce(row.entry, row.originator_id, language.read_condition(row.condition)) for row in found if row.entry]
