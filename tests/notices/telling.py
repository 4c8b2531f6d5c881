"""A decision that States are told of: set-up for the tests of notices, made by the portal's clock."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from apps.notices import actions, queries
from apps.notices.actions import alarms, webhooks
from apps.notices.models import Notice
from apps.people.queries import service_actor

DECIDER, READER = "brb.ministry.decider", "brb.ministry.reader"
SECRET_TITLE = "Interdiction of the vessel Meridian Star"
NUMBER = "WP/2008/2"
DUE = datetime.datetime(2008, 2, 12, 22, 0, tzinfo=datetime.UTC)


def clock() -> Any:
    """The portal's own seat."""
    return service_actor(queries.CLOCK, request_id="test")


def told(*desks: str, event: str = "written.dispatched", **more: Any) -> Notice:
    """A written procedure that needs these desks (the ministry of Barbados), or another event of it."""
    fields = {
        "desks": desks or ("BRB.ministry",),
        "object_type": "council.imagined",
        "object_id": uuid.uuid4(),
        "number": NUMBER,
        "title": SECRET_TITLE,
        "due_at": DUE,
    }
    return actions.create_notices(clock(), None, event=event, **(fields | more))


def notice_at(desk: str, **more: Any) -> Notice:
    """The one notice of a desk."""
    return Notice.objects.get(owner__code=desk, **more)


def some_alarms(cast: Any, seats: Mapping[str, str]) -> dict[str, Any]:
    """By the words of the matrix of addresses: an address of a ministry's program, and a test alarm to the ministry."""
    ministry = cast[seats["ministry"]]
    return {
        "webhook": webhooks.add_webhook(ministry, None, url="https://hooks.example.org/portal"),
        "alarm": alarms.send_alarm(ministry, None),
    }
