"""Lists do not wait for mails, nor for lists that came before: with the workers of a whole portal."""

import concurrent.futures
from typing import Any

import pytest

from bench.messages import a_list
from tests.running.conftest import Portal, eventually
from tests.running.test_zz_crash import every, send

pytestmark = pytest.mark.browser
FIRST, LISTS, PROCESSES = 300, 24, 2
"""Numbers of lists that no other test sends; the processes of the worker for lists."""
WAVE = """
from django.utils import timezone
from apps.access.ids import uuid7
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
clock = service_actor("JRCC.automation", request_id="wave")
for step in range(10):
    create_notices(clock, None, event="hit.overdue", desks=["JRCC.watch", "BRB.border", "JAM.border", "TTO.border"],
        object_type="jrcc.hit", object_id=uuid7(), number="H", title="H", step=str(step), due_at=timezone.now())
"""


def test_the_first_of_many_lists_is_answered_before_the_third_is_read_while_mails_are_due(portal: Portal) -> None:
    carrier, oversight = portal.program("7T.carrier"), portal.program("JRCC.oversight", "read")
    portal.manage("shell", "-v", "0", "-c", WAVE)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        texts = [a_list(FIRST + number, people=20) for number in range(LISTS)]
        addresses = list(pool.map(lambda text: send(carrier, text), texts))
    assert None not in addresses
    wanted = {address.rstrip("/").rpartition("/")[2] for address in addresses if address}
    steps = eventually(lambda: all_steps(oversight, wanted), 120)
    first_answer = min(at for verb, at in steps if verb == "submission.answer")
    read_before = [at for verb, at in steps if verb == "submission.read" and at < first_answer]
    assert len(read_before) <= PROCESSES


def all_steps(oversight: Any, wanted: set[str]) -> list[tuple[str, str]]:
    """(verb, time) of the steps of these lists; nothing until each has been read and answered once."""
    found = []
    for verb in ("submission.read", "submission.answer"):
        rows = every(oversight, f"/api/v1/audit/records/?verb={verb}&page_size=200")
        found += [(verb, row["at"]) for row in rows if row["object_id"] in wanted and row["outcome"] == "done"]
    return found if len(found) == 2 * len(wanted) else []
