"""A directory of people, for tests/matrix.py; keys are the desks'."""

from typing import Any

from tests.entrance.directories import proposed

RECORDS = {
    "api:entrance-directories": "directory", "api:people-keys": "token",
    "entrance:directory": "directory", "entrance:key": "token",
}  # fmt: skip
VERBS = {"entrance:directory_do": "withdraw"}


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Proposed, and confirmed by nobody yet."""
    return {"directory": proposed(cast, "https://login.gov.invalid/realm")}
