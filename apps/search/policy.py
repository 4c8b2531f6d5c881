"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import Actor
from apps.access.verdict import ALLOW, Deny, Verdict

OVERSEES = frozenset({"oversight"})
"""Functions that read what was searched by people of their own party."""


def may_ask(_actor: Actor, _row: Any) -> Verdict:
    """Everybody searches, each in what he sees."""
    return ALLOW


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep a search for oneself in the seat that one acts in; programs are told nothing."""
    if actor.seat_kind == "service":
        return Deny("program-account")
    return ALLOW if row is None or row.seat_id == actor.seat_id else Deny("not-your-desk")
