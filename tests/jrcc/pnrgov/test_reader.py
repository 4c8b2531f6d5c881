"""Reading booking data at the basic level: what is taken, what is mended, and what is never looked at."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.manifests import paxlst, pnrgov
from tests.properties import examples

from .messages import BOOKINGS, changed

ENVELOPE = {"receipt": "JRCC-261125-000417-R", "reference": "J26112500417", "prepared": datetime(2026, 11, 25, 9, 12)}


def reading(*changes):
    return pnrgov.read(changed(*changes))[0]


def codes(obj):
    return {finding["code"] for finding in obj["findings"] if finding["severity"] != "info"}


def test_flight_bookings_and_travellers_are_read():
    obj = reading()
    assert obj["flight"]["legs"] == [
        {"from": "KIN", "to": "BGI", "departs": "2026-11-27T14:00", "arrives": "2026-11-27T17:30"}
    ]
    assert (obj["flight"]["carrier"], obj["flight"]["number"], obj["flight"]["date"]) == ("7T", "1001", "2026-11-27")
    first, second = obj["bookings"]
    assert (first["locator"], first["created"], first["payment"]) == ("3PGZOV", "2026-03-19", ["CC"])
    assert first["contacts"] == [{"kind": "phone", "value": "18765550142"}]
    assert first["agency"] == {"number": "32393340", "office": "KIN7T08AA", "city": "KIN", "country": "JM"}
    mother, child = first["travellers"]
    assert (mother["given_names"], mother["seat"], mother["bags"], mother["kind"]) == ("ISABELLE", "3A", 2, "adult")
    assert (child["birth_date"], child["sex"], child["kind"]) == ("2025-09-20", "F", "infant")
    assert second["contacts"] == [{"kind": "mail", "value": "s_oneill@example.org"}]
    assert obj["travellers"] == []


def test_each_paper_goes_to_its_owner_wherever_it_stands():
    """Both DOCS stand behind the mother's TIF."""
    mother, child = reading()["bookings"][0]["travellers"]
    assert mother["documents"] == [{"type": "P", "number": "A9229987", "issuer": "JAM", "expires": "2032-11-12"}]
    assert child["documents"] == [{"type": "P", "number": "512731999", "issuer": "GBR", "expires": "2029-10-25"}]


def test_what_hosts_break_is_mended_and_said():
    obj = reading()
    traveller = obj["bookings"][1]["travellers"][0]
    assert (traveller["surname"], traveller["given_names"]) == ("O'NEILL", "SHYAM")
    assert traveller["documents"][0]["number"] == "P00266142"
    assert codes(obj) == {"DELIMITER_NOT_ESCAPED", "PNR_DOCS_SHIFTED"}
    shifted = next(one for one in obj["findings"] if one["code"] == "PNR_DOCS_SHIFTED")
    assert (shifted["segment"], shifted["position"], shifted["original"]) == ("SSR", 25, "//P/P00266142")
    assert "Send /type/issuer/number" in shifted["text"]


def test_meals_health_remarks_cards_and_history_are_never_read():
    obj = reading()
    text = json.dumps(obj)
    assert obj["set_aside"] == 3
    for word in ("SPML", "GLUTEN", "WCHR", "QUIET", "4111", "HISTORY", "HOPE ROAD"):
        assert word not in text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("TVL+271126:1400:271126:1730+KIN+BGI+7T+1001'\nEQN", "EQN")], "PNR_FLIGHT_MISSING"),
        ([("271126:1730+KIN+BGI+7T+1001'\nEQN", "271126:1730+KIN++7T+1001'\nEQN")], "PNR_FLIGHT_INCOMPLETE"),
        ([("RCI+7T:QWERT2'\n", "")], "PNR_LOCATOR_MISSING"),
        ([("TIF+O'NEILL+SHYAM MR:A:1'\n", "")], "PNR_TRAVELLER_MISSING"),
        ([("EQN+2", "EQN+3")], "PNR_COUNT_DIFFERS"),
        ([("UNT+29+1'\n", "")], "PNR_BROKEN_OFF"),
        ([("UNT+29", "UNT+30")], "UNT_COUNT_WRONG"),
        ([("01JUL78", "31FEB78")], "PNR_DATE_UNREADABLE"),
        ([("/P/JAM/A9229987/JAM/01JUL78/F/12NOV32/BELTHORNE/ISABELLE RUTH/", "")], "PNR_DOCS_UNREADABLE"),
        ([("TIF+BELTHORNE:I+SOPHY:IN:3", "TIF++:IN:3"), ("BELTHORNE/SOPHY OLIVIA/", "")], "PNR_NAME_MISSING"),
    ],
)
def test_each_fault_has_its_finding(changes, code):
    assert code in codes(reading(*changes))


@pytest.mark.parametrize(
    "changes",
    [
        [("UNA:+.?*'\n", "")],
        [("SRC'\n", "INFO [2026-11-25] forwarded SRC'\n")],
        [("UNB+IATA", "QU JRCCXX\n.KINRR7T 251012\nUNB+IATA")],
        [("PNRGOV:11:1:IA", "PNRGOV:15:1:IA")],
        [("\n", "\r\n")],
    ],
)
def test_versions_wrapping_and_strange_lines_cost_no_booking(changes):
    assert [one["locator"] for one in reading(*changes)["bookings"]] == ["3PGZOV", "QWERT2"]


def test_a_list_is_no_booking_data_and_booking_data_no_list():
    assert not pnrgov.is_bookings(b"UNB+UNOA:4+A+B'UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'")
    assert pnrgov.is_bookings(BOOKINGS.encode())
    assert paxlst.read(BOOKINGS.encode())[0]["grade"] == "unreadable"


def test_without_a_law_the_flight_alone_is_kept():
    text = pnrgov.kept(BOOKINGS.encode(), [], lawful=False).decode()
    assert "TVL+271126:1400:271126:1730+KIN+BGI+7T+1001'" in text
    for word in ("BELTHORNE", "3PGZOV", "512731999", "EXAMPLE.ORG", "18765550142", "GLUTEN", "32393340"):
        assert word not in text
    assert text.count("\n") == BOOKINGS.count("\n")


def test_what_is_kept_by_a_law_is_read_again_as_before_and_no_more():
    raw = BOOKINGS.encode()
    assert pnrgov.read(pnrgov.kept(raw, pnrgov.ELEMENTS, lawful=True))[0]["bookings"] == reading()["bookings"]
    text = pnrgov.kept(raw, ["payment", "contacts"], lawful=True).decode()
    for word in ("4111", "HOPE ROAD", "GLUTEN", "512731999", "HISTORY", "3A::2"):
        assert word not in text
    (first, _second) = pnrgov.read(text.encode())[0]["bookings"]
    assert (first["payment"], first["agency"], first["travellers"][0]["documents"]) == (["CC"], None, [])


def test_a_state_gets_the_elements_of_its_law():
    whole = reading()["bookings"][0]
    found = pnrgov.narrowed(whole, ["seats"])
    assert (found["locator"], found["travellers"][0]["seat"]) == ("3PGZOV", "3A")
    assert (found["contacts"], found["payment"], found["itinerary"], found["agency"]) == ([], [], [], None)
    assert (found["travellers"][0]["documents"], found["travellers"][0]["birth_date"]) == ([], None)


def test_an_object_without_people_quotes_nobody():
    found = pnrgov.without_people(reading())
    assert found["counts"] == {"bookings": 2, "travellers": 3}
    for word in ("BELTHORNE", "NEILL", "P00266142"):
        assert word not in json.dumps(found)


def test_the_answer_says_what_to_mend_and_names_nobody():
    raw = changed(("RCI+7T:QWERT2'\n", ""))
    told = pnrgov.acknowledge(pnrgov.read(raw), raw=raw, **ENVELOPE)
    assert "UNH+1+ACKRES:11:1:IA+271126/1400/7T/1001'" in told
    assert "MSG+:23+3'" in told
    assert "ERC+110'" in told
    assert "PNR_LOCATOR_MISSING SRC 22" in told
    assert "BELTHORNE" not in told
    refused = pnrgov.read(b"UNB+IATA:1+A+B'UNH+1+PNRGOV:11:1:IA'UNT+2+1'")
    assert "MSG+:23+7'" in pnrgov.acknowledge(refused, raw=raw, **ENVELOPE)


@examples(60)
@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 900))
def test_any_bytes_in_a_grade_out(junk, start, end):
    raw = BOOKINGS.encode()
    for data in (junk, raw[:start] + junk + raw[end:]):
        objects = pnrgov.read(data)
        assert {one["grade"] for one in objects} <= {
            "accepted", "accepted_with_warnings", "needs_correction", "unreadable",
        }  # fmt: skip
        json.dumps(objects)
        pnrgov.kept(data, ["documents"], lawful=True)
        pnrgov.explain(data, objects)
