"""Who may join persons, search for people, and change how long data are kept."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.carriers.policy import for_the_state, second_person
from apps.journeys.policy import may_identify
from apps.manifests.policy import on_watch
from apps.travellers.refusals import Refusals


def may_propose_retention(actor: Actor, row: Any) -> Verdict:
    """Propose how long data are kept: a State's border and ministry desks for it, the JRCC's watch for all others."""
    of_all = on_watch(actor) and (row is None or row.party_id is None)
    if not of_all and not for_the_state(actor, row):
        return Deny(Refusals.NOT_RETENTION_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_confirm_retention(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else who decides, of the same State or of the watch."""
    return second_person(actor, row, may_propose_retention(actor, row))


def may_change_person(actor: Actor, person: Any) -> Verdict:
    """Join, take apart or take back: the desk that keeps the person."""
    verdict = may_identify(actor, person)
    return verdict if not verdict or person.owner_id == actor.desk_id else Deny(Refusals.NOT_YOUR_PERSON)


def may_look_up(actor: Actor, row: Any) -> Verdict:
    """Search for people: officers of the watch and of border desks."""
    return may_identify(actor, None)


def may_review_lookup(actor: Actor, lookup: Any) -> Verdict:
    """Review a search: somebody else who decides at the desk of who made it."""
    verdict = may_identify(actor, None)
    if not verdict:
        return verdict
    if lookup.owner_id != actor.desk_id or actor.rank < DECIDES:
        return Deny(Refusals.LOOKUP_NEEDS_DECIDER)
    return Deny(Refusals.OWN_LOOKUP) if lookup.user_id == actor.user_id else ALLOW


def may_explain_lookup(actor: Actor, lookup: Any) -> Verdict:
    """Explain a search: who made it."""
    return (
        ALLOW
        if lookup.user_id == actor.user_id and lookup.owner_id == actor.desk_id
        else Deny(Refusals.NOT_YOUR_LOOKUP)
    )
