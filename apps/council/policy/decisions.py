"""May this actor, of a decision?"""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_bind_state, may_keep, may_propose
from apps.council.refusals import Refusals


def may_work_on_draft(actor: Actor, decision: Any) -> Verdict:
    """Change, propose or withdraw a draft: the party that drafted it, and the Secretariat."""
    if actor.function == "secretariat":
        return may_keep(actor, decision)
    if actor.party_code != decision.proposer_id:
        return Deny(Refusals.NOT_PROPOSER)
    return may_propose(actor, decision)


def may_amend(actor: Actor, decision: Any) -> Verdict:
    """Propose a change to the text: ministries and the Secretariat, Associate Members too."""
    return may_propose(actor, decision)


def may_vote(actor: Actor, decision: Any) -> Verdict:
    """Cast one's State's vote; whether the State has one is for the rules of the day."""
    return may_bind_state(actor, decision)


def may_declare(actor: Actor, decision: Any) -> Verdict:
    """Declare something for one's State to an adopted decision."""
    return may_bind_state(actor, decision)


def may_reserve(actor: Actor, decision: Any) -> Verdict:
    """Enter a reservation: not to procedural decisions."""
    if decision.kind == "procedural":
        return Deny(Refusals.RESERVATION_NOT_ALLOWED)
    return may_declare(actor, decision)


def may_opt_out(actor: Actor, decision: Any) -> Verdict:
    """Ask to be excused: only a decision obliges (Revised Treaty, Article 27(4))."""
    return may_declare(actor, decision) if decision.kind == "decision" else Deny(Refusals.OPT_OUT_NOT_NEEDED)


def may_give_reasons(actor: Actor, decision: Any) -> Verdict:
    """Give reasons for not implementing: recommendations alone (Revised Treaty, Article 27(6))."""
    return (
        may_declare(actor, decision)
        if decision.kind == "recommendation"
        else Deny(Refusals.REASONS_FOR_RECOMMENDATIONS)
    )


def may_accede(actor: Actor, decision: Any) -> Verdict:
    """Join later: a State that the decision does not bind already."""
    return Deny(Refusals.BOUND_ALREADY) if actor.party_code in decision.bound else may_declare(actor, decision)


def may_translate(actor: Actor, decision: Any) -> Verdict:
    """Put a text into another language: any ministry, and the Secretariat."""
    if actor.function not in {"ministry", "secretariat"}:
        return Deny(Refusals.NOT_MINISTRY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
