"""What the page of a written procedure shows to a seat: the clock, each State's line, the seat's own answers."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import offers
from apps.access.queries import visible_or_404
from apps.council.lists.votes import deadline_column
from apps.council.models import Circulation, Reply, WrittenProcedure
from apps.council.policy import may_commit, may_speak_for_state
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.queries.list_lines import CHIPS
from apps.council.procedures.rules import silence
from apps.council.views.verbs import council_verbs

W = WrittenProcedure.State
PRIMARY = {W.DRAFT: "dispatch", W.DISPATCHED: "record_receipt", W.OBJECTED: "to_meeting"}
"""What Secretariat and chair do next, by state."""

ANSWERS = frozenset({"acknowledge_receipt", "support", "object", "ask_extension", "comment", "withdraw_objection"})
"""Verbs of a State's own answer. They are bound to the text, not to the version of the record: another State's reply
a second earlier must not turn an objection away."""

verbs = council_verbs(
    WrittenProcedure,
    "procedure",
    "procedures",
    whence=(pgettext_lazy("link, council", "Written procedures"), "council:procedures"),
    elsewhere=ANSWERS,
)


@dataclass(slots=True)
class Line:
    """A State in the table."""

    party: Any
    sent: Circulation
    member: bool
    without_vote: str
    call: bool
    replies: list[Reply] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Own:
    """A reply of one's own State, with the mark that the State can keep."""

    it: Reply
    effect: str
    at: str
    mark: str


def effect_of(code: str) -> str:
    """What a State is told of a reply without effect, naming the rule; "" for one that counts."""
    if not code:
        return ""
    return _("Recorded without effect: %(why)s") % {"why": silence.IGNORED_REPLIES[code]}


def page(actor: Actor, pk: Any) -> dict[str, Any]:
    """Context of council/procedure.html; Refused("not-visible") if the seat may not see it."""
    rows = WrittenProcedure.objects.visible_to(actor).select_related("decision", "organ", "chair")
    row = visible_or_404(rows, actor, pk)
    sent, replies = queries.circulations_of(actor, [row]), queries.replies_to(actor, [row])
    lines = lines_of(row, sent, replies)
    mine = next((line for line in lines if line.party.code == actor.party_code), None)
    allowed = {offer.verb for offer in offers(actor, row) if offer.allowed}
    desk = actor.function == "secretariat"
    return {
        "it": row,
        "chip": CHIPS[row.state],
        "clauses": queries.clauses_of(actor, row.decision_id),
        "lines": lines,
        "deadline_column": deadline_column(row.deadline),
        "mine": mine,
        "own": own_replies(actor, row, replies),
        "may": allowed & ANSWERS,
        "objected": mine is not None and objects(mine.replies),
        "offers": verbs.buttons(actor, row),
        "calls": [line for line in lines if line.call] if desk else [],
        "proposals": queries.proposals_for(actor, row) if actor.function == "ministry" else [],
        "may_propose": may_propose(actor, row),
        "may_decide": may_commit(actor),
        "primary": PRIMARY.get(row.state, ""),
        "groups": groups_of(row, lines),
        "marking": {"level": row.level},
    }


def may_propose(actor: Actor, row: WrittenProcedure) -> bool:
    """Whether the seat can only propose an objection to those who decide in its ministry."""
    return row.state in WrittenProcedure.OPEN and bool(may_speak_for_state(actor, row)) and not may_commit(actor)


def groups_of(row: WrittenProcedure, lines: list[Line]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of a procedure that has ended: (heading, [(code, name)]), supporters and silent States apart."""
    result, names = row.result or {}, {line.party.code: line.party.short_name for line in lines}
    adopted = result.get("outcome") == "ADOPTED"
    found = [
        (pgettext("words, council", "In support"), result.get("support", []) if adopted else []),
        (pgettext("words, council", "Silent"), result.get("silent", [])),
        (pgettext("words, council", "Objections"), result.get("objections", [])),
        (_("Without a vote"), result.get("without_vote", [])),
    ]
    return [(str(head), [(code, names.get(code, code)) for code in codes]) for head, codes in found if codes]


def objects(replies: list[Reply]) -> bool:
    """Whether a State's objection stands, by its own replies in the order of time."""
    stands = False
    for reply in replies:
        if reply.code == "" and reply.kind in {Reply.Kind.OBJECT, Reply.Kind.WITHDRAW}:
            stands = reply.kind == Reply.Kind.OBJECT
    return stands


def lines_of(row: WrittenProcedure, sent: list[Circulation], replies: list[Reply]) -> list[Line]:
    """A line for each State that the text was sent to: Member States first, by code."""
    poll = row.poll or {}
    members, without = set(poll.get("members", [])), poll.get("without_vote", {})
    waits = sent if row.state == W.DISPATCHED else []
    late = {way.pk for way in queries.to_be_called(waits, members, timezone.now())}
    lines = [
        Line(way.party, way, way.party_id in members, without.get(way.party_id, ""), way.pk in late) for way in sent
    ]
    at = {line.party.code: line for line in lines}
    for reply in replies:
        if reply.party_id in at:
            at[reply.party_id].replies.append(reply)
    return sorted(lines, key=lambda line: (not line.member, line.party.roll_call_order or 0, line.party.name))


def own_replies(actor: Actor, row: WrittenProcedure, replies: list[Reply]) -> list[Own]:
    """The replies of the actor's own State, the latest first."""
    if actor.function != "ministry":
        return []
    mine = [reply for reply in replies if reply.party_id == actor.party_code]
    return [
        Own(reply, effect_of(reply.code), f"{reply.at:%Y-%m-%dT%H:%M:%S.%fZ}", queries.signature(reply, row.reference))
        for reply in reversed(mine)
    ]
