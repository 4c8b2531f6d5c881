"""From a carrier's message to a journey: receipts and readings."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.access.problems import Problem
from apps.access.references import check_character
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.actions import readings
from apps.journeys.models import Carrier, Document, Journey, JourneyParty, Traveller
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission, SubmissionContent
from apps.people.queries import service_actor
from apps.travellers.loaders import reference
from demo.manifests import Hop, message
from tests import world
from tests.jrcc.people import (
    AGENT,
    QUILL,
    RAM,
    RIVAL,
    SHO,
    WATCH,
    codes,
    fresh,
    heading,
    list_entry,
    on_board,
    renamed,
    send,
    the_journey,
    the_registers,
)

VECTORS = Path(__file__).parent.parent / "vectors" / "paxlst"
CLEAN = VECTORS / "own-01-clean.txt"
SAMPLES = sorted([*VECTORS.glob("own-*.txt"), *VECTORS.glob("ediclean-*.txt"), *VECTORS.glob("sheet-*.csv")])


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


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
    reference.load_travellers_reference()
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
    readings.read_submission(service_actor("JRCC.automation"), suspected)
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


def test_a_mangled_designator_leaves_no_carrier_in_the_register(cast):
    text = world.a_message(7, wanted=False).replace("TDT+20+7T1007", "TDT+20+¿T1007").replace("7T1007", "¿T1007")
    sent = world.a_submission(cast, text)
    assert "CARRIER_UNKNOWN" in codes(sent)
    assert not Carrier.objects.filter(code__startswith="¿").exists()
