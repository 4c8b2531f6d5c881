"""The watch's log, bulletins and digests, for tests/matrix.py."""

from typing import Any

from tests.watch.world import some_watch

RECORDS = {
    "api:rifc-bulletins": "bulletin", "api:rifc-digests": "digest", "api:watch-logs": "duty",
    "watch:": "duty", "watch:bulletin": "bulletin", "watch:digest": "digest",
}  # fmt: skip
VERBS = {"watch:do": "start_handover", "watch:bulletin_do": "cancel", "watch:digest_do": "discard"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One of each."""
    return some_watch(cast)
