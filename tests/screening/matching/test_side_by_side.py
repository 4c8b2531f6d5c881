"""The side-by-side table of two records."""

import pytest

from apps.screening.matching import compare_fields

from .pairs import ROSA, but


def row(field: str, **changes: object):
    return next(r for r in compare_fields(ROSA, but(ROSA, **changes)) if r.field == field)


def test_equal_records_are_the_same_in_every_field():
    rows = compare_fields(ROSA, ROSA)
    assert [r.field for r in rows] == ["surname", "given_names", "birth_date", "sex", "nationality", "document"]
    assert {r.result for r in rows} == {"Same"}
    assert not any(differs for r in rows for _, differs in r.ours_parts + r.theirs_parts)


@pytest.mark.parametrize(
    ("field", "theirs", "result"),
    [
        ("surname", "Lindkvael", "Near (1 letter)"),
        ("surname", "LINDKVEEL", "Near (2 letters)"),
        ("surname", "OSTRAVIK", "Different"),
        ("surname", None, "Not stated"),
        ("birth_date", "1971-04-90", "Digits swapped"),
        ("birth_date", "1971-09-04", "Digits swapped"),
        ("birth_date", "1917-04-09", "Digits swapped"),
        ("birth_date", "1971-04-08", "Near (1 digit)"),
        ("birth_date", "1971", "Near (less precise)"),
        ("birth_date", "1950-01-22", "Different"),
        ("birth_date", None, "Not stated"),
        ("sex", "M", "Different"),
        ("sex", "X", "Not stated"),
        ("nationality", ["BRB", "CAN"], "Same (BRB)"),
        ("nationality", ["CAN"], "Different"),
    ],
)
def test_a_field_has_its_result_in_words(field, theirs, result):
    assert row(field, **{field: theirs}).result == result


@pytest.mark.parametrize(
    ("number", "result"),
    [("Y 1234501", "Same"), ("Y1234510", "Digits swapped"), ("Y1234507", "Near (1 letter)"), ("K99", "Different")],
)
def test_the_nearest_document_stands_in_the_table(number, result):
    other = [{"type": "ID", "number": "7", "issuer": "BRB"}, {"type": "P", "number": number, "issuer": "BRB"}]
    assert row("document", documents=other).result == result


def test_the_letters_that_differ_are_marked_on_both_sides():
    compared = row("surname", surname="LINDKVAEL")
    assert compared.ours_parts == (("LIND", False), ("Q", True), ("VAEL", False))
    assert compared.theirs_parts == (("LIND", False), ("K", True), ("VAEL", False))


def test_the_pieces_of_a_value_join_to_the_value():
    for other in ("LINDKVAEL", "VAEL", "OSTRAVIK", ""):
        compared = row("surname", surname=other)
        assert "".join(text for text, _ in compared.ours_parts) == compared.ours
        assert "".join(text for text, _ in compared.theirs_parts) == compared.theirs


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        ("YOUSSUF KARIM", "YUSUF KAREEM", "Near (other spelling)"),
        ("SHERMAINE", "SHERMAINE LATOYA", "Near (part of the name)"),
        ("ANA MARIA", "JOHN PETER", "Different"),
        ("ANA JOHN", "ANA PETER", "Different"),
    ],
)
def test_other_spellings_and_missing_names_are_near_as_the_score_takes_them(ours, theirs, result):
    rows = compare_fields({"surname": "QUILL", "given_names": ours}, {"surname": "QUILL", "given_names": theirs})
    assert next(row.result for row in rows if row.field == "given_names") == result
