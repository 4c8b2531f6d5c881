"""What the clock brings about: one action for each row that is due."""

from collections.abc import Callable
from typing import Any

from apps.access.actor import Actor
from apps.access.refused import Refused


def done(act: Callable[..., Any], clock: Actor, row: Any, **more: Any) -> bool:
    """Whether the clock could do it; where somebody was there before, it is left to the next round."""
    try:
        act(clock, row, **more)
    except Refused:
        return False
    return True
