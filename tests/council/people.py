"""Records of the Council for tests, made as its people make them."""

import datetime
from typing import Any

from django.utils import timezone

from apps.council.actions import drafts
from apps.council.models import Decision, Delegation, Meeting, PresenceEvent
from apps.council.queries import audience, membership
from tests.days import in_days

SECRETARIAT = "impacs.secretariat.manager"
NIL = {"nil": True}


def clauses() -> list[dict[str, Any]]:
    """Two clauses, the first due in 120 days: counted when they are asked for, since a run may pass midnight."""
    due = in_days(120).isoformat()
    return [
        {"text": "Each Member State names a contact.", "addressees": "ALL_MEMBER_STATES", "due": due},
        {"text": "IMPACS circulates the model provisions.", "addressees": ["IMPACS"], "due": None},
    ]


def a_draft(cast: Any, by: str = SECRETARIAT, **fields: Any) -> Decision:
    """A decision on contacts day and night, drafted by the Secretariat."""
    given = {"title": "Contacts day and night", "kind": "decision", "clauses": clauses()} | fields
    return drafts.draft_decision(cast[by], None, **given)


def a_proposal(cast: Any, by: str = SECRETARIAT, **fields: Any) -> Decision:
    """The draft with its financial statement, on the table."""
    decision = a_draft(cast, by, **fields)
    decision = drafts.attach_decision_costs(cast[SECRETARIAT], decision, **NIL)
    return drafts.propose_decision(cast[by], decision)


def a_session(present: list[str] | None = None, *, without_credentials: tuple[str, ...] = ()) -> Meeting:
    """A meeting in session, with everybody or the named States present; rows as the room's actions write them."""
    now = timezone.now()
    today = now.date()
    roll = [party.code for party in membership.roll(today)]
    associates = [party.code for party in membership.associates(today)]
    from apps.access.grants import share
    from apps.people.models import Desk
    from apps.people.queries import service_actor

    clock = service_actor("IMPACS.automation")
    meeting = Meeting.objects.create(
        organ_id="CONSLE",
        number=Meeting.objects.count() + 9,
        starts_at=now - datetime.timedelta(hours=1),
        ends_at=now + datetime.timedelta(days=1),
        rule_set=membership.rule_set_on("CONSLE", today),
        chair_id="TTO",
        state=Meeting.State.IN_SESSION,
        owner=Desk.objects.get(code="IMPACS.secretariat"),
        originator_id="IMPACS",
    )
    share(clock, meeting, audience.everybody(today))
    for code in [*roll, *associates]:
        accepted = code not in without_credentials
        Delegation.objects.create(
            meeting=meeting,
            party_id=code,
            votes=code in roll,
            credentials="accepted" if accepted else "missing",
        )
    for code in roll if present is None else present:
        arrives(meeting, code)
    return meeting


def arrives(meeting: Meeting, party: str) -> None:
    """A delegation comes in."""
    _event(meeting, party, "arrive")


def leaves(meeting: Meeting, party: str) -> None:
    """A delegation leaves."""
    _event(meeting, party, "leave")


def _event(meeting: Meeting, party: str, event: str) -> None:
    PresenceEvent.objects.create(meeting=meeting, party_id=party, event=event, at=timezone.now(), seat_id=0)
