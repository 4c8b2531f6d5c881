"""Shared reports, for tests/matrix.py."""

from typing import Any

from tests.rifc.world import an_opening, some_reports

RECORDS = {
    "api:rifc-release-requests": "release_request", "api:rifc-reports": "shared_report",
    "rifc:": "shared_report", "rifc:close_answer": "recall_answer", "rifc:request": "release_request",
    "rifc:opening": "sealed_opening", "rifc:opening_ask": "shared_report", "api:rifc-openings": "sealed_opening",
    "api:rifc-key-shares": "key_share",
}  # fmt: skip
VERBS = {"rifc:do": "recall", "rifc:opening_do": "refuse", "rifc:request_do": "decide"}
VALUES = {("rifc:copy", "fmt"): "pdf", ("rifc:statistics_csv", "what"): "matrix"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """A report of the owner, who asks for it, and who answers its recall."""
    return some_reports(cast)


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """An opening that the owner asks for and holds a share of: the keys of Jamaica are those of tests/sealing."""
    return an_opening(cast, world["shared_report"], world["holders"])
