"""What is on the floor of a meeting: the item, its papers and proposals, and who speaks to it."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.council.models import AgendaItem, Amendment, Clause, Decision, Meeting, Paper, Speaker, Vote

A, S = AgendaItem.State, Speaker.State
ON_AGENDA = (A.SCHEDULED, A.UNDER_DISCUSSION, A.DECIDED, A.NOTED, A.DEFERRED, A.REFERRED)
SHOWN = {
    *(Decision.State.ADOPTED, Decision.State.REJECTED, Decision.State.PENDING_AD_REFERENDUM),
    *(Decision.State.PROPOSED, Decision.State.AMENDING, Decision.State.VOTING, Decision.State.DEFERRED),
    *(Decision.State.SEALED, Decision.State.IN_FORCE),
}
"""Proposals that the room sees: those on the table and those dealt with, no drafts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A delegation's place on the speakers' list; `minutes` it has spoken, once it has ended."""

    party: str
    name: str
    votes: bool
    asked_at: datetime.datetime
    started_at: datetime.datetime | None
    minutes: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Floor:
    """The item that is spoken to, None between two items or when it is not open to the asker, and the agenda."""

    item: AgendaItem | None
    agenda: list[Any]
    papers: list[Any]
    decisions: list[Any]
    decision: Any
    speaking: Turn | None
    waiting: list[Turn]
    spoken: list[Turn]


def floor(actor: Actor, meeting: Meeting, members: Collection[str]) -> Floor:
    """What is on the floor for this actor. `members`: codes of the Member States, who speak first. Three queries.

    `decisions` come with `amendments` and `clauses` as lists of mappings; `decision` is the one whose
    vote is open, or that was voted on last.
    """
    agenda = _agenda(actor, meeting)
    on_floor = [row for row in agenda if row.pk == meeting.floor_item_id and row.state == A.UNDER_DISCUSSION]
    item = on_floor[0] if on_floor else None
    papers = list(_papers(actor, item)) if item else []
    decisions = list(_decisions(actor, item)) if item else []
    turns = [_turn(row, members) for row in item.turns] if item else []
    waiting = sorted((turn for turn in turns if turn.state == S.WAITING), key=lambda turn: not turn.votes)
    return Floor(
        item=item,
        agenda=agenda,
        papers=papers,
        decisions=decisions,
        decision=_voted_on(decisions),
        speaking=next((turn for turn in turns if turn.state == S.SPEAKING), None),
        waiting=waiting,
        spoken=[turn for turn in turns if turn.state == S.DONE],
    )


def decision_on_floor(actor: Actor, meeting: Meeting) -> Any:
    """The decision of the item on the floor whose vote is open, or was the last; None before. One query."""
    if meeting.floor_item_id is None:
        return None
    item = Q(item_id=meeting.floor_item_id, item__state=A.UNDER_DISCUSSION)
    return _voted_on(list(_with_votes(actor).filter(item, state__in=SHOWN).order_by("working_no")))


def _agenda(actor: Actor, meeting: Meeting) -> list[Any]:
    turns = Speaker.objects.filter(item=OuterRef("pk")).order_by("asked_at")
    columns = JSONObject(
        party="party_id",
        name="party__short_name",
        state="state",
        asked_at="asked_at",
        started_at="started_at",
        ended_at="ended_at",
    )
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting, state__in=ON_AGENDA)
    rows = rows.annotate(turns=ArraySubquery(turns.values(json=columns)))
    return list(rows.order_by("position", "pk"))


def _papers(actor: Actor, item: AgendaItem) -> Any:
    rows = Paper.objects.visible_to(actor).filter(item=item, state=Paper.State.ISSUED)
    return rows.defer("words").order_by("number")


def _with_votes(actor: Actor) -> Any:
    votes = Vote.objects.filter(decision=OuterRef("pk")).exclude(state=Vote.State.VOID).order_by("-number")
    rows = Decision.objects.visible_to(actor).defer("words")
    return rows.annotate(voted_on_at=Subquery(votes.values("opened_at")[:1]))


def _decisions(actor: Actor, item: AgendaItem) -> Any:
    clauses = Clause.objects.filter(decision=OuterRef("pk")).order_by("position")
    amendments = Amendment.objects.filter(decision=OuterRef("pk")).order_by("number")
    clause = JSONObject(number="number", text="text")
    amendment = JSONObject(
        number="number", clause="clause", text="text", party="proposer_id", name="proposer__short_name", state="state"
    )
    rows = _with_votes(actor).filter(item=item, state__in=SHOWN).order_by("working_no")
    return rows.annotate(
        clauses=ArraySubquery(clauses.values(json=clause)), amendments=ArraySubquery(amendments.values(json=amendment))
    )


def _voted_on(decisions: list[Any]) -> Any:
    """The decision whose vote is open; else the one voted on last; None before any vote."""
    voted = [row for row in decisions if row.voted_on_at is not None]
    return max(voted, key=lambda row: (row.state == Decision.State.VOTING, row.voted_on_at), default=None)


def _turn(row: dict[str, Any], members: Collection[str]) -> Turn:
    started, ended = _moment(row["started_at"]), _moment(row["ended_at"])
    spoke = row["state"] == S.DONE and started and ended
    return Turn(
        party=row["party"],
        name=row["name"],
        votes=row["party"] in members,
        asked_at=datetime.datetime.fromisoformat(row["asked_at"]),
        started_at=started,
        minutes=max(1, round((ended - started).total_seconds() / 60)) if spoke and started and ended else None,
        state=row["state"],
    )


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
