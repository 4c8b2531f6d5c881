"""May this actor? Pure functions over loaded columns of an assessment."""

from typing import Any, Literal

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.assessments.refusals import Refusals
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc.refusals import Refusals as RifcRefusals

LEADS = "RIFC.analysis"
"""The desk that proposes and leads assessments."""

CLOCK = "RIFC.automation"

SIGNS = frozenset({"contact", "intelligence", "analysis"})
"""Functions whose deciders take positions and sign for their whole party."""

CONTRIBUTES = frozenset({"contact", "intelligence", "analysis", "customs", "border", "watch"})
"""Functions whose officers answer a call for their party."""


OPEN_TERMS = ("proposed", "terms_agreed", "call_open")
"""States in which a party that declined still reads the terms, and may think again."""


def is_clock(actor: Actor, _row: Any) -> Verdict:
    """What time alone brings about: the portal's own desk."""
    return ALLOW if actor.desk_code == CLOCK else Deny(AccessRefusals.NOT_THE_CLOCK)


def may_propose(actor: Actor, _row: Any) -> Verdict:
    """Propose an assessment: analysts of the Fusion Centre."""
    if actor.desk_code != LEADS:
        return Deny(Refusals.NOT_RIFC_ANALYST)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_direct(actor: Actor, row: Any) -> Verdict:
    """Agree the terms, release, cancel, recall: the director, who decides at the desk that leads."""
    if actor.desk_id != row.owner_id:
        return Deny(Refusals.NOT_JTA_DIRECTOR)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.NOT_JTA_DIRECTOR)


def may_lead(actor: Actor, row: Any) -> Verdict:
    """Steer the work: the person who leads it, from the desk that leads."""
    return ALLOW if actor.desk_id == row.owner_id and actor.user_id == row.lead_id else Deny(Refusals.NOT_JTA_LEAD)


def may_steer(actor: Actor, row: Any) -> Verdict:
    """Members, dates, the call for a review: the lead or the director."""
    return ALLOW if may_lead(actor, row) or may_direct(actor, row) else Deny(Refusals.NOT_JTA_LEAD)


def may_write(actor: Actor, row: Any) -> Verdict:
    """Write text and judgements: the lead and the drafters; while others comment, the lead alone."""
    if may_lead(actor, row):
        return ALLOW
    if actor.user_id not in row.drafters:
        return Deny(Refusals.NOT_JTA_DRAFTER)
    return ALLOW if row.state == "drafting" else Deny(Refusals.NOT_JTA_LEAD)


def may_respond(actor: Actor, row: Any) -> Verdict:
    """Accept or decline: the point of contact of a party that was asked."""
    if actor.party_code not in {*row.invited, *row.accepted, *row.declined}:
        return Deny(Refusals.NOT_JTA_PARTY)
    if actor.function != "contact":
        return Deny(ExchangeRefusals.NEEDS_NPC)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_contribute(actor: Actor, row: Any) -> Verdict:
    """Answer the call for one's party: officers of a party that takes part."""
    if actor.party_code not in row.accepted:
        return Deny(Refusals.NOT_JTA_PARTY)
    if actor.function not in CONTRIBUTES:
        return Deny(RifcRefusals.NOT_CISNET)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_comment(actor: Actor, row: Any) -> Verdict:
    """Comment for one's party or as the lead: members but readers, points of contact and who signs."""
    if actor.user_id in row.readers or actor.rank < WORKS:
        return Deny(AccessRefusals.NEEDS_OFFICER)
    if actor.party_code in row.accepted or actor.desk_id == row.owner_id:
        return ALLOW
    return ALLOW if actor.user_id in {*row.drafters, *row.commenters} else Deny(Refusals.NOT_JTA_PARTY)


def may_remark(actor: Actor, row: Any) -> Verdict:
    """Remark in the margin of the text: who may comment, and the lead."""
    return ALLOW if may_lead(actor, row) else may_comment(actor, row)


def may_sign(actor: Actor, row: Any) -> Verdict:
    """Take positions, sign or refuse: who decides for a party that takes part, and did not write the text
    themselves."""
    if actor.party_code not in row.accepted:
        return Deny(Refusals.NOT_JTA_PARTY)
    if actor.user_id in row.drafters or actor.user_id == row.lead_id:
        return Deny(Refusals.JTA_OWN_TEXT)
    return (
        ALLOW if actor.function in SIGNS and actor.rank >= DECIDES else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    )


def may_take_back(actor: Actor, row: Any) -> Verdict:
    """Withdraw what one's party contributed: its point of contact and who decides there."""
    verdict = may_contribute(actor, row)
    if not verdict:
        return verdict
    speaks = actor.function == "contact" or actor.rank >= DECIDES
    return ALLOW if speaks else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def may_tell_outcome(actor: Actor, row: Any) -> Verdict:
    """Say what became of a judgement: analysts of the desk that leads, and who signs for a party; nobody who wrote."""
    if actor.user_id == row.lead_id or actor.user_id in row.drafters:
        return Deny(Refusals.JTA_OWN_JUDGEMENT)
    if actor.desk_id == row.owner_id and actor.rank >= WORKS:
        return ALLOW
    signs = actor.party_code in row.accepted and actor.function in SIGNS and actor.rank >= DECIDES
    return ALLOW if signs else Deny(Refusals.NOT_JTA_OUTCOME)


def text_right(actor_user: int, lead: int, drafters: list[int], state: str) -> Literal["write", "read"]:
    """ "write" or "read" for somebody who sees the assessment: the lead writes also while others comment."""
    if state == "drafting" and (actor_user == lead or actor_user in drafters):
        return "write"
    return "write" if state == "coordination" and actor_user == lead else "read"
