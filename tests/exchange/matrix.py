"""A request for information, for tests/matrix.py."""

from typing import Any

from tests.exchange.world import some_requests

RECORDS = {
    "api:rifc-requests": "information_request", "exchange:": "information_request", "exchange:overlap": "overlap",
    "exchange:part": "request_part", "exchange:route": "request_part", "exchange:settle": "overlap",
}  # fmt: skip
VERBS = {"exchange:do": "refuse"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """The request, what it asks of one desk, and another that overlaps with it."""
    return some_requests(cast)
