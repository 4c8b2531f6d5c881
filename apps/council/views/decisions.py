"""Pages of decisions: the list, one decision with its tabs, amendments, and two versions side by side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.access import pagination
from apps.access.declared_actions import Spec, offers
from apps.access.marking import Banner
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused, sentence_of
from apps.access.templatetags.portal import grouped
from apps.audit import sentences as audit_words
from apps.council.actions import drafts
from apps.council.forms.decisions import meeting_line
from apps.council.lists import MEMBERS, Decisions
from apps.council.lists.votes import roll_columns
from apps.council.models import Amendment, Ballot, Decision
from apps.council.policy import may_propose
from apps.council.queries import decision_words as words
from apps.council.queries import decisions as queries
from apps.council.refusals import Refusals
from apps.council.rules.text_differences import changed, compare_texts
from apps.council.views import exports
from apps.council.views.verbs import council_verbs

PRIMARY = {"draft": "propose", "proposed": "open_vote", "voting": "close_vote", "adopted": "seal"}


def _begin(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
    """What the form of a verb holds to begin with: `?clause=` a clause for an amendment, `?vote=` a vote."""
    if spec.name == "attach_financials":
        return {"initial": row.financial or {}}
    if spec.name in {"cast_vote", "change_vote"}:
        return {"initial": {"vote": request.GET.get("vote", "")}}
    if spec.name != "propose_amendment" or request.method != "GET":
        return {}
    number = request.GET.get("clause", "")
    text = next((one.text for one in queries.clauses(request.actor, row) if one.number == number), "")
    return {"initial": {"clause": number, "text": text}}


verbs = council_verbs(
    Decision,
    "decision",
    "decisions",
    whence=(pgettext_lazy("link, council", "Decisions"), "council:decisions"),
    begin=_begin,
    elsewhere=frozenset(
        {"cast_vote", "change_vote", "accept_amendment", "reject_amendment", "withdraw_amendment", "propose_amendment"}
    ),
)


def marking(level: int) -> Banner:
    """Who may read a page of decisions."""
    return {**MEMBERS, "level": level}


@require_safe
def decisions(request: Any) -> HttpResponse:
    """The register of decisions, newest first, with its filters in the address."""
    return Decisions(request).answer()


@require_safe
def decision(request: Any, pk: Any) -> HttpResponse:
    """One decision; `?tab=` votes, texts or history for the rest of it."""
    actor = request.actor
    row = visible_or_404(queries.one(actor), actor, pk)
    tab = request.GET.get("tab", "decision")
    parts = {"decision": _text_tab, "votes": _votes_tab, "texts": _texts_tab, "history": _history_tab}
    if tab not in parts:
        raise Refused("not-visible")
    note_read(request, "decision.read", row)
    shown = parts[tab](actor, row)
    left_out = _pointless(actor, row, shown.get("statements"))
    buttons = [button for button in verbs.buttons(actor, row) if button["verb"] not in left_out]
    context = {
        "decision": row,
        "tab": tab,
        "chip": words.state_chip(row),
        "offers": buttons,
        "primary": PRIMARY.get(row.state, ""),
        "may_retable": row.state == Decision.State.REJECTED and bool(may_propose(actor, row)),
        "meeting_name": meeting_line(row.meeting) if row.meeting else "",
        "marking": marking(row.level),
        **shown,
    }
    return render(request, "council/decision.html", context)


def _pointless(actor: Any, row: Decision, statements: Any) -> set[str]:
    """Verbs that the state allows but that come to nothing for this decision: their buttons are left out."""
    found = {"publish" if row.public else "unpublish"}
    declared = [one[0] for one in statements or []]
    if not any(one.party_id == actor.party_code and one.state != "withdrawn" for one in declared):
        found.add("withdraw_statement")
    if not any(one.state == "asked" for one in declared):
        found.add("settle_opt_out")
    return found


def _text_tab(actor: Any, row: Decision) -> dict[str, Any]:
    named, read = queries.names(), queries.clauses(actor, row)
    clauses = [(clause, words.addressed(clause.addressee_rule, named)) for clause in read]
    is_tabled = row.state in queries.TABLED
    may = {offer.verb for offer in offers(actor, row) if offer.allowed}
    return {
        "clauses": clauses,
        "amendments": _amendments(actor, row, may) if is_tabled else [],
        "may_amend": "propose_amendment" in may,
        "statements": [
            (one, *words.STATEMENTS.get(one.kind, ("mute", "dot")))
            for one in (queries.statements(actor, row) if row.adopted_on else [])
        ],
        "retabled_as": queries.retabled_as(actor, row),
        "seal": queries.seal(actor, row, read),
        **_money(row),
        **_vote(actor, row, named),
    }


def _money(row: Decision) -> dict[str, str]:
    """The amount and its source in words."""
    told = row.financial or {}
    whole, cents = divmod(int(told.get("amount_minor") or 0), 100)
    figure = grouped(whole) + (f".{cents:02}" if cents else "")
    return {
        "amount": f"{told.get('currency', '')} {figure}".strip(),
        "source": str(dict(drafts.SOURCES).get(told.get("source", ""), "")),
    }


def _amendments(actor: Any, row: Decision, may: set[str]) -> list[dict[str, Any]]:
    """Amendments with the buttons of the chair and of their proposer."""
    found = []
    for one in queries.amendments(actor, row):
        is_open = one.state == Amendment.State.PROPOSED
        own = ["withdraw_amendment"] if one.proposer_id == actor.party_code else []
        shown = [name for name in ("accept_amendment", "reject_amendment", *own) if is_open and name in may]
        found.append(
            {
                "row": one,
                "is_open": is_open,
                "acts": [(verbs.place(row, name), name) for name in shown],
            }
        )
    return found


def _vote(actor: Any, row: Decision, named: dict[str, str]) -> dict[str, Any]:
    """The last vote: its drawing, its arithmetic, and what the seat may do in it while it is open."""
    board = queries.vote_board(actor, row, named) if row.state == "voting" or row.result else None
    if board is None:
        return {"board": None}
    counted = board.method not in {"consensus", "silence"}
    return {
        "board": board,
        "drawing": words.blocks(board.counts, board.members_total, board.required) if counted else None,
        "arithmetic": words.arithmetic(board.arithmetic, named),
        "result": words.short_result(row.result),
        "own": _own_vote(actor, row, board) if row.state == "voting" else None,
    }


def _own_vote(actor: Any, row: Decision, board: Any) -> dict[str, Any] | None:
    """How the seat's State stands in an open vote: the buttons, or why it has none; None for those without a State."""
    if actor.function != "ministry":
        return None
    seat = next((seat for seat in board.seats if seat.party == actor.party_code), None)
    if seat is None:
        return {"why_not": sentence_of(Refusals.VOTE_ASSOCIATE), "seat": None}
    offered = {offer.verb: offer for offer in offers(actor, row)}
    verb = "change_vote" if seat.voted else "cast_vote"
    why_not = seat.reason if not seat.entitled else "" if seat.present else sentence_of(Refusals.VOTE_NOT_PRESENT)
    if not why_not and verb in offered and not offered[verb].allowed:
        why_not = offered[verb].why_not
    choices = [choice for choice in Ballot.Value.choices if choice[0] != Ballot.Value.OBJECT]
    return {
        "why_not": why_not,
        "seat": seat,
        "verb": verb,
        "url": verbs.place(row, verb),
        "choices": choices,
        "said": dict(choices).get(seat.value, ""),
    }


def _votes_tab(actor: Any, row: Decision) -> dict[str, Any]:
    named = queries.names()
    context = _vote(actor, row, named)
    board = context["board"]
    told = queries.explanations(actor, row) if board else {}
    labels = dict(Ballot.Value.choices)
    seats = board.seats if board else []
    return {
        **context,
        "roll": [
            {
                **{"seat": seat, "words": labels.get(seat.value, ""), "look": words.BALLOTS.get(seat.value)},
                "told": told.get(seat.party, ""),
            }
            for seat in seats
        ],
        "roll_columns": roll_columns(board),
        "votes": queries.votes(actor, row),
        "confirmations": queries.confirmations(actor, row) if row.ad_referendum_until else [],
    }


def _texts_tab(actor: Any, row: Decision) -> dict[str, Any]:
    rows = queries.texts(actor, row)
    hashes = {one.version: one.sha256 for one in rows if one.authentic}
    return {
        "texts": [(one, not one.authentic and one.source_hash != hashes.get(row.text_version)) for one in rows],
        "amendments": _amendments(actor, row, set()),
        "exports": exports.links(actor, row),
    }


def _history_tab(actor: Any, row: Decision) -> dict[str, Any]:
    entries = []
    for line in audit_words.told(queries.history(actor, row), actor):
        who = f"{line.person}, {line.row.desk}" if line.person else line.row.desk
        entries.append({"title": line.verb, "at": line.row.at, "who": who})
    return {"entries": entries}


@require_POST
def retable(request: Any, pk: Any) -> HttpResponse:
    """Draft a rejected text again."""
    row = visible_or_404(Decision, request.actor, pk)
    new = drafts.retable_decision(request.actor, None, decision=row.pk)
    return redirect("council:decision_revise", new.pk)


@require_safe
def compared(request: Any, pk: Any) -> HttpResponse:
    """Two versions of the text word by word: `?from=1&to=2`, the last change without them."""
    actor = request.actor
    row = visible_or_404(Decision, actor, pk)
    texts = {one.version: one for one in queries.texts(actor, row) if one.authentic}
    versions = sorted(texts)
    old, new = _version(request, "from", versions, -2), _version(request, "to", versions, -1)
    note_read(request, "decision.read", row)
    parts = _parts(texts[old], texts[new])
    context = {
        "decision": row,
        "versions": versions,
        "old": texts[old],
        "new": texts[new],
        "parts": parts,
        "differs": any(part["differs"] for part in parts),
        "marking": marking(row.level),
    }
    return render(request, "council/decision_compare.html", context)


def _version(request: Any, name: str, versions: list[int], place: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return versions[max(place, -len(versions))]
    if not text.isdecimal() or len(text) > pagination.LONGEST_NUMBER or int(text) not in versions:
        raise Refused("not-visible")
    return int(text)


def _parts(old: Any, new: Any) -> list[dict[str, Any]]:
    """Title, preamble and each clause of two texts: {label, pieces, differs, moved}."""
    ours, theirs = ({one["number"]: one for one in text.clauses} for text in (old, new))
    numbers = list(dict.fromkeys([*theirs, *ours]))
    parts = [
        _part(pgettext("words, council", "Title"), old.title, new.title),
        _part(pgettext("words, council", "Preamble"), old.preamble, new.preamble),
    ]
    for number in sorted(numbers, key=lambda each: (_place(ours, theirs, each), each)):
        before, after = ours.get(number, {}), theirs.get(number, {})
        part = _part(
            pgettext("words, council", "Clause %(number)s") % {"number": number},
            before.get("text", ""),
            after.get("text", ""),
        )
        part["moved"] = [
            (label, before.get(name) or "–", after.get(name) or "–")
            for name, label in (
                ("addressees", pgettext("words, council", "Addressed to")),
                ("due", pgettext("words, council", "Due")),
            )
            if before and after and before.get(name) != after.get(name)
        ]
        part["differs"] = part["differs"] or bool(part["moved"])
        parts.append(part)
    return parts


def _place(ours: dict[str, Any], theirs: dict[str, Any], number: str) -> int:
    return list(theirs).index(number) if number in theirs else list(ours).index(number)


def _part(label: str, before: str, after: str) -> dict[str, Any]:
    pieces = compare_texts(before, after)
    return {"label": label, "pieces": pieces, "differs": changed(pieces), "moved": []}
