"""Who may hold data of a journey, and say who somebody is."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.journeys.refusals import Refusals
from apps.manifests.policy import on_watch


def may_hold(actor: Actor, row: Any) -> Verdict:
    """Hold data against retention, or hold them longer: the watch, and border officers; each its own desk's holds."""
    if (actor.function != "border" and not on_watch(actor)) or (row is not None and row.owner_id != actor.desk_id):
        return Deny(Refusals.NOT_HOLD_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_release_hold(actor: Actor, row: Any) -> Verdict:
    """Release a hold: somebody else of its desk who decides."""
    verdict = may_hold(actor, row)
    if not verdict:
        return verdict
    if row.placed_by_user_id == actor.user_id:
        return Deny(Refusals.OWN_HOLD)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.HOLD_NEEDS_DECIDER)


def may_amend(actor: Actor, row: Any) -> Verdict:
    """Correct a fact held on a traveller: officers of the watch, and of border desks on the journeys they see."""
    return may_identify(actor, None)


def may_identify(actor: Actor, row: Any) -> Verdict:
    """Say which travellers are one person: officers of the watch and of border desks, each for their own desk."""
    if actor.function != "border" and not on_watch(actor):
        return Deny(Refusals.NOT_FLOOR)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
