"""What a fact may hold."""

import datetime

import pytest

from apps.reports.rules.values import WrongValue, read_value, written
from apps.reports.rules.words import Month, Parties

NAMES = {"BRB": "Barbados", "JAM": "Jamaica", "TTO": "Trinidad and Tobago"}
CONTENT = {
    "n": 10, "is_open": True, "forum": "a sub-committee", "kinds": ["a", "b"],
    "date": {"day": "2007-12-06"}, "month": {"month": "2006-07"}, "states": {"parties": ["TTO", "BRB"]},
}  # fmt: skip


def test_values_are_read_with_their_kinds_and_parties_in_roll_call_order():
    found = read_value(CONTENT, NAMES)
    assert found["date"] == datetime.date(2007, 12, 6)
    assert found["month"] == Month(2006, 7)
    assert found["states"] == Parties(("BRB", "TTO"), ("Barbados", "Trinidad and Tobago"))
    assert found["kinds"] == ("a", "b")


def test_values_come_back_from_what_was_written():
    assert read_value(written(read_value(CONTENT, NAMES)), NAMES) == read_value(CONTENT, NAMES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "Write an object"),
        ({"a b": 1}, "cannot name a value"),
        ({"n": 1.5}, "write a text, a whole number"),
        ({"n": None}, "write a text"),
        ({"n": {"day": "6.12.2007"}}, "n: write the day as 2007-12-06"),
        ({"n": {"day": 2007}}, "write the day"),
        ({"n": {"month": "2006-13"}}, "write the month as 2006-07"),
        ({"n": {"parties": "BRB"}}, "codes of the parties as a list"),
        ({"n": {"parties": ["XXX"]}}, "there is no party XXX"),
        ({"n": {"day": "2007-12-06", "month": "2007-12"}}, "write a text"),
        ({"n": [1]}, "list of texts"),
        ({"n": "x" * 1001}, "at most 1000"),
    ],
)
def test_what_no_fact_may_hold_is_named(content, said):
    with pytest.raises(WrongValue, match=said):
        read_value(content, NAMES)
