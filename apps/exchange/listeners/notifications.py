"""Who is told of what: one row for each topic. A notice carries the number and no word of what is asked."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from apps.access import outbox
from apps.access.models import Dispatch
from apps.exchange.rules.lines import line_of
from apps.notices import actions as notices
from apps.people.queries import service_actor

REQUEST, PART, OVERLAP, ROUTE = "exchange.request", "exchange.addressee", "exchange.overlap", "exchange.route"
"""Types behind a notice; a route has a page, but no record that its reader sees."""

PAGES = {
    REQUEST: "exchange:request", PART: "exchange:part", OVERLAP: "exchange:overlap", ROUTE: "exchange:route"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice of an event, about a record of a type."""

    topic: str
    event: str
    about: str = REQUEST


TELLINGS = [
    Telling("exchange.received", "rfi.received", PART),
    Telling("exchange.withdrawn", "rfi.withdrawn", PART),
    Telling("exchange.extended", "rfi.extended", PART),
    Telling("exchange.extension_refused", "rfi.extension_refused", PART),
    Telling("exchange.replied", "rfi.replied", PART),
    Telling("exchange.followed_up", "rfi.followed_up", PART),
    Telling("exchange.due_soon", "rfi.due_soon", PART),
    Telling("exchange.late", "rfi.late", PART),
    Telling("exchange.chased", "rfi.chased", PART),
    Telling("exchange.escalated", "rfi.escalated", ROUTE),
    Telling("exchange.accepted", "rfi.accepted"),
    Telling("exchange.answered", "rfi.answered"),
    Telling("exchange.refused", "rfi.refused"),
    Telling("exchange.asked_back", "rfi.asked_back"),
    Telling("exchange.extension_asked", "rfi.extension_asked"),
    Telling("exchange.complete", "rfi.complete"),
    Telling("exchange.overdue", "rfi.overdue"),
    Telling("exchange.overlap", "rfi.overlap", OVERLAP),
    Telling("exchange.overlap_told", "rfi.overlap_told"),
]


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        said = dispatch.payload
        if not said["desks"]:
            return
        notices.create_notices(
            service_actor(line_of(said["line"]).clock, request_id=dispatch.request_id),
            None,
            event=telling.event,
            desks=said["desks"],
            object_type=telling.about,
            object_id=said["id"],
            number=said["number"],
            due_at=datetime.datetime.fromisoformat(said["due"]) if said["due"] else None,
            step=said.get("step", ""),
            level=said["level"],
            url_name=PAGES[telling.about],
        )

    tell.__name__ = f"tell_{telling.event.partition('.')[2]}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))
