"""A meeting in its room, with its States as programs of their ministries."""

import datetime
from typing import Any

from django.utils import timezone

from apps.council.actions import agenda_items, contributions, drafting, sessions, voting
from apps.council.models import AgendaItem, Decision, Meeting
from apps.people.actions import create_token
from apps.people.queries import service_actor
from tests.council import people
from tests.council.meetings import people as called

KEEPER = "impacs.secretariat.officer"
FULL = ("ATG", "BHS", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM", "MSR", "KNA", "LCA", "VCT", "SUR", "TTO")


def actor_of(desk: str) -> Any:
    """The seat that a desk's programs sit in."""
    try:
        return service_actor(desk, request_id="test")
    except LookupError:
        create_token(service_actor("IMPACS.platform"), None, desk=desk, scope="write", days=1)
        return service_actor(desk, request_id="test")


def a_meeting(cast: Any, chair: str = "BRB", mode: str = "in_person") -> Meeting:
    """A regular meeting of the Council whose agenda is closed; every Member State has accepted credentials."""
    meeting = called.a_meeting(cast, state="agenda_closed", days=3, chair=chair, mode=mode)
    called.accredited(cast, meeting, *FULL)
    return fresh(meeting)


def in_session(cast: Any, present: tuple[str, ...] = FULL[:8], **more: Any) -> Meeting:
    """A meeting whose session is open, with these delegations."""
    meeting = a_meeting(cast, **more)
    sessions.call_roll(cast[KEEPER], meeting, present=list(present))
    return sessions.start_session(cast[KEEPER], meeting)


def an_item(cast: Any, meeting: Meeting, *, kind: str = "for_information", **more: Any) -> AgendaItem:
    """A late item of a meeting, taken up by leave of the chair and scheduled."""
    fields = {"title": "Contacts day and night", **more}
    item = agenda_items.propose(cast[KEEPER], None, meeting=str(meeting.pk), kind=kind, **fields)
    item = agenda_items.accept(cast[KEEPER], item)
    return agenda_items.schedule_item(cast[KEEPER], item, papers_waived=True)


def a_decision(cast: Any, item: AgendaItem) -> Decision:
    """A proposal to an item, on the table."""
    fields = {"title": "Advance passenger information", "kind": "decision", "clauses": people.CLAUSES}
    decision = drafting.draft(cast[KEEPER], None, item=item.pk, **fields)
    decision = drafting.attach_financials(cast[KEEPER], decision, **people.NIL)
    return drafting.propose(cast[KEEPER], decision)


def a_vote(cast: Any, decision: Decision, *parties: str, method: str = "show") -> Decision:
    """The decision with its vote opened by the Secretariat; these States are for it."""
    decision = voting.open_vote(cast[KEEPER], decision, method=method)
    for party in parties:
        voting.record_vote(cast[KEEPER], decision, party=party, vote="for")
    return decision


def owes(cast: Any, party: str, *, years: int) -> None:
    """A State has not paid what was due so many years ago."""
    due = (timezone.now() - datetime.timedelta(days=366 * years)).date()
    contributions.record(
        cast[KEEPER], None, party=party, year=due.year, due_on=due, amount_minor=12_500_000, currency="USD"
    )


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
