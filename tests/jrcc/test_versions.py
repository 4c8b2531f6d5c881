"""Later lists of a journey: replacements, parts, changes, cancellations."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.journeys.actions import readings
from apps.journeys.models import Document, Journey, Leg, Traveller
from apps.manifests.models import SubmissionContent
from apps.people.queries import service_actor
from demo.manifests import Person, message
from tests.jrcc.people import (
    AGENT,
    QUILL,
    RAM,
    RIVAL,
    SHO,
    WID,
    codes,
    fresh,
    heading,
    hop,
    on_board,
    reading,
    renamed,
    send,
    the_journey,
    the_registers,
    tomorrow,
)


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


def response(submission):
    return SubmissionContent.objects.get(submission=submission).response


def test_a_full_list_replaces_the_one_before_and_who_is_missing_is_withdrawn(cast, drain):
    send(cast[AGENT], RAM, SHO, WID)
    drain()
    kept = Traveller.objects.get(surname="BRATHWAITE").pk
    send(cast[AGENT], SHO, QUILL)
    drain()
    assert on_board() == ["BRATHWAITE", "QUILLINGFORD"]
    assert Traveller.objects.get(surname="BRATHWAITE").pk == kept
    assert Traveller.objects.count() == 4
    assert (the_journey().passengers, the_journey().screened) == (2, 2)


def test_a_crew_list_does_not_replace_the_passengers(cast, drain):
    send(cast[AGENT], RAM, SHO)
    send(cast[AGENT], renamed(WID, status="FM"), list_type="250", function="C")
    drain()
    assert (the_journey().passengers, the_journey().crew) == (2, 1)


def test_a_list_that_breaks_off_withdraws_nobody(cast, drain):
    send(cast[AGENT], RAM, SHO, WID)
    drain()
    whole = message(heading(), [RAM, SHO, WID])
    broken = send(cast[AGENT], raw=whole[: whole.index(b"NAD+FL+++PIERRE") + 3])
    drain()
    assert "TRUNCATED" in codes(broken)
    assert (len(on_board()), the_journey().state, fresh(broken).parts_missing) == (3, "partial", True)


def test_parts_give_the_same_flight_in_whatever_order_they_come(cast, drain):
    people = [RAM, SHO, WID, QUILL]
    parts = ["01:C", "02", "03", "04:F"]
    for number, order in enumerate(itertools.permutations(range(4))):
        flight = f"7T{700 + number}"
        states = []
        for part in order:
            sent = send(cast[AGENT], people[part], flight=flight, part=parts[part], total=4)
            drain()
            states.append(fresh(sent).journey.state)
        journey = fresh(sent).journey
        assert states == ["partial", "partial", "partial", "complete"]
        assert on_board(journey) == sorted(person.surname for person in people)


def test_a_new_version_in_parts_replaces_the_old_one_only_when_it_is_whole(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    send(cast[AGENT], WID, part="01:C", total=2)
    drain()
    assert (on_board(), the_journey().state) == (["BRATHWAITE", "PIERRE-LOUIS", "RAMKISSOON"], "partial")
    send(cast[AGENT], QUILL, part="02:F", total=2)
    drain()
    assert (on_board(), the_journey().state) == (["PIERRE-LOUIS", "QUILLINGFORD"], "complete")


def test_a_change_adds_and_corrects_without_touching_the_others(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    send(cast[AGENT], renamed(SHO, document="B0345999"), WID, function="CP")
    drain()
    assert on_board() == ["BRATHWAITE", "PIERRE-LOUIS", "RAMKISSOON"]
    documents = Document.objects.filter(traveller__surname="BRATHWAITE")
    assert list(documents.values_list("number", flat=True)) == ["B0345999"]


def test_a_cancelled_reservation_withdraws_whom_it_names(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    send(cast[AGENT], Person("BRATHWAITE", "SHONTELLE", "", "", "", pnr="K7QX2M", status="ZZZ"), function="XR")
    drain()
    assert on_board() == ["RAMKISSOON"]


def test_who_comes_back_on_the_list_is_screened_again(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    send(cast[AGENT], RAM)
    drain()
    sent = send(cast[AGENT], RAM, SHO)
    readings.read_submission(service_actor("JRCC.automation"), sent)
    back = Traveller.objects.get(surname="BRATHWAITE")
    assert (back.withdrawn_at, back.screened_at) == (None, None)
    drain()
    assert fresh(back).screened_at


def test_a_cancelled_flight_loses_its_travellers_and_a_closed_one_keeps_them(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    send(cast[AGENT], list_type="266", function="CL")
    drain()
    assert (the_journey().state, len(on_board())) == ("closed", 2)
    send(cast[AGENT], list_type="266", function="XF")
    drain()
    assert (the_journey().state, on_board()) == ("cancelled", [])


def test_a_cancellation_of_an_unknown_flight_makes_none(cast, drain):
    sent = send(cast[AGENT], list_type="266", function="XF")
    drain()
    assert (fresh(sent).state, Journey.objects.exists()) == ("answered", False)


def test_a_changed_time_moves_the_flight_that_was_announced(cast, drain):
    send(cast[AGENT], RAM)
    drain()
    later = tomorrow(18, 0)
    raw = message(heading(hops=[hop(departs=later)], list_type="266", function="CF"), [])
    send(cast[AGENT], raw=raw)
    drain()
    assert f"{the_journey().departs_at:%H:%M}" == "22:00"
    assert Leg.objects.get().departs_at == the_journey().departs_at
    assert on_board() == ["RAMKISSOON"]


def test_a_change_to_a_flight_that_was_announced_meanwhile_is_taken_as_that_flight(cast, drain):
    send(cast[AGENT], RAM, flight="7T620")
    send(cast[AGENT], SHO, flight="7T621")
    raw = message(heading("7T621", list_type="266", function="CF"), []).replace(b"7T621/", b"7T620/")
    sent = send(cast[AGENT], raw=raw)
    drain()
    assert fresh(sent).state == "answered"
    assert sorted(Journey.objects.values_list("number", flat=True)) == ["620", "621"]


def test_a_journey_is_as_bad_as_the_worst_of_its_lists_until_that_is_corrected(cast, drain):
    grades = []
    for people, more in (
        ([renamed(RAM, born="")], {}),
        ([renamed(WID, status="FM")], {"list_type": "250", "function": "C"}),
        ([RAM], {}),
    ):
        send(cast[AGENT], *people, **more)
        drain()
        grades.append(the_journey().grade)
    assert grades == ["needs_correction", "needs_correction", "accepted"]


def test_another_carrier_adds_to_a_flight_but_takes_nobody_off_it(cast, drain):
    send(cast[AGENT], RAM, SHO)
    drain()
    strange = send(cast[RIVAL], WID)
    send(cast[RIVAL], list_type="266", function="XF")
    drain()
    assert fresh(strange).unknown_sender
    assert (on_board(), the_journey().state) == (["BRATHWAITE", "PIERRE-LOUIS", "RAMKISSOON"], "complete")


def test_somebody_without_name_and_document_stays_unscreened(cast, drain):
    send(cast[AGENT], RAM, renamed(SHO, surname="", given="", document=""))
    drain()
    assert (the_journey().passengers, the_journey().screened) == (2, 1)
    assert Traveller.objects.get(surname="").screened_at is None


def test_a_ship_is_kept_by_its_voyage_and_its_transit_passengers_see_every_port(cast, drain):
    calls = [hop("BBBGI", "LCCAS", tomorrow(18)), hop("LCCAS", "AGSJO", tomorrow(22))]
    through = renamed(SHO, status="DDU")
    send(cast[RIVAL], RAM, through, flight="V0417", hops=calls, carrier="8Z", ship=("9863637", "CORAL TERN", "BHS"))
    drain()
    journey = the_journey()
    assert (journey.mode, journey.number, journey.vessel["name"]) == ("sea", "V0417", "CORAL TERN")
    assert Traveller.objects.get(surname="BRATHWAITE").transit_parties == ["LCA"]


def test_three_hundred_travellers_cost_no_more_statements_than_three(cast):
    def statements(people, flight):
        sent = send(cast[AGENT], *people, flight=flight)
        with CaptureQueriesContext(connection) as captured:
            readings.read_submission(service_actor("JRCC.automation"), sent)
        return len(captured)

    many = [
        renamed(RAM, surname=f"TRAVELLER{chr(65 + n // 26)}{chr(65 + n % 26)}", document=f"T{n:06}", pnr="")
        for n in range(300)
    ]
    statements([RAM], "7T800")
    few = statements([RAM, SHO, WID], "7T801")
    assert statements(many, "7T802") == few <= 33
    assert Traveller.objects.filter(journey__number="802").count() == 300


def test_a_file_with_two_flights_makes_two_journeys(cast, drain):
    first, second = message(heading("7T610"), [RAM]), message(heading("7T611"), [SHO])
    sent = send(cast[AGENT], raw=first + second)
    drain()
    assert sorted(Journey.objects.values_list("number", flat=True)) == ["610", "611"]
    assert len(reading(sent)) == 2
