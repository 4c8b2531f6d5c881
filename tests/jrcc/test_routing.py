"""Where a flight goes: local times in UTC, States, deadlines, and who is on board where."""

import datetime
import itertools
from types import SimpleNamespace

import pytest

from apps.manifests.queries.dated import members_of_space
from apps.manifests.rules import routing

STATES = {
    **{"TT": "TTO", "BB": "BRB", "VC": "VCT", "LC": "LCA", "JM": "JAM", "DM": "DMA", "SR": "SUR"},
    **{"KY": "CYM", "TC": "TCA", "AG": "ATG"},
}
ALL = frozenset(STATES.values())
DAY = datetime.date(2026, 11, 25)


def legs(*places, day="2026-11-25", start=8):
    """Legs of two hours with an hour on the ground between them."""
    hops = [
        {
            "from": origin,
            "to": destination,
            "departs": f"{day}T{start + 3 * n:02}:00",
            "arrives": f"{day}T{start + 3 * n + 2:02}:00",
        }
        for n, (origin, destination) in enumerate(itertools.pairwise(places))
    ]
    return routing.legs_of({"legs": hops}, STATES)


def person(boards, lands, status="passenger", **more):
    return {"from": boards, "to": lands, "status": status, **more}


@pytest.mark.parametrize(
    ("local", "place", "utc"),
    [
        ("2026-11-25T14:30", "POS", "18:30"),
        ("2026-11-25T14:30", "DOM", "18:30"),
        ("2026-11-25T14:30", "PBM", "17:30"),
        ("2026-07-01T14:30", "KIN", "19:30"),
        ("2026-07-01T14:30", "GCM", "19:30"),
        ("2026-07-01T14:30", "PLS", "18:30"),
        ("2026-11-25T14:30", "PLS", "19:30"),
        ("2026-11-25T14:30", "BBBGI", "18:30"),
    ],
)
def test_a_local_time_becomes_utc_by_the_zone_of_its_place_on_that_day(local, place, utc):
    assert f"{routing.in_utc(local, place):%H:%M}" == utc


def test_the_repeated_hour_of_a_clock_change_is_the_first_one():
    assert f"{routing.in_utc('2026-11-01T01:30', 'MIA'):%H:%M}" == "05:30"


def test_a_time_without_a_zone_or_a_date_without_a_time_stays_unknown():
    assert routing.in_utc("2026-11-25T14:30", "QQQ") is None
    assert routing.in_utc("2026-11-25", "POS") is None


def test_a_flight_over_midnight_arrives_the_next_day():
    leg = {"from": "POS", "to": "PBM", "departs": "2026-11-25T23:30", "arrives": "2026-11-26T02:10"}
    (found,) = routing.legs_of({"legs": [leg]}, STATES)
    assert found.arrives_at - found.departs_at == datetime.timedelta(minutes=100)


def test_a_technical_stop_counts_as_arrival_and_departure():
    route = legs("POS", "BGI", "SVD", "MIA")
    assert [(stop.state, stop.role) for stop in routing.stops(route)] == [
        ("TTO", "departure"),
        *(("BRB", "arrival"), ("BRB", "departure")),
        *(("VCT", "arrival"), ("VCT", "departure")),
    ]


@pytest.mark.parametrize(
    ("who", "full", "transit"),
    [
        (person("POS", "SVD"), ["TTO", "VCT"], ["BRB"]),
        (person("POS", "BGI"), ["BRB", "TTO"], []),
        (person("SVD", "MIA"), ["VCT"], []),
        (person("BGI", "MIA"), ["BRB"], ["VCT"]),
        (person("JFK", "BGI"), ["BRB", "TTO"], []),
        (person("POS", "KIN"), ["JAM", "TTO"], ["BRB", "VCT"]),
        (person("POS", "BGI", cleared_at="UVF"), ["BRB", "LCA", "TTO"], []),
        (person("POS", "BGI", "crew"), ["BRB", "TTO", "VCT"], []),
    ],
)
def test_a_state_sees_who_is_on_board_at_its_ports(who, full, transit):
    route = legs("POS", "BGI", "SVD", "MIA")
    assert routing.states_of(who, route, ALL, STATES) == (full, transit)


def test_a_state_that_does_not_take_part_sees_nobody():
    route = legs("POS", "BGI")
    assert routing.states_of(person("POS", "BGI"), route, {"BRB"}, STATES) == (["BRB"], [])


def rule(state, direction, space, event, minutes, **more):
    known = {"party_id": state, "mode": "air", "craft": "any"}
    return SimpleNamespace(
        **{**known, "direction": direction, "space": space, "event": event, "minutes": minutes, **more}
    )


RULES = [
    rule("BRB", "arrival", "outside", "arrival", -1440),
    rule("BRB", "arrival", "inside", "departure", -60),
    rule("BRB", "departure", "any", "departure", 15),
    rule("BRB", "departure", "any", "departure", -30, craft="private"),
    rule("TTO", "departure", "any", "departure", 15),
]


def due(route, state, role, craft="commercial"):
    stop = next(stop for stop in routing.stops(route) if (stop.state, stop.role) == (state, role))
    found = routing.deadline(RULES, stop, mode="air", craft=craft, space=members_of_space(DAY))
    return f"{found:%d %H:%M}" if found else None


def test_two_states_on_one_leg_have_different_deadlines():
    route = legs("POS", "BGI")
    assert (due(route, "TTO", "departure"), due(route, "BRB", "arrival")) == ("25 12:15", "25 11:00")


def test_a_flight_from_outside_the_single_domestic_space_is_due_a_day_before_it_lands():
    assert due(legs("MIA", "BGI"), "BRB", "arrival") == "24 14:00"


def test_the_earliest_of_several_rules_counts():
    route = legs("BGI", "MIA")
    assert (due(route, "BRB", "departure"), due(route, "BRB", "departure", "private")) == ("25 12:15", "25 11:30")


def test_no_rule_is_no_deadline():
    assert due(legs("POS", "SVD"), "VCT", "arrival") is None


def test_a_journey_is_known_by_the_leg_that_departs_on_its_date():
    flight = {"mode": "air", "carrier": "BA", "number": "2159", "date": "2026-11-25"}
    key = routing.key_of({"flight": flight, "message": {}}, legs("LGW", "UVF", "POS"))
    assert key == routing.Key("air", "BA", "2159", DAY, "LGW")


def test_the_old_key_of_a_changed_flight_stands_in_its_access_reference():
    key = routing.key_before({"message": {"access_reference": "BW0600/261125/1430"}}, "air")
    assert key == routing.Key("air", "BW", "600", DAY, "")
    assert routing.key_before({"message": {"access_reference": "BW0600/269925/1430"}}, "air") is None
