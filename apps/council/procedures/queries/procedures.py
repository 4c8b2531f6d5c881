"""The facts of a written procedure, as its engine asks for them, and what of them each State may read."""

import datetime
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

from apps.access.actor import Actor
from apps.access.models import Heartbeat
from apps.council.models import Circulation, Clause, ObjectionProposal, Reply, WrittenProcedure
from apps.council.procedures.rules import silence
from apps.council.queries.membership import arrears, associates, roll, rule_set_on, rules_of, waivers
from apps.council.rules import votes
from apps.council.rules.seals import canonical
from apps.notices.queries import holidays_between
from apps.people.models import Desk, Seat

W = WrittenProcedure.State
CLOCK = "council.clock"
"""Name under which the Council's clock leaves its sign of life."""

CALL_AFTER = datetime.timedelta(hours=24)
"""A receipt that is missing so long after dispatch is asked for by telephone."""

HOLIDAY_DAYS = 60
"""How far the holidays are looked up that may move a deadline: the longest period, its extensions, and a margin."""

KINDS = {
    Reply.Kind.SUPPORT: silence.SUPPORT,
    Reply.Kind.OBJECT: silence.OBJECT,
    Reply.Kind.EXTENSION: silence.EXTENSION,
    Reply.Kind.COMMENT: silence.COMMENT,
    Reply.Kind.WITHDRAW: silence.WITHDRAW_OBJECTION,
}
"""The engine's word for each kind of reply."""


def parameters_of(rules: Mapping[str, Any]) -> silence.Parameters:
    """The engine's parameters out of an organ's rules, which also hold the portal's own numbers."""
    known = {field.name for field in fields(silence.Parameters)}
    return silence.Parameters.from_data({name: value for name, value in rules.items() if name in known})


def facts(row: WrittenProcedure, replies: Iterable[Reply] | None = None) -> silence.Procedure:
    """Everything that the engine asks for, from the rows as they are; two queries, one if `replies` are given."""
    poll: dict[str, Any] = row.poll or {}
    sent = Circulation.objects.filter(procedure=row, receipt_at__isnull=False)
    rows = Reply.objects.filter(procedure=row).order_by("at", "pk") if replies is None else replies
    return silence.Procedure(
        members=tuple(poll.get("members", ())),
        text_hash=row.text_hash,
        receipts={way.party_id: way.receipt_at for way in sent if way.receipt_at is not None},
        replies=tuple(silence.Reply(r.party_id, KINDS[Reply.Kind(r.kind)], r.at, r.text_hash) for r in rows),
        without_vote=frozenset(poll.get("without_vote", {})),
        period_hours=row.period_hours,
        forced_start_at=row.forced_start_at,
        delivery_void=row.delivery_void,
        outages=tuple(datetime.datetime.fromisoformat(outage["until"]) for outage in row.outages),
        holidays={datetime.date.fromisoformat(day): set(codes) for day, codes in poll.get("holidays", {}).items()},
        parameters=parameters_of(row.rules),
    )


def electorate(decision: Any, day: datetime.date) -> dict[str, Any] | None:
    """Who is asked and who has a vote on the matter that day, as it is frozen at dispatch; None without one rule set.

    {"day", "members", "associates", "without_vote": {party: code}, "arrears", "waivers", "rule_set", "rule_set_hash",
    "question", "csme_matter", "dispute_parties"}, plain JSON values. Revised Treaty Art. 27(2) and 28(4).
    """
    stored = rule_set_on(decision.organ_id, day)
    if stored is None:
        return None
    members = [party.code for party in roll(day)]
    behind, waived = arrears(day), waivers(day)
    without = votes.disqualified(
        rules_of(stored),
        day,
        members,
        behind,
        [votes.Waiver(party, day, day) for party in waived],
        decision.csme_matter,
        decision.dispute_parties,
    )
    return {
        "day": day.isoformat(),
        "members": members,
        "associates": [party.code for party in associates(day)],
        "without_vote": without,
        "arrears": {party: since.isoformat() for party, since in behind.items()},
        "waivers": sorted(waived),
        "rule_set": stored.code,
        "rule_set_hash": stored.sha256,
        "question": decision.question,
        "csme_matter": decision.csme_matter,
        "dispute_parties": list(decision.dispute_parties),
        "financial_statement": decision.financial is not None,
        "wellbeing_determined": decision.determination_id is not None,
    }


def unattended(codes: Iterable[str]) -> list[str]:
    """Of these States, those in whose ministry nobody holds a seat now: nobody there could receive a text."""
    wanted = {f"{code}.ministry": code for code in codes}
    held = set(Seat.objects.current().filter(desk__code__in=wanted).values_list("desk__code", flat=True))
    known = set(Desk.objects.filter(code__in=wanted, active=True).values_list("code", flat=True))
    return [code for desk, code in wanted.items() if desk not in held & known]


def all_received(row: WrittenProcedure) -> bool:
    """Whether every Member State of the roll has the text."""
    members = (row.poll or {}).get("members", [])
    return Circulation.objects.filter(procedure=row, party_id__in=members, receipt_at=None).count() == 0


def frozen_holidays(start: datetime.datetime) -> dict[str, list[str]]:
    """The holidays after the start of a clock, as they are kept with the procedure."""
    first = start.date()
    found = holidays_between(first, first + datetime.timedelta(days=HOLIDAY_DAYS))
    return {day.isoformat(): sorted(codes) for day, codes in found.items()}


def signature(reply: Reply, reference: str) -> str:
    """The portal's mark on a State's reply: HMAC-SHA-256 (RFC 2104) over what was said, by whom, and when."""
    said = {
        "procedure": reference,
        "party": reply.party_id,
        "kind": reply.kind,
        "at": reply.at,
        "text": reply.text_hash,
        "reason": reply.reason,
    }
    key = hashlib.sha256(f"reply receipts {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, canonical(said), hashlib.sha256).hexdigest()


def clauses_of(actor: Actor, decision_id: Any) -> list[Clause]:
    """The clauses of a visible decision, in order."""
    return list(Clause.objects.visible_to(actor).filter(decision_id=decision_id).order_by("position"))


def circulations_of(actor: Actor, rows: Iterable[WrittenProcedure]) -> list[Circulation]:
    """The ways of the text to each State, of several procedures, with the party; by State."""
    ids = [row.pk for row in rows]
    found = Circulation.objects.visible_to(actor).filter(procedure_id__in=ids)
    return list(found.select_related("party").order_by("party_id"))


def replies_to(actor: Actor, rows: Iterable[WrittenProcedure]) -> list[Reply]:
    """The replies of several procedures that the actor may read, in the order in which they came."""
    ids = [row.pk for row in rows]
    return list(Reply.objects.visible_to(actor).filter(procedure_id__in=ids).order_by("at", "pk"))


def proposals_for(actor: Actor, row: WrittenProcedure) -> list[ObjectionProposal]:
    """What officers of the actor's own ministry propose on a procedure, newest first."""
    return list(ObjectionProposal.objects.visible_to(actor).filter(procedure=row).order_by("-pk"))


def to_be_called(rows: Iterable[Circulation], members: Iterable[str], now: datetime.datetime) -> list[Circulation]:
    """Member States whose receipt is missing a day after dispatch, or whose mail came back: somebody has to call."""
    late, counted = now - CALL_AFTER, set(members)
    return [
        row
        for row in rows
        if row.party_id in counted and row.receipt_at is None and (row.bounced_at is not None or row.sent_at <= late)
    ]


@dataclass(frozen=True, slots=True)
class Due:
    """A procedure on which time has something to do, as the clock finds it."""

    row: WrittenProcedure
    facts: silence.Procedure


def under_way(actor: Actor, key: Any = None) -> list[Due]:
    """Every procedure (or the one of a key) whose clock runs or waits to start, with its facts; for the clock."""
    open_states = [W.DISPATCHED, W.RUNNING, W.EXTENDED]
    rows = WrittenProcedure.objects.visible_to(actor).filter(state__in=open_states).order_by("pk")
    return [Due(row, facts(row)) for row in (rows if key is None else rows.filter(pk=key))]


def last_beat() -> datetime.datetime | None:
    """When the Council's clock last ran; None if it never did."""
    return Heartbeat.objects.filter(name=CLOCK).values_list("at", flat=True).first()


def unanswered(actor: Actor, row: WrittenProcedure) -> list[str]:
    """Member States of the procedure that have not replied with effect, for reminders."""
    said = Reply.objects.visible_to(actor).filter(procedure=row, code="", kind__in=["support", "object"])
    replied = set(said.values_list("party_id", flat=True))
    return [code for code in (row.poll or {}).get("members", []) if code not in replied]
