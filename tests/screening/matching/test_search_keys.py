"""Keys bring a traveller to an entry in spite of one kind of error, and strangers rarely."""

import pytest

from apps.screening.matching import entry_keys, foremost, most_compared, prepare, probe_keys, stop_at
from apps.screening.matching.search_keys import MOST_COMPARED

from .pairs import ROSA, but


def meet(entry: dict, traveller: dict) -> bool:
    return bool(entry_keys(prepare(entry)) & probe_keys(prepare(traveller)))


@pytest.mark.parametrize(
    "changes",
    [
        {"surname": "ROSA MARINA", "given_names": "LINDQVAEL"},
        {"given_names": "ROSA", "birth_date": None},
        {"given_names": "R M", "birth_date": None},
        {"given_names": "ROSAMARINA", "birth_date": "1972-04-09"},
        {"given_names": "ROSAMS", "birth_date": None},
        {"surname": "OSTRAVIK", "given_names": "ROSA", "birth_date": "1971"},
        {"surname": "LINQVALE", "given_names": "RSOA", "birth_date": "1971-09-04"},
        {"surname": "OSTRAVIK", "given_names": "MARINA"},
    ],
    ids=str,
)
def test_a_damaged_record_still_meets_its_entry_without_a_document(changes):
    assert meet(but(ROSA, documents=None), but(ROSA, documents=None, **changes))


def test_a_document_number_meets_whatever_the_name_and_its_look_alike_letters():
    other = {"surname": "OSTRAVIK", "documents": [{"type": "P", "number": "Y-I2345O1", "issuer": None}]}
    assert meet(ROSA, other)


def test_a_stranger_is_not_brought_up():
    stranger = {"surname": "OSTRAVIK", "given_names": "BELLO", "birth_date": "1958-11-20", "documents": []}
    assert not meet(ROSA, stranger)


def test_a_weak_alias_finds_nobody():
    entry = {"aliases": [{"full_name": "Rosa Marina Lindqvael", "quality": "weak"}]}
    assert entry_keys(prepare(entry)) == set()


def test_two_common_names_are_probed_only_with_the_birth_year():
    common = {"surname": "WILLIAMS", "given_names": "MICHAEL"}
    with_date = probe_keys(prepare(common | {"birth_date": "1971-04-09"}))
    assert not {key for key in with_date if key[0] in "FS"}
    assert meet(common | {"birth_date": "1972"}, common | {"birth_date": "1971-04-09"})
    assert meet(common, common | {"birth_date": "1971-04-09"})
    assert meet(common | {"birth_date": "1972"}, common)


def test_a_long_key_is_shortened_to_the_same_key_every_time():
    long = {"surname": "VENKATARAMANSUBRAMANIAM", "given_names": "KRISHNAMURTHYNARAYANASWAMY"}
    keys = entry_keys(prepare(long))
    assert any("#" in key for key in keys)
    assert keys == entry_keys(prepare(long))
    assert max(map(len, keys)) <= 24


def test_of_very_many_candidates_those_with_the_rarest_keys_in_common_are_compared():
    held = [("Fcommon", range(300)), ("Iother", range(40, 340)), ("Drare", [7]), ("NA123", [339])]
    assert foremost(held[:3], most=3) == {7, 40, 41}
    assert foremost(reversed(held[:3]), most=3) == {7, 40, 41}
    assert foremost(held, most=1) == {339}
    assert len(foremost(held[:3])) == MOST_COMPARED


def test_in_a_longer_list_more_candidates_are_compared():
    dated, undated = (prepare({"surname": "BAPTISTE", **more}) for more in ({"birth_date": "1980-03-02"}, {}))
    compared = [most_compared(dated, stop_at(entries)) for entries in (5_000, 100_000, 250_000, 1_000_000)]
    assert compared == [24, 24, 30, 43]
    assert most_compared(undated, stop_at(1_000_000)) == most_compared(undated) == 60


def test_who_shares_far_less_than_the_first_one_is_not_compared():
    held = [("Fcommon", range(300)), ("Drare", [7]), ("Bday", [7, 8]), ("Lname", [7])]
    assert foremost(held) == {7, 8}
    assert foremost([*held, ("NA123", [9])]) == {7, 8, 9}, "a shared document does not hide who shares two rare keys"


def test_keys_that_repeat_what_others_say_bring_candidates_and_rank_none():
    held = [("Dday", [1, 2]), ("Yyear", [3]), ("Kfamily", [3])]
    assert foremost(held) == {1, 2}
    assert foremost(held[1:]) == {3}


def test_a_traveller_without_a_birth_date_is_found_by_one_name_and_an_initial():
    listed = {"surname": "DHARALALL", "given_names": "DEONARAIN", "birth_date": "1978-10-20"}
    misspelt = {"surname": "DEONARAIN", "given_names": "DHARXLLL", "nationality": ["TTO"]}
    assert meet(listed, misspelt)
    assert not meet(listed, misspelt | {"nationality": []})
