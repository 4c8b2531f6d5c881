"""Identifiers have one written form and clear faults; proposals, charts, timelines and maps are pure."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.entities.rules import chart, chart_places
from apps.entities.rules.identifiers import FORMS, BadValue, normal, read_position
from apps.entities.rules.proposals import proposals


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("phone", "+1 246 555 0101", "+12465550101"),
        ("phone", "(246) 555-0101", "+12465550101"),
        ("phone", "1 868 555 0101", "+18685550101"),
        ("phone", "011 592 222 0101", "+5922220101"),
        ("phone", "00 597 555 123", "+597555123"),
        ("phone", "+44 20 7946 0018", "+442079460018"),
        ("plate", "brb x-1234", "BRB X1234"),
        ("plate", "X 1234 / BRB", "BRB X1234"),
        ("vin", "1hgcm82633a004352", "1HGCM82633A004352"),
        ("imo", "IMO 9074729", "9074729"),
        ("mmsi", "314 123 456", "314123456"),
        ("document", "jam a 1234567", "JAM A1234567"),
        ("document", "A1234567", "A1234567"),
        ("email", "Name@Example.ORG", "name@example.org"),
        ("iban", "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("serial", "abc-12 345", "ABC12345"),
        ("imei", "49-015420-323751-8", "490154203237518"),
        ("position", "13.09, -59.61 ±500", "13.09000,-59.61000 ±500"),
        ("position", "13.09 N, 59.61 W +/- 2 km", "13.09000,-59.61000 ±2000"),
        ("birth", "1984-05", "1984-05"),
        ("sex", "f", "F"),
        ("country", "jam", "JAM"),
        ("name", "  José   RAMÍREZ ", "josé ramírez"),
    ],
)
def test_however_it_is_typed_it_has_one_form(form: str, text: str, wanted: str) -> None:
    assert normal(form, text).value == wanted
    assert normal(form, normal(form, text).value).value == wanted, "its own form is read again"


@pytest.mark.parametrize(
    ("form", "text", "says"),
    [
        ("phone", "555 0101", "country code"),
        ("phone", "call me", "no letters"),
        ("phone", "+1 246 5551", "ten more digits"),
        ("phone", "+1234567890123456", "8 to 15"),
        ("plate", "X1234", "State's code"),
        ("vin", "1HGCM82633A00435O", "never I, O or Q"),
        ("imo", "9074728", "check digit"),
        ("imo", "907472", "seven digits"),
        ("imo", "IMO 90747A9", "seven digits"),
        ("mmsi", "12345678", "nine digits"),
        ("document", "JAM", "issuer's code"),
        ("email", "name@", "name@example.org"),
        ("iban", "GB82 WEST 1234 5698 7654 33", "check digits"),
        ("iban", "12345", "local"),
        ("serial", "-", "2 to 60"),
        ("imei", "123", "14 to 16"),
        ("position", "somewhere", "13.09"),
        ("position", "91, 0", "90"),
        ("birth", "31.12.1984", "1984-05-17"),
        ("birth", "1984-13", "1984-05"),
        ("sex", "male", "M, F or X"),
        ("country", "Jamaica", "three letters"),
        ("text", "   ", "Write a value"),
        ("text", "x" * 501, "at most 500"),
        ("text", "abc\u202etxt.exe", "invisible"),
        ("name", "a\x00b", "invisible"),
    ],
)
def test_a_wrong_value_is_told_what_to_write(form: str, text: str, says: str) -> None:
    with pytest.raises(BadValue, match=says):
        normal(form, text)


def test_a_wrong_check_digit_of_a_vin_only_warns() -> None:
    assert normal("vin", "1HGCM82633A004352").warnings == ()
    assert "check digit" in normal("vin", "1HGCM82603A004352").warnings[0]


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=60))
def test_no_text_breaks_a_form(form: str, text: str) -> None:
    try:
        found = normal(form, text)
    except BadValue:
        return
    assert found.value


TEXT = (
    "Marlon Testcase met the fishing vessel Blue Demo (IMO 9074729) at Demo Bay and had passport JAM A1234567 on him;"
    " he uses +1 246 555 0101, mail m.t@example.org. A pistol, serial no. ABC12345, came from Barbados in a car"
    " registered BRB X1234; account GB82 WEST 1234 5698 7654 32. He is known as “Shorty”. At 13.0900 N, 59.6100 W."
)


def test_a_text_proposes_what_has_a_form_and_what_looks_like_a_name() -> None:
    found = {(one.type, one.field, one.value) for one in proposals(TEXT, [("Barbados", "BRB")])}
    assert found == {
        ("person", "name", "Marlon Testcase"),
        ("person", "passport", "JAM A1234567"),
        ("person", "alias", "Shorty"),
        ("vessel", "name", "Blue Demo"),
        ("vessel", "imo", "9074729"),
        ("phone", "number", "+1 246 555 0101"),
        ("email", "email", "m.t@example.org"),
        ("firearm", "serial", "ABC12345"),
        ("location", "name", "Barbados"),
        ("vehicle", "plate", "BRB X1234"),
        ("bank_account", "iban", "GB82 WEST 1234 5698 7654 32"),
        ("location", "position", "13.0900 N, 59.6100 W"),
    }


def test_what_fails_its_check_is_not_proposed_and_plain_words_are_no_persons() -> None:
    assert proposals("IMO 9074728 and GB82 WEST 1234 5698 7654 33 on Monday in March.") == []
    assert proposals("The Coast Guard of Saint Lucia saw Two Boats. Police Station at Bay Street.") == []
    assert [one.value for one in proposals("Jan van der Berg and José Ramírez-Díaz left.")] == [
        "Jan van der Berg",
        "José Ramírez-Díaz",
    ]


@given(st.text(max_size=300))
def test_proposals_of_any_text_lie_in_it_and_never_overlap(text: str) -> None:
    found = proposals(text, [("Barbados", "BRB")])
    for one, following in itertools.pairwise(found):
        assert 0 <= one.start < one.end <= following.start
    assert all(one.end <= len(text) for one in found)


KEYS = st.sampled_from([f"n{number}" for number in range(12)])


@given(st.lists(st.tuples(KEYS, KEYS), max_size=30), st.lists(KEYS, max_size=5))
def test_a_chart_draws_only_what_has_a_way_to_its_centre_each_at_a_place_of_its_own(
    edges: list[tuple[str, str]], opened: list[str]
) -> None:
    distances = chart.reached(["n0"], edges, opened)
    near = {b for a, b in edges if a == "n0"} | {a for a, b in edges if b == "n0"}
    assert {key for key, ring in distances.items() if ring == 1} == near - {"n0"}
    layout = chart.laid_out(distances, edges, {})
    spots = [(place.x, place.y) for place in layout.places.values()]
    assert len(set(spots)) == len(spots) == len(distances)
    assert all(0 <= x <= layout.size and 0 <= y <= layout.size for x, y in spots)
    assert layout == chart.laid_out(dict(reversed(distances.items())), edges[::-1], {}), "whatever the order of rows"


def test_a_chart_of_very_many_draws_five_hundred_and_says_how_many_are_left_out() -> None:
    edges = [("centre", f"n{number}") for number in range(700)]
    layout = chart.laid_out(chart.reached(["centre"], edges, []), edges, {})
    assert len(layout.places) == chart.MOST
    assert layout.left_out == 201


def test_a_bar_is_as_wide_as_the_time_is_uncertain() -> None:
    at = datetime.datetime(2026, 2, 27, 22, 10, tzinfo=datetime.UTC)
    day, month = chart_places.stretch(at, "day"), chart_places.stretch(at, "month")
    assert (month[0].day, month[1].month) == (1, 3)
    [wide, narrow] = chart_places.spans([month, day])
    assert (wide.start, wide.width) == (0, 100)
    assert 3 < narrow.width < 4
    assert chart_places.spans([(at, at)])[0].width > 0
    assert chart_places.stretch(at.replace(month=12), "month")[1].year == 2027
    assert chart_places.said(day, "day") == "27 Feb 2026"
    assert chart_places.said(chart_places.stretch(at, "exact"), "exact") == "27 Feb 2026, 22:10"
    with pytest.raises(ValueError, match="unknown"):
        chart_places.stretch(at, "unknown")


def test_positions_stand_where_the_coastline_has_them() -> None:
    """Against the markers of the register's map (apps/region/seed/map.toml)."""
    for (lat, lon), (x, y) in {
        (13.18, -59.55): (815, 408),
        (18.1, -77.3): (344, 272),
        (10.4, -61.3): (768, 481),
    }.items():
        found = chart_places.on_map(lat, lon)
        assert found is not None
        assert abs(found[0] - x) < 8
        assert abs(found[1] - y) < 8
    assert chart_places.on_map(51.5, 0.0) is None
    assert read_position("13.09 S, 59.61 E") == (-13.09, 59.61, 0)
    assert chart_places.radius(0) == 5
    assert chart_places.radius(111_320) == pytest.approx(27.5, abs=0.2)
