"""Who may enter schedules, change laws, settle carriers, and open cases."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.carriers.refusals import Refusals
from apps.gateway.refusals import Refusals as GatewayRefusals
from apps.manifests.policy import of_watch, on_watch
from apps.manifests.refusals import Refusals as ManifestsRefusals


def may_schedule(actor: Actor, row: Any) -> Verdict:
    """Enter or end a schedule: the carrier's own desk, and the watch for every carrier. `row`: None, or a schedule."""
    own = actor.function == "carrier" and (row is None or row.carrier_id == actor.party_code)
    if not own and not on_watch(actor):
        return Deny(ManifestsRefusals.NOT_CARRIER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


STATES_DESKS = frozenset({"border", "ministry"})
"""Desks that act for their State towards carriers: they change its deadlines and open cases."""


def for_the_state(actor: Actor, row: Any) -> bool:
    """Whether the actor's desk acts for its State towards carriers."""
    return actor.function in STATES_DESKS and (row is None or row.party_id == actor.party_code)


def may_propose_regime(actor: Actor, row: Any) -> Verdict:
    """Propose a deadline of one's own State, or take the proposal back: officers of its border and ministry desks."""
    if not for_the_state(actor, row):
        return Deny(Refusals.NOT_DEADLINE_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_confirm_regime(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    verdict = may_propose_regime(actor, row)
    if not verdict:
        return verdict
    if row.proposed_by_user_id == actor.user_id:
        return Deny(Refusals.OWN_DEADLINE)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.DEADLINE_NEEDS_DECIDER)


def may_propose_penalty(actor: Actor, row: Any) -> Verdict:
    """Propose what the law of one's own State provides for: officers of its border and ministry desks."""
    return may_open_case(actor, row)


def may_confirm_penalty(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    return second_person(actor, row, may_open_case(actor, row))


def may_propose_booking_law(actor: Actor, row: Any) -> Verdict:
    """Propose which bookings the law of one's own State lets it have: officers of its border and ministry desks."""
    if not for_the_state(actor, row):
        return Deny(Refusals.NOT_BOOKING_LAW_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_confirm_booking_law(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    return second_person(actor, row, may_propose_booking_law(actor, row))


def second_person(actor: Actor, row: Any, verdict: Verdict) -> Verdict:
    """Somebody else than who proposed, who decides; after a first verdict."""
    if not verdict:
        return verdict
    if row.proposed_by_user_id == actor.user_id:
        return Deny(Refusals.OWN_CHANGE)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.CHANGE_NEEDS_DECIDER)


def may_settle_carrier(actor: Actor, row: Any) -> Verdict:
    """Say who a carrier is that only a list has named: the watch."""
    return of_watch(actor)


def may_merge_carrier(actor: Actor, row: Any) -> Verdict:
    """Say that two designators are one carrier, which moves journeys: who decides at the watch."""
    verdict = of_watch(actor)
    return verdict if not verdict or actor.rank >= DECIDES else Deny(GatewayRefusals.NEEDS_SUPERVISOR)


def may_part_carrier(actor: Actor, row: Any) -> Verdict:
    """Take a joining back while its days last: who decides at the watch."""
    verdict = may_merge_carrier(actor, row)
    return Deny(Refusals.JOINED_FOR_GOOD) if verdict and row.joined_for_good else verdict


def may_open_case(actor: Actor, row: Any) -> Verdict:
    """Open a case against a carrier, or carry it on: officers of the State's border and ministry desks."""
    if not for_the_state(actor, row):
        return Deny(Refusals.NOT_CASE_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_decide_case(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back a decision: somebody else of the same State who decides."""
    verdict = may_open_case(actor, row)
    if not verdict:
        return verdict
    if row.decided_by_user_id == actor.user_id:
        return Deny(Refusals.OWN_CASE_DECISION)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.CASE_NEEDS_DECIDER)


def may_answer_case(actor: Actor, row: Any) -> Verdict:
    """Explain or appeal: the carrier's own desk."""
    if actor.function != "carrier" or row.carrier_id != actor.party_code:
        return Deny(ManifestsRefusals.NOT_CARRIER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_chase(actor: Actor, row: Any) -> Verdict:
    """Chase a list that has not come: the watch."""
    return of_watch(actor)
