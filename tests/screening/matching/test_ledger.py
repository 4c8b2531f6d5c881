"""The score is a ledger an officer can add up."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.screening.matching import MATCH_THRESHOLD, REVIEW_THRESHOLD, compare, likeness, prepare
from apps.screening.matching.ledger import CEILING
from tests.properties import examples

from .pairs import ROSA, but, golden_cases, labelled_pairs

WORDS = [
    "Singh",
    "Persaud",
    "PRASAD",
    "Maria",
    "van der",
    "Linde",
    "VANDERLINDE",
    "J",
    "JM",
    "Mei",
    "Winnie",
    "Winston",
    "Mohd",
    "Bill",
    "William",
    "李娜",
]


def score(a: dict, b: dict) -> float:
    return compare(prepare(a), prepare(b), texts=False).score


names = st.one_of(st.none(), st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), st.text(max_size=12))
dates = st.one_of(
    st.none(),
    st.dates(date(1900, 1, 1), date(2030, 12, 31)).map(str),
    st.integers(1900, 2020).map(str),
    st.tuples(st.integers(1950, 1970), st.integers(1970, 1990)).map(lambda r: {"from": r[0], "to": r[1]}),
)
aliases = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.fixed_dictionaries({"full_name": names, "quality": st.sampled_from(["strong", "weak", None])}),
    ),
    max_size=3,
)
papers = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["P", "ID", "V"]),
            "number": st.sampled_from(["R0123456", "RO123456", "R 0123457", "77"]),
            "issuer": st.sampled_from(["GUY", "TTO", None]),
        }
    ),
    max_size=2,
)
records = st.fixed_dictionaries(
    {},
    optional={
        "surname": names,
        "given_names": names,
        "full_name": names,
        "aliases": aliases,
        "sex": st.sampled_from(["M", "F", "X", None]),
        "birth_date": dates,
        "nationality": st.lists(st.sampled_from(["GUY", "TT", "GBR", "MSR", "D"]), max_size=2),
        "documents": papers,
    },
)


def total(comparison) -> float:
    return comparison.prior + math.fsum(e.weight for e in comparison.evidence)


@examples(200)
@given(records, records)
def test_prior_and_weights_add_up_to_the_log_odds_of_the_score_inside_18(a, b):
    found = compare(prepare(a), prepare(b))
    assert total(found) == pytest.approx(math.log(found.score / (1 - found.score)), abs=1e-6)
    assert abs(total(found)) <= CEILING + 1e-9
    assert len({e.feature for e in found.evidence}) == len(found.evidence)
    assert all(e.text and e.weight for e in found.evidence)


@examples(200)
@given(records, records)
def test_the_score_does_not_depend_on_which_record_comes_first(a, b):
    there, back = compare(prepare(a), prepare(b)), compare(prepare(b), prepare(a))
    assert there.score == pytest.approx(back.score, abs=1e-12)
    assert {(e.feature, round(e.weight, 9)) for e in there.evidence} == {
        (e.feature, round(e.weight, 9)) for e in back.evidence
    }


def test_every_labelled_pair_keeps_the_ledger_and_the_symmetry():
    for pair in labelled_pairs():
        a, b = prepare(pair["a"], strict=False), prepare(pair["b"], strict=False)
        found = compare(a, b, texts=False)
        assert abs(total(found) - math.log(found.score / (1 - found.score))) < 1e-6, pair["id"]
        assert abs(found.score - compare(b, a, texts=False).score) < 1e-9, pair["id"]


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case["why"])
def test_golden_case_gets_a_decision_that_is_right(case):
    assert compare(prepare(case["a"]), prepare(case["b"])).decision in case["expect"]


def test_a_sum_beyond_the_scale_shows_its_ceiling():
    long = but(ROSA, given_names="ROSA MARINA ELSPETHA QUILLORA VENDRELLE", surname="LINDQVAEL OSTRAVIKKE")
    long["documents"] = [{"type": "ID", "number": "889900112233", "issuer": "BRB"}, *ROSA["documents"]]
    far = {"surname": "SMITH JONES BROWN", "given_names": "ANN LUZ EVE", "birth_date": "1901-01-02", "sex": "M"}
    far |= {"nationality": ["FIN"], "documents": [{"type": "P", "number": "F7654321", "issuer": "FIN"}]}
    found = compare(prepare(long), prepare(far))
    ceiling = [e for e in found.evidence if e.feature == "ceiling"]
    assert len(ceiling) == 1
    assert total(found) == pytest.approx(-CEILING)


@pytest.mark.parametrize("field", ["birth_date", "sex", "nationality", "documents"])
def test_a_field_that_one_side_leaves_out_has_no_line_of_its_own(field):
    line = {"documents": "document"}.get(field, field)
    bare = compare(prepare(ROSA), prepare(but(ROSA, **{field: None})))
    assert line not in {e.feature for e in bare.evidence}
    assert all(e.weight > 0 for e in bare.evidence if not e.feature.startswith("name_rarity"))


@pytest.mark.parametrize(
    ("field", "worse"),
    [
        ("surname", "LINDKVAEL"),
        ("surname", "OSTRAVIK"),
        ("given_names", "R M"),
        ("given_names", "ROSA"),
        ("birth_date", "1971-09-04"),
        ("birth_date", "1971-04-08"),
        ("birth_date", "1972-04-09"),
        ("birth_date", "1971"),
        ("birth_date", "1958-11-20"),
        ("birth_date", None),
        ("sex", "M"),
        ("nationality", ["TTO"]),
        ("documents", [{"type": "P", "number": "Y123450I", "issuer": "BRB"}]),
        ("documents", [{"type": "P", "number": "Y7788990", "issuer": "BRB"}]),
    ],
)
def test_a_record_never_scores_higher_for_an_error_in_it(field, worse):
    with_error = compare(prepare(ROSA), prepare(but(ROSA, **{field: worse})))
    assert total(with_error) <= total(compare(prepare(ROSA), prepare(ROSA)))


@pytest.mark.parametrize(("year", "speaks_for"), [("1971", True), ("1973", False), ("1961", False), ("1917", False)])
def test_the_first_of_january_of_another_year_is_no_common_birthday(year, speaks_for):
    found = compare(prepare(but(ROSA, birth_date="1971-01-01")), prepare(but(ROSA, birth_date=f"{year}-01-01")))
    [line] = [e for e in found.evidence if e.feature == "birth_date"]
    assert (line.weight > 0) == speaks_for


def test_a_weak_alias_alone_never_makes_a_match_or_a_review():
    listed = {"surname": "Quashie", "given_names": "Delano", "nationality": ["GRD"], "sex": "M"}
    listed["aliases"] = [{"full_name": "Marlon Greenidge", "quality": "weak"}]
    traveller = {"surname": "GREENIDGE", "given_names": "MARLON", "nationality": ["GRD"], "sex": "M"}
    alone = compare(prepare(listed), prepare(traveller))
    assert alone.decision == "no"
    assert "weak_alias" in {e.feature for e in alone.evidence}
    born = {"birth_date": "1979-03-14"}
    beside_a_date = compare(prepare(listed | born), prepare(traveller | born))
    assert beside_a_date.score > REVIEW_THRESHOLD


def test_an_alias_found_beside_a_false_name_is_as_good_as_the_name():
    listed = {"surname": "Osei", "given_names": "Kwabena", "aliases": ["Rosa Marina Lindqvael"]}
    found = compare(prepare(listed | {"birth_date": "1971-04-09"}), prepare(but(ROSA, sex=None)))
    assert found.score > MATCH_THRESHOLD


def test_two_records_with_nothing_in_common_to_compare_are_not_for_review():
    assert compare(prepare({}), prepare({})).score < REVIEW_THRESHOLD
    assert compare(prepare({}), prepare(ROSA)).score < REVIEW_THRESHOLD


def test_leaving_the_texts_out_changes_no_weight():
    for case in golden_cases():
        a, b = prepare(case["a"]), prepare(case["b"])
        told, silent = compare(a, b), compare(a, b, texts=False)
        assert told.score == silent.score
        assert [(e.feature, e.weight) for e in told.evidence] == [(e.feature, e.weight) for e in silent.evidence]
        assert not any(e.text for e in silent.evidence)


def test_an_error_that_makes_another_name_counts_less_than_one_that_makes_none():
    jean = but(ROSA, given_names="JEAN")
    mistyped, another = score(jean, but(ROSA, given_names="JEAM")), score(jean, but(ROSA, given_names="JOAN"))
    assert another < mistyped


def test_the_year_alone_ten_years_off_is_no_contradiction_like_another_year():
    listed = but(ROSA, birth_date="1971", documents=[])
    slipped, other = but(ROSA, birth_date="1981-04-09", documents=[]), but(ROSA, birth_date="1986-04-09", documents=[])
    assert score(listed, slipped) > score(listed, other)


def test_the_same_passport_is_not_undone_by_the_nationality_beside_it():
    found = compare(prepare(ROSA), prepare(but(ROSA, nationality=["TTO"])))
    assert "nationality" not in {line.feature for line in found.evidence}


def test_initials_run_together_are_the_given_names():
    full, short = but(ROSA, given_names="JOHN JACOB"), but(ROSA, given_names="JJ")
    assert score(full, short) > score(full, but(ROSA, given_names="KT"))


def test_the_likeness_of_a_pair_is_the_score_of_its_ledger():
    for pair in labelled_pairs()[:400]:
        a, b = prepare(pair["a"], strict=False), prepare(pair["b"], strict=False)
        assert likeness(a, b) == likeness(b, a) == compare(a, b).score
