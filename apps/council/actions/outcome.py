"""What a result makes of a decision; called inside the actions that end a vote."""

import datetime
from typing import Any

from apps.council.models import Decision, RuleSet
from apps.council.queries.membership import rules_of
from apps.council.rules import votes

S = Decision.State
ENDS = {
    votes.ADOPTED: S.ADOPTED,
    votes.REJECTED: S.REJECTED,
    votes.PENDING: S.PENDING_AD_REFERENDUM,
}
"""Where a decision goes by the outcome; with every other one it is on the table again."""


COLUMNS = ("result", "rule_set", "adopted_on", "bound", "effective_on", "ad_referendum_until")
"""What `settle` sets beside the state."""


def settle(
    decision: Decision, result: dict[str, Any], *, rule_set: RuleSet, day: datetime.date, members: list[str]
) -> None:
    """Set state and COLUMNS from a result; the caller saves (the door, or the action itself).

    `members` are the codes of the Member States of the day: a decision binds all of them.
    """
    decision.state = ENDS.get(result["outcome"], S.PROPOSED)
    decision.result, decision.rule_set = result, rule_set
    if decision.state == S.ADOPTED:
        decision.adopted_on = day
        decision.effective_on = decision.effective_on or day
        decision.bound = members if decision.kind == Decision.Kind.DECISION else []
    if decision.state == S.PENDING_AD_REFERENDUM:
        days = rules_of(rule_set).ad_referendum.confirm_within_days
        decision.ad_referendum_until = day + datetime.timedelta(days=days)
