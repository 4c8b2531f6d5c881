"""Calendars: text as RFC 5545 wants it, an address that dies with its seat, holidays that a State keeps itself."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from icalendar import Calendar

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices import actions, queries
from apps.notices.loaders import reference
from apps.notices.models import CalendarFeed, Holiday
from apps.notices.queries import calendar_events
from apps.notices.queries.calendar_events import CalendarEvent
from apps.notices.rules import ical
from apps.people import actions as people
from apps.people.models import Seat
from tests.notices.telling import DECIDER, DUE, NUMBER, READER, clock
from tests.offers import offer_alone

UTC = datetime.UTC
NOW = datetime.datetime(2008, 2, 1, 8, 30, tzinfo=UTC)
SETTINGS, HOLIDAYS = reverse("notices:settings"), reverse("notices:holidays")
GOLDEN = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//CARICOM//Security Portal//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "NAME:BRB.ministry\\, deadlines",
    "X-WR-CALNAME:BRB.ministry\\, deadlines",
    "DESCRIPTION:OFFICIAL",
    "X-WR-CALDESC:OFFICIAL",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    "BEGIN:VEVENT",
    "UID:deadline-1@portal.example",
    "DTSTAMP:20080201T083000Z",
    "DTSTART:20080212T220000Z",
    "SUMMARY:Reply\\; with a back\\\\slash and a second\\nline WP/2008/2",
    "URL:https://portal.example/council/decisions/1/",
    "CLASS:CONFIDENTIAL",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:meeting-5@portal.example",
    "DTSTAMP:20080201T083000Z",
    "DTSTART;VALUE=DATE:20080220",
    "DTEND;VALUE=DATE:20080222",
    "SUMMARY:Réunion de très longue durée des ministres chargés de la sécu",
    " rité régionale COUNCIL-05",
    "CLASS:CONFIDENTIAL",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
)


def text(answer):
    return answer.content.decode()


def an_address(browser) -> str:
    page = text(browser.post(reverse("notices:feed_make")))
    return "/calendar/" + re.search(r'value="[^"]*/calendar/([^"]+\.ics)"', page)[1]


def a_deadline(desk: str = "BRB.ministry") -> None:
    actions.set_deadline(
        clock(), None, object_type="council.imagined", object_id="1", kind="Reply", number=NUMBER,
        desks=[desk], due_at=DUE,
    )  # fmt: skip


def test_the_text_of_a_calendar_is_as_the_standard_wants_it():
    local = DUE.astimezone(datetime.timezone(datetime.timedelta(hours=-4)))
    reply = "Reply; with a back\\slash and a second\nline"
    meeting = "Réunion de très longue durée des ministres chargés de la sécurité régionale"
    first, last = datetime.date(2008, 2, 20), datetime.date(2008, 2, 21)
    events = [
        CalendarEvent("deadline-1", local, reply, NUMBER, url="/council/decisions/1/"),
        CalendarEvent("meeting-5", first, meeting, "COUNCIL-05", end=last),
    ]
    made = ical.calendar(
        events, name="BRB.ministry, deadlines", portal="https://portal.example", now=NOW, marking="OFFICIAL"
    )
    assert made.decode().split("\r\n") == list(GOLDEN)
    assert b"\n" not in made.replace(b"\r\n", b"")


@pytest.mark.parametrize("kind", ["x" * 67, "x" * 68, "é" * 200, "𝄞" * 60, "a\x07bell"])
def test_lines_are_short_whole_characters_and_read_back_as_they_were(kind):
    event = CalendarEvent("one", NOW, kind, "")
    made = ical.calendar([event], name="x", portal="https://portal.example", now=NOW, marking="OFFICIAL")
    for line in made.split(b"\r\n"):
        assert len(line) <= 75, "octets (RFC 5545, section 3.1)"
        line.decode()
    [read] = Calendar.from_ical(made).events
    assert str(read["SUMMARY"]) == kind.replace("\x07", "")


def test_an_empty_calendar_still_has_a_component():
    made = ical.calendar([], name="x", portal="https://portal.example", now=NOW, marking="OFFICIAL")
    assert b"BEGIN:VTIMEZONE\r\n" in made


def test_a_person_makes_an_address_and_his_program_reads_numbers_and_kinds(cast, client_for, client):
    a_deadline()
    a_deadline("JAM.ministry")
    address = an_address(client_for(DECIDER))
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert text(answer).count("BEGIN:VEVENT") == 1
    assert f"SUMMARY:Reply {NUMBER}" in text(answer)
    assert "DTSTART:20080212T220000Z" in text(answer)
    assert CalendarFeed.objects.get().last_used_at is not None


def test_the_address_is_shown_once_and_stored_as_a_hash(cast, client_for):
    browser = client_for(DECIDER)
    address = an_address(browser)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in text(browser.get(SETTINGS))
    assert token not in str(list(CalendarFeed.objects.values()))


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(cast, client_for, client):
    browser = client_for(DECIDER)
    old, new = an_address(browser), an_address(browser)
    assert [client.get(place).status_code for place in (old, new)] == [404, 200]
    browser.post(reverse("notices:feed_revoke"))
    assert client.get(new).status_code == 404
    assert browser.post(reverse("notices:feed_revoke")).status_code == 404


def test_the_address_dies_with_the_seat(cast, client_for, client):
    address = an_address(client_for(READER))
    seat = Seat.objects.get(user__username=READER, state="current")
    people.end_appointment(cast["brb.administration.administrator"], seat, reason="left the service")
    assert client.get(address).status_code == 404


def test_a_wrong_token_is_as_none_and_nobody_tries_many(client, db):
    answers = [client.get("/calendar/nonsense.ics").status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]


def test_a_token_is_never_in_the_audit(cast, client_for):
    """Also a dead one: an account that is suspended may come back, and its address with it."""
    browser = client_for(DECIDER)
    old, _new = an_address(browser), an_address(browser)
    assert browser.get(old).status_code == 404
    token = old.rpartition("/")[2].removesuffix(".ics")
    assert token[:20] not in str(list(AuditRecord.objects.values()))


def test_a_room_adds_to_the_calendar_what_its_records_hold(cast, monkeypatch):
    def meetings(actor):
        yield CalendarEvent("meeting-5", datetime.date(2008, 2, 20), "Meeting", "COUNCIL-05")

    offer_alone(monkeypatch, "notices.calendars", meetings, calendar_events.deadlines)
    a_deadline()
    assert [event.number for event in calendar_events.events_for(cast[DECIDER])] == [NUMBER, "COUNCIL-05"]


def test_the_seed_knows_holidays_of_the_states_and_leaves_edited_ones_alone(cast):
    day = datetime.date(2026, 11, 30)
    assert queries.holidays_between(day, day) == {day: {"BRB"}}
    row = Holiday.objects.get(party="BRB", day=day)
    actions.remove_holiday(cast[DECIDER], row, reason="Moved by proclamation")
    reference.load_notices_reference()
    assert queries.holidays_between(day, day) == {}


def test_working_days_follow_the_states_own_calendar(cast):
    thursday = datetime.date(2008, 3, 20)  # Good Friday and Easter Monday follow
    assert queries.working_day_after(thursday, 1, "BRB") == datetime.date(2008, 3, 25)
    assert queries.working_day_after(thursday, 1, "IMPACS") == datetime.date(2008, 3, 21)


def test_a_ministry_adds_and_removes_a_day_of_its_own_calendar(cast, client_for):
    browser = client_for(DECIDER)
    sent = {"day": "2026-08-07", "name": "Day of the Republic’s <Fleet>", "reason": "Proclamation of 3 July 2026"}
    answer = browser.post(HOLIDAYS, sent)
    assert answer.headers["Location"] == f"{HOLIDAYS}?state=BRB&year=2026"
    page = text(browser.get(answer.headers["Location"]))
    assert "Day of the Republic’s &lt;Fleet&gt;" in page
    row = Holiday.objects.get(party="BRB", day="2026-08-07")
    assert (row.source, row.edited_by) == ("BRB.ministry", "BRB.ministry")

    remove = reverse("notices:holiday_remove", args=[row.pk])
    assert browser.get(remove).status_code == 200
    assert browser.post(remove).status_code == 422
    browser.post(remove, {"reason": "Withdrawn"})
    assert Holiday.objects.get(pk=row.pk).state == "removed"
    assert browser.post(remove, {"reason": "Again"}).status_code == 409


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"day": "7/8/2026", "name": "A day", "reason": "Why"}, "Enter a valid date"),
        ({"day": "2026-11-30", "name": "A day", "reason": "Why"}, "This day is already a public holiday"),
        ({"day": "0026-11-30", "name": "A day", "reason": "Why"}, "1973 to 2100"),
        ({"day": "2026-08-07", "name": "A day", "reason": ""}, "This field is required"),
    ],
    ids=["date", "twice", "year", "reason"],
)
def test_a_faulty_day_is_shown_again_with_what_was_typed(cast, client_for, sent, said):
    answer = client_for(DECIDER).post(HOLIDAYS, sent)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{sent["day"]}"' in text(answer)


@pytest.mark.parametrize(
    "who", ["jam.ministry.decider", "brb.ministry.reader", "brb.border.head", "impacs.secretariat.manager"]
)
def test_nobody_else_changes_the_calendar_of_a_state(cast, client_for, who):
    row = Holiday.objects.filter(party="BRB", day="2026-01-01").get()
    browser = client_for(who)
    assert escape(row.name) in text(browser.get(f"{HOLIDAYS}?state=BRB&year=2026"))
    assert browser.post(reverse("notices:holiday_remove", args=[row.pk]), {"reason": "Why"}).status_code == 403
    with pytest.raises(Refused):
        actions.remove_holiday(cast[who], row, reason="Why")


def test_a_body_of_the_community_has_no_calendar(cast, client_for):
    answer = client_for("impacs.secretariat.manager").post(
        HOLIDAYS, {"day": "2026-08-07", "name": "A day", "reason": "Why"}
    )
    assert answer.status_code == 403


def test_an_unknown_state_or_year_shows_ones_own_calendar(cast, client_for):
    page = text(client_for(DECIDER).get(f"{HOLIDAYS}?state=XXX&year=99999"))
    assert "Public holidays of Barbados" in page
