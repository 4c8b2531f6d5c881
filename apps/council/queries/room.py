"""Who is in the room, whether that is a quorum, and who may vote there."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.refusal import Refused
from apps.council.models import Delegation, Meeting, PresenceEvent, Vote
from apps.council.queries import membership
from apps.council.queries.presence import HELD, HERE, credentials_on, present_at
from apps.council.refusals import Refusals
from apps.council.rules import result_words, votes
from apps.people.models import Party
from apps.people.queries import states_on

QUORUM_ARTICLE = "Article 27(1)"


@dataclass(frozen=True, slots=True)
class Presence:
    """Party codes of those who take part: Member States in roll-call order, Associate Members by name.

    The quorum is of Member States alone (Revised Treaty, Article 27(1)); `quorum_required` is 0 as long as the
    meeting has no rules, and then it is never met.
    """

    members_present: tuple[str, ...]
    associates_present: tuple[str, ...]
    absent: tuple[str, ...]
    quorum_required: int

    @property
    def members_total(self) -> int:
        """Member States of the day."""
        return len(self.members_present) + len(self.absent)

    @property
    def met(self) -> bool:
        """Whether there is a quorum."""
        return 0 < self.quorum_required <= len(self.members_present)

    @property
    def everybody(self) -> frozenset[str]:
        """All who take part."""
        return frozenset((*self.members_present, *self.associates_present))

    @property
    def sentence(self) -> str:
        """The reckoning in words: "Article 27(1): 8 of 15 needed, 7 present."."""
        return _("%(article)s: %(needed)d of %(all)d needed, %(present)d present.") % {
            "article": QUORUM_ARTICLE,
            "needed": self.quorum_required,
            "all": self.members_total,
            "present": len(self.members_present),
        }


def last_events(meeting: Meeting, at: datetime.datetime) -> dict[str, str]:
    """{party: its last event up to a moment}. One query."""
    rows = PresenceEvent.objects.filter(meeting=meeting, at__lte=at).order_by("at", "pk")
    return dict(rows.values_list("party_id", "event"))


def presence(meeting: Meeting, at: datetime.datetime | None = None) -> Presence:
    """Who takes part at a moment (now, unless given), and what that means for the quorum. Three queries."""
    moment = at or timezone.now()
    return _presence(meeting, states_on(day_at(meeting, moment)), present_at(meeting, moment))


def refuse_during_vote(meeting: Meeting) -> None:
    """Raise Refused `vote-open`, naming the decision, while a vote of the meeting is open. One query."""
    vote = Vote.objects.filter(meeting=meeting, state=Vote.State.OPEN).select_related("decision").first()
    if vote is not None:
        text = _("The vote on %(decision)s is open. Close it or declare it void first.")
        raise Refused("wrong-state", Refusals.VOTE_OPEN, message=text % {"decision": vote.decision})


def day_at(meeting: Meeting, moment: datetime.datetime) -> datetime.date:
    """The day of the sitting, by which membership and arrears are reckoned: where the meeting is held."""
    return membership.day_of(moment, meeting.time_zone)


def attending(meeting: Meeting) -> list[Any]:
    """Delegations in roll-call order, Associates after; with `party`, and `last_event` and `last_at`. One query."""
    events = PresenceEvent.objects.filter(meeting=OuterRef("meeting"), party=OuterRef("party")).order_by("-at", "-pk")
    rows = Delegation.objects.filter(meeting=meeting).select_related("party")
    rows = rows.annotate(last_event=Subquery(events.values("event")[:1]), last_at=Subquery(events.values("at")[:1]))
    return list(rows.order_by("-votes", "party__roll_call_order", "party__name"))


@dataclass(frozen=True, slots=True)
class Place:
    """One State in the room. `credentials` is "held", "missing", "presented", "refused" or "ended".

    `reason` says in words why it may not vote; `value` is its ballot where it may be known, `voted` that there is one.
    """

    party: str
    name: str
    votes: bool
    present: bool
    remote: bool
    since: datetime.datetime | None
    credentials: str
    entitled: bool
    reason: str
    value: str = ""
    voted: bool = False


@dataclass(frozen=True, slots=True)
class Hall:
    """Everybody's places, and the quorum."""

    presence: Presence
    members: list[Place]
    associates: list[Place]
    without_credentials: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """The States of the day and their delegations, loaded once for everything that a page shows of them."""

    meeting: Meeting
    day: datetime.date
    states: list[Any]
    delegations: dict[str, Any]

    @property
    def present(self) -> frozenset[str]:
        """Codes of those who take part."""
        return frozenset(code for code, row in self.delegations.items() if row.last_event in HERE)

    @property
    def without_credentials(self) -> frozenset[str]:
        """Codes of delegations whose credentials are not in force."""
        return frozenset(code for code, row in self.delegations.items() if credentials_on(row, self.day) != HELD)

    @property
    def names(self) -> dict[str, str]:
        """{code: short name}."""
        return {party.code: party.short_name for party in self.states}

    @property
    def members(self) -> frozenset[str]:
        """Codes of the Member States of the day."""
        return frozenset(party.code for party in self.states if party.kind == Party.Kind.MEMBER_STATE)


def attendance(meeting: Meeting) -> Attendance:
    """Who is expected and who is there now. Two queries."""
    day = day_at(meeting, timezone.now())
    return Attendance(meeting, day, states_on(day), {row.party_id: row for row in attending(meeting)})


def hall(attended: Attendance, board: Any = None) -> Hall:
    """The room as it is now. `board`: the vote that is open or was the last one; while open it says who may vote.

    No queries with an open vote, two without.
    """
    meeting, day, states = attended.meeting, attended.day, attended.states
    there = _presence(meeting, states, attended.present)
    seats = {seat.party: seat for seat in board.seats} if board else {}
    barred = {} if board else _barred(meeting, day, states)
    places = [
        _place(party, attended.delegations.get(party.code), barred, seats.get(party.code), day) for party in states
    ]
    members = [place for place in places if place.votes]
    return Hall(
        presence=there,
        members=members,
        associates=[place for place in places if not place.votes],
        without_credentials=sum(place.present and place.credentials != HELD for place in members),
    )


def _presence(meeting: Meeting, states: Sequence[Any], inside: Collection[str]) -> Presence:
    members = [party.code for party in states if party.kind == Party.Kind.MEMBER_STATE]
    others = [party.code for party in states if party.kind != Party.Kind.MEMBER_STATE]
    rules = membership.rules_of(meeting.rule_set) if meeting.rule_set is not None else None
    return Presence(
        members_present=tuple(code for code in members if code in inside),
        associates_present=tuple(code for code in others if code in inside),
        absent=tuple(code for code in members if code not in inside),
        quorum_required=rules.quorum.required(len(members)) if rules is not None else 0,
    )


def _barred(meeting: Meeting, day: datetime.date, states: Sequence[Any]) -> dict[str, str]:
    """{State: code why it may not vote on an ordinary question today}. Two queries."""
    if meeting.rule_set is None:
        return {}
    members = [party.code for party in states if party.kind == Party.Kind.MEMBER_STATE]
    leave = [votes.Waiver(party, day, day) for party in membership.waivers(day)]
    return votes.disqualified(membership.rules_of(meeting.rule_set), day, members, membership.arrears(day), leave)


def _place(party: Any, delegation: Any, barred: dict[str, str], seat: Any, day: datetime.date) -> Place:
    is_member = party.kind == Party.Kind.MEMBER_STATE
    papers = credentials_on(delegation, day)
    event = delegation.last_event if delegation else None
    code = "" if is_member else votes.ASSOCIATE_MEMBER
    code = code or barred.get(party.code, "") or ("" if papers == "held" else votes.NO_CREDENTIALS)
    reason = seat.reason if seat else result_words.REJECTED_BALLOTS[code] if code else ""
    return Place(
        party=party.code,
        name=party.short_name,
        votes=is_member,
        present=event in HERE,
        remote=event == PresenceEvent.Event.CONNECT,
        since=delegation.last_at if delegation and event in HERE else None,
        credentials=papers,
        entitled=seat.entitled if seat else not code,
        reason=reason,
        value=seat.value if seat else "",
        voted=seat.voted if seat else False,
    )
