"""Carrier, number, places, legs and zones of the flight a list is about."""

import json
import time
from datetime import datetime

import pytest

from apps.manifests.paxlst import read

from .messages import changed, reading, serious


def _flight(*changes):
    return reading(*changes)["flight"]


@pytest.mark.parametrize(
    ("tdt", "carrier", "number"),
    [
        ("20+BW0600", "BW", "600"),
        ("20+BW 600A", "BW", "600A"),
        ("20+BWA600", "BWA", "600"),
        ("20+B6123", "B6", "123"),
        ("20+9K0045", "9K", "45"),
        ("20+4V123", "4V", "123"),
        ("20+0600+++BW", "BW", "600"),
        ("20+BW600+++BWA", "BWA", "600"),
        ("20+bw-600", "BW", "600"),
    ],
)
def test_designator_and_number_are_told_apart(tdt, carrier, number):
    flight = _flight(("TDT+20+BW600", f"TDT+{tdt}"))
    assert (flight["carrier"], flight["number"]) == (carrier, number)


def test_without_tdt_the_flight_stands_in_the_access_reference():
    obj = reading(("TDT+20+BW600'\n", ""))
    assert (obj["flight"]["carrier"], obj["flight"]["number"]) == ("BW", "600")
    assert serious(obj) == {"FLIGHT_FROM_UNH"}


def test_without_tdt_and_access_reference_the_flight_is_missing():
    obj = reading(("TDT+20+BW600'\n", ""), ("BW0600/261125/1430", ""))
    assert obj["flight"]["carrier"] is None
    assert "FLIGHT_MISSING" in serious(obj)


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [
        ("TTPP", "POS", set()),
        ("TTPOS", "POS", set()),
        ("LON", "LON", set()),
        ("ZZQ", "ZZQ", {"PORT_UNKNOWN"}),
        ("QQQQ", "QQQQ", {"PORT_UNKNOWN"}),
        ("QQQQQ", "QQQQQ", {"PORT_UNKNOWN"}),
    ],
)
def test_icao_codes_and_locodes_of_airports_become_iata_codes(sent, read_as, codes):
    obj = reading(("LOC+125+POS", f"LOC+125+{sent}"))
    assert obj["flight"]["legs"][0]["from"] == read_as
    assert serious(obj) == codes


def test_a_traveller_without_places_takes_those_of_the_crossing_leg_as_they_stand():
    obj = reading(("LOC+178+POS'LOC+179+BGI'", ""), ("LOC+125+POS", "LOC+125+ZZQ"))
    assert (obj["travellers"][0]["from"], obj["travellers"][0]["to"]) == ("ZZQ", "BGI")


def test_an_unknown_place_of_a_traveller_is_kept_and_told():
    obj = reading(("LOC+179+BGI", "LOC+179+ZZQ"))
    assert obj["travellers"][0]["to"] == "ZZQ"
    assert serious(obj) == {"PORT_OF_TRAVELLER_UNKNOWN"}


def test_without_departure_place_the_leg_is_kept_as_far_as_known():
    obj = reading(("LOC+125+POS'DTM+189:2611251430:201'\n", ""))
    assert obj["flight"]["legs"] == [{"from": None, "to": "BGI", "departs": None, "arrives": "2026-11-25T15:35"}]
    assert obj["flight"]["date"] is None
    assert serious(obj) == {"DEPARTURE_MISSING"}


def test_without_arrival_place_the_leg_is_kept_as_far_as_known():
    obj = reading(("LOC+87+BGI'DTM+232:2611251535:201'\n", ""))
    assert obj["flight"]["legs"] == [{"from": "POS", "to": None, "departs": "2026-11-25T14:30", "arrives": None}]
    assert serious(obj) == {"ARRIVAL_MISSING"}


def test_an_arrival_without_time_is_a_warning_only():
    obj = reading(("DTM+232:2611251535:201'", ""))
    assert serious(obj) == {"ARRIVAL_TIME_MISSING"}


def test_a_stop_with_both_times_ends_one_leg_and_begins_the_next():
    legs = _flight(
        ("LOC+87+BGI'DTM+232:2611251535:201'", "LOC+87+BGI'DTM+232:2611251535:201'"
         "LOC+92+BGI'DTM+189:2611251635:201'LOC+92+SVD'DTM+232:2611251710:201'DTM+189:2611251800:201'"
         "LOC+130+MIA'DTM+232:2611252200:201'"),
    )["legs"]  # fmt: skip
    assert [(leg["from"], leg["to"]) for leg in legs] == [("POS", "BGI"), ("BGI", "SVD"), ("SVD", "MIA")]


def test_stops_without_times_open_and_close_legs_in_turn():
    legs = _flight(("LOC+125+POS", "LOC+92+GEO'LOC+92+POS'LOC+125+POS"))["legs"]
    assert [(leg["from"], leg["to"]) for leg in legs] == [("GEO", "POS"), ("POS", "BGI")]


def test_several_tdt_of_one_flight_are_joined():
    legs = _flight(
        ("LOC+87+BGI'DTM+232:2611251535:201'", "LOC+87+BGI'DTM+232:2611251535:201'"
         "TDT+20+BW600'LOC+92+BGI'DTM+189:2611251635:201'LOC+92+SVD'DTM+232:2611251710:201'"),
    )["legs"]  # fmt: skip
    assert [(leg["from"], leg["to"]) for leg in legs] == [("POS", "BGI"), ("BGI", "SVD")]


@pytest.mark.parametrize(
    ("origin", "departs", "destination", "arrives", "plausible"),
    [
        ("KIN", "2611251430", "POS", "2611251830", True),
        ("PBM", "2611251430", "POS", "2611251400", True),  # half an hour, an hour gained
        ("PBM", "2611251430", "POS", "2611251329", False),
        ("POS", "2611252350", "BGI", "2611260050", True),  # over midnight
        ("DOM", "2611251430", "POS", "2611251430", False),
        ("MIA", "2611010030", "KIN", "2611010115", True),  # night on which Miami's clocks go back
        ("GCM", "2607101200", "MIA", "2607101225", False),  # Miami an hour ahead in summer: left after it landed
        ("GCM", "2607101200", "MIA", "2607101430", True),
        ("PLS", "2607101200", "MIA", "2607101345", True),
    ],
)
def test_arrival_is_compared_with_departure_in_utc(origin, departs, destination, arrives, plausible):
    text = changed(
        ("LOC+125+POS'DTM+189:2611251430", f"LOC+125+{origin}'DTM+189:{departs}"),
        ("LOC+87+BGI'DTM+232:2611251535", f"LOC+87+{destination}'DTM+232:{arrives}"),
    )
    day = datetime(2026, int(departs[2:4]), int(departs[4:6]))
    assert ("ARRIVAL_BEFORE_DEPARTURE" not in serious(read(text.encode(), as_of=day)[0])) is plausible


@pytest.mark.parametrize(
    ("origin", "departs", "destination", "arrives", "hours"),
    [
        ("POS", "2611251430", "BGI", "2611261430", None),
        ("POS", "2611251430", "BGI", "2611261431", "24:01"),
        ("AKL", "2611251900", "LAX", "2611251100", None),  # lands "before" it left, across the date line
        ("AKL", "2611251900", "LAX", "2611262300", "49"),
        ("LAX", "2611252200", "AKL", "2611270630", None),  # a day is lost: 33 hours by the clocks, 11 and a half in UTC
        ("NAN", "2611250800", "HNL", "2611261500", "53"),
    ],
)
def test_too_long_a_flight_is_told_as_such_and_not_as_an_arrival_before_departure(
    origin, departs, destination, arrives, hours
):
    text = changed(
        ("LOC+125+POS'DTM+189:2611251430", f"LOC+125+{origin}'DTM+189:{departs}"),
        ("LOC+87+BGI'DTM+232:2611251535", f"LOC+87+{destination}'DTM+232:{arrives}"),
    )
    (obj,) = read(text.encode())
    assert serious(obj) == ({"FLIGHT_TOO_LONG"} if hours else set())
    if hours:
        (finding,) = obj["findings"]
        assert f"is {hours} hours after departure" in finding["text"]
        assert (finding["segment"], finding["severity"]) == ("LOC", "warning")


def test_a_voyage_may_take_days():
    flight = (("TDT+20+BW600", "TDT+20+V0417++++++9863637:146:11:ISLAND TERN:BS"), ("POS'DTM", "TTPOS'DTM"),
              ("BGI'DTM+232:261125", "BBBGI'DTM+232:261129"))  # fmt: skip
    assert "FLIGHT_TOO_LONG" not in serious(reading(*flight))


ARRIVES = "LOC+87+BGI'DTM+232:2611251535:201'"
ONWARD = "TDT+20+BW7003'LOC+125+BGI'DTM+189:2611251700:201'LOC+87+SVD'DTM+232:2611251740:201'"


def told(obj, code):
    return [finding for finding in obj["findings"] if finding["code"] == code]


def test_a_flight_that_goes_on_from_the_arrival_gives_its_legs_under_its_own_number():
    obj = reading((ARRIVES, ARRIVES + ONWARD), ("LOC+179+BGI", "LOC+179+SVD"))
    flight = obj["flight"]
    assert (flight["carrier"], flight["number"], flight["date"]) == ("BW", "600", "2026-11-25")
    assert flight["legs"] == [
        {"from": "POS", "to": "BGI", "departs": "2026-11-25T14:30", "arrives": "2026-11-25T15:35"},
        {"from": "BGI", "to": "SVD", "departs": "2026-11-25T17:00", "arrives": "2026-11-25T17:40", "carrier": "BW",
         "number": "7003"},
    ]  # fmt: skip
    assert (obj["grade"], obj["travellers"][0]["to"]) == ("accepted", "SVD")
    (finding,) = told(obj, "FLIGHT_ONWARD")
    assert (finding["segment"], finding["original"]) == ("TDT", "BW 7003")
    assert "BW 7003 from BGI to SVD" in finding["text"]


def test_onward_flights_are_found_one_behind_the_other_in_any_order():
    third = "TDT+20+7+4++9K'LOC+92+SVD'DTM+189:2611251800:201'LOC+92+GND'"
    obj = reading((ARRIVES, ARRIVES + third + ONWARD))
    assert [(leg["from"], leg["to"], leg.get("number")) for leg in obj["flight"]["legs"]] == [
        ("POS", "BGI", None), ("BGI", "SVD", "7003"), ("SVD", "GND", "7"),
    ]  # fmt: skip
    assert obj["flight"]["legs"][2]["carrier"] == "9K"


@pytest.mark.parametrize("change", [("LOC+125+BGI", "LOC+125+MIA"), ("2611251700", "2611251500")])
def test_another_flight_that_does_not_go_on_from_there_is_told_and_not_dropped_in_silence(change):
    obj = reading((ARRIVES, ARRIVES + ONWARD.replace(*change)))
    assert len(obj["flight"]["legs"]) == 1
    (finding,) = told(obj, "FLIGHT_OTHER")
    assert (finding["segment"], finding["severity"], finding["original"]) == ("TDT", "warning", "BW 7003")


def test_one_number_written_in_two_ways_is_one_flight():
    obj = reading((ARRIVES, ARRIVES + ONWARD.replace("20+BW7003", "20+0600+++BW")))
    assert [leg.get("number") for leg in obj["flight"]["legs"]] == [None, None]
    assert serious(obj) == set()


def test_the_onward_leg_keeps_its_number_in_the_json_form():
    obj = reading((ARRIVES, ARRIVES + ONWARD))
    again = read(json.dumps({**obj, "findings": []}).encode())[0]
    assert again["flight"] == obj["flight"]


def test_a_pair_of_stops_with_their_times_is_a_departure_and_an_arrival():
    obj = reading(("LOC+125+POS", "LOC+92+POS"), ("LOC+87+BGI", "LOC+92+BGI"))
    assert serious(obj) == set()
    obj = reading(("LOC+125+POS'DTM+189:2611251430:201'", "LOC+92+POS'"), ("LOC+87+BGI", "LOC+92+BGI"))
    assert "DEPARTURE_MISSING" in serious(obj)


def test_a_place_of_clearance_with_a_time_of_departure_gives_the_date_and_stays_to_be_corrected():
    obj = reading(("LOC+125+POS", "LOC+22+POS"))
    assert (obj["flight"]["date"], obj["flight"]["legs"][0]["from"]) == ("2026-11-25", "POS")
    assert serious(obj) == {"DEPARTURE_MISSING"}


def test_a_place_of_clearance_beside_a_departure_takes_no_time_from_it():
    obj = reading(("LOC+125+POS'", "LOC+125+POS'LOC+22+BGI'"))
    assert obj["flight"]["legs"][0]["departs"] == "2026-11-25T14:30"
    assert serious(obj) == set()


def test_dates_written_in_elements_are_read_and_shown():
    obj = reading(("DTM+36:310514", "DTM+36+310514"), ("DTM+329:840307", "DTM+329+840307+101"))
    (person,) = obj["travellers"]
    assert (person["birth_date"], person["documents"][0]["expires"]) == ("1984-03-07", "2031-05-14")
    assert serious(obj) == set()
    assert [one["original"] for one in told(obj, "COMPONENTS_AS_ELEMENTS")] == ["DTM+329+840307+101", "DTM+36+310514"]


def test_four_times_the_flights_take_about_four_times_the_time():
    def processor_s(size):
        text = changed((ARRIVES, ARRIVES + ONWARD * size)).encode()
        start = time.process_time()
        read(text)
        return time.process_time() - start

    assert any(processor_s(4_000) < max(9 * processor_s(1_000), 0.2) for _ in range(6))


def test_a_flight_far_from_the_time_of_sending_is_doubted():
    text = changed().encode()
    assert serious(read(text, as_of=datetime(2026, 10, 26, 14, 30))[0]) == set()
    assert serious(read(text, as_of=datetime(2026, 10, 26, 14, 29))[0]) == {"FLIGHT_DATE_FAR"}


def test_a_ship_is_known_by_its_imo_number_and_keeps_its_locodes():
    flight = _flight(
        ("TDT+20+BW600", "TDT+20+V0417++++++9863637:146:11:ISLAND TERN:BS"),
        ("LOC+125+POS", "LOC+125+TTPOS:139:6"),
        ("LOC+87+BGI", "LOC+87+BBBGI:139:6"),
    )
    assert flight["mode"] == "sea"
    assert (flight["carrier"], flight["number"]) == (None, "V0417")
    assert flight["vessel"] == {"name": "ISLAND TERN", "imo": "9863637", "call_sign": None, "flag": "BHS"}
    assert [(leg["from"], leg["to"]) for leg in flight["legs"]] == [("TTPOS", "BBBGI")]
