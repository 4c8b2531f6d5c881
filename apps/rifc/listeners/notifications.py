"""Who is told of what: one row for each topic. A notice carries the number that its desk knows, and no word more."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor

REPORT, REQUEST, GONE = "rifc.report", "rifc.releaserequest", "rifc.tombstone"
OPENING = "rifc.opening"
"""Types behind a notice; what was taken back has a page, but no record that its reader sees any more."""


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice of an event, about a record of a type, on a page."""

    topic: str
    event: str
    about: str = REPORT
    page: str = "rifc:report"


TELLINGS = [
    Telling("rifc.submitted", "rifc.to_approve"),
    Telling("rifc.returned", "rifc.returned"),
    Telling("rifc.shared", "rifc.report"),
    Telling("rifc.acknowledged", "rifc.receipt"),
    Telling("rifc.ack_overdue", "rifc.receipt_late"),
    Telling("rifc.recalled", "rifc.recall", GONE),
    Telling("rifc.entry_withdrawn", "rifc.entry_withdrawn", GONE),
    Telling("rifc.recall_answered", "rifc.recall_answer"),
    Telling("rifc.recall_overdue", "rifc.recall_late", GONE),
    Telling("rifc.used", "rifc.use"),
    Telling("rifc.opening_asked", "rifc.opening_asked", OPENING, "rifc:opening"),
    Telling("rifc.opening_open", "rifc.opening_open"),
    Telling("rifc.release_requested", "rifc.release_request", REQUEST, "rifc:request"),
    Telling("rifc.release_decided", "rifc.release_answer", REQUEST, "rifc:request"),
]


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        said = dispatch.payload
        if not said["desks"]:
            return
        due = said.get("due", "")
        notices.create_notices(
            service_actor("RIFC.automation", request_id=dispatch.request_id),
            None,
            event=telling.event,
            desks=said["desks"],
            object_type=telling.about,
            object_id=dispatch.object_id if telling.about in {REQUEST, OPENING} else said["report"],
            number=said["number"],
            due_at=datetime.datetime.fromisoformat(due) if due else None,
            step=said.get("step", ""),
            seats=said.get("seats", ()),
            level=said["level"],
            url_name=telling.page,
        )

    tell.__name__ = f"tell_{telling.event.partition('.')[2]}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))
