"""The numbers of decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.council.rules.numbers import DecisionNumber, kind_of, parse

from .facts import read

NUMBERS = [d["number"] for d in read("demo_decisions_2008")["decisions"] if d.get("number")]


@pytest.mark.parametrize("written", NUMBERS)
def test_the_numbers_of_the_demonstration_are_read_and_written_back(written: str):
    assert str(parse(written)) == written


def test_the_parts_of_a_number():
    assert parse("CONSLE/2008/5/DEC/02") == DecisionNumber("CONSLE", 2008, 5, "DEC", 2)
    assert parse("CONSLE/2008/WP/DEC/01").written
    assert parse("CONSLE/2011/S2/REC/01") == DecisionNumber("CONSLE", 2011, 2, "REC", 1, series="S")


@given(
    st.sampled_from(["CONSLE", "SEPAC"]),
    st.integers(1973, 2100),
    st.none() | st.integers(1, 300),
    st.sampled_from(["PRO", "DEC", "REC"]),
    st.integers(1, 120),
)
def test_every_number_is_read_as_it_was_written(organ: str, year: int, meeting: int | None, kind: str, running: int):
    number = DecisionNumber(organ, year, meeting, kind, running)
    assert parse(str(number)) == number


@pytest.mark.parametrize(
    "wrong",
    ["", "CONSLE/2008/5/DEC", "CONSLE/08/5/DEC/02", "CONSLE/2008/5/dec/02", "CONSLE/2008/0/DEC/02", "a/2008/5/DEC/1"],
)
def test_what_is_no_number_is_answered_with_both_forms(wrong: str):
    with pytest.raises(ValueError, match=r"CONSLE/2008/5/DEC/02, or ORGAN/YEAR/WP/KIND/NN"):
        parse(wrong)


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        (("CONSLE", 2008, 5, "LAW", 1), "PRO, DEC or REC, not LAW"),
        (("CONSLE", 2008, 5, "DEC", 0), "counted from 01"),
        (("CONSLE", 2008, None, "DEC", 1, "S"), "no series"),
        (("consle", 2008, 5, "DEC", 1), "is not a decision number"),
    ],
)
def test_parts_that_make_no_number_are_refused(parts: tuple, complaint: str):
    with pytest.raises(ValueError, match=complaint):
        DecisionNumber(*parts)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("PROCEDURAL", "PRO"), ("RECOMMENDATION", "REC"), ("DECISION", "DEC"), ("DECISION_CRITICAL", "DEC")],
)
def test_the_kind_follows_from_the_question(question: str, kind: str):
    assert kind_of(question) == kind
