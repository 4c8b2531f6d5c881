"""Gradings read in their own scheme, shown in 6×6 with what is lost, and two reports of one source."""

from typing import Any

import pytest

from apps.rifc.queries import vocabulary
from apps.rifc.rules.corroboration import corroborates, roots
from apps.rifc.rules.gradings import implied, lost, shown_in_common
from tests.rifc import vectors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("vector", vectors.GRADINGS["vectors"], ids=lambda vector: f"{vector['scheme']} {vector['in']}")
def test_a_worked_grade_is_read_or_refused(vector: dict[str, Any]):
    grade = vocabulary.grade(vector["scheme"], vector["in"])
    assert (grade is not None) is vector["ok"]
    if grade is not None:
        assert grade.value == vector.get("normal", vector["in"])
        assert grade.unknown is vector.get("unknown", False)


@pytest.mark.parametrize(
    ("scheme", "value", "common", "loss"),
    [
        ("nato6x6", "B2", "", False),
        ("uk5x5x5", "A11", "A1", True),
        ("uk5x5x5", "E41", "F6", True),
        ("uk3x5x2", "2DP", "F6", True),
        ("europol4x4", "B4", "B4", False),
        ("europol4x4", "A2", "A2", True),
    ],
)
def test_another_scheme_is_shown_in_six_by_six_with_its_loss(scheme: str, value: str, common: str, loss: bool):
    grade = vocabulary.grade(scheme, value)
    assert grade is not None
    assert (shown_in_common(grade), lost(grade)) == (common, loss)


@pytest.mark.parametrize(
    ("scheme", "value", "codes"),
    [
        ("uk5x5x5", "B24", {"NOFWD", "ORCON"}),
        ("uk3x5x2", "1AC", {"ORCON"}),
        ("europol4x4", "X4 H1 H2", {"NOEVID", "ORCON"}),
        ("uk3x5x2", "1AP", set()),
    ],
)
def test_a_grades_own_handling_brings_the_portals(scheme: str, value: str, codes: set[str]):
    grade = vocabulary.grade(scheme, value)
    assert grade is not None
    assert implied(grade) == codes


def test_a_source_reported_twice_confirms_nothing():
    cites = {"own": ["a"], "echo": ["a"], "other": ["b"], "circle": ["own"], "x": ["y"], "y": ["x"]}
    assert roots("echo", cites) == {"a"}
    assert not corroborates("echo", "own", cites)
    assert corroborates("other", "own", cites)
    assert not corroborates("circle", "own", cites)
    assert not corroborates("x", "own", cites)


def test_lists_are_dated_and_a_partys_own_words_are_levels(cast: Any):
    assert vocabulary.level_of("restricted", "BRB") == 1
    assert vocabulary.level_of("vertrouwelijk", "SUR") == 2
    assert vocabulary.level_of("VERTROUWELIJK", "BRB") is None
    assert vocabulary.level_of("TOP SECRET", "BRB") is None
    assert vocabulary.portion_level("r") == 1
    assert len(vocabulary.choices("threat_category")) == 20
    assert vocabulary.detail("threat_category", "drugs") == {"tier": 1}
