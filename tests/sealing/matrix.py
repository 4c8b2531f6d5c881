"""A key of Jamaica's that waits for a second person, while three others are in force; for tests/matrix.py."""

from typing import Any

from tests.sealing.holders import JAMAICA, confirmed, proposed

RECORDS = {"sealing:": "holder_key", "api:sealing-holder-keys": "holder_key"}
VERBS = {"sealing:key_do": "confirm"}


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Jamaica seals from here on; one of its holders has a newer key that nobody has put into force."""
    holders = [confirmed(cast, proposed(cast, name)) for name in JAMAICA]
    return {"holder_key": proposed(cast, JAMAICA[0]).row, "holders": holders}
