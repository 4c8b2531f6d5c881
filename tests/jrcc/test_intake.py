"""From a carrier's message to a journey: receipts, readings, versions of lists."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.access.problems import Problem
from apps.access.references import check_character
from apps.access.refused import Refused
from apps.audit.models import AuditRecord
from apps.jrcc import actions, intake, reference
from apps.jrcc.demo_lists import Hop, Person, message
from apps.jrcc.models import Document, Hit, Journey, JourneyParty, Leg, Submission, SubmissionContent, Traveller
from apps.people.queries import service_actor
from tests.jrcc.people import (
    AGENT,
    QUILL,
    RAM,
    RIVAL,
    SHO,
    WATCH,
    WID,
    codes,
    fresh,
    heading,
    hop,
    list_entry,
    on_board,
    reading,
    renamed,
    send,
    the_journey,
    tomorrow,
)

VECTORS = Path(__file__).parent.parent / "vectors" / "paxlst"
CLEAN = VECTORS / "own-01-clean.txt"
SAMPLES = sorted([*VECTORS.glob("own-*.txt"), *VECTORS.glob("ediclean-*.txt"), *VECTORS.glob("sheet-*.csv")])


@pytest.fixture(autouse=True)
def _registers(db):
    reference.load()


def response(submission):
    return SubmissionContent.objects.get(submission=submission).response


# --- receipts ------------------------------------------------------------------------------------------------------


def test_every_message_gets_a_receipt_with_a_check_character_and_a_number_of_its_day(cast):
    first, second = send(cast[AGENT], RAM), send(cast[AGENT], SHO)
    day = f"{timezone.now():%y%m%d}"
    assert [one.receipt[:18] for one in (first, second)] == [f"JRCC-{day}-000001", f"JRCC-{day}-000002"]
    assert all(check_character(one.receipt[:18]) == one.receipt[19] for one in (first, second))


def test_the_same_bytes_from_the_same_desk_give_the_same_receipt_and_store_nothing_new(cast, drain):
    first = send(cast[AGENT], raw=CLEAN.read_bytes())
    drain()
    acts = AuditRecord.objects.count()
    assert send(cast[AGENT], raw=CLEAN.read_bytes()).receipt == first.receipt
    assert drain() == 0
    assert (Submission.objects.count(), AuditRecord.objects.count()) == (1, acts)


def test_the_same_bytes_from_another_desk_are_another_submission(cast):
    first, second = send(cast[AGENT], raw=CLEAN.read_bytes()), send(cast[RIVAL], raw=CLEAN.read_bytes())
    assert first.receipt != second.receipt


@pytest.mark.django_db(transaction=True)
def test_twins_that_arrive_together_share_one_receipt(cast):
    reference.load()
    agent = cast[AGENT]

    def hand_in(_number):
        try:
            return send(agent, raw=CLEAN.read_bytes()).receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        receipts = set(pool.map(hand_in, range(4)))
    assert len(receipts) == 1
    assert Submission.objects.count() == 1


def test_a_border_desk_cannot_send_a_list(cast):
    with pytest.raises(Refused, match="not-carrier"):
        send(cast["jam.border.head"], RAM)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"", "text/plain", 400),
        (b"x" * (settings.SUBMISSION_LIMIT + 1), "text/plain", 413),
        (b"x", "image/png", 415),
    ],
)
def test_what_cannot_be_a_list_is_refused_without_a_receipt(cast, data, kind, status):
    with pytest.raises(Problem) as refusal:
        intake.receive(cast[AGENT], data, channel="api", content_type=kind)
    assert refusal.value.status == status
    assert not Submission.objects.exists()


# --- one list ------------------------------------------------------------------------------------------------------


def test_a_clean_list_becomes_a_screened_journey_with_its_answer(cast, drain):
    sent = send(cast[AGENT], raw=CLEAN.read_bytes())
    drain()
    sent, journey = fresh(sent), the_journey()
    assert (sent.state, sent.passengers, sent.crew, sent.journey) == ("answered", 4, 0, journey)
    assert sent.flight == "BW 600 POS–BGI 2026-11-25"
    assert (journey.carrier_id, journey.number, journey.origin, journey.destination) == ("BW", "600", "POS", "BGI")
    assert (journey.state, journey.passengers, journey.screened) == ("complete", 4, 4)
    assert f"{journey.departs_at:%H:%M}" == "18:30"
    assert set(JourneyParty.objects.values_list("party_id", "role")) == {("TTO", "departure"), ("BRB", "arrival")}
    assert Document.objects.count() == 4
    assert f"RECEIPT {sent.receipt}" in response(sent)


def test_border_desks_of_the_route_see_the_journey_and_others_do_not(cast, drain):
    send(cast[AGENT], RAM)
    drain()
    seen = {
        state: Journey.objects.visible_to(cast[f"{state}.border.officer"]).exists() for state in ("tto", "brb", "jam")
    }
    assert seen == {"tto": True, "brb": True, "jam": False}
    assert not Journey.objects.visible_to(cast[AGENT]).exists()


def test_an_unreadable_file_is_answered_and_makes_no_journey(cast, drain):
    sent = send(cast[AGENT], raw=b"\x89PNG\x00\x00 no list at all")
    drain()
    sent = fresh(sent)
    assert (sent.state, sent.grade, sent.journey) == ("answered", "unreadable", None)
    assert "ERC+100" in response(sent)


def test_every_sample_reaches_its_answer_and_all_its_travellers_are_screened(cast, drain):
    for path in SAMPLES:
        kind = "text/csv" if path.suffix == ".csv" else "application/edifact"
        sent = intake.receive(cast[AGENT], path.read_bytes(), channel="upload", content_type=kind, file_name=path.name)
        drain()
        sent, expected = fresh(sent), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert sent.state == "answered", path.name
        listed = expected["travellers"]
        assert sent.passengers + sent.crew == (listed if isinstance(listed, int) else len(listed)), path.name
        # the registers may add that the list is late or the carrier unknown
        added = codes(sent) & {"LATE", "CARRIER_UNKNOWN"}
        assert sent.grade == expected["grade"] or (added and sent.grade == "accepted_with_warnings"), path.name
    for journey in Journey.objects.all():
        nameless = Traveller.objects.filter(journey=journey, withdrawn_at=None, keys=[]).count()
        assert journey.screened == journey.passengers + journey.crew - nameless


def test_text_that_no_database_can_hold_is_still_stored(cast, drain):
    named = send(cast[AGENT], renamed(RAM, surname="RAM\x00KISSOON"))
    delimited = send(cast[AGENT], raw=message(heading(), [RAM]).replace(b"+.? '", b"+.\x00 '"))
    drain()
    assert {fresh(named).state, fresh(delimited).state} == {"answered"}
    assert Traveller.objects.exists()


def test_a_test_message_is_answered_but_never_makes_a_journey(cast, drain):
    sent = send(cast[AGENT], RAM, is_test=True)
    drain()
    assert (fresh(sent).is_test, fresh(sent).state) == (True, "answered")
    assert "ERC+130" in response(sent)
    assert not Journey.objects.exists()


def test_a_list_without_a_flight_makes_no_journey(cast, drain):
    raw = b"\n".join(
        line for line in CLEAN.read_bytes().replace(b"BW0600/261125/1430", b"").split(b"\n") if b"TDT" not in line
    )
    sent = send(cast[AGENT], raw=raw)
    drain()
    assert (fresh(sent).state, fresh(sent).journey) == ("answered", None)
    assert not Journey.objects.exists()


def test_a_list_without_a_departure_is_screened_and_joins_the_corrected_one(cast, drain):
    raw = message(heading(), [RAM])
    lost = b"\n".join(line for line in raw.split(b"\n") if not line.startswith((b"LOC+125", b"DTM+189")))
    send(cast[AGENT], raw=lost)
    drain()
    assert (the_journey().origin, the_journey().screened) == ("", 1)
    send(cast[AGENT], RAM)
    drain()
    assert (the_journey().origin, on_board()) == ("POS", ["RAMKISSOON"])


def test_an_unknown_carrier_is_made_provisional_and_said(cast, drain):
    sent = send(cast[WATCH], RAM, flight="Q9100")
    drain()
    assert "CARRIER_UNKNOWN" in codes(sent)
    assert fresh(sent).grade == "accepted_with_warnings"
    assert the_journey().carrier.provisional


def test_a_first_list_after_the_deadline_is_late_and_a_correction_of_it_is_not(cast, drain):
    left = timezone.now().replace(tzinfo=None) - timedelta(hours=9)
    late = {"hops": [Hop("POS", "BGI", left, left + timedelta(hours=1))]}
    first = send(cast[AGENT], RAM, **late)
    drain()
    second = send(cast[AGENT], RAM, SHO, **late)
    drain()
    assert ("LATE" in codes(first), "LATE" in codes(second)) == (True, False)
    assert JourneyParty.objects.filter(received_at=fresh(first).created_at).count() == 2


def test_the_answer_says_the_same_with_and_without_a_hit(cast, drain):
    innocent = send(cast[AGENT], QUILL, interchange="KX", flight="7T601")
    drain()
    list_entry(cast["jam.intelligence.officer"])
    suspected = send(cast[AGENT], QUILL, interchange="KX", flight="7T602")
    actions.read(service_actor("JRCC.automation"), suspected)
    before_screening = response(suspected)
    drain()
    assert Hit.objects.filter(journey=fresh(suspected).journey).exists()
    assert response(suspected) == before_screening

    def anonymous(sent, flight):
        number = "J" + "".join(sent.receipt.split("-")[1:3])
        stamp = f"{sent.created_at:%y%m%d:%H%M}"
        text = response(sent)
        for own in (sent.receipt, number, number[-4:], flight, stamp):
            text = text.replace(own, "…")
        return text

    assert anonymous(innocent, "7T601") == anonymous(suspected, "7T602")


# --- versions, parts, changes ---------------------------------------------------------------------------------------


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
    actions.read(service_actor("JRCC.automation"), sent)
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
            actions.read(service_actor("JRCC.automation"), sent)
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
