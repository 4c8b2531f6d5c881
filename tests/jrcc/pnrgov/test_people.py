"""Persons told are persons named: whatever else stands in bookings, in whatever manner a host writes them."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given

from apps.manifests import pnrgov
from tests.properties import examples

from .dialects import samples
from .messages import changed

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "pnrgov"
EXPECTED = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
CHECK_IN = "TRI++KIN-1:::1'\nTIF+BELTHORNE:I+ISABELLE MRS:A:2:1'\nSSD+24A++++Y'\nTBD++2:20'\n"


def named(obj):
    return [[(one["surname"], one["given_names"]) for one in booking["travellers"]] for booking in obj["bookings"]]


def told(obj, code):
    return [finding for finding in obj["findings"] if finding["code"] == code]


@examples(100)
@given(samples())
def test_persons_told_are_the_persons_named_in_the_bookings(sample):
    (obj,) = pnrgov.read(sample.data)
    assert named(obj) == sample.people
    codes = {finding["code"] for finding in obj["findings"]}
    assert not codes & {"SEGMENT_UNREADABLE", "UNKNOWN_SEGMENT", "PNR_AT_CHECK_IN_ONLY"}
    unknown = told(obj, "PNR_SEGMENT_UNKNOWN")
    assert {one["segment"] for one in unknown} == sample.unknown
    assert {one["severity"] for one in unknown} <= {"info"}
    stored = pnrgov.read(pnrgov.kept(sample.data, pnrgov.ELEMENTS, lawful=True))
    assert stored[0]["bookings"] == obj["bookings"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_people_of_each_sample_are_told_once_each(name):
    objects = pnrgov.read((VECTORS / f"{name}.txt").read_bytes())
    found = [[f"{surname}/{given}" for surname, given in one] for obj in objects for one in named(obj)]
    assert found == EXPECTED[name]


def test_the_check_in_of_each_leg_adds_nobody_and_its_bags_count_once():
    leg = "TVL+281126:1400::1730+BGI+SVD+7T+1003:Y'\n"
    (obj,) = pnrgov.read(changed(("TBD++2:20'\n", CHECK_IN + leg + CHECK_IN)))
    assert named(obj)[0] == [("BELTHORNE", "ISABELLE"), ("BELTHORNE", "SOPHY")]
    assert [one["bags"] for one in obj["bookings"][0]["travellers"]] == [2, None]
    assert {one["code"] for one in obj["findings"]} & {"UNKNOWN_SEGMENT", "PNR_SEGMENT_UNKNOWN"} == set()


def test_whoever_came_without_a_booking_is_told_once_with_a_finding():
    (obj,) = pnrgov.read((VECTORS / "07-named-at-check-in.txt").read_bytes())
    assert [one["segment"] for one in told(obj, "PNR_AT_CHECK_IN_ONLY")] == ["TIF", "TIF", "TIF"]
    assert "Booking 1, traveller 2 is named at check-in only" in told(obj, "PNR_AT_CHECK_IN_ONLY")[0]["text"]


def test_a_name_that_broke_off_takes_nobody_behind_it():
    broken = ("TIF+BELTHORNE:I+ISABELLE MRS:A:2:1'\n", "TIF+B'\nTIF+BELTHORNE+ISABELLE:A:2'\n")
    (obj,) = pnrgov.read(changed(broken))
    assert named(obj)[0] == [("B", ""), ("BELTHORNE", "ISABELLE"), ("BELTHORNE", "SOPHY")]


def test_what_runs_on_inside_a_name_makes_nobody():
    torn = (
        "TIF+BELTHORNE:I+ISABELLE MRS:A:2:1'\n",
        "TIF+BELTHORNE:I+ISABELLE MRS:A:2:1+271127:1400::1730+KIN+:2+7T+1007:Y'\n",
    )
    (obj,) = pnrgov.read(changed(torn))
    assert [surname for surname, _given in named(obj)[0]] == ["BELTHORNE", "BELTHORNE"]


def test_an_infants_paper_is_not_that_of_the_adult():
    """The mother's TIF stands nearest, and the number in the SSR is hers; the infant is named in its DOCS alone."""
    (obj,) = pnrgov.read(changed(("TIF+BELTHORNE:I+SOPHY:IN:3'\n", "")))
    (mother,) = obj["bookings"][0]["travellers"]
    assert (mother["kind"], [one["number"] for one in mother["documents"]]) == ("adult", ["A9229987"])
    assert told(obj, "PNR_DOCS_UNASSIGNED")


def test_a_hotel_is_no_leg_and_a_split_record_is_not_the_bookings_own():
    (obj,) = pnrgov.read((VECTORS / "08-no-persons.txt").read_bytes())
    first = obj["bookings"][0]
    assert (first["locator"], [leg["to"] for leg in first["itinerary"]]) == ("V4WXY5", ["BGI"])
    (obj,) = pnrgov.read(changed(("RCI+7T:QWERT2'\n", "EQN+1'\nRCI+7T:SPLIT7'\n")))
    assert obj["bookings"][1]["locator"] is None


def test_quotes_and_missing_terminators_are_told_where_they_stand():
    (obj,) = pnrgov.read((VECTORS / "06-quotes-and-missing-terminators.txt").read_bytes())
    assert [one["segment"] for one in told(obj, "TERMINATOR_MISSING")] == ["TIF", "APD", "DAT", "TIF", "TIF", "TIF"]


@pytest.mark.parametrize(
    "piece",
    ["TIF+A+B:A:{n}'", "TIF+A+B{n}:A'", "TIF+A{n}+B:A'", "TRI++1:::{n}'TIF+A+B:A'", "TVL'TIF+A+B:A:{n}'", "X{n}+A'",
     "TIF+O'", "TIF+A'B{n}'", "SRC'RCI+7T:AAAAAA'TIF+A+B:A'", "TBD++1'", "\u2019TIF+"],
)  # fmt: skip
def test_four_times_the_people_take_about_four_times_the_time(piece):
    head = changed().decode().partition("TIF+")[0].encode() + b"TVL+281126:1400::1730+BGI+SVD+7T+1003:Y'"
    small, large = (
        head + "".join(piece.replace("{n}", str(n)) for n in range(size)).encode() for size in (1_000, 4_000)
    )

    def processor_s(data):
        start = time.process_time()
        pnrgov.read(data)
        return time.process_time() - start

    # quadratic work takes sixteen times as long whenever it is measured; noise only now and then
    assert any(processor_s(large) < max(9 * processor_s(small), 0.2) for _ in range(6))
