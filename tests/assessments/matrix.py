"""A joint assessment, for tests/matrix.py."""

from typing import Any

from tests.assessments.world import SECTION, some_assessments

RECORDS = {"api:rifc-assessments": "assessment", "assessment_file": "assessment", "assessments:": "assessment"}
VERBS = {"assessments:do": "set_dates", "assessments:part_do": "remove"}
VALUES = {
    ("api:rifc-assessments", "section"): SECTION, ("assessments:", "section"): SECTION,
    ("assessments:part_do", "part"): SECTION, ("assessments:threat", "code"): "firearms",
    ("assessments:copy", "fmt"): "pdf", ("assessment_file", "fmt"): "pdf",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """In work, with its sections."""
    return some_assessments(cast)
