"""May this actor, of a decision?"""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_bind_state, may_keep, may_propose


def may_work_on_draft(actor: Actor, decision: Any) -> Verdict:
    """Change, propose or withdraw a draft: the party that drafted it, and the Secretariat."""
    if actor.function == "secretariat":
        return may_keep(actor, decision)
    if actor.party_code != decision.proposer_id:
        return Deny("not-proposer")
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


def may_translate(actor: Actor, decision: Any) -> Verdict:
    """Put a text into another language: any ministry, and the Secretariat."""
    if actor.function not in {"ministry", "secretariat"}:
        return Deny("not-ministry")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")
