"""Numbers, days and lists as a report writes them."""

import datetime

import pytest

from apps.reports.rules import words
from apps.reports.rules.words import Month


@pytest.mark.parametrize(("number", "said"), [(0, "none"), (1, "one"), (15, "fifteen"), (20, "twenty"), (21, "21")])
def test_numbers_are_words_up_to_twenty(number, said):
    assert words.word(number) == said


def test_a_count_is_never_negative():
    with pytest.raises(ValueError, match="not negative"):
        words.word(-1)


@pytest.mark.parametrize(
    ("number", "said"),
    [(5, "fifth"), (10, "tenth"), (11, "11th"), (12, "12th"), (18, "18th"), (22, "22nd"), (26, "26th"), (103, "103rd")],
)
def test_ordinals_are_words_up_to_tenth(number, said):
    assert words.ordinal(number) == said


def test_there_is_no_ordinal_below_first():
    with pytest.raises(ValueError, match="begins with one"):
        words.ordinal(0)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["Barbados"], "Barbados"),
        (["JRCC", "RIFC"], "JRCC and RIFC"),
        (["Barbados", "Jamaica", "Trinidad and Tobago"], "Barbados, Jamaica and Trinidad and Tobago"),
    ],
)
def test_the_last_two_of_a_list_are_joined_by_and(items, said):
    assert words.listed(items) == said


def test_days_and_months_are_written_out():
    assert words.day(datetime.date(2008, 1, 21)) == "21 January 2008"
    assert words.month(datetime.date(2006, 7, 6)) == words.month(Month(2006, 7)) == str(Month(2006, 7)) == "July 2006"
