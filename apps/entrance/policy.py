"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.entrance.refusals import Refusals
from apps.people.policy import second_person
from apps.people.refusals import Refusals as PeopleRefusals

RULE_READERS = frozenset({"administration", "oversight"})
DIRECTORY_READERS = RULE_READERS | {"platform"}


def may_set_rule(actor: Actor, row: Any) -> Verdict:
    """Account administrators, for their own party by construction."""
    return (
        ALLOW
        if actor.function == "administration" and actor.rank >= DECIDES
        else Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    )


def may_meet(actor: Actor, row: Any) -> Verdict:
    """The portal's own automatic work."""
    return ALLOW if actor.function == "automation" else Deny(AccessRefusals.NOT_THE_PORTAL)


def may_forget(actor: Actor, device: Any) -> Verdict:
    """Everybody, a device of their own."""
    return ALLOW if device.user_id == actor.user_id else Deny(PeopleRefusals.NOT_YOUR_ACCOUNT)


def may_confirm_directory(actor: Actor, directory: Any) -> Verdict:
    """Another administrator of the party than who proposed it, or the platform desk where there is none."""
    if actor.user_id == directory.proposed_by_id:
        return Deny(PeopleRefusals.OWN_PROPOSAL)
    return second_person(actor, directory)


def may_end_directory(actor: Actor, directory: Any) -> Verdict:
    """One administrator of the party alone: closing a door is never dangerous."""
    if directory.party_id != actor.party_code:
        return Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    return may_set_rule(actor, directory)


def may_link(actor: Actor, link: Any) -> Verdict:
    """Everybody, themselves; of which party the directory is, is asked by the body."""
    return ALLOW if actor.via == "web" else Deny(Refusals.NEEDS_PERSON)


def may_unlink(actor: Actor, link: Any) -> Verdict:
    """The person themselves, and their party's account administrators and their clerks."""
    if link.user_id == actor.user_id:
        return ALLOW
    return (
        ALLOW if actor.function == "administration" and actor.rank >= WORKS else Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    )
