"""What an officer reads beside each weight."""

import pytest

from apps.screening.matching import compare, prepare

from .pairs import ROSA, but, labelled_pairs


def text(a: dict, b: dict, feature: str) -> str:
    return next(e.text for e in compare(prepare(a), prepare(b)).evidence if e.feature == feature)


def test_an_equal_birth_date_is_named():
    assert text(ROSA, ROSA, "birth_date") == "Born 9 Apr 1971 on both"


def test_one_letter_apart_names_both_spellings_the_first_record_first():
    other = but(ROSA, surname="LINDKVAEL")
    assert text(ROSA, other, "surname") == "Family name sounding alike: LINDQVAEL and LINDKVAEL"
    mistyped = but(ROSA, surname="LINDQVOEL")
    assert text(ROSA, mistyped, "surname") == "Family name one letter apart: LINDQVAEL and LINDQVOEL"
    assert text(mistyped, ROSA, "surname") == "Family name one letter apart: LINDQVOEL and LINDQVAEL"


def test_a_title_glued_to_a_name_is_no_difference():
    assert (
        text(but(ROSA, given_names="ROSAMRS"), but(ROSA, given_names="ROSA"), "given_names")
        == "Given name the same: ROSA"
    )


def test_a_different_family_name_is_named_on_both_sides():
    assert text(ROSA, but(ROSA, surname="OSTRAVIK"), "surname") == "Family name differs: LINDQVAEL and OSTRAVIK"


def test_parts_that_agree_and_parts_that_differ_stand_in_one_sentence():
    other = but(ROSA, given_names="ROSA ELENA")
    assert text(ROSA, other, "given_names") == "Given name: ROSA the same; MARINA and ELENA differ"


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("1971-09-04", "Birth dates with day and month exchanged: 9 Apr 1971 and 4 Sep 1971"),
        ("1972-04-09", "Same day and month, birth year looks mistyped: 9 Apr 1971 and 9 Apr 1972"),
        ("1971", "Same birth year, day not stated on one side: 9 Apr 1971 and 1971"),
        ("1950-12-30", "Birth year differs: 9 Apr 1971 and 30 Dec 1950"),
        ("1972", "Birth years next to each other, the day not known on one side: 9 Apr 1971 and 1972"),
        ("1981-01-01", "Birth year looks mistyped, the day not known on one side: 9 Apr 1971 and 1 Jan 1981"),
        ({"from": 1970, "to": 1975}, "Birth years overlap: 9 Apr 1971 and 1970 to 1975"),
    ],
)
def test_a_birth_date_line_names_both_dates(date, sentence):
    assert text(ROSA, but(ROSA, birth_date=date), "birth_date") == sentence


def test_a_document_line_names_the_number_and_its_issuer():
    assert text(ROSA, ROSA, "document") == "Passport Y1234501 of BRB on both"


def test_a_form_that_only_looks_familiar_says_perhaps():
    shortened = text(but(ROSA, given_names="THARINDRA"), but(ROSA, given_names="THARRIE"), "given_names")
    assert shortened == "Given name and perhaps its familiar form: THARINDRA and THARRIE"


def test_a_name_cut_after_two_letters_is_cut_short():
    cut = text(but(ROSA, given_names="ROSA TARAMATTIE"), but(ROSA, given_names="ROSA TA"), "given_names")
    assert cut == "Given name: ROSA the same; TARAMATTIE and TA cut short"


def test_every_line_of_every_labelled_pair_is_one_sentence_without_code_names():
    for pair in labelled_pairs():
        for line in compare(prepare(pair["a"], strict=False), prepare(pair["b"], strict=False)).evidence:
            assert line.text[0].isupper(), pair["id"]
            assert "_" not in line.text
            assert "None" not in line.text
            assert not line.text.endswith((".", ":", " "))


def test_how_many_bear_a_name_is_said_of_names_that_a_table_has_alone():
    def said(surname, given):
        one = prepare({"surname": surname, "given_names": given, "birth_date": "1971-04-09"})
        [text] = [line.text for line in compare(one, one).evidence if line.feature == "whole_name"]
        return text

    assert "borne by about 1 in" in said("SMITH", "JOHN")
    assert "not known" in said("LINDQVAEL", "ZUMBRAXA")
    assert "borne by" not in said("LINDQVAEL", "ZUMBRAXA")
