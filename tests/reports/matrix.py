"""Reports to donors and Heads of Government, for tests/matrix.py."""

from typing import Any

from tests.reports.world import a_report_world

RECORDS = {
    "api:reports-clearances": "clearance", "api:reports-facts": "fact", "api:reports-reports": "report_issued",
    **{f"api:reports-reports-do-{verb}": "report" for verb in ("accept", "clear", "compile", "edit", "refresh")},
    **{f"api:reports-reports-do-{verb}": "report_asked" for verb in ("approve", "return")},
    "reports:accept": "report", "reports:act": "clearance", "reports:clearance": "clearance",
    "reports:compare": "report", "reports:fact": "fact", "reports:file": "report_issued", "reports:meeting": "meeting",
    "reports:report": "report_issued", "reports:sentence": "report",
}  # fmt: skip
VERBS = {"reports:act": "agree"}
VALUES = {
    ("reports:act", "collection"): "clearances", ("reports:file", "fmt"): "md", ("reports:sentence", "key"): "A2",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One compiled, one in clearance, one issued."""
    return a_report_world(cast)
