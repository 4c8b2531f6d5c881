"""Decisions as pages ask for them: the list with its filters, one page's parts, and the numbers people write."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.council.models import (
    AgendaItem,
    Amendment,
    Ballot,
    Clause,
    Confirmation,
    Decision,
    DecisionText,
    Meeting,
    RuleSet,
    SealedEntry,
    Statement,
    Vote,
)
from apps.council.queries import seals
from apps.council.queries.votes import Board, board, missing, present
from apps.people.models import Party

S = Decision.State
BINDING = (S.SEALED, S.IN_FORCE)
TABLED = (S.PROPOSED, S.AMENDING)
LINKS = ("determination", "superseded_by", "retabled_from")
PARTS_OF_A_NUMBER = 3
HISTORY = 60


def register(actor: Actor) -> Any:
    """Every decision that the actor may see, with what a line of the list shows."""
    return Decision.objects.visible_to(actor).select_related("proposer", "meeting")


def with_words(rows: Any, words: str) -> Any:
    """Rows of decisions or papers whose title or text has these words, by the index of the table."""
    vector = SearchVector("title", "words", config="english")
    return rows.annotate(found=vector).filter(found=SearchQuery(words, config="english", search_type="websearch"))


def number_pattern(text: str) -> str:
    """A pattern for a number as people write it, "consle 2008 5 dec 2" for CONSLE/2008/5/DEC/02; "" if it is none."""
    parts = re.findall(r"[A-Za-z_]+|[0-9]+", text)
    if len(parts) < PARTS_OF_A_NUMBER or not any(part.isdigit() for part in parts):
        return ""
    written = [f"0*{part.lstrip('0') or '0'}" if part.isdigit() else part for part in parts]
    return "^" + "[^A-Za-z0-9_]*".join(written) + "$"


def found(rows: Any, words: str, *numbers: str) -> Any:
    """Rows with this number in one of the columns `numbers` (of a decision: both of its), else with these words."""
    pattern = number_pattern(words)
    if pattern:
        named = (Q(**{f"{name}__iregex": pattern}) for name in numbers or ("number", "working_no"))
        numbered = rows.filter(reduce(or_, named))
        if numbered.exists():
            return numbered
    return with_words(rows, words)


def binding(rows: Any, actor: Actor) -> Any:
    """The rows that bind the actor's party."""
    return rows.filter(_binds(actor))


def _binds(actor: Actor) -> Q:
    """In force or coming into force, a clause addresses the actor's party, and no opt-out of the whole was granted."""
    ours = Clause.objects.visible_to(actor).filter(decision=OuterRef("pk"), addressees__contains=[actor.party_code])
    out = Statement.objects.visible_to(actor).filter(
        decision=OuterRef("pk"), party_id=actor.party_code, kind="opt_out", state="granted", clauses=[]
    )
    return Q(state__in=BINDING) & ~Q(kind=Decision.Kind.RECOMMENDATION) & Q(Exists(ours)) & ~Q(Exists(out))


def subjects(actor: Actor) -> list[str]:
    """Subjects of the decisions that the actor may see."""
    rows = Decision.objects.visible_to(actor).exclude(subject="")
    return list(rows.order_by("subject").values_list("subject", flat=True).distinct())


def meetings(actor: Actor) -> list[Meeting]:
    """Meetings that the actor may see, the last one first."""
    return list(Meeting.objects.visible_to(actor).order_by("-starts_at")[:200])


def open_items(actor: Actor) -> list[AgendaItem]:
    """Agenda items under which a text can still be drafted, of meetings that are not over."""
    over = ("closed", "minutes_draft", "minutes_agreed", "cancelled")
    rows = AgendaItem.objects.visible_to(actor).filter(state__in=AgendaItem.OPEN).exclude(meeting__state__in=over)
    return list(rows.select_related("meeting").order_by("meeting__starts_at", "position", "pk")[:300])


def organs(actor: Actor) -> list[str]:
    """Codes of the organs that decide by an active rule set."""
    rows = RuleSet.objects.visible_to(actor).filter(active=True).values_list("organs", flat=True)
    return sorted({code for codes in rows for code in codes})


def last_reads(actor: Actor, rows: list[Decision]) -> dict[str, Any]:
    """{id: when this seat last opened the decision}, of a page of decisions. One query."""
    reads = AuditRecord.objects.visible_to(actor).filter(
        object_type="council.decision",
        object_id__in=[str(row.pk) for row in rows],
        outcome=AuditRecord.Outcome.READ,
        seat_id=actor.seat_id,
    )
    return dict(reads.values_list("object_id").annotate(at=Max("at")))


def one(actor: Actor) -> Any:
    """Decisions with all that the head of their page names, and whether the actor may see what they point at."""
    seen = {
        f"{name}_seen": Exists(Decision.objects.visible_to(actor).filter(pk=OuterRef(f"{name}_id"))) for name in LINKS
    }
    seen["item_seen"] = Exists(AgendaItem.objects.visible_to(actor).filter(pk=OuterRef("item_id")))
    seen["meeting_seen"] = Exists(Meeting.objects.visible_to(actor).filter(pk=OuterRef("meeting_id")))
    rows = Decision.objects.visible_to(actor).select_related("organ", "meeting", "item", "proposer", "chair", *LINKS)
    return rows.annotate(**seen)


def retabled_as(actor: Actor, decision: Decision) -> list[Decision]:
    """Later drafts made from a rejected decision."""
    if decision.state != S.REJECTED:
        return []
    return list(Decision.objects.visible_to(actor).filter(retabled_from=decision).order_by("pk"))


def names() -> dict[str, str]:
    """{code: short name} of all parties. One query."""
    return dict(Party.objects.values_list("code", "short_name"))


@dataclass(frozen=True, slots=True)
class Attended:
    """What a board need not ask again: names, and who is there and without credentials now."""

    names: dict[str, str]
    present: frozenset[str]
    without_credentials: frozenset[str]


def vote_board(actor: Actor, decision: Decision, named: dict[str, str]) -> Board | None:
    """The last vote on a decision, as the actor may know it. Two queries, four while it is open."""
    is_open, now = decision.state == S.VOTING, timezone.now()
    here = present(decision.meeting, now) if is_open else frozenset()
    without = missing(decision.meeting, now) if is_open else frozenset()
    return board(actor, decision, Attended(named, here, without))


def clauses(actor: Actor, decision: Decision) -> list[Clause]:
    """The clauses of the text as it stands."""
    return list(Clause.objects.visible_to(actor).filter(decision=decision).order_by("position"))


def amendments(actor: Actor, decision: Decision) -> list[Amendment]:
    """Amendments, the open ones first."""
    rows = Amendment.objects.visible_to(actor).filter(decision=decision).select_related("proposer")
    return sorted(rows.order_by("number"), key=lambda row: row.state != Amendment.State.PROPOSED)


def statements(actor: Actor, decision: Decision) -> list[Statement]:
    """What States declared to the decision, in the order of time."""
    rows = Statement.objects.visible_to(actor).filter(decision=decision).select_related("party")
    return list(rows.order_by("at"))


def texts(actor: Actor, decision: Decision) -> list[DecisionText]:
    """Every version of the text and its translations, the latest version first, the authentic text before others."""
    rows = DecisionText.objects.visible_to(actor).filter(decision=decision)
    return list(rows.order_by("-version", "-authentic", "language", "-at"))


def votes(actor: Actor, decision: Decision) -> list[Vote]:
    """All votes on the decision, the last one first; void ones too."""
    return list(Vote.objects.visible_to(actor).filter(decision=decision).order_by("-number"))


def explanations(actor: Actor, decision: Decision) -> dict[str, str]:
    """{party: its explanation of vote} of the last vote, as far as the actor may know."""
    rows = Ballot.objects.visible_to(actor).filter(decision=decision, code="").order_by("vote__number", "order")
    told = list(rows.values_list("vote_id", "party_id", "explanation"))
    return {party: text for vote, party, text in told if vote == told[-1][0]}


def confirmations(actor: Actor, decision: Decision) -> list[Confirmation]:
    """What Cabinets answered, in the order of time."""
    rows = Confirmation.objects.visible_to(actor).filter(decision=decision).select_related("party")
    return list(rows.order_by("at"))


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a decision: does it hold, and the corrections beside it."""

    holds: bool
    position: int
    corrections: list[SealedEntry]


def seal(actor: Actor, decision: Decision, read: list[Clause]) -> Seal | None:
    """The seal with its corrections; None before the decision is sealed. One query."""
    if not decision.seal:
        return None
    entries = list(SealedEntry.objects.visible_to(actor).filter(decision=decision).order_by("position"))
    for entry in entries:
        entry.decision = decision
    first = next((entry for entry in entries if entry.kind == SealedEntry.Kind.DECISION), None)
    if first is None:
        return Seal(holds=False, position=0, corrections=[])
    corrections = [entry for entry in entries if entry.kind == SealedEntry.Kind.CORRECTION]
    return Seal(seals.link_holds(first, read), first.position, corrections)


def history(actor: Actor, decision: Decision) -> list[AuditRecord]:
    """Acts on the decision that the actor may read in the audit, newest first."""
    rows = AuditRecord.objects.visible_to(actor).filter(
        object_type="council.decision", object_id=str(decision.pk), outcome=AuditRecord.Outcome.DONE
    )
    return list(rows.order_by("-pk")[:HISTORY])
