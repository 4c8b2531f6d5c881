"""One subject written in different ways is one, and what cannot be read is refused."""

import pytest

from apps.exchange.queries.subject_keys import key_of
from apps.exchange.rules.shared_words import kept, pieces
from apps.exchange.rules.subjects import NotASubject, normal


@pytest.mark.parametrize(
    ("kind", "written", "wanted"),
    [
        ("phone", "+1 (246) 555-0142", "+12465550142"),
        ("phone", "246.555.0142", "+12465550142"),
        ("phone", "00592 600 1234", "+5926001234"),
        ("plate", "x-12 34, brb", "BRB:X1234"),
        ("passport", "R 0123456 ,JAM", "JAM:R0123456"),
        ("person", "Quint, Márlowe, 1980-05-17", "MARLOWE QUINT:1980-05-17"),
        ("person", "Marlowe Quint, 1980-05-17", "MARLOWE QUINT:1980-05-17"),
        ("vessel", "IMO 9074729", "9074729"),
        ("account", "gb33 bukb 2020 1555 5555 55", "GB33BUKB20201555555555"),
        ("account", "001-234 567, Demo Bank", "DEMOBANK:001234567"),
        ("email", "Some.One@Demo.Example", "some.one@demo.example"),
    ],
)
def test_a_subject_has_one_way_to_be_written(kind: str, written: str, wanted: str) -> None:
    assert normal(kind, written) == wanted


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("phone", "no number"),
        ("phone", "12"),
        ("plate", "X1234"),
        ("passport", "R0123456, Jamaica"),
        ("person", "Marlowe Quint"),
        ("person", "Marlowe Quint, 17 May 1980"),
        ("person", ", 1980-05-17"),
        ("vessel", "9074728"),
        ("account", "GB33BUKB20201555555556"),
        ("account", "1234"),
        ("email", "at home"),
    ],
)
def test_what_cannot_be_read_is_none(kind: str, wrong: str) -> None:
    with pytest.raises(NotASubject):
        normal(kind, wrong)


def test_the_key_depends_on_kind_and_value_and_tells_neither() -> None:
    one = key_of("plate", "X 1234, BRB")
    assert one == key_of("plate", "x1234, brb")
    assert one != key_of("passport", "X 1234, BRB")
    assert len(one) == 64
    assert "1234" not in one[:4]


def test_names_numbers_and_places_of_both_texts_are_listed() -> None:
    internal = "Our man Heron saw boat DB-4417 off Demo Bay at 22:30. Two men landed."
    sent = "A boat, DB-4417, lay off Demo Bay. Two men landed."
    assert [(one.kind, one.text) for one in kept(internal, sent)] == [
        ("number", "DB-4417"),
        ("name", "Demo"),
        ("name", "Bay"),
    ]
    assert kept("Heron said so.", "It was said.") == []


def test_what_differs_is_marked_on_both_sides() -> None:
    left, right = pieces("Heron saw two boats", "Two boats")
    assert [one.text for one in left if one.changed] == ["Heron saw two"]
    assert [one.text for one in right if one.changed] == ["Two"]
    assert "".join(one.text for one in left) == "Heron saw two boats"
