"""Who is told of what: one row for each topic. A notice carries the number, and no word more."""

import datetime
from collections.abc import Callable

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor

TELLINGS = (
    *("jta.invited", "jta.responded", "jta.step", "jta.member", "jta.contributed", "jta.withdrawn", "jta.comment"),
    *("jta.answered", "jta.escalated", "jta.positions", "jta.position", "jta.sign", "jta.signed", "jta.void"),
    *("jta.released", "jta.review", "jta.late", "jta.outcome", "jta.mention", "jta.source"),
)
"""Topics, each with an event of notices of the same name."""


def _listener(topic: str) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        said = dispatch.payload
        notices.create_notices(
            service_actor("RIFC.automation", request_id=dispatch.request_id),
            None,
            event=topic,
            desks=said["desks"],
            object_type="assessments.assessment",
            object_id=dispatch.object_id,
            number=said["number"],
            due_at=datetime.datetime.fromisoformat(said["due"]) if said["due"] else None,
            step=said["step"],
            level=said["level"],
            url_name="assessments:assessment",
            seats=said.get("seats", ()),
        )

    tell.__name__ = f"tell_{topic.partition('.')[2]}"
    return tell


for each in TELLINGS:
    outbox.on(each)(_listener(each))
