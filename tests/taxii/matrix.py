"""What came in by TAXII, for tests/matrix.py; the owner's report goes out by it."""

from typing import Any

from tests.matrix import SEATS
from tests.taxii.world import an_intake

RECORDS = {"taxii:": "intake", "taxii:export": "shared_report"}
VERBS = {"taxii:do": "discard"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Read, and taken over by nobody yet."""
    return {"intake": an_intake(cast[SEATS["owner"]])}
