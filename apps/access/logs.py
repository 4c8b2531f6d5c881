"""One JSON line per event: ids, verbs and route names; never names, titles or texts."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

log = logging.getLogger("portal.request")
security = logging.getLogger("portal.security")
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


def form_refused(request: Any, reason: str) -> None:
    """Log a form whose protection against forgery is missing or wrong; `reason` as Django says it.

    Django's own line would quote the address that was asked for, and the reason the one that the form came from.
    """
    match = request.resolver_match
    security.warning(
        "form refused",
        extra={
            "request_id": request.request_id,
            "route": (match.view_name or match.route) if match else None,
            "error": reason.partition(" - ")[0],
        },
    )
