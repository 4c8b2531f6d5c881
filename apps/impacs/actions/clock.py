"""What a new day brings about for State actions: each act once, however often the day is looked at."""

import datetime
from collections.abc import Callable
from typing import Any

from apps.access.refusal import Refused
from apps.impacs import actions
from apps.impacs.obligations.queries import changes_due, releases
from apps.impacs.queries.consequences import name_action_number
from apps.notices import actions as notices
from apps.people.queries import service_actor


def new_day(now: datetime.datetime) -> int:
    """Everything due by `now`: proofs that ran out, requests to bring before the Council, releases; how many acts."""
    clock = service_actor("IMPACS.automation", request_id="impacs.days")
    day = now.date()
    acts: list[tuple[Callable[..., Any], Any, dict[str, Any]]] = [
        *((actions.expire_evidence, row, {"day": day}) for row in changes_due.expired(day)),
        *((actions.lapse_extension, row, {}) for row in changes_due.without_object()),
        *((actions.escalate_extension, row, {"now": now}) for row in changes_due.for_the_council(day, now)),
        *((actions.opt_out_of_state_action, row, {}) for row in changes_due.first_released(day)),
        *((actions.end_state_action_opt_out, row, {}) for row in releases.bound_again(day)),
        *((notices.close_deadlines, None, _clock_of(one)) for one in changes_due.idle_clocks()),
        *((notices.create_notices, None, _notice(one)) for one in changes_due.to_tell(day)),
    ]
    return sum(_done(act, clock, row, fields) for act, row, fields in acts)


def _done(act: Callable[..., Any], clock: Any, row: Any, fields: dict[str, Any]) -> int:
    try:
        act(clock, row, **fields)
    except Refused:
        return 0  # somebody was faster
    return 1


def _clock_of(one: Any) -> dict[str, Any]:
    return {"object_type": one.object_type, "object_id": one.object_id, "kind": one.kind}


def _notice(one: changes_due.ToTell) -> dict[str, Any]:
    return {
        "event": one.event,
        "desks": one.desks,
        "object_type": one.row._meta.label_lower,
        "object_id": one.row.pk,
        "number": name_action_number(one.action),
        "title": one.action.clause.text,
        "step": one.step,
        "level": one.row.level,
    }
