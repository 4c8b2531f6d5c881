"""What is read from an address: words, filters, numbers; and that nothing typed breaks anything."""

import pytest
from django.core.exceptions import ValidationError

from apps.search.rules.highlights import END, START, marked, pieces
from apps.search.rules.question import Question, numbered, read_question


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("IR-2008-0117", "IR 2008 117"),
        ("ir 2008 117", "IR 2008 117"),
        ("RIFC/IR/2026/BRB/000142", "RIFC IR 2026 BRB 142"),
        ("CONSLE/2008/5/DEC/02", "CONSLE 2008 5 DEC 2"),
        ("H-2026-00042", "H 2026 42"),
        ("BW600", "BW 600"),
        ("000", "0"),
        ("firearms", ""),
        ("a 1 b 2 c 3 d 4 e 5 f 6 g 7", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_without_zeros_and_signs(written: str, meant: str) -> None:
    assert numbered(written) == meant


@pytest.mark.parametrize(
    ("params", "at"),
    [
        ({"q": "x" * 10_000}, "q"),
        ({"q": "x", "from": "yesterday"}, "from"),
        ({"q": "x", "until": "2009-02-30"}, "until"),
        ({"q": "x", "level": "secret"}, "level"),
        ({"q": "x", "level": "²"}, "level"),
        ({"q": "x", "page": "0"}, "page"),
        ({"q": "x", "page": "51"}, "page"),
        ({"q": "x", "page": "9" * 5000}, "page"),
        ({"q": "x", "page": "٣"}, "page"),
        ({"q": "x", "sort": "dearest"}, "sort"),
        ({"q": "x", "category": "y" * 81}, "category"),
    ],
)
def test_a_value_that_cannot_be_one_is_an_error_at_its_parameter(params: dict[str, str], at: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        read_question(params)
    assert list(wrong.value.message_dict) == [at]


def test_a_question_without_words_and_filters_asks_nothing() -> None:
    assert read_question({}).empty
    assert read_question({"q": "   ", "kind": "report", "similar": "1"}).empty
    assert not read_question({"category": "firearms"}).empty


def test_an_address_keeps_words_and_filters_and_begins_at_the_first_page() -> None:
    question = read_question({"q": "a  b", "tlp": "AMBER", "page": "3", "sort": "newest"})
    assert question.address() == "?q=a+b&tlp=AMBER&sort=newest"
    assert question.address(tlp="") == "?q=a+b&sort=newest"
    assert read_question({"q": "x", "party": "brb"}).filters == {"party": "BRB"}


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("firearms or flour", ["firearms", "flour"]),
        ('"open boat" -fuel -"two words"', ["open", "boat"]),
        ("O'Brien co-operate", ["o'brien", "co-operate"]),
        ("--- ((( !!! & |", []),
        ("مرحبا عالم", ["مرحبا", "عالم"]),
    ],
)
def test_words_to_be_marked_leave_out_signs_and_what_is_excluded(words: str, kept: list[str]) -> None:
    assert Question(words).plain == kept


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(("+1 868 555-0142", True), ("PCK 4521", True), ("IMO 9319466", True), ("a1234567", True)),
        *(("firearms", False), ("in 12 boats at night off the coast", False), ("12", False), ("<b>12</b>", False)),
    ],
)
def test_identifiers_are_told_from_words(text: str, is_one: bool) -> None:
    assert Question(text).identifier is is_one


def test_marks_are_pieces_of_text_whatever_the_text_holds() -> None:
    assert pieces(f"a {START}<b>{END} c") == [("a ", False), ("<b>", True), (" c", False)]
    assert marked("Vessels <i>and</i> vessel", ["vessels"]) == [
        ("Vessels", True),
        (" <i>and</i> ", False),
        ("vessel", True),
    ]
    assert marked("", ["x"]) == []


@pytest.mark.parametrize(
    ("written", "words", "filters"),
    [
        ("boats cites IR-2026-142", "boats", {"cites": "IR-2026-142"}),
        ("Cites RFI/1 as of 2009-06-30 boats", "boats", {"cites": "RFI/1", "as_of": "2009-06-30"}),
        ("as of yesterdays", "as of yesterdays", {}),
        ("he recites poems", "he recites poems", {}),
        ("as of 2009-06-300", "as of 2009-06-300", {}),
    ],
)
def test_operators_among_the_words_are_filters(written: str, words: str, filters: dict[str, str]) -> None:
    question = read_question({"q": written})
    assert (question.words, question.filters) == (words, filters)
