"""Who has no vote today for what it owes; everybody learns that, nobody else's amounts."""

import datetime
from typing import Any

from apps.access.actor import Actor
from apps.council.queries import membership
from apps.council.rules import votes

ORGAN = "CONSLE"


def without_vote(actor: Actor | None, day: datetime.date) -> list[Any]:
    """Member States that could not vote in the Council on the day, in roll-call order; none without a rule set."""
    rule_set = membership.rule_set_on(ORGAN, day)
    if actor is None or rule_set is None:
        return []
    roll = membership.roll(day)
    lost = votes.disqualified(
        membership.rules_of(rule_set),
        day,
        [party.code for party in roll],
        membership.arrears(day),
        [votes.Waiver(party, day, day) for party in membership.waivers(day)],
    )
    return [party for party in roll if party.code in lost]
