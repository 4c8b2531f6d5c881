"""An issued document, for tests/matrix.py."""

from typing import Any

from apps.people.queries import desk_ids
from tests.documents import making

RECORDS = {"api:documents-issued": "document", "documents:": "document"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Issued from the owner's list, for Barbados."""
    issuer = cast["jam.intelligence.head"]
    return {"document": making.issue(issuer, None, record=world["list"], groups=desk_ids("BRB.border"))}
