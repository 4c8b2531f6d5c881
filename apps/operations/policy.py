"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.operations.refusals import Refusals

OPERATORS = "IMPACS.platform"


def may_operate(actor: Actor, row: Any) -> Verdict:
    """Officers of the platform desk."""
    return ALLOW if actor.desk_code == OPERATORS and actor.rank >= WORKS else Deny(Refusals.NOT_PLATFORM_HEAD)
