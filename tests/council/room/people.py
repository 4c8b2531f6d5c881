"""A meeting in its room, with its States as programs of their ministries."""

import datetime
from typing import Any

from django.utils import timezone

from apps.council.actions import agenda_items, contributions, drafts, sessions, votes
from apps.council.models import AgendaItem, Decision, Meeting
from apps.people.queries import service_actor
from tests.council import people
from tests.council.meetings import people as called
from tests.keys import a_key
from tests.worlds import world

KEEPER = "impacs.secretariat.officer"
FULL = ("ATG", "BHS", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM", "MSR", "KNA", "LCA", "VCT", "SUR", "TTO")


def actor_of(desk: str) -> Any:
    """The seat that a desk's programs sit in."""
    try:
        return service_actor(desk, request_id="test")
    except LookupError:
        a_key(desk)
        return service_actor(desk, request_id="test")


@world
def a_meeting(cast: Any, chair: str = "BRB", mode: str = "in_person") -> Meeting:
    """A regular meeting of today whose agenda is closed; every Member State has accepted credentials.

    It is planned for the last minute of the day, since a meeting cannot be called when its opening is over.
    """
    times = {
        "starts_at": called.today_at_the_place("23:59"),
        "ends_at": called.today_at_the_place("17:30", days=2),
    }
    meeting = called.a_meeting(cast, state="agenda_closed", chair=chair, mode=mode, **times)
    called.accredited(cast, meeting, *FULL)
    return fresh(meeting)


@world
def in_session(cast: Any, present: tuple[str, ...] = FULL[:8], **more: Any) -> Meeting:
    """A meeting whose session is open, with these delegations."""
    meeting = a_meeting(cast, **more)
    sessions.call_roll(cast[KEEPER], meeting, present=list(present))
    return sessions.start_session(cast[KEEPER], meeting)


@world
def an_item(cast: Any, meeting: Meeting, *, kind: str = "for_information", **more: Any) -> AgendaItem:
    """A late item of a meeting, taken up by leave of the chair and scheduled."""
    fields = {"title": "Contacts day and night", **more}
    item = agenda_items.propose_agenda_item(cast[KEEPER], None, meeting=str(meeting.pk), kind=kind, **fields)
    item = agenda_items.accept_agenda_item(cast[KEEPER], item)
    return agenda_items.schedule_agenda_item(cast[KEEPER], item, papers_waived=True)


@world
def a_decision(cast: Any, item: AgendaItem) -> Decision:
    """A proposal to an item, on the table."""
    fields = {"title": "Advance passenger information", "kind": "decision", "clauses": people.clauses()}
    decision = drafts.draft_decision(cast[KEEPER], None, item=item.pk, **fields)
    decision = drafts.attach_decision_costs(cast[KEEPER], decision, **people.NIL)
    return drafts.propose_decision(cast[KEEPER], decision)


@world
def a_vote(cast: Any, decision: Decision, *parties: str, method: str = "show") -> Decision:
    """The decision with its vote opened by the Secretariat; these States are for it."""
    decision = votes.open_vote(cast[KEEPER], decision, method=method)
    for party in parties:
        votes.record_vote(cast[KEEPER], decision, party=party, vote="for")
    return decision


def owes(cast: Any, party: str, *, years: int) -> None:
    """A State has not paid what was due so many years ago."""
    due = (timezone.now() - datetime.timedelta(days=366 * years)).date()
    contributions.record_contribution(
        cast[KEEPER], None, party=party, year=due.year, due_on=due, amount_minor=12_500_000, currency="USD"
    )


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
