"""A document that two records share is a finding of its own, whatever the names say."""

import math
import random

import pytest

from apps.screening.matching import ALONE, OTHER_NAME, compare, is_by_document, judge, judged, prepare, shared_document
from tests.screening.matching.pairs import ROSA, but, labelled_pairs

PASSPORT = {"type": "P", "number": "A1234567", "issuer": "JAM"}
CARRIER = but(ROSA, documents=[PASSPORT])
LISTED = {"surname": "BROWN", "given_names": "DELROY", "birth_date": "1988-02-11", "sex": "M", "documents": [PASSPORT]}


def verdict(ours, theirs):
    return judge(prepare(ours), prepare(theirs))


def paper(**changes):
    return but(CARRIER, documents=[but(PASSPORT, **changes)])


def test_a_listed_document_in_other_hands_is_a_match_with_both_names_in_its_evidence():
    made = verdict(CARRIER, LISTED)
    assert compare(prepare(CARRIER), prepare(LISTED)).score < 0.01
    assert made.decision == "match"
    [line] = [one for one in made.evidence if one.feature == OTHER_NAME]
    assert all(word in line.text for word in ("A1234567", "JAM", "LINDQVAEL ROSA MARINA", "BROWN DELROY"))
    assert "under another name" in line.text


@pytest.mark.parametrize(
    ("ours", "found"),
    [
        ({"number": "a 1234-567<<"}, "same"),
        ({"type": None}, "same"),
        ({"type": "PD"}, "same"),
        ({"type": "laissez-passer"}, "same"),
        ({"issuer": None}, "same_no_issuer"),
        ({"type": "V"}, None),
        ({"issuer": "TTO"}, None),
        ({"number": "A1234568"}, None),
        ({"number": "A1234576"}, None),
        ({"number": "A123456"}, None),
    ],
)
def test_a_document_is_the_same_by_number_issuer_and_the_kind_where_both_state_one(ours, found):
    shared = shared_document(prepare(paper(**ours)), prepare(LISTED))
    assert (shared.level if shared else None) == found
    assert is_by_document(verdict(paper(**ours), LISTED).evidence) is (found is not None)


def test_look_alike_characters_make_no_finding():
    listed = but(LISTED, documents=[but(PASSPORT, number="A12O4567")])
    assert verdict(paper(number="A1204567"), listed).score < 0.5


def test_a_document_without_issuer_weighs_less_than_one_with():
    assert 0.5 < verdict(paper(issuer=None), LISTED).score < verdict(CARRIER, LISTED).score


@pytest.mark.parametrize(
    "number", ["123", "0000000", "UNKNOWN", "A0000000", "9999999", "123456", "NONE", "00000123", "XXX12"]
)
def test_a_number_that_anybody_may_have_finds_nobody(number):
    ours, theirs = paper(number=number), but(LISTED, documents=[but(PASSPORT, number=number)])
    assert shared_document(prepare(ours), prepare(theirs)) is None
    assert verdict(ours, theirs).score < 0.5
    assert verdict(ours, {"documents": theirs["documents"]}).score < 0.5


def test_the_strongest_of_several_documents_counts():
    ours = but(CARRIER, documents=[but(PASSPORT, number="ZZ999111"), but(PASSPORT, issuer=None), PASSPORT])
    assert shared_document(prepare(ours), prepare(LISTED)).level == "same"


def test_an_entry_of_a_document_alone_is_found_by_it():
    made = verdict(CARRIER, {"documents": [PASSPORT]})
    assert made.decision == "match"
    assert any(one.feature == ALONE for one in made.evidence)


def test_the_listed_person_with_the_listed_document_is_a_hit_on_the_person():
    made = verdict(ROSA, ROSA)
    assert not is_by_document(made.evidence)
    assert made.score == compare(prepare(ROSA), prepare(ROSA)).score


def test_an_agreeing_document_never_lowers_a_score_and_the_ledger_adds_up():
    rng = random.Random(20260301)
    for pair in labelled_pairs()[:1500]:
        paper = {"type": "P", "number": f"R{rng.randrange(10**6, 10**7)}7", "issuer": "GUY"}
        a, b = ({**pair[side], "documents": [*(pair[side].get("documents") or []), paper]} for side in "ab")
        bare = compare(prepare(pair["a"], strict=False), prepare(pair["b"], strict=False))
        made = judge(prepare(a, strict=False), prepare(b, strict=False))
        assert made.score >= bare.score
        assert made.score >= compare(prepare(a, strict=False), prepare(b, strict=False)).score
        assert made.score == judged(prepare(a, strict=False), prepare(b, strict=False))
        odds = math.log(made.score / (1 - made.score))
        assert made.prior + sum(one.weight for one in made.evidence) == pytest.approx(odds, abs=1e-6)
        assert len({one.feature for one in made.evidence}) == len(made.evidence)


def test_without_a_shared_document_nothing_changes():
    for pair in labelled_pairs()[:600]:
        a, b = (prepare(pair[side], strict=False) for side in "ab")
        if shared_document(a, b) is None and a.names and b.names:
            assert judge(a, b) == compare(a, b)
