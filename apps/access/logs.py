"""One JSON line per event: ids, verbs and route names; never names, titles or texts."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

log = logging.getLogger("portal.request")
FIELDS = ("request_id", "route", "seat", "desk", "status", "ms", "dispatch", "error")

OF_THE_ROW = re.compile(r"\n(?:DETAIL|CONTEXT|LINE \d+):[^\n]*")
"""Lines in which PostgreSQL quotes the row or the statement that failed: names of persons may stand there."""


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = OF_THE_ROW.sub("", self.formatException(record.exc_info))
        return json.dumps(line, default=str)


def request_done(request: Any, response: Any, seconds: float) -> None:
    """Log a finished request under its route's name, not its path."""
    match = request.resolver_match
    actor = request.actor
    log.info(
        "request",
        extra={
            "request_id": request.request_id,
            "route": (match.view_name or match.route) if match else None,
            "seat": actor.seat_id if actor else None,
            "desk": actor.desk_code if actor else None,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        },
    )
