"""Bodies, members and rules as they were on a day."""

import datetime
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.council.models import Organ, OrganChair, RuleSet, SilenceRules, WrittenVoteRules
from apps.council.queries.membership import rules_of
from apps.council.rules import result_words
from apps.people.queries import states_on


@dataclass(frozen=True, slots=True)
class Body:
    """One organ in the tree: how deep it hangs, who presides, and the code of its rule set."""

    organ: Any
    depth: int
    chair: Any
    rule_set: str


@dataclass(frozen=True, slots=True)
class Majority:
    """What one kind of question needs with the membership of the day: 12 of 15, and the sum that leads there."""

    question: str
    needed: int
    of: int
    sum: str
    vetoed_by_one: bool
    money: bool
    binding: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule set of the day with its quorum and majorities."""

    row: Any
    quorum: int
    majorities: list[Majority]
    by_analogy: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Institutions:
    """Everything of a day."""

    day: datetime.date
    members: list[Any]
    associates: list[Any]
    bodies: list[Body]
    rules: list[Rules]
    silence: list[Any]
    written_votes: list[Any]


def on(actor: Actor, day: datetime.date) -> Institutions:
    """What stood on the day, for everybody who works with the Council. Six queries."""
    states = states_on(day)
    members = [party for party in states if party.kind == "member_state"]
    rule_sets = [row for row in RuleSet.objects.visible_to(actor).filter(active=True) if _held(row, day)]
    codes = {organ: row.code for row in rule_sets for organ in row.organs}
    chairs = OrganChair.objects.visible_to(actor).filter(valid_from__lte=day).select_related("party")
    presiding = {row.organ_id: row.party for row in chairs if row.valid_to is None or day < row.valid_to}
    organs = [
        organ
        for organ in Organ.objects.visible_to(actor).order_by("name")
        if (organ.valid_from is None or organ.valid_from <= day) and (organ.valid_to is None or day < organ.valid_to)
    ]
    return Institutions(
        day=day,
        members=members,
        associates=[party for party in states if party.kind == "associate_member"],
        bodies=[Body(organ, depth, presiding.get(organ.pk), codes.get(organ.pk, "")) for organ, depth in _tree(organs)],
        rules=[_rules(row, len(members)) for row in sorted(rule_sets, key=lambda row: row.code)],
        silence=_dated(SilenceRules.objects.visible_to(actor), day),
        written_votes=_dated(WrittenVoteRules.objects.visible_to(actor), day),
    )


def _dated(rows: Any, day: datetime.date) -> list[Any]:
    """Those of the day, with their organ and by it."""
    begun = rows.filter(valid_from__lte=day).select_related("organ").order_by("organ_id")
    return [row for row in begun if row.valid_to is None or day < row.valid_to]


def _held(row: RuleSet, day: datetime.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _tree(organs: list[Any]) -> list[tuple[Any, int]]:
    """Organs in the order of a drawn tree; one whose parent did not exist that day stands at the root."""
    there = {organ.pk for organ in organs}
    below: dict[Any, list[Any]] = {}
    for organ in organs:
        below.setdefault(organ.parent_id if organ.parent_id in there else None, []).append(organ)

    def walk(parent: Any, depth: int) -> list[tuple[Any, int]]:
        return [pair for organ in below.get(parent, ()) for pair in [(organ, depth), *walk(organ.pk, depth + 1)]]

    return walk(None, 0)


def _rules(row: RuleSet, members: int) -> Rules:
    rules = rules_of(row)
    return Rules(
        row=row,
        quorum=rules.quorum.required(members) if members else 0,
        majorities=[
            Majority(
                question=question.question,
                needed=question.required(members),
                of=members,
                sum=result_words.rule(question, members),
                vetoed_by_one=question.vetoed_by_one,
                money=question.requires_financial_statement,
                binding=question.binding,
                basis=question.legal_basis,
            )
            for question in rules.questions
            if members
        ],
        by_analogy=rules.applied_by_analogy,
        confidence=rules.confidence,
    )
