"""May this actor issue records and reports?"""

from typing import Any

from apps.access.actor import Actor
from apps.access.verdict import ALLOW, Verdict
from apps.council.policy import is_clock, may_keep


def may_issue(actor: Actor, row: Any) -> Verdict:
    """The Secretariat that keeps the record, and the portal's clock, which issues it as soon as it is sealed."""
    return ALLOW if is_clock(actor, row) is True else may_keep(actor, row)
