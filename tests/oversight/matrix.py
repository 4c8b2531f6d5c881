"""What oversight keeps, for tests/matrix.py."""

from typing import Any

from tests.oversight.world import some_oversight

RECORDS = {
    "api:oversight-anchors": "anchor", "api:oversight-cases": "conduct", "api:oversight-leavers": "leaver",
    "api:oversight-witnesses": "witness",
    "oversight:anchor": "anchor", "oversight:case": "conduct", "oversight:leaver": "leaver",
    "oversight:opening": "opening", "oversight:witness": "witness", "oversight:walk": "walk",
}  # fmt: skip
VERBS = {"oversight:case_do": "assess", "oversight:witness_do": "end"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One of each; the case is about an officer of the JRCC."""
    return some_oversight(cast)
