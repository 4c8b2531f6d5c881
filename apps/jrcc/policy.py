"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.gateway.refusals import Refusals as GatewayRefusals
from apps.jrcc.refusals import Refusals
from apps.manifests.policy import of_watch, on_watch

NOT_ABOUT_THE_PERSON = frozenset({"cleared", "entry_error", "message_error"})
"""Reasons of a dismissal that do not say that the traveller is another person."""


def may_operate(actor: Actor, row: Any) -> Verdict:
    """Have failed work of the intake done again: the watch."""
    return of_watch(actor)


def may_claim(actor: Actor, hit: Any) -> Verdict:
    """Take a hit to work on it: the watch."""
    return of_watch(actor)


def may_decide(actor: Actor, hit: Any) -> Verdict:
    """Release, dismiss or refer: the watch, a claimed hit only by who claimed it, or by the supervisor."""
    verdict = of_watch(actor)
    if not verdict or hit.claimed_by_seat_id in {None, actor.seat_id} or actor.rank >= DECIDES:
        return verdict
    return Deny(Refusals.NOT_YOUR_CLAIM)


def may_refer_further(actor: Actor, hit: Any) -> Verdict:
    """Refer a hit that a State has already to one more: the watch."""
    return of_watch(actor)


def may_agree(actor: Actor, hit: Any) -> Verdict:
    """Look a second time at a dismissal: an officer of the watch who did not make it."""
    verdict = of_watch(actor)
    if not verdict:
        return verdict
    if hit.second_look != "due":
        return Deny(Refusals.NO_SECOND_LOOK)
    return Deny(Refusals.OWN_DISMISSAL) if hit.dismissed_by_user_id == actor.user_id else ALLOW


def may_acknowledge_too(actor: Actor, hit: Any) -> Verdict:
    """Acknowledge where another State has done so: border officers of a further State that has the hit."""
    verdict = may_act(actor, hit)
    if verdict and actor.party_code in hit.acknowledged_by:
        return Deny(Refusals.ACKNOWLEDGED_ALREADY)
    return verdict


def may_read_numbers(actor: Actor) -> Verdict:
    """Read how long the floor takes: who decides at the JRCC's watch, and at a State's border desk of its own hits."""
    if actor.function != "border" and not on_watch(actor):
        return Deny(GatewayRefusals.NOT_WATCH)
    return ALLOW if actor.rank >= DECIDES else Deny(GatewayRefusals.NEEDS_SUPERVISOR)


def may_reopen(actor: Actor, hit: Any) -> Verdict:
    """Open a hit again: the watch."""
    return of_watch(actor)


def may_act(actor: Actor, hit: Any) -> Verdict:
    """Acknowledge and report the outcome: border officers of the State that the hit was referred to."""
    if actor.function != "border" or actor.party_code not in hit.referred_to:
        return Deny(Refusals.NOT_ACTING_STATE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_clear(actor: Actor, hit: Any) -> Verdict:
    """Say for later journeys that the traveller is not the entry: the watch, or a State that dealt with the hit.

    Only of somebody who was found to be another person.
    """
    if not on_watch(actor) and (
        actor.function not in {"border", "intelligence"}
        or actor.party_code not in {*hit.parties, *hit.referred_to, hit.list_party_id}
    ):
        return Deny(Refusals.NOT_CLEARING)
    if actor.rank < WORKS:
        return Deny(AccessRefusals.NEEDS_OFFICER)
    another = hit.outcome == "not_the_person" if hit.state == "closed" else hit.reason not in NOT_ABOUT_THE_PERSON
    return ALLOW if another else Deny(Refusals.NOT_ANOTHER_PERSON)


def may_be_asked(actor: Actor, hit: Any) -> list[str]:
    """Parties whom the actor may ask about a hit: the owner of the entry asks who acts, and who acts the owner."""
    if actor.function in ASKING and actor.party_code == hit.list_party_id:
        return [state for state in hit.referred_to if state != actor.party_code]
    acts = actor.function == "border" and actor.party_code in hit.referred_to
    return [hit.list_party_id] if acts else []


def may_ask(actor: Actor, row: Any) -> Verdict:
    """Ask in the case of a hit: officers of desks that own entries or act on hits; of whom is `may_be_asked`."""
    if actor.function not in ASKING:
        return Deny(Refusals.NOT_ASKING)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_answer_question(actor: Actor, question: Any) -> Verdict:
    """Answer: officers of the party that is asked."""
    verdict = may_ask(actor, question)
    return verdict if not verdict or actor.party_code == question.of_id else Deny(Refusals.NOT_ASKED_PARTY)


def may_withdraw_question(actor: Actor, question: Any) -> Verdict:
    """Take a question back: officers of the desk that asked."""
    verdict = may_ask(actor, question)
    return verdict if not verdict or actor.desk_id == question.owner_id else Deny(Refusals.NOT_YOUR_QUESTION)


ASKING = frozenset({"border", "intelligence", "analysis"})
"""Desks that own entries or act on hits."""


def sees_every_hit(actor: Actor) -> bool:
    """Whether no hit is kept from the actor, so that none seen means that there is none: the JRCC's own watch."""
    return on_watch(actor)
