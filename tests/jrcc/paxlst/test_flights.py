"""Carrier, number, places, legs and zones of the flight a list is about."""

from datetime import datetime

import pytest

from apps.jrcc.paxlst import read

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
        ("POS", "2611251430", "BGI", "2611261431", False),  # more than a day in the air
    ],
)
def test_arrival_is_compared_with_departure_in_utc(origin, departs, destination, arrives, plausible):
    text = changed(
        ("LOC+125+POS'DTM+189:2611251430", f"LOC+125+{origin}'DTM+189:{departs}"),
        ("LOC+87+BGI'DTM+232:2611251535", f"LOC+87+{destination}'DTM+232:{arrives}"),
    )
    day = datetime(2026, int(departs[2:4]), int(departs[4:6]))
    assert ("ARRIVAL_BEFORE_DEPARTURE" not in serious(read(text.encode(), as_of=day)[0])) is plausible


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
