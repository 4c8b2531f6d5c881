"""One page for an official who comes rarely: the next meeting, what their State still owes, when they were last
here."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.council.models import (
    AgendaItem,
    Circulation,
    Decision,
    Delegation,
    Meeting,
    Paper,
    Position,
    Reply,
    WrittenProcedure,
)
from apps.council.papers.queries import papers
from apps.council.queries import agenda, briefs, open_answers
from apps.council.queries.meetings import not_over

VISIT = "official.read"
ONE_VISIT = datetime.timedelta(hours=1)
"""Who opens the page again within this time is still on the same visit."""

FIRST_VISIT = datetime.timedelta(days=30)
"""How far back somebody is told who was never here."""

MOST = 50
W = WrittenProcedure.State


def last_visit(actor: Actor, now: datetime.datetime) -> datetime.datetime | None:
    """When this seat had the page before it before this visit, None for never in the audit's memory. One query."""
    reads = AuditRecord.objects.visible_to(actor).filter(
        user_id=actor.user_id,
        seat_id=actor.seat_id,
        verb=VISIT,
        outcome=AuditRecord.Outcome.READ,
        at__lt=now - ONE_VISIT,
    )
    found: datetime.datetime | None = reads.aggregate(at=Max("at"))["at"]
    return found


@dataclass(frozen=True, slots=True)
class Called:
    """A State that votes at a meeting, as its arithmetic asks for it."""

    party_id: str
    answer: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text under an item."""

    pk: str
    called: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class Later:
    """A meeting that comes after the next one, with the papers for it that nobody of the party has opened."""

    meeting: Any
    to_read: list[Any]


@dataclass(slots=True)
class Coming:
    """The next meeting of a seat. `own` is None for a desk that sends no delegation.

    `later` are the meetings that come after it and that the own State takes part in, in their order.
    """

    meeting: Any
    own: Any = None
    voting: list[Called] = field(default_factory=list)
    to_decide: list[briefs.Line] = field(default_factory=list)
    to_write: list[Any] = field(default_factory=list)
    to_read: list[Any] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)

    @property
    def days(self) -> int:
        """Calendar days to the opening at the place."""
        return briefs.days_to(self.meeting)

    @property
    def announced(self) -> int:
        """Member States that have said that they come."""
        return sum(one.answer == Delegation.Answer.ACCEPTED for one in self.voting)


def next_meeting(actor: Actor) -> Coming | None:
    """The meeting that comes first or goes on, and those after it. Three queries for a ministry, else one."""
    if actor.function != "ministry":
        rows = Meeting.objects.visible_to(actor).filter(not_over()).select_related("organ", "chair", "rule_set")
        first = rows.order_by("starts_at", "pk").first()
        return Coming(first) if first else None
    states = Delegation.objects.visible_to(actor).filter(meeting=OuterRef("meeting"), votes=True)
    called = Delegation.objects.visible_to(actor).filter(not_over("meeting__"), party_id=actor.party_code)
    every: list[Any] = list(
        called.select_related("meeting__organ", "meeting__chair", "meeting__rule_set")
        .annotate(
            roll=ArraySubquery(states.order_by("party_id").values("party_id")),
            answered=ArraySubquery(states.order_by("party_id").values("answer")),
        )
        .order_by("meeting__starts_at", "meeting_id")[:MOST]
    )
    if not every:
        return None
    own, *others = every
    voting = [Called(*pair) for pair in zip(own.roll, own.answered, strict=True)]
    found = Coming(own.meeting, own, voting)
    _agenda(actor, found)
    attended = [one.meeting for one in others if one.answer != Delegation.Answer.DECLINED]
    unread = papers.unread(Paper.objects.visible_to(actor).filter(meeting__in=[own.meeting, *attended]), actor)
    to_read: dict[Any, list[Any]] = {}
    for paper in unread.order_by("number", "pk"):
        to_read.setdefault(paper.meeting_id, []).append(paper)
    found.to_read = to_read.get(own.meeting_id, [])
    found.later = [Later(meeting, to_read.get(meeting.pk, [])) for meeting in attended]
    return found


def _agenda(actor: Actor, coming: Coming) -> None:
    """Put on it what is there to decide, with its arithmetic, and where the own position is missing. One query."""
    own = Position.objects.visible_to(actor).filter(item=OuterRef("pk"), owner_id=actor.desk_id)
    drafts = Decision.objects.visible_to(actor).filter(item=OuterRef("pk")).exclude(state="withdrawn")
    shown = JSONObject(pk="pk", called="working_no", title="title", question="question")
    items = AgendaItem.objects.visible_to(actor).filter(
        meeting=coming.meeting, state__in=AgendaItem.OPEN - {"proposed"}, kind__in=briefs.TO_SPEAK_TO
    )
    rows = items.annotate(
        stance=Subquery(own.values("stance")[:1]),
        drafts=ArraySubquery(drafts.order_by("working_no").values(shown=shown)),
    )
    ordered: list[Any] = sorted(rows, key=agenda.place)
    lines = [briefs.Line(item, drafts=[Draft(**one) for one in item.drafts]) for item in ordered]
    briefs.expect_votes(coming.meeting, lines, coming.voting)
    coming.to_decide = [line for line in lines if line.to_decide]
    coming.to_write = [row for row in ordered if row.stance in {None, Position.Stance.OPEN}]


def owed_on_decisions(actor: Actor) -> list[Decision]:
    """Decisions on which the State has still to vote, to answer for its Cabinet or to give reasons. One query."""
    owed = open_answers.unvoted(actor) | open_answers.unconfirmed(actor) | open_answers.unreasoned(actor)
    rows = Decision.objects.visible_to(actor).annotate(vote_until=open_answers.vote_until())
    return list(rows.filter(owed).order_by("-pk")[:MOST])


def owed_in_writing(actor: Actor) -> list[Any]:
    """Written procedures whose receipt or answer the State still owes, the next deadline first. One query.

    Each with `receipt` (moment, or None) and `member` (whether the State is asked; an Associate Member only receives).
    """
    sent = Circulation.objects.visible_to(actor).filter(procedure=OuterRef("pk"), party_id=actor.party_code)
    said = Reply.objects.visible_to(actor).filter(
        procedure=OuterRef("pk"), party_id=actor.party_code, code="", kind__in=["support", "object"]
    )
    rows = WrittenProcedure.objects.visible_to(actor).filter(
        Exists(sent), state__in=[W.DISPATCHED, W.RUNNING, W.EXTENDED]
    )
    asked = Q(poll__members__contains=[actor.party_code])
    owed = rows.annotate(receipt=Subquery(sent.values("receipt_at")[:1])).filter(
        Q(receipt=None) | asked & ~Exists(said)
    )
    return list(owed.select_related("decision").order_by(F("deadline").asc(nulls_last=True), "pk")[:MOST])
