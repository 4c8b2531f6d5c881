"""Asking the rules in force of travellers, and what came of it as findings for hits. Inside other actions."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Count, Q

from apps.journeys.models import Traveller
from apps.jrcc.models import Hit
from apps.jrcc.queries.possible_matches import Found
from apps.jrcc.queries.rule_facts import Facts, groups_of
from apps.screening import rules as language
from apps.screening.matching import REVIEW_THRESHOLD, Comparison, Evidence
from apps.screening.queries.rules import InForce

USEFUL: Final = (Hit.Outcome.DETAINED, Hit.Outcome.REFUSED, Hit.Outcome.QUESTIONED)
NO_LONGER: Final = Comparison(0.0, "no", -18.0, ())
"""What is observed of an open hit whose rule is no longer true of the traveller."""


def found(travellers: Sequence[Traveller], rules: Sequence[InForce]) -> list[Found]:
    """Travellers of whom a rule is true, and open hits of these rules of whom it no longer is.

    The travellers come with journey and documents loaded (`queries.with_facts`).
    """
    if not rules or not travellers:
        return []
    scores = _scores(rules)
    held = [
        Found(
            traveller,
            rule.entry,
            _comparison(told, scores.get(rule.entry.pk, REVIEW_THRESHOLD)),
            matcher=f"{rule.entry.reference}, version {rule.entry.version}",
        )
        for traveller, rule, told in asked(travellers, rules)
    ]
    return held + _no_longer(travellers, rules, {(one.traveller.pk, one.entry.pk) for one in held})


def asked(
    travellers: Sequence[Traveller], rules: Sequence[InForce]
) -> Iterator[tuple[Traveller, InForce, list[tuple[str, str]]]]:
    """(traveller, rule, grounds) wherever a rule is true."""
    facts = Facts(travellers)
    wanted = [(rule, groups_of(leaf.fact.name for leaf in rule.condition.leaves())) for rule in rules]
    for traveller in travellers:
        for rule, groups in wanted:
            if not rule.concerns(traveller.states):
                continue
            subject = facts.of(traveller, rule.party, groups)
            if language.holds(rule.condition, subject):
                yield traveller, rule, language.explain(rule.condition, subject)


def _comparison(told: Sequence[tuple[str, str]], score: float) -> Comparison:
    """A rule in the form of a comparison: its grounds weigh nothing by themselves, the record of the rule does."""
    evidence = tuple(Evidence(fact, text, 0.0) for fact, text in told)
    return Comparison(score, "review", math.log(score / (1 - score)), evidence)


def _scores(rules: Sequence[InForce]) -> dict[Any, float]:
    """By line of the list: how often a settled hit of the rule was worth it, by the rule of succession.

    From the review threshold, so that a rule in force is always shown.
    """
    settled = Hit.objects.filter(entry__in=[rule.entry.pk for rule in rules], state__in=("closed", "dismissed"))
    counts = settled.order_by().values_list("entry").annotate(n=Count("pk"), good=Count("pk", Q(outcome__in=USEFUL)))
    return {entry: max(REVIEW_THRESHOLD, (good + 1) / (n + 2)) for entry, n, good in counts}


def _no_longer(travellers: Sequence[Traveller], rules: Sequence[InForce], held: set[Any]) -> list[Found]:
    people, lines = {one.pk: one for one in travellers}, {rule.entry.pk: rule.entry for rule in rules}
    rows = Hit.objects.filter(traveller__in=list(people), entry__in=list(lines), state__in=Hit.OPEN).order_by("pk")
    return [
        Found(people[traveller], lines[entry], NO_LONGER)
        for traveller, entry in rows.values_list("traveller_id", "entry_id")
        if (traveller, entry) not in held
    ]
