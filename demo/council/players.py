"""Who acts in the demonstration, the clock that can stand in the past, and what every meeting of it does."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.council.actions import agenda, agenda_items, delegations, drafts, floor, votes
from apps.council.models import AgendaItem, Decision, Meeting
from apps.council.queries import membership
from apps.people.actions import make_service_seat
from apps.people.models import Desk, Seat
from apps.people.queries import service_actor
from demo.people import seated

SECRETARIAT = "impacs.secretariat.manager"
MORNING = datetime.time(13, 0, tzinfo=datetime.UTC)
SEATED = datetime.datetime(2007, 7, 1, tzinfo=datetime.UTC)


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
        # all at once: later the clock may stand in a year in which nobody had their seat
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
    waiting = Dispatch.objects.filter(done_at=None, listener__startswith="apps.council.listeners.notifications.")
    waiting.update(done_at=timezone.now())


def an_item(council: Council, meeting: Meeting, plan: dict[str, Any]) -> AgendaItem:
    """An accepted item for the text of a plan, with nothing to read."""
    kind = {"decision": "for_decision", "recommendation": "for_recommendation"}.get(plan["kind"], "procedural")
    item = agenda_items.propose_agenda_item(
        council.secretariat, None, meeting=meeting.pk, title=plan["title"], kind=kind
    )
    item = agenda_items.accept_agenda_item(council.secretariat, item)
    return agenda_items.schedule_agenda_item(council.secretariat, item, slot_minutes=25, papers_waived=True)


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


def draft(council: Council, plan: dict[str, Any], **where: Any) -> Decision:
    """The text of a plan on the table, with its money."""
    decision = drafts.draft_decision(
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
        decision = drafts.attach_decision_costs(council.secretariat, decision, **plan["financial"])
    if not decision.fictional:
        Decision.objects.filter(pk=decision.pk).update(fictional=True)
        decision.fictional = True
    return drafts.propose_decision(council.secretariat, decision)


def take_note(council: Council, meeting: Meeting) -> None:
    """Put what is left of the agenda on the floor, and note it."""
    for item in AgendaItem.objects.filter(meeting=meeting, state=AgendaItem.State.SCHEDULED).order_by("position"):
        floor.note_agenda_item(council.secretariat, floor.open_agenda_item(council.secretariat, item))


def vote(council: Council, decision: Decision, ballots: list[list[str]]) -> Decision:
    """A roll call: each State votes by itself; a second ballot of a State changes its first."""
    decision = votes.open_vote(council.secretariat, decision, method="roll")
    voted = set()
    for party, value in ballots:
        act = votes.change_vote if party in voted else votes.cast_vote
        decision = act(council.ministry(party), decision, vote=value)
        voted.add(party)
    return votes.close_vote(council.secretariat, decision)
