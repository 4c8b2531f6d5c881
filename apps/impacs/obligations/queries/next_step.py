"""Which act is the next one on an action, for the seat that looks at it. No queries."""

from collections.abc import Collection
from typing import Any

from apps.impacs.models import StateAction
from apps.impacs.obligations.queries.action_parts import find_unmet_demands

S = StateAction.State


def next_verb(state: str, offered: Collection[str], demands: Collection[str], evidence: Collection[Any]) -> str:
    """The verb of the one filled button; "" when nothing waits for this seat.

    Ten seconds are enough to see it (governance notes, 8.1): take note, prove, submit, else say how far it has come.
    """
    held = [one for one in evidence if one.state in {"draft", "submitted", "accepted"}]
    drafts = any(one.state == "draft" for one in held)
    complete = not find_unmet_demands(demands, held)
    wanted: list[str] = []
    if state == S.SUBMITTED:
        wanted = ["verify"]
    elif state == S.NOT_STARTED:
        wanted = ["acknowledge", "report"]
    elif drafts and complete:
        wanted = ["submit_evidence", "report"]
    elif state == S.RETURNED:
        wanted = ["add_evidence"]
    elif state in StateAction.WORKED:
        wanted = ["report"]
    return next((verb for verb in wanted if verb in offered), "")
