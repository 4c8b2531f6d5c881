"""INTERPOL's source and a query, for tests/matrix.py."""

from typing import Any

from tests.gateway.world import a_query

RECORDS = {
    "api:gateway-queries": "interpol_query", "api:gateway-sources": "interpol_source", "gateway:": "interpol_source",
}  # fmt: skip
VERBS = {"gateway:do": "switch_on"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """The query is about the traveller whom the hit is about."""
    return a_query(world["traveller"])
