"""A webhook and an alarm, for tests/matrix.py; the notice and the holiday come with the Council's written procedure."""

from typing import Any

from tests.matrix import SEATS
from tests.notices.telling import some_alarms

RECORDS = {
    "api:notices-alarms": "alarm", "api:notices-ways": "person", "api:notices-webhooks": "webhook",
    "notices:acknowledge": "notice", "notices:alarm": "alarm", "notices:holiday_remove": "holiday",
    "notices:notice": "notice", "notices:open": "notice", "notices:read": "notice", "notices:webhook": "webhook",
}  # fmt: skip
VERBS = {"notices:webhook_do": "renew"}


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Of a ministry: where its program is told, and a test alarm."""
    return some_alarms(cast, SEATS)
