"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.people.refusals import Refusals as PeopleRefusals

READERS = frozenset({"contact", "intelligence", "analysis", "watch", "customs", "border", "ministry"})
"""Functions for which search is daily work: those who write shared reports, and those who are sent finished ones."""

OVERSEES = frozenset({"oversight"})
"""Functions that read what was searched by people of their own party."""


def may_ask(_actor: Actor, _row: Any) -> Verdict:
    """Everybody searches, each in what they see."""
    return ALLOW


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep a search for oneself in the seat that one acts in; programs are told nothing."""
    if actor.seat_kind == "service":
        return Deny(PeopleRefusals.PROGRAM_ACCOUNT)
    return ALLOW if row is None or row.seat_id == actor.seat_id else Deny(AccessRefusals.NOT_YOUR_DESK)
