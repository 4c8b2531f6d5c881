"""A kept search, for tests/matrix.py."""

from typing import Any

from apps.search import actions
from tests.matrix import SEATS

RECORDS = {"api:search-saved": "saved_search", "search:saved_": "saved_search"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """The owner's."""
    return {"saved_search": actions.save_saved_search(cast[SEATS["owner"]], None, name="Guns", q="pistol")}
