"""What goes wrong on a floor at night: seats that end, two who act at once, entries and flights that are taken back."""

import datetime
import threading
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test import AsyncClient, Client
from django.urls import reverse
from django.utils import timezone

from apps.journeys.models import Journey
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.manifests.rules.routing import place
from apps.people import actions as people
from apps.people.models import Seat
from apps.screening import actions as screening
from apps.screening.models import Entry
from demo.manifests import Hop
from tests.access.listening import Listening
from tests.jrcc.people import AGENT, QUILL, RAM, codes, fresh, list_entry, send, the_hit

OFFICER, HEAD, WATCH, SUPERVISOR = (
    "brb.border.officer",
    "brb.border.head",
    "jrcc.watch.officer",
    "jrcc.watch.supervisor",
)
KEEPER = "jam.intelligence.officer"


@pytest.fixture
def hit(cast: Any, drain: Any) -> Hit:
    """A wanted man on their way to Barbados, just raised."""
    list_entry(cast[KEEPER])
    send(cast[AGENT], RAM, QUILL)
    drain()
    return the_hit()


@pytest.fixture
def referred(hit: Hit, cast: Any) -> Hit:
    return hits.refer_hit(cast[WATCH], hit, to=["BRB"])


def act(client: Client, hit: Hit, verb: str, **body: str) -> Any:
    return client.post(reverse("jrcc:hit_do", args=[hit.pk, verb]), {"version": hit.version, **body})


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """The answers to requests that are made at the same moment."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            start.wait(30)
            answers[place] = acts[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return answers


# --- a seat that ends -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_whoever_loses_his_seat_while_the_hit_is_open_hears_no_more_and_acts_no_more(
    referred: Hit, cast: Any, client_for: Any
) -> None:
    officer = client_for(OFFICER)
    assert officer.get(reverse("jrcc:border_hit", args=[referred.pk])).status_code == 200
    administrator = cast["brb.administration.administrator"]

    async def tell() -> None:
        browser = AsyncClient()
        browser.cookies = officer.cookies
        stream = Listening(await browser.get("/api/stream/"))
        await stream.first_ping()
        seat = await Seat.objects.aget(user__username=OFFICER, desk__code="BRB.border")
        await sync_to_async(people.end_appointment)(administrator, seat, reason="Moves to another ministry.")
        assert (await stream.block(5))["event"] == "closed"

    async_to_sync(tell)()
    answer = act(officer, referred, "record_outcome", outcome="questioned")
    assert answer.status_code == 404
    assert referred.reference not in answer.content.decode()
    assert (fresh(referred).state, fresh(referred).version) == ("referred", referred.version)
    other = act(client_for(HEAD), referred, "acknowledge")
    assert (other.status_code, fresh(referred).state) == (302, "acknowledged")


# --- two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_claim_at_once_one_has_it_and_the_other_sees_who(hit: Hit, client_for: Any) -> None:
    clients = [client_for(WATCH), client_for(SUPERVISOR)]
    answers = at_once(*(lambda one=one: act(one, hit, "claim") for one in clients))
    assert sorted(answer.status_code for answer in answers) == [302, 412]
    winner = (WATCH, SUPERVISOR)[[answer.status_code for answer in answers].index(302)]
    late = next(answer for answer in answers if answer.status_code == 412)
    assert fresh(hit).claimed_by == winner
    assert winner in late.content.decode()
    # and may try what is possible now: the supervisor releases anybody's claim, the officer looks and leaves it
    again = act(clients[1], fresh(hit), "release")
    assert (again.status_code, fresh(hit).state) == (302, "raised")


@pytest.mark.django_db(transaction=True)
def test_two_outcomes_at_once_are_one_outcome(referred: Hit, client_for: Any) -> None:
    officer, head = client_for(OFFICER), client_for(HEAD)
    answers = at_once(
        lambda: act(officer, referred, "record_outcome", outcome="questioned", note="Let go"),
        lambda: act(head, referred, "record_outcome", outcome="detained", note="Handed to the police"),
    )
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [302, 412]
    first = ("questioned", "detained")[codes.index(302)]
    row = fresh(referred)
    assert (row.outcome, row.version) == (first, referred.version + 1)
    late = next(answer for answer in answers if answer.status_code == 412).content.decode()
    assert str(dict(Hit.Outcome.choices)[first]) in late
    assert ("Let go", "Handed to the police")[codes.index(302)] in late


def test_an_outcome_that_a_program_sends_twice_is_recorded_once_and_answered_alike(referred: Hit, api: Any) -> None:
    program, place = api("BRB.border"), f"/api/v1/jrcc/hits/{referred.pk}/actions/record_outcome/"
    sent = [
        program.post(place, {"outcome": "admitted", "note": "Free to go"}, format="json", HTTP_IDEMPOTENCY_KEY="gate-1")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert fresh(referred).version == referred.version + 1
    other = program.post(place, {"outcome": "detained"}, format="json", HTTP_IDEMPOTENCY_KEY="gate-1")
    assert (other.status_code, fresh(referred).outcome) == (409, "admitted")


# --- what is taken back -----------------------------------------------------------------------------------------------


def test_an_entry_that_ends_while_the_officer_reads_takes_his_act_and_says_why(
    referred: Hit, cast: Any, drain: Any, client_for: Any
) -> None:
    officer = client_for(OFFICER)
    assert officer.get(reverse("jrcc:border_hit", args=[referred.pk])).status_code == 200
    screening.withdraw_watchlist_entry(cast[KEEPER], Entry.objects.get(), reason="Found at home.")
    drain()
    answer = act(officer, referred, "record_outcome", outcome="detained", note="At the gate")
    assert answer.status_code in {409, 412}
    withdrawn = fresh(referred)
    assert (withdrawn.state, withdrawn.reason, withdrawn.outcome) == ("withdrawn", "entry_withdrawn", "")
    assert "The owner has withdrawn the watchlist entry" in answer.content.decode()


def test_a_cancelled_flight_leaves_the_counters_and_its_hits_and_comes_back_with_its_list(
    referred: Hit, cast: Any, drain: Any, client_for: Any
) -> None:
    officer = client_for(OFFICER)
    send(cast[AGENT], list_type="266", function="XF")
    drain()
    assert (fresh(referred).state, fresh(referred).reason) == ("withdrawn", "flight_cancelled")
    answer = act(officer, referred, "acknowledge")
    assert answer.status_code in {409, 412}
    assert "cancelled" in answer.content.decode()
    assert "QUILLINGFORD" not in officer.get(reverse("jrcc:border")).content.decode()
    send(cast[AGENT], RAM, QUILL)
    drain()
    assert (Journey.objects.get().state, fresh(referred).state) == ("complete", "raised")


# --- clocks -----------------------------------------------------------------------------------------------------------


def flown(cast: Any, drain: Any, *hops: Hop, flight: str = "7T600") -> tuple[Journey, set[str]]:
    """The journey of a list with these local times, and what the reader found to say."""
    sent = send(cast[AGENT], RAM, QUILL, flight=flight, hops=list(hops))
    drain()
    return Journey.objects.get(number=flight[2:]), codes(sent)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("origin", "destination", "leaves", "lands", "utc"),
    [
        # over the date line: lands by the calendar before it left
        ("AKL", "KIN", "2026-12-02T01:30", "2026-12-01T12:15", ("2026-12-01T12:30", "2026-12-01T17:15")),
        ("HNL", "POS", "2026-11-27T22:00", "2026-11-28T14:00", ("2026-11-28T08:00", "2026-11-28T18:00")),
        # the night in which Nassau sets its clocks back; Kingston has no summer time
        ("KIN", "NAS", "2026-11-01T00:10", "2026-11-01T01:45", ("2026-11-01T05:10", "2026-11-01T05:45")),
        ("NAS", "KIN", "2026-11-01T03:00", "2026-11-01T04:30", ("2026-11-01T08:00", "2026-11-01T09:30")),
        # summer in Port-au-Prince and Providenciales, none in Bridgetown and Paramaribo
        ("PAP", "BGI", "2026-07-01T10:00", "2026-07-01T12:30", ("2026-07-01T14:00", "2026-07-01T16:30")),
        ("PLS", "PBM", "2026-07-01T10:00", "2026-07-01T15:00", ("2026-07-01T14:00", "2026-07-01T18:00")),
        # an hour that Port-au-Prince has not in the night in which it sets its clocks on
        ("KIN", "PAP", "2027-03-14T01:00", "2027-03-14T02:30", ("2027-03-14T06:00", "2027-03-14T07:30")),
    ],
)
def test_local_times_of_any_two_places_are_the_right_moments(
    origin: str, destination: str, leaves: str, lands: str, utc: tuple[str, str], cast: Any, drain: Any, client_for: Any
) -> None:
    journey, found = flown(cast, drain, Hop(origin, destination, at(leaves), at(lands)))
    assert (f"{journey.departs_at:%Y-%m-%dT%H:%M}", f"{journey.arrives_at:%Y-%m-%dT%H:%M}") == utc
    found -= {"FLIGHT_DATE_FAR"}  # by the day on which this runs
    assert not {code for code in found if "TIME" in code or "DATE" in code or "ARRIV" in code}
    page = client_for(WATCH).get(reverse("jrcc:journey", args=[journey.pk])).content.decode()
    assert leaves[11:] in page
    # of an hour that does not exist the page says the one that does
    assert f"{journey.arrives_at.astimezone(ZoneInfo(place(destination).zone)):%H:%M}" in page


def test_two_flights_of_one_number_on_both_sides_of_a_day_are_two_journeys(cast: Any, drain: Any) -> None:
    """2026-12-01T23:30 in Auckland and 00:30 on the day after are one hour, two days and two journeys."""
    first, _found = flown(cast, drain, Hop("AKL", "KIN", at("2026-12-01T23:30"), at("2026-12-01T10:15")))
    send(cast[AGENT], RAM, hops=[Hop("AKL", "KIN", at("2026-12-02T00:30"), at("2026-12-01T11:15"))])
    drain()
    second = Journey.objects.exclude(pk=first.pk).get()
    assert (str(first.date), str(second.date)) == ("2026-12-01", "2026-12-02")
    assert second.departs_at - first.departs_at == datetime.timedelta(hours=1)


def test_the_counter_reads_the_landing_in_the_time_of_its_own_place(cast: Any, drain: Any, client_for: Any) -> None:
    lands = timezone.now() + datetime.timedelta(hours=3)
    local = lands.astimezone(ZoneInfo("America/Cayman")).replace(tzinfo=None)
    start = (lands - datetime.timedelta(hours=18)).astimezone(ZoneInfo("Pacific/Auckland")).replace(tzinfo=None)
    flown(cast, drain, Hop("AKL", "GCM", start, local))
    border = client_for("cym.border.officer").get(reverse("jrcc:border")).content.decode()
    assert f"{local:%H:%M}" in border
