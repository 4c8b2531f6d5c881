"""Everything that a record, a report or the book of decisions says, loaded as one seat may see it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.grants import groups_that_see
from apps.council.models import (
    AgendaItem,
    Ballot,
    Clause,
    Confirmation,
    Decision,
    DecisionText,
    Delegation,
    Meeting,
    Organ,
    Paper,
    PresenceEvent,
    SealedEntry,
    Sitting,
    Statement,
    Vote,
)
from apps.council.queries import texts
from apps.council.queries import votes as counting
from apps.council.queries.presence import HERE
from apps.council.rules import result_words, votes
from apps.council.rules.addressees import AddresseeError
from apps.council.rules.documents.facts import DecisionFacts, MeetingFacts, RollLine, SittingFacts
from apps.council.rules.documents.words import MEMBERS_ONLY
from apps.documents.models import IssuedDocument
from apps.people.models import Party

DECISION, REPORT, MEMBERS_REPORT = "council.decision", "council.report", "council.report.members"
"""Kinds of issued documents; a record with a translation is `council.decision.fr`."""
NOT_HELD = frozenset({"proposed", "rejected", "withdrawn"})
"""States of items that never came before the meeting: left out of its report."""


def decisions(actor: Actor | None) -> Any:
    """Visible decisions with what their record names."""
    rows = Decision.objects.visible_to(actor)
    return rows.select_related("organ", "meeting", "item", "rule_set", "superseded_by")


def facts_of(actor: Actor, decision: Decision) -> DecisionFacts:
    """What the record of one visible decision says. A constant number of queries, but for the rules of addressees."""
    names = _names()
    clauses = list(Clause.objects.visible_to(actor).filter(decision=decision).order_by("position"))
    links = list(SealedEntry.objects.visible_to(actor).filter(decision=decision).order_by("position"))
    board = counting.board(actor, decision)
    vote = _vote(actor, decision)
    answers = _answers(actor, decision)
    statements = Statement.objects.visible_to(actor).filter(decision=decision).order_by("at")
    return DecisionFacts(
        decision=decision,
        clauses=clauses,
        names=names,
        addressees=_addressees(decision, clauses),
        vote=vote,
        roll=_roll(actor, vote, board, answers, names),
        arithmetic=board.arithmetic if board else (),
        sentence=board.sentence if board else "",
        recount=_recount(vote, answers),
        statements=list(statements),
        entry=next((row for row in links if row.kind == SealedEntry.Kind.DECISION), None),
        corrections=[row for row in links if row.kind == SealedEntry.Kind.CORRECTION],
        translations=_translations(actor, decision),
    )


def _names() -> dict[str, str]:
    return dict(Organ.objects.values_list("code", "name")) | dict(Party.objects.values_list("code", "short_name"))


def _vote(actor: Actor, decision: Decision) -> Any:
    """The last vote that was not voided: the one that `votes.board` shows, and that decided."""
    rows = Vote.objects.visible_to(actor).filter(decision=decision).exclude(state=Vote.State.VOID)
    return rows.select_related("rule_set", "meeting").order_by("-number").first()


def _answers(actor: Actor, decision: Decision) -> dict[str, bool]:
    rows = Confirmation.objects.visible_to(actor).filter(decision=decision)
    return dict(rows.values_list("party_id", "confirmed"))


def _recount(vote: Any, answers: Mapping[str, bool]) -> list[tuple[str, str]]:
    if vote is None or not answers:
        return []
    poll = counting.recounted(vote, answers)
    return [(line.code, str(line.value)) for line in result_words.explain(poll, votes.evaluate(poll))]


def _roll(actor: Actor, vote: Any, board: Any, answers: Mapping[str, bool], names: Mapping[str, str]) -> list[RollLine]:
    """The State's place and ballot as far as the actor may know it, in roll-call order."""
    if vote is None or board is None:
        return []
    rows = Ballot.objects.visible_to(actor).filter(vote=vote, code="").order_by("order")
    explained = dict(rows.values_list("party_id", "explanation"))
    return [
        RollLine(
            name=names.get(seat.party, seat.name),
            present=seat.present,
            barred=seat.reason,
            vote=seat.value,
            explanation=explained.get(seat.party, ""),
            confirmed=answers.get(seat.party),
        )
        for seat in board.seats
    ]


def _addressees(decision: Decision, clauses: Iterable[Any]) -> dict[str, list[str]]:
    """The parties of each clause on the day on which the decision takes effect; before its adoption, today's."""
    day = decision.effective_on or decision.adopted_on or timezone.now().date()
    by_rule: dict[str, list[str]] = {}
    for rule in sorted({clause.addressee_rule for clause in clauses}):
        try:
            by_rule[rule] = texts.resolve(rule, day)
        except AddresseeError:
            by_rule[rule] = []  # the rule itself is printed
    return {clause.number: by_rule[clause.addressee_rule] for clause in clauses}


def _translations(actor: Actor, decision: Decision) -> dict[str, Any]:
    """The latest translation into each language of the text as it stands."""
    rows = DecisionText.objects.visible_to(actor).filter(decision=decision, authentic=False)
    return {row.language: row for row in rows.filter(source_hash=decision.text_hash).order_by("at")}


def in_book(actor: Actor, *, year: int | None, organ: str) -> list[DecisionFacts]:
    """Visible sealed decisions in short, of a year and an organ if named, in the order of their seals. Four queries."""
    rows = decisions(actor).filter(state__in=Decision.STANDING)
    if year is not None:
        rows = rows.filter(adopted_on__year=year)
    found = list(rows.filter(organ_id=organ) if organ else rows)
    clauses = _by_decision(Clause.objects.visible_to(actor).filter(decision__in=found).order_by("position"))
    links = _by_decision(SealedEntry.objects.visible_to(actor).filter(decision__in=found).order_by("position"))
    names = _names()
    facts = [_short(row, clauses[row.pk], links[row.pk], names) for row in found]
    return sorted(facts, key=lambda one: one.entry.position)


def _by_decision(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.decision_id].append(row)
    return found


def _short(row: Decision, clauses: list[Any], links: list[Any], names: Mapping[str, str]) -> DecisionFacts:
    sealed, *later = links
    return DecisionFacts(row, clauses, names, entry=sealed, corrections=later)


def meetings(actor: Actor | None) -> Any:
    """Visible meetings with what their report names."""
    return Meeting.objects.visible_to(actor).select_related("organ", "chair", "rule_set")


def report_of(actor: Actor, meeting: Meeting, *, groups: Iterable[int] | None = None, caveat: str = "") -> MeetingFacts:
    """What the report of a visible meeting says to this seat; with `groups`, only what each of them may see too."""
    chosen = set(groups) if groups is not None else None
    items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).exclude(state__in=NOT_HELD)
    seen = _shared(items.order_by("position", "pk"), meeting, chosen)
    ended = Q(adopted_on__isnull=False) | Q(state=Decision.State.REJECTED)
    taken = Decision.objects.visible_to(actor).filter(ended, meeting=meeting)
    decided = _shared(taken.order_by("number", "working_no"), meeting, chosen)
    papers = Paper.objects.visible_to(actor).filter(meeting=meeting, state__in=["issued", "superseded"])
    open_papers = papers.filter(Q(embargo_until=None) | Q(embargo_until__lte=timezone.now())).order_by("number", "pk")
    statements = Statement.objects.visible_to(actor).filter(decision__in=decided).select_related("decision")
    delegations = Delegation.objects.visible_to(actor).filter(meeting=meeting).select_related("party")
    names = _names()
    return MeetingFacts(
        meeting=meeting,
        delegations=sorted(delegations, key=_roll_call),
        sittings=_sittings(actor, meeting, names),
        items=seen,
        decisions=decided,
        statements=list(statements.order_by("at")),
        papers=_shared(open_papers, meeting, chosen),
        names=names,
        caveat=caveat,
    )


def _roll_call(row: Any) -> tuple[Any, ...]:
    return not row.votes, row.party.roll_call_order or 0, row.party.name


def _shared(rows: Any, meeting: Meeting, groups: set[int] | None) -> list[Any]:
    """The rows; where they go to `groups`, those that all of the groups see and that are marked no higher."""
    if groups is None:
        return list(rows)
    return [row for row in rows.filter(level__lte=meeting.level) if groups <= set(groups_that_see(row))]


def _sittings(actor: Actor, meeting: Meeting, names: Mapping[str, str]) -> list[SittingFacts]:
    events = list(PresenceEvent.objects.visible_to(actor).filter(meeting=meeting).order_by("at", "pk"))
    rows = Sitting.objects.visible_to(actor).filter(meeting=meeting).order_by("number")
    return [
        SittingFacts(
            sitting=row,
            present=[names.get(code, code) for code in row.present],
            moves=[
                (event.at, names.get(event.party_id, event.party_id), event.event in HERE)
                for event in events
                if _within(row, event.at)
            ],
        )
        for row in rows
    ]


def _within(sitting: Sitting, at: datetime.datetime) -> bool:
    return sitting.opened_at < at and (sitting.closed_at is None or at <= sitting.closed_at)


def audiences(actor: Actor, meeting: Meeting) -> list[tuple[str, str, list[int]]]:
    """(kind, caveat, groups) of each version of a report to be issued.

    One is for all who see the meeting; where matters were restricted, one more for those who see every one of them.
    """
    everybody = set(groups_that_see(meeting))
    items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting, restricted=True, level__lte=meeting.level)
    restricted = list(items.exclude(state__in=NOT_HELD))
    found = [(REPORT, "", sorted(everybody))]
    inner = everybody.intersection(*(groups_that_see(item) for item in restricted))
    if restricted and inner:
        found.append((MEMBERS_REPORT, MEMBERS_ONLY, sorted(inner)))
    return found


def issued(actor: Actor | None, record: Any, *, kind: str, fmt: str) -> Any:
    """The newest issued document of a record that the actor may open and that still holds; None if there is none."""
    rows = IssuedDocument.objects.visible_to(actor).filter(
        object_type=record._meta.label_lower, object_id=str(record.pk), kind=kind, format=fmt
    )
    return rows.filter(state=IssuedDocument.State.ISSUED).order_by("-pk").first()


def versions(record: Any, kind: str) -> list[str]:
    """Content hashes of what was issued from a record under a kind, each once, oldest first; for actions."""
    rows = IssuedDocument.objects.filter(object_type=record._meta.label_lower, object_id=str(record.pk), kind=kind)
    return list(dict.fromkeys(rows.filter(format="pdf").order_by("pk").values_list("content_hash", flat=True)))


def languages(actor: Actor, decision: Decision) -> list[str]:
    """Languages into which the text as it stands is translated."""
    return sorted(_translations(actor, decision))
