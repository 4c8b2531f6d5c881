"""May this actor, in a meeting's room?"""

from typing import Any

from apps.access.actor import Actor
from apps.access.verdict import Deny, Verdict
from apps.council.policy import may_preside, may_speak_for_state
from apps.council.refusals import Refusals


def may_connect(actor: Actor, meeting: Any) -> Verdict:
    """Say that one's own delegation takes part from afar; those in the room are noted by the Secretariat."""
    allowed = may_speak_for_state(actor, meeting)
    if allowed and meeting.mode == "in_person":
        return Deny(Refusals.MEETS_IN_PERSON)
    return allowed


def may_end_speech(actor: Actor, item: Any) -> Verdict:
    """End a speech: the chair, or a delegation its own; whose turn it is, is looked up by the action."""
    return may_preside(actor, item) or may_speak_for_state(actor, item)
