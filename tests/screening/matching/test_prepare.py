"""Records of every permitted shape are read, and a wrong one is refused where it is wrong."""

import pickle

import pytest

from apps.screening.matching import BadIdentity, prepare
from apps.screening.matching.spelling import token

from .pairs import ROSA, but, labelled_pairs


def spelled(record: dict) -> list[str]:
    return [" ".join(t.text for t, _ in name.parts) for name in prepare(record).names]


@pytest.mark.parametrize("record", [{}, dict.fromkeys(ROSA), {"aliases": [], "documents": [], "unheard_of": 3}])
def test_missing_and_null_fields_are_simply_not_known(record):
    identity = prepare(record)
    assert (identity.names, identity.dates, identity.sex, identity.documents) == ((), (), None, ())


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("birth_date", "1984-02-31", "/birth_date"),
        ("birth_date", "1984-13-01", "/birth_date"),
        ("birth_date", "31/12/1984", "/birth_date"),
        ("birth_date", "1084-12-01", "/birth_date"),
        ("birth_date", ["1984-12-01", "soon"], "/birth_date/1"),
        ("birth_date", {"from": "then", "to": 1980}, "/birth_date/from"),
        ("birth_date", {"from": 1990, "to": 1980}, "/birth_date"),
        ("sex", "Q", "/sex"),
        ("surname", 7, "/surname"),
        ("nationality", ["BRB", "Barbados"], "/nationality/1"),
        ("nationality", ["B9"], "/nationality/0"),
        ("aliases", "Shorty", "/aliases"),
        ("aliases", ["A B", {"surname": 3}], "/aliases/1/surname"),
        ("aliases", [{"full_name": "A B", "quality": "so-so"}], "/aliases/0/quality"),
        ("documents", [{"type": "P", "number": ["1"]}], "/documents/0/number"),
        ("documents", [{"type": "P", "number": "1", "issuer": "Barbados"}], "/documents/0/issuer"),
        ("documents", ["Y1234501"], "/documents/0"),
    ],
)
def test_a_wrong_field_is_refused_with_its_pointer_and_a_sentence(field, value, pointer):
    with pytest.raises(BadIdentity) as refused:
        prepare(but(ROSA, **{field: value}))
    assert refused.value.pointer == pointer
    assert refused.value.message.endswith(".")


def test_a_record_that_is_no_object_is_refused():
    with pytest.raises(BadIdentity):
        prepare(["ROSA"])


def test_an_impossible_date_from_others_is_kept_by_its_digits_when_not_strict():
    (date,) = prepare(but(ROSA, birth_date="1984-02-31"), strict=False).dates
    assert (date.first, date.month, date.day) == (1984, 2, 31)


@pytest.mark.parametrize("unknown", ["1984", "1984-00-00", "1984-XX-XX", "1984<<<<", "1984-xx"])
def test_unknown_month_and_day_are_read_alike(unknown):
    assert prepare({"birth_date": unknown}).dates == prepare({"birth_date": "1984"}).dates


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("D'AGUIAR", "daguiar"),
        ("VAN<DER<LINDE", "van der linde"),
        ("Lo-A-Njoe", "lo a njoe"),
        ("Núñez", "nunez"),
        ("Щербаков", "shcherbakov"),
        ("陈大文", "chen da wen"),
        ("S1NGH 0LLIE", "slngh ollie"),
        ("\u202bMartin\u200b", "martin"),
        ("Mаrtin", "martin"),  # the second letter is Cyrillic
    ],
)
def test_a_name_is_read_from_any_script_and_marking(written, read):
    assert spelled({"surname": written}) == [read]


@pytest.mark.parametrize(
    "same", ["1984-05-03", "19840503", "1984-5-3", "1984-05-03T00:00:00Z", ["1984-05-03", None, ""]]
)
def test_a_full_date_is_read_from_its_usual_forms(same):
    assert prepare({"birth_date": same}).dates == prepare({"birth_date": "1984-05-03"}).dates


def test_year_nought_and_an_empty_date_are_not_known():
    assert prepare({"birth_date": ["0000-00-00", "", None]}).dates == ()


def test_placeholders_for_an_unknown_name_are_not_names():
    assert spelled({"surname": "SOEWARTO", "given_names": "FNU"}) == ["soewarto"]
    assert spelled({"surname": "SOEWARTO", "given_names": "SOEWARTO"}) == ["soewarto"]


def test_alpha_2_old_and_icao_codes_become_alpha_3():
    assert prepare({"nationality": ["GD", "D", "SUN", "GBN", "XXA"]}).nationality == {"GRD", "DEU", "RUS", "GBR"}


def test_document_numbers_lose_marks_and_leading_zeros():
    (document,) = prepare({"documents": [{"type": "p", "number": "00-R 012<3456", "issuer": "GUY"}]}).documents
    assert (document.number, document.kind) == ("R0123456", "P")


def test_an_identity_survives_pickling_with_the_one_token_of_each_word():
    for pair in labelled_pairs()[:50]:
        identity = prepare(pair["a"])
        again = pickle.loads(pickle.dumps(identity))
        assert again == identity
        assert all(t is token(t.text) for name in again.names for t, _ in name.parts)
