"""Meetings of the Council as its Secretariat makes them, for tests."""

import datetime
from typing import Any

from django.utils import timezone

from apps.council.actions import agenda, agenda_items, delegations, meetings
from apps.council.models import AgendaItem, Meeting
from apps.council.rules import schedule
from apps.people.models import Party
from tests.worlds import world

MANAGER = "impacs.secretariat.manager"
ZONE = "America/Port_of_Spain"


def local(days: int, clock: str = "09:00") -> str:
    """A local time so many days from today, as the forms take it."""
    return f"{(timezone.now() + datetime.timedelta(days=days)).date().isoformat()} {clock}"


def today_at_the_place(clock: str, days: int = 0) -> str:
    """A local time of the day that it is in Port of Spain now, or so many days later."""
    there = timezone.now().astimezone(schedule.zone(ZONE)).date() + datetime.timedelta(days=days)
    return f"{there.isoformat()} {clock}"


def planned(cast: Any, *, days: int = 30, **more: Any) -> Meeting:
    """A meeting of the Council in draft, two days long, in Port of Spain; TTO is in the chair."""
    fields = {
        "organ": "CONSLE",
        "starts_at": local(days),
        "ends_at": local(days + 1, "17:30"),
        "time_zone": ZONE,
        "place": "Port of Spain",
        "chair": "TTO",
        **more,
    }
    return meetings.create_meeting(cast[MANAGER], None, **fields)


@world
def a_meeting(cast: Any, *, state: str = "agenda_open", **more: Any) -> Meeting:
    """A meeting of the Council, brought to `convened`, `agenda_open` or `agenda_closed`."""
    keeper, meeting = cast[MANAGER], planned(cast, **more)
    meeting = meetings.convene_meeting(keeper, meeting, notice_waiver="The chair asks for it.")
    if state in {"agenda_open", "agenda_closed"}:
        meeting = agenda.open_agenda(keeper, meeting)
    return agenda.close_agenda(keeper, meeting, missing=True) if state == "agenda_closed" else meeting


@world
def an_item(cast: Any, meeting: Meeting, *, by: str = "brb.ministry.decider", accept: bool = True, **more: Any) -> Any:
    """An item that a State proposed, accepted by the Secretariat for the chair unless told otherwise."""
    fields = {"title": "Joining APIS", "kind": AgendaItem.Kind.DECISION, **more}
    item = agenda_items.propose_agenda_item(cast[by], None, meeting=str(meeting.pk), **fields)
    return agenda_items.accept_agenda_item(cast[MANAGER], item) if accept else item


def accredited(cast: Any, meeting: Meeting, *parties: str, until: datetime.date | None = None) -> None:
    """Let the Secretariat accept the credentials of these States."""
    for party in parties:
        delegations.settle_credentials(
            cast[MANAGER], Meeting.objects.get(pk=meeting.pk), party=party, credentials="accepted", until=until
        )


def joins(party: str, day: datetime.date) -> None:
    """An Associate Member becomes a Member State on a day; call it as set-up of the dated data."""
    row = Party.objects.get(code=party)
    before = row.periods.get(valid_to=None)
    before.valid_to = day
    before.save()
    row.periods.create(kind="member_state", valid_from=day)
