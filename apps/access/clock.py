"""What the clock brings about: one action for each row that is due."""

from collections.abc import Callable
from typing import Any

from apps.access.actor import Actor
from apps.access.refusal import Refused


def done(act: Callable[..., Any], clock: Actor, row: Any, **more: Any) -> bool:
    """Whether the clock could do it; where somebody was there before, it is left to the next round."""
    try:
        act(clock, row, **more)
    except Refused:
        return False
    return True


def desk_by_desk(act: Callable[..., Any], clock: Actor, rows: Any, *, column: str = "owner_id", **given: Any) -> int:
    """Carry out an act that takes some of a desk's rows away, again until none is left; how many went (`count`)."""
    gone = 0
    while desk_id := rows.values_list(column, flat=True).first():
        gone += act(clock, None, desk_id=desk_id, **given).count
    return gone
