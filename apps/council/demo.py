"""The Council of the demonstration. Fictional, but played by the same acts as a real one, on the days it tells of.

The fifth meeting stands in February 2008 (apps/council/seed/demo_2008.json: votes, texts and sums are invented, the
topics are those that the report of January 2008 announced). What is at hand stands around the day of loading.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.council import clock, demo_now
from apps.council.actions import (
    agenda,
    agenda_items,
    delegations,
    drafting,
    floor,
    meetings,
    minutes,
    procedures,
    sealing,
    sessions,
    voting,
)
from apps.council.models import AgendaItem, Decision, Meeting, WrittenProcedure
from apps.council.queries import membership
from apps.council.tasks import new_day
from apps.people.actions import make_service_seat
from apps.people.demo import seated
from apps.people.models import Desk, Seat
from apps.people.queries import service_actor

LAPSES = datetime.date(2011, 1, 1)
PLAN = json.loads((Path(__file__).parent / "seed" / "demo_2008.json").read_text(encoding="utf-8"))
SECRETARIAT = "impacs.secretariat.manager"
MORNING = datetime.time(13, 0, tzinfo=datetime.UTC)
SEATED = datetime.datetime(2007, 7, 1, tzinfo=datetime.UTC)
CALLED = datetime.datetime(2008, 1, 21, 14, 0, tzinfo=datetime.UTC)
OPENED = datetime.datetime(2008, 2, 19, 13, 0, tzinfo=datetime.UTC)
VOTED = datetime.datetime(2008, 2, 20, 14, 0, tzinfo=datetime.UTC)
SEALED = datetime.datetime(2008, 2, 25, 15, 0, tzinfo=datetime.UTC)
LAST_CREDENTIALS = datetime.date(2008, 2, 29)


def load() -> int:
    """Play the Council's past and present unless they are there; the number of decisions."""
    if not Meeting.objects.filter(fictional=True).exists():
        outbox.drain()
        seat_ministries()
        _fifth_meeting()
        _roster_in_writing()
        tell_nobody()
        outbox.drain()
        demo_now.load(Council())
    return Decision.objects.filter(fictional=True).count()


@contextmanager
def on(moment: datetime.datetime) -> Iterator[None]:
    """Let the portal's clock stand at a moment of the past, in this process and for the block."""
    real: Callable[[], datetime.datetime] = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def seat_ministries() -> None:
    """Let every ministry act, in the past as well: where the cast has nobody, the desk gets its own seat."""
    day = timezone.now().date()
    for party in [*membership.roll(day), *membership.associates(day)]:
        desk = Desk.objects.select_related("function").get(code=f"{party.code}.ministry")
        if not Seat.objects.filter(desk=desk).exists():
            with transaction.atomic():
                make_service_seat(desk)
    Seat.objects.filter(desk__function_id__in=["ministry", "secretariat", "automation"]).update(valid_from=SEATED)


class Council:
    """Who acts for whom: the Secretariat's manager, and each State's ministry by a person or by the desk's own seat."""

    def __init__(self) -> None:
        self.today = timezone.now().date()
        parties = [*membership.roll(self.today), *membership.associates(self.today)]
        self.secretariat: Actor = seated(SECRETARIAT)
        # all at once: later the clock may stand in a year in which nobody had his seat
        self._ministries = {party.code: _ministry(party.code) for party in parties}

    def ministry(self, party: str) -> Actor:
        """Somebody who binds the State."""
        return self._ministries[party]

    def at(self, days: int, hours: int = 0) -> datetime.datetime:
        """The moment so many days from the day of loading, at nine in Port of Spain and so many hours later."""
        day = self.today + datetime.timedelta(days=days)
        return datetime.datetime.combine(day, MORNING) + datetime.timedelta(hours=hours)

    def dated(self, plan: dict[str, Any]) -> dict[str, Any]:
        """A plan with its due days as dates."""
        clauses = [
            {**one, "due": (self.today + datetime.timedelta(days=one["due"])).isoformat()} if "due" in one else one
            for one in plan["clauses"]
        ]
        return {**plan, "clauses": clauses}


def _ministry(party: str) -> Actor:
    try:
        return seated(f"{party.lower()}.ministry.decider")
    except LookupError:
        return service_actor(f"{party}.ministry")


def tell_nobody() -> None:
    """What is long past brings no notices: nobody of today is told that a vote opened in 2008."""
    waiting = Dispatch.objects.filter(done_at=None, listener__startswith="apps.council.telling.")
    waiting.update(done_at=timezone.now())


def end_the_past() -> None:
    """Let the clock look at what has run out: the decisions of 2008 bind nobody today."""
    new_day(timezone.now().date())
    tell_nobody()
    outbox.drain()


def _fifth_meeting() -> None:
    council = Council()
    with on(CALLED):
        meeting = meetings.create(
            council.secretariat,
            None,
            organ="CONSLE",
            number=PLAN["meeting"]["number"],
            starts_at="2008-02-19 09:00",
            ends_at="2008-02-20 17:00",
            place="Port of Spain (fictional)",
            chair=PLAN["meeting"]["chair"],
            fictional=True,
        )
        meeting = meetings.convene(council.secretariat, meeting)
        meeting = agenda.open_agenda(council.secretariat, meeting)
    with on(CALLED + datetime.timedelta(days=3)):
        items = {plan["working"]: an_item(council, meeting, plan) for plan in _in_meeting()}
        meeting = prepare(council, meeting, items.values(), LAST_CREDENTIALS)
    with on(OPENED):
        meeting = sessions.call_roll(council.secretariat, meeting, present=_inside(PLAN["decisions"][1]))
        meeting = sessions.start_session(council.secretariat, meeting)
    decided = []
    for place, plan in enumerate(_in_meeting()):
        with on(VOTED + datetime.timedelta(minutes=25 * place)):
            decided.append(_decide(council, meeting, items[plan["working"]], plan))
    with on(VOTED + datetime.timedelta(hours=7)):
        meeting = sessions.close(council.secretariat, Meeting.objects.get(pk=meeting.pk))
    with on(SEALED):
        for decision in decided:
            if decision.state == Decision.State.ADOPTED:
                sealing.publish(council.secretariat, sealing.seal(council.secretariat, decision))
        meeting = minutes.draft_minutes(council.secretariat, meeting)
    with on(SEALED + datetime.timedelta(days=40)):
        minutes.agree_minutes(council.secretariat, meeting)


def _in_meeting() -> list[dict[str, Any]]:
    return [plan for plan in PLAN["decisions"] if "written" not in plan]


def _inside(plan: dict[str, Any]) -> list[str]:
    """Who was in the room: the Member States of the plan, and two Associate Members throughout."""
    return [*plan["present"], "AIA", "BMU"]


def an_item(council: Council, meeting: Meeting, plan: dict[str, Any]) -> AgendaItem:
    """An accepted item for the text of a plan, with nothing to read."""
    kind = {"decision": "for_decision", "recommendation": "for_recommendation"}.get(plan["kind"], "procedural")
    item = agenda_items.propose(council.secretariat, None, meeting=meeting.pk, title=plan["title"], kind=kind)
    item = agenda_items.accept(council.secretariat, item)
    return agenda_items.schedule_item(council.secretariat, item, slot_minutes=25, papers_waived=True)


def prepare(council: Council, meeting: Meeting, items: Iterable[AgendaItem], until: datetime.date) -> Meeting:
    """Close the agenda, and let every delegation be named and its credentials accepted until a day."""
    meeting = agenda.close_agenda(council.secretariat, Meeting.objects.get(pk=meeting.pk), missing=True)
    day = membership.day_of(meeting.starts_at, meeting.time_zone)
    for party in [*membership.roll(day), *membership.associates(day)]:
        ministry = council.ministry(party.code)
        meeting = delegations.answer_invitation(ministry, meeting, answer="accepted")
        meeting = delegations.name_delegation(ministry, meeting, head=f"Minister responsible, {party.short_name}")
        meeting = delegations.present_credentials(ministry, meeting, until=until)
        meeting = delegations.settle_credentials(
            council.secretariat, meeting, party=party.code, credentials="accepted", until=until
        )
    return meeting


def _decide(council: Council, meeting: Meeting, item: AgendaItem, plan: dict[str, Any]) -> Decision:
    fresh = Meeting.objects.get(pk=meeting.pk)
    sessions.call_roll(council.secretariat, fresh, present=_inside(plan))
    item = floor.open_item(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    decision = draft(council, {**plan, "expires_on": LAPSES}, meeting=meeting.pk, item=item.pk)
    if plan["method"] == "consensus":
        decision = voting.adopt_by_consensus(council.secretariat, decision)
    else:
        decision = vote(council, decision, plan["ballots"])
    floor.decide(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    return decision


def draft(council: Council, plan: dict[str, Any], **where: Any) -> Decision:
    """The text of a plan on the table, with its money."""
    decision = drafting.draft(
        council.secretariat,
        None,
        title=plan["title"],
        kind=plan["kind"],
        subject=plan["subject"],
        clauses=plan["clauses"],
        expires_on=plan.get("expires_on"),
        **where,
    )
    if plan.get("financial"):
        decision = drafting.attach_financials(council.secretariat, decision, **plan["financial"])
    return drafting.propose(council.secretariat, decision)


def vote(council: Council, decision: Decision, ballots: list[list[str]]) -> Decision:
    """A roll call: each State votes by itself; a second ballot of a State changes its first."""
    decision = voting.open_vote(council.secretariat, decision, method="roll")
    voted = set()
    for party, value in ballots:
        act = voting.change_vote if party in voted else voting.cast_vote
        decision = act(council.ministry(party), decision, vote=value)
        voted.add(party)
    return voting.close_vote(council.secretariat, decision)


def _roster_in_writing() -> None:
    """The written procedure of April 2008: the last receipt starts the clock, six support, nine are silent."""
    council = Council()
    plan = next(plan for plan in PLAN["decisions"] if "written" in plan)
    written = plan["written"]
    sent, received = (datetime.datetime.fromisoformat(written[name]) for name in ("dispatched_at", "last_receipt_at"))
    with on(sent):
        decision = draft(council, {**plan, "expires_on": LAPSES})
        Decision.objects.filter(pk=decision.pk).update(fictional=True)
        row = procedures.prepare(council.secretariat, None, decision=decision)
        row = procedures.dispatch(council.secretariat, row)
    states = [party.code for party in membership.roll(sent.date())]
    for place, party in enumerate([*(code for code in states if code != "HTI"), "HTI"]):
        at = received if party == "HTI" else sent + datetime.timedelta(minutes=30 + 10 * place)
        with on(at):
            row = procedures.acknowledge_receipt(council.ministry(party), row)
    tell_nobody()
    outbox.drain()
    for place, party in enumerate(written["explicit_support"]):
        with on(received + datetime.timedelta(hours=2 + place)):
            row = WrittenProcedure.objects.get(pk=row.pk)
            procedures.support(council.ministry(party), row, text_hash=row.text_hash)
    clock.step(row.pk, datetime.datetime.fromisoformat(written["deadline"]) + datetime.timedelta(seconds=1))
    with on(SEALED + datetime.timedelta(days=50)):
        sealing.seal(council.secretariat, Decision.objects.get(pk=decision.pk))
