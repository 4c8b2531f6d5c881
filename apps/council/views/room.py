"""A meeting's live room: the floor, who is there, the vote; each half is a fragment, too, which the stream renews."""

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import stream_log
from apps.access.marking import of_list
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.models import Ballot, Meeting, Vote
from apps.council.queries import room as hall_queries
from apps.council.queries.floor import Floor, decision_on_floor, floor
from apps.council.queries.membership import roll
from apps.council.queries.votes import board
from apps.council.refusals import Refusals
from apps.council.views import arithmetic, decisions, meetings
from apps.pages.verb_pages import VerbPages, offer_buttons

SESSION = ("start_session", "note_no_quorum", "resume", "call_roll", "suspend", "adjourn", "close")
ENDS_ITEM = ("decide", "note", "defer", "refer")
ON_DECISION = (
    *("open_vote", "adopt_by_consensus"),
    *("propose_amendment", "accept_amendment", "reject_amendment", "settle_text"),
)
ASKS_TWICE = frozenset({"close", "adopt_by_consensus"})
"""Verbs that end something for good: their button leads to a page that says so."""

BY_HAND = frozenset({Vote.Method.SHOW, Vote.Method.ROLL})
BALLOTS = {
    Ballot.Value.FOR: ("ok", "check"),
    Ballot.Value.AGAINST: ("bad", "x"),
    Ballot.Value.ABSTAIN: ("mute", "minus"),
    Ballot.Value.FOR_AD_REF: ("warn", "clock"),
}
"""Chip of a ballot: kind and picture."""

LETTERS = {Ballot.Value.FOR: "f", Ballot.Value.AGAINST: "a", Ballot.Value.ABSTAIN: "b", Ballot.Value.FOR_AD_REF: "r"}
"""Keys that move to the button of a vote in a seat's row."""

WORDS = {Ballot.Value.FOR_AD_REF: pgettext_lazy("words, council", "If confirmed")}
"""Shorter words of a ballot, for its button."""

STANDINGS = {
    "can_still_pass": ("info", "half", later("Can still pass")),
    "cannot_pass": ("bad", "x", later("Can no longer pass")),
    "has_passed": ("ok", "check", pgettext_lazy("words, council", "Enough votes to pass")),
}
STATES = {
    "in_session": ("ok", "circle-check"),
    "suspended": ("warn", "pause"),
    "adjourned": ("warn", "clock"),
    "closed": ("mute", "lock"),
}
"""Chip of a meeting's state."""


@require_GET
def room(request: Any, pk: UUID) -> HttpResponse:
    """The whole room; `?seat=` names the seat that was dealt with last, where the keyboard goes on."""
    since, meeting = stream_log.here(), _meeting(request, pk)
    attended = hall_queries.attendance(meeting)
    on_floor = floor(request.actor, meeting, attended.members)
    context = {**_floor(request, meeting, on_floor), **_hall(request, attended, on_floor.decision)}
    context |= {"since": since, "chosen": request.GET.get("seat", ""), "marking": {"level": _level(meeting, on_floor)}}
    return render(request, "council/room.html", context)


@require_GET
def floor_part(request: Any, pk: UUID) -> HttpResponse:
    """The left half: the item on the floor, its papers and proposals, the speakers."""
    meeting = _meeting(request, pk)
    members = [party.code for party in roll(hall_queries.day_at(meeting, timezone.now()))]
    context = _floor(request, meeting, floor(request.actor, meeting, members))
    return render(request, "council/_room_floor.html", context)


@require_GET
def hall_part(request: Any, pk: UUID) -> HttpResponse:
    """The right half: the session, the quorum, the vote and the seats."""
    meeting = _meeting(request, pk)
    decision = decision_on_floor(request.actor, meeting)
    return render(request, "council/_room_hall.html", _hall(request, hall_queries.attendance(meeting), decision))


@require_GET
def close_vote(request: Any, pk: UUID) -> HttpResponse:
    """Ask once more before the open vote is closed for good: on which text, with which quorum, how it stands."""
    meeting = _meeting(request, pk)
    context = _hall(request, hall_queries.attendance(meeting), decision_on_floor(request.actor, meeting))
    if context["vote"] is None or not context["vote"]["is_open"]:
        raise Refused("wrong-state", Refusals.VOTE_CLOSED)
    if not context["close"]:
        raise Refused(Refusals.NOT_CHAIR)
    decision = context["vote"]["decision"]
    url = f"{decisions.verbs.place(decision, 'close_vote')}?from=room"
    context |= {"title": _title(meeting), "url": url, "marking": of_list([meeting, decision])}
    return render(request, "council/room_close.html", context)


def _meeting(request: Any, pk: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.actor).select_related("organ", "rule_set", "chair")
    meeting: Meeting = visible_or_404(rows, request.actor, pk)
    return meeting


def _level(meeting: Meeting, on_floor: Floor) -> int:
    shown = [on_floor.item, *on_floor.papers, *on_floor.decisions]
    return max([meeting.level, *(row.level for row in shown if row is not None)])


def _floor(request: Any, meeting: Meeting, on_floor: Floor) -> dict[str, Any]:
    actor, item = request.actor, on_floor.item
    sits = meeting.state == Meeting.State.IN_SESSION
    mine = [turn for turn in on_floor.waiting if turn.party == actor.party_code]
    speaks = on_floor.speaking is not None and on_floor.speaking.party == actor.party_code
    may = _buttons(actor, item, meetings.item_verbs) if item and sits else {}
    presides = "give_floor" in may
    own = {
        "ask_for_floor": not mine and not speaks,
        "leave_list": bool(mine),
        "yield_floor": on_floor.speaking is not None and (speaks or presides),
    }
    return {
        "meeting": meeting,
        "floor": on_floor,
        "now": timezone.now(),
        "title": _title(meeting),
        "item_acts": [_from_room(may[name]) for name in ENDS_ITEM if name in may],
        "speech_acts": [_from_room(may[name]) for name, applies in own.items() if applies and name in may],
        "give_floor": _from_room(may["give_floor"])["url"] if presides else "",
        "agenda": [(row, _take_up(actor, meeting, row) if sits else "") for row in on_floor.agenda],
        "proposals": [(row, _decision_acts(actor, row) if sits else []) for row in on_floor.decisions],
    }


def _buttons(actor: Any, row: Any, pages: VerbPages) -> dict[str, dict[str, Any]]:
    """{verb: its button}, also of those that stand in the room alone."""
    return {one["verb"]: one for one in offer_buttons(actor, row, partial(pages.place, row))}


def _take_up(actor: Any, meeting: Meeting, item: Any) -> str:
    """The address that puts an item on the floor; "" for the one that is there, and where the seat may not."""
    may = _buttons(actor, item, meetings.item_verbs)
    return _from_room(may["open"])["url"] if "open" in may and item.pk != meeting.floor_item_id else ""


def _decision_acts(actor: Any, decision: Any) -> list[dict[str, Any]]:
    may = _buttons(actor, decision, decisions.verbs)
    return [_from_room(may[name]) for name in ON_DECISION if name in may]


def _hall(request: Any, attended: hall_queries.Attendance, decision: Any) -> dict[str, Any]:
    actor, meeting = request.actor, attended.meeting
    vote = board(actor, decision, attended) if decision is not None else None
    hall = hall_queries.hall(attended, vote)
    may = _buttons(actor, meeting, meetings.verbs)
    is_open = vote is not None and vote.state == Vote.State.OPEN
    on_vote = _buttons(actor, decision, decisions.verbs) if is_open else {}
    place = next((each for each in (*hall.members, *hall.associates) if each.party == actor.party_code), None)
    recorded = is_open and vote is not None and vote.method in BY_HAND and "record_vote" in on_vote
    return {
        "meeting": meeting,
        "hall": hall,
        "members": [(place, _ballot(place)) for place in hall.members],
        "associates": [(place, None) for place in hall.associates],
        "place": place,
        "session_acts": [_by_quorum(_from_room(may[name]), hall.presence) for name in SESSION if name in may],
        "link_acts": [_from_room(may[name]) for name in _own_link(place) if name in may],
        "note_presence": _from_room(may["note_presence"])["url"] if "note_presence" in may else "",
        "state_chip": (*STATES.get(meeting.state, ("info", "calendar")), meeting.get_state_display()),
        "vote": _vote(vote, decision) if vote is not None else None,
        "cast": _from_room(on_vote["cast_vote"])["url"] if "cast_vote" in on_vote else "",
        "change": _from_room(on_vote["change_vote"])["url"] if "change_vote" in on_vote else "",
        "close": reverse("council:room_close", args=[meeting.pk]) if "close_vote" in on_vote else "",
        "void": _from_room(on_vote["void_vote"])["url"] if "void_vote" in on_vote else "",
        "record": _from_room(on_vote["record_vote"])["url"] if recorded else "",
        "values": [(value, WORDS.get(value) or Ballot.Value(value).label, LETTERS[value]) for value in LETTERS],
    }


def _ballot(place: hall_queries.Place) -> tuple[str, str, str] | None:
    """The chip of a ballot that may be known."""
    if place.value in BALLOTS:
        value = Ballot.Value(place.value)
        return (*BALLOTS[value], str(WORDS.get(value) or value.label))
    return ("info", "check", pgettext("words, council", "Has voted")) if place.voted else None


def _own_link(place: Any) -> Collection[str]:
    """Whether one's own delegation may join or leave by itself."""
    if place is None or (place.present and not place.remote):
        return ()
    return ("leave",) if place.present else ("join",)


def _from_room(act: dict[str, Any]) -> dict[str, Any]:
    return {**act, "url": f"{act['url']}?from=room", "asks": act["asks"] or act["verb"] in ASKS_TWICE}


def _by_quorum(act: dict[str, Any], there: hall_queries.Presence) -> dict[str, Any]:
    """A session verb with the reason why the quorum does not let it be carried out now."""
    if act["verb"] in {"start_session", "resume"} and not there.met:
        return {**act, "allowed": False, "why_not": there.sentence}
    if act["verb"] == "note_no_quorum" and there.met:
        return {**act, "allowed": False, "why_not": _("There is a quorum.")}
    return act


def _vote(vote: Any, decision: Any) -> dict[str, Any]:
    """The vote panel: the board, its blocks and the sentence of the moment."""
    return {
        "board": vote,
        "decision": decision,
        "is_open": vote.state == Vote.State.OPEN,
        "chip": STANDINGS.get(vote.standing),
        "method": Vote.Method(vote.method).label,
        "sentence": vote.sentence or _running(vote),
        "arithmetic": arithmetic.lines(vote.arithmetic),
        "blocks": _blocks(vote),
        "line": 20 * vote.required - 1,
        "width": 20 * vote.members_total,
    }


def _running(vote: Any) -> str:
    """ "For 9, needed 12, still possible: 4 entitled States present have not voted"."""
    left = sum(seat.entitled and seat.present and not seat.voted for seat in vote.seats)
    words = {"needed": vote.required, "left": left, "voted": vote.counts["voted"], "all": vote.members_total}
    if "for" not in vote.counts:
        said = _("%(voted)d of %(all)d have voted; %(needed)d votes in favour needed; counted when the vote is closed")
        return said % words
    said = pgettext("words, council", "%(for)d for, %(needed)d needed") % {**words, "for": vote.counts["for"]}
    if vote.standing == "has_passed":
        return _("%(said)s: enough votes to pass") % {"said": said}
    if vote.standing == "cannot_pass":
        return _("%(said)s: can no longer pass") % {"said": said}
    return _("%(said)s; can still pass: %(left)d entitled States present have not voted") % {**words, "said": said}


def _blocks(vote: Any) -> list[tuple[int, str]]:
    """(x, class) of the blocks of the majority drawing, one for each Member State, votes in favour first."""
    counts = vote.counts
    if "for" not in counts:
        groups = [("b1", counts["voted"])]
    else:
        groups = [("b2", counts["for"]), ("b4", counts["ad_referendum"] + counts["abstain"]), ("b3", counts["against"])]
    drawn = [kind for kind, number in groups for _each in range(number)]
    drawn += ["b0"] * (vote.members_total - len(drawn))
    return [(20 * place, kind) for place, kind in enumerate(drawn)]


def _title(meeting: Meeting) -> str:
    words = {"kind": meeting.get_kind_display(), "number": meeting.number, "organ": meeting.organ_id}
    return pgettext("words, council", "%(organ)s, %(kind)s meeting %(number)d") % {
        **words,
        "kind": str(words["kind"]).lower(),
    }
