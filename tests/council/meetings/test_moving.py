"""A meeting sits on its own days: moved with a reason, told to everybody, printed as it was, in its place's zone."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.council.actions import meeting_times, meetings, seals, sessions, votes
from apps.council.models import AgendaItem, Meeting
from apps.council.queries import exports
from apps.council.queries.presence import credentials_missing
from apps.council.rules import places, schedule
from apps.council.rules.documents import meeting as printed
from apps.notices.models import Notice
from tests.council.meetings.people import MANAGER, ZONE, a_meeting, accredited, local, today_at_the_place
from tests.council.people import a_proposal
from tests.council.room.people import FULL, KEEPER, an_item
from tests.days import NEXT

pytestmark = pytest.mark.django_db
JAMAICA = "jam.ministry.decider"
WHY = "The season has begun."


def ready(cast: Any, days: int = 3) -> Meeting:
    """A meeting some days ahead, everybody in the room."""
    meeting = a_meeting(cast, state="agenda_closed", days=days)
    accredited(cast, meeting, *FULL)
    sessions.call_roll(cast[KEEPER], meeting, present=[*FULL])
    return Meeting.objects.get(pk=meeting.pk)


def moved_to_today(cast: Any, meeting: Meeting) -> Meeting:
    times = {"starts_at": today_at_the_place("23:59"), "ends_at": today_at_the_place("17:00", days=1)}
    return meeting_times.move_meeting(cast[KEEPER], meeting, reason=WHY, **times)


def test_a_sitting_before_the_meetings_first_day_is_refused_with_the_days_and_the_way_out(cast: Any) -> None:
    meeting = ready(cast)
    with pytest.raises(Refused, match="Move the meeting first") as refused:
        sessions.start_session(cast[KEEPER], meeting)
    assert (refused.value.reason, refused.value.code) == ("wrong-state", "not-its-day")
    assert meeting.starts_at.astimezone(schedule.zone(ZONE)).date().isoformat() in refused.value.message
    assert sessions.start_session(cast[KEEPER], moved_to_today(cast, meeting)).state == "in_session"


def test_a_sitting_after_the_last_day_is_refused_and_only_the_end_of_a_begun_meeting_moves(cast: Any) -> None:
    meeting = sessions.start_session(cast[KEEPER], moved_to_today(cast, ready(cast)))
    meeting = sessions.suspend_meeting(cast[KEEPER], meeting)
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now - datetime.timedelta(days=5), ends_at=now - datetime.timedelta(days=3)
    )
    meeting.refresh_from_db()
    with pytest.raises(Refused) as refused:
        sessions.resume_meeting(cast[KEEPER], meeting)
    assert refused.value.code == "not-its-day"
    with pytest.raises(ValidationError, match="has begun"):
        meeting_times.move_meeting(cast[KEEPER], meeting, starts_at=today_at_the_place("23:59"), reason=WHY)
    meeting = meeting_times.move_meeting(cast[KEEPER], meeting, ends_at=today_at_the_place("23:59"), reason=WHY)
    assert sessions.resume_meeting(cast[KEEPER], meeting).state == "in_session"


@pytest.mark.parametrize("hour", ["00:00", "12:00", "23:59"])
@pytest.mark.parametrize("zone", ["America/Belize", "America/Paramaribo", "America/Nassau"])
def test_the_days_of_a_meeting_are_those_of_its_place(monkeypatch: Any, zone: str, hour: str) -> None:
    meeting = Meeting(
        time_zone=zone,
        starts_at=schedule.moment("2009-12-01 09:00", zone),
        ends_at=schedule.moment("2009-12-02 17:00", zone),
    )
    for day, allowed in (("11-30", False), ("12-01", True), ("12-02", True), ("12-03", False)):
        at = schedule.moment(f"2009-{day} {hour}", zone)
        if allowed:
            sessions._on_its_days(meeting, at)
        else:
            with pytest.raises(Refused):
                sessions._on_its_days(meeting, at)


def test_a_move_is_recorded_told_to_every_delegation_and_takes_the_items_with_it(cast: Any) -> None:
    meeting = ready(cast)
    item = an_item(cast, meeting)
    AgendaItem.objects.filter(pk=item.pk).update(starts_at=meeting.starts_at + datetime.timedelta(hours=1))
    before = meeting.starts_at
    moved = moved_to_today(cast, meeting)
    item.refresh_from_db()
    assert item.starts_at == moved.starts_at + datetime.timedelta(hours=1)
    (one,) = moved.moved
    assert (one["before"], one["after"], one["reason"]) == (before, moved.starts_at, WHY)
    assert moved.notice_waiver == WHY
    outbox.drain(but=outbox.MAIL)
    told = Notice.objects.filter(code="meeting.changed", object_id=str(meeting.pk))
    assert {"JAM.ministry", "BRB.ministry", "CYM.ministry"} <= set(told.values_list("owner__code", flat=True))
    assert AuditRecord.objects.filter(verb="meeting.move", object_id=str(meeting.pk)).exists()


def test_a_move_needs_a_reason_another_time_and_a_day_that_is_not_over(cast: Any) -> None:
    meeting = ready(cast)
    for fields, fault in (
        ({"starts_at": today_at_the_place("09:00", days=-2)}, "This date has passed"),
        ({"ends_at": today_at_the_place("09:00", days=-2)}, "later than the opening"),
        ({}, "another opening"),
    ):
        with pytest.raises(ValidationError, match=fault):
            meeting_times.move_meeting(cast[KEEPER], meeting, reason=WHY, **fields)
    with pytest.raises(Refused) as refused:
        meeting_times.move_meeting(cast[JAMAICA], meeting, reason=WHY, ends_at=local(9))
    assert refused.value.code == "not-chair"


def test_page_report_and_seal_say_the_days_on_which_the_meeting_sat(cast: Any, client_for: Any) -> None:
    meeting = ready(cast)
    planned_for = meeting.starts_at
    meeting = sessions.start_session(cast[KEEPER], moved_to_today(cast, meeting))
    decision = votes.adopt_decision_by_consensus(cast[KEEPER], a_proposal(cast, meeting=meeting.pk))
    sealed = seals.seal_decision(cast[KEEPER], decision)
    day = meeting.starts_at.astimezone(schedule.zone(ZONE))
    assert sealed.adopted_on == day.date()
    page = client_for(JAMAICA).get(reverse("council:meeting", args=[meeting.pk])).content.decode()
    assert WHY in page
    assert planned_for.strftime("%Y-%m-%dT%H:%M:%SZ") in page
    facts = exports.report_of(cast[KEEPER], Meeting.objects.get(pk=meeting.pk))
    pairs = dict(next(block.pairs for block in printed.report(facts).blocks if hasattr(block, "pairs")))
    assert f"{day:%-d %b %Y}" in pairs["From"]
    assert WHY in pairs["Moved"]


def test_the_zone_of_a_meeting_is_that_of_its_place_else_of_the_state_in_the_chair(cast: Any) -> None:
    keeper = cast[MANAGER]
    given = {"organ": "CONSLE", "starts_at": f"{NEXT}-02-10 09:00", "ends_at": f"{NEXT}-02-11 17:30"}
    for place, chair, zone in (
        ("Kingston", "JAM", "America/Jamaica"),
        ("Kingston", "TTO", "America/Jamaica"),
        ("Beachcombers, Kingstown", "JAM", "America/St_Vincent"),
        ("Hotel Jamaica, Nassau", "TTO", "America/Nassau"),
        ("Saint Lucia", "TTO", "America/St_Lucia"),
        ("", "SUR", "America/Paramaribo"),
        ("https://meet.example/consle", "BLZ", "America/Belize"),
    ):
        meeting = meetings.create_meeting(keeper, None, **given, place=place, chair=chair)
        assert meeting.time_zone == zone, place
        assert meeting.starts_at == schedule.moment(f"{NEXT}-02-10 09:00", zone)
    typed = meetings.create_meeting(keeper, None, **given, place="Kingston", chair="JAM", time_zone="America/Barbados")
    assert typed.time_zone == "America/Barbados"
    later = meetings.change_meeting(keeper, typed, place="Paramaribo")
    assert (later.time_zone, later.starts_at) == (
        "America/Paramaribo",
        schedule.moment(f"{NEXT}-02-10 09:00", "America/Paramaribo"),
    )


def test_credentials_end_at_midnight_of_the_place_and_are_shown_with_its_zone(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast, state="convened", time_zone="", place="Kingston", chair="JAM")
    accredited(cast, meeting, "BRB")
    last = meeting.ends_at.astimezone(schedule.zone("America/Jamaica")).date()
    midnight = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    midnight += datetime.timedelta(hours=5)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert "BRB" not in credentials_missing(meeting, midnight - datetime.timedelta(seconds=1))
    assert "BRB" in credentials_missing(meeting, midnight)
    page = client_for("brb.ministry.decider").get(reverse("council:meeting", args=[meeting.pk])).content.decode()
    assert midnight.strftime("%Y-%m-%dT%H:%M:%SZ") in page
    assert "(EST)" in page
    assert "America/Jamaica" in page


def test_every_party_of_the_table_of_towns_is_found_by_each_of_its_towns() -> None:
    for code, towns in places.TOWNS.items():
        for town in towns:
            assert places.party_of(f"Conference hall, {town}", {}) == code
    assert places.party_of("Kingstonian house", {}) is None
