"""Rules of reports that are functions of what they are given: roots of what is cited, differences of texts, grades."""

import itertools
from types import SimpleNamespace

import pytest

from apps.rifc.rules import corroboration, differences, gradings, numbers, release
from apps.rifc.rules.differences import ADDED, REMOVED, SAME

SCHEME = gradings.Scheme("t", "Test", r"[A-F][1-6](?: ?[A-Z]{1,3})*", {}, {}, unknown=frozenset({"F", "6"}))


@pytest.mark.parametrize(
    ("cites", "roots"),
    [
        ({}, {"a"}),
        ({"a": ["b"]}, {"b"}),
        ({"a": ["b", "c"], "b": ["d"]}, {"c", "d"}),
        ({"a": ["a"]}, {"a"}),  # what cites itself rests on itself
        ({"a": ["b"], "b": ["a"]}, set()),  # a circle has no root
        ({"a": ["b", "c"], "b": ["a"]}, {"c"}),
    ],
)
def test_a_report_rests_on_what_it_cites_in_the_end(cites, roots):
    assert corroboration.roots("a", cites) == roots


@pytest.mark.parametrize(
    ("cites", "confirms"),
    [
        ({}, True),
        ({"b": ["a"]}, False),  # the other rests on it
        ({"a": ["b"]}, False),  # it rests on the other
        ({"a": ["c"], "b": ["c"]}, False),  # one source reported twice
        ({"a": ["c"], "b": ["d"]}, True),
        ({"a": ["c", "e"], "b": ["d", "e"]}, False),
        ({"b": ["c"], "c": ["b"]}, False),  # nothing beneath it
        ({"a": ["c"], "c": ["d"], "b": ["d"]}, False),
    ],
)
def test_only_another_source_confirms(cites, confirms):
    assert corroboration.corroborates("b", "a", cites) is confirms


def test_a_report_confirms_nothing_of_itself():
    assert corroboration.corroborates("a", "a", {}) is False


TEXTS = ["", "A boat.", "A red boat.", "A boat, seen at night.", "Another thing altogether", "A boat. A boat."]


@pytest.mark.parametrize(("before", "after"), list(itertools.product(TEXTS, TEXTS)))
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new_one(before, after):
    pieces = differences.words(before, after)
    assert "".join(text for kind, text in pieces if kind in {SAME, REMOVED}) == before
    assert "".join(text for kind, text in pieces if kind in {SAME, ADDED}) == after
    assert all(isinstance(text, str) and text for _kind, text in pieces)
    assert (before != after) == any(kind != SAME for kind, _text in pieces)


def test_what_two_texts_share_is_said_once():
    assert differences.words("A boat.", "A red boat.") == [(SAME, "A "), (ADDED, "red "), (SAME, "boat.")]
    assert differences.words("A boat.", "A boat.") == [(SAME, "A boat.")]


@pytest.mark.parametrize("longest", [2, 6])
def test_texts_that_are_too_long_to_compare_count_as_replaced(monkeypatch, longest):
    monkeypatch.setattr(differences, "LONGEST", longest)
    pieces = differences.words("one two", "one two three four five six")
    assert (pieces[0] == (SAME, "one ")) is (longest == 6)
    monkeypatch.setattr(differences, "LONGEST", 1)
    assert differences.words("one two", "") == [(REMOVED, "one two")]
    assert differences.words("", "one two") == [(ADDED, "one two")]


def test_paragraphs_are_paired_by_the_id_that_they_keep():
    old = [SimpleNamespace(pid=pid) for pid in "abc"]
    new = [SimpleNamespace(pid=pid) for pid in "cxa"]
    assert differences.paired(old, new) == [(old[2], new[0]), (None, new[1]), (old[0], new[2]), (old[1], None)]


@pytest.mark.parametrize(
    ("text", "value", "handling", "unknown"),
    [
        ("b2", "B2", (), False),
        ("  b2   p  q ", "B2 P Q", ("P", "Q"), False),
        ("F1", "F1", (), True),
        ("A6", "A6", (), True),
    ],
)
def test_a_grade_is_read_in_any_case_and_spacing(text, value, handling, unknown):
    grade = gradings.read_grading(SCHEME, text)
    assert (grade.value, grade.source, grade.information) == (value, value[0], value[1])
    assert (grade.handling, grade.unknown) == (handling, unknown)


@pytest.mark.parametrize("text", ["", "2B", "G1", "B7", "B"])
def test_what_is_no_grade_of_the_scheme_is_none(text):
    assert gradings.read_grading(SCHEME, text) is None


LOSSY = gradings.Scheme(
    "l", "Lossy", r"[A-C][1-3](?: [A-Z])*", {}, {},
    display={"source": {"A": "A", "B": "A", "C": "C"}, "information": {"1": "1", "2": "2", "3": "3"}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "common", "lost"), [("A1", "A1", True), ("B2", "A2", True), ("C3", "C3", False), ("C3 P", "C3", True)]
)
def test_a_grade_is_lost_in_common_where_others_look_the_same_or_handling_is_left_behind(text, common, lost):
    grade = gradings.read_grading(LOSSY, text)
    assert gradings.shown_in_common(grade) == common
    assert gradings.lost(grade) is lost


def test_a_grade_of_the_common_scheme_is_its_own_and_loses_nothing():
    grade = gradings.read_grading(SCHEME, "A1")
    assert (gradings.shown_in_common(grade), gradings.lost(grade)) == ("", False)


def test_numbers_say_type_year_and_originator_in_letters_that_never_change():
    kinds = ("information_report", "intelligence_report", "product", "spot_report", "bulletin", "jta")
    counted = [numbers.series(kind, 2026, "BRB") for kind in kinds]
    assert counted == [f"{letters}/2026/BRB" for letters in ("IR", "IN", "PR", "SP", "BU", "TA")]
    assert numbers.numbered(counted[0], 42) == "RIFC/IR/2026/BRB/0042"
    assert numbers.disguised(counted[0], "7XK2PQ", "M") == "RIFC/IR/2026/BRB/7XK2PQ-M"


def sent(**more):
    """What `receivable` reads of a report of Barbados and of a desk of Jamaica that may have it."""
    report = {"originator": "BRB", "tlp": "AMBER", "eyes": (), "handling": frozenset(), "classification": 2}
    target = {"party": "JAM", "desk": "JAM.contact", "mou": True, "associate": False, "ceiling": 2}
    both = (SimpleNamespace(**{name: more.get(name, value) for name, value in one.items()}) for one in (report, target))
    found = release.receivable(*both)
    return found and found.rule


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, None),
        ({"ceiling": 3}, None),
        ({"ceiling": 1}, "V04"),
        ({"mou": False}, "V02"),
        ({"mou": False, "tlp": "CLEAR"}, None),
        ({"mou": False, "party": "BRB"}, None),
        ({"eyes": ("TTO",)}, "V08"),
        ({"eyes": ("TTO", "JAM")}, None),
        ({"handling": frozenset({"NOASSOC"})}, None),
        ({"handling": frozenset({"NOASSOC"}), "associate": True}, "V09"),
        ({"handling": frozenset({"NOASSOC"}), "associate": True, "party": "BRB"}, None),
        ({"associate": True}, None),
    ],
)
def test_a_desk_is_sent_what_it_may_have_and_the_first_reason_is_told(more, code):
    assert sent(**more) == code
