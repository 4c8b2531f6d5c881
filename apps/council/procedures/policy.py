"""May this actor, in a written procedure? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import is_clock, may_commit, may_keep, may_preside, may_speak_for_state
from apps.council.refusals import Refusals
from apps.region.refusals import Refusals as RegionRefusals


def may_prepare(actor: Actor, row: Any) -> Verdict:
    """Put a decision to the States in writing: the Secretariat, or the ministry of the State in the chair.

    The decision is not known before the input is read; whose chair it is, the action asks again (`may_rule_on`).
    """
    if actor.function == "secretariat":
        return may_keep(actor, row)
    if actor.function != "ministry":
        return Deny(Refusals.NOT_CHAIR)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)


def may_rule_on(actor: Actor, decision: Any) -> Verdict:
    """The chair of a decision, or the Secretariat on its behalf."""
    return may_preside(actor, decision)


def may_serve(actor: Actor, row: Any) -> Verdict:
    """Send the text round, note calls and bounced mail: the Secretariat."""
    return may_keep(actor, row)


def may_note_bounce(actor: Actor, row: Any) -> Verdict:
    """Note that mail came back: the Secretariat, and the portal itself when its mail does."""
    return ALLOW if is_clock(actor, row) else may_serve(actor, row)


def may_acknowledge(actor: Actor, row: Any) -> Verdict:
    """Confirm that the State has the text: officers of its ministry."""
    return may_speak_for_state(actor, row)


def may_decide_on_proposal(actor: Actor, row: Any) -> Verdict:
    """Answer an officer's proposal to object: those who decide in the same ministry."""
    if actor.desk_id != row.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)
