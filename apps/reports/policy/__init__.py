"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_commit


def may_write(actor: Actor, row: Any) -> Verdict:
    """Facts and drafts: officers of the Council's Secretariat."""
    if actor.function != "secretariat":
        return Deny("not-secretariat")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_approve(actor: Actor, row: Any) -> Verdict:
    """Approve for the Secretary-General: who decides at the Secretariat, but not the person who compiled it."""
    if actor.function != "secretariat":
        return Deny("not-secretariat")
    if actor.rank < DECIDES:
        return Deny("needs-secretary")
    return Deny("own-report") if row.compiled_by_seat_id == actor.seat_id else ALLOW


def may_clear(actor: Actor, row: Any) -> Verdict:
    """Answer what a State is asked to clear: who binds the State, a person who decides or the ministry's own key."""
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny("not-named")
    return ALLOW if may_commit(actor) else Deny("needs-decider")


def may_comment(actor: Actor, row: Any) -> Verdict:
    """Say something beside a number of one's own State: officers of its ministry."""
    if actor.function != "ministry" or (row is not None and actor.party_code != row.party_id):
        return Deny("not-ministry")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What time brings about: the portal's own desk."""
    return ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny("not-the-clock")
