"""May this actor? Pure functions over loaded columns; and what their seat is to the rules of release."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc.refusals import Refusals
from apps.rifc.rules.facts import ADMIN, NPC, RELEASING, SOURCES, Codes
from apps.sealing.policy import may_hold

CISNET = frozenset({"contact", "intelligence", "analysis", "watch", "customs", "border"})
"""Functions whose desks write reports, are sent all kinds, and belong to the community of GREEN ones."""

READERS = frozenset({"ministry"})
"""Functions that are sent finished products only."""

ADMINS = frozenset({"platform", "administration", "oversight"})
"""Functions that run or watch the portal; none of them gives a right to contents (V01)."""

RELEASES = frozenset({"contact", "intelligence", "analysis"})
"""Functions whose deciders are releasing officers of their whole party; at other desks, of their own reports."""

REGION = frozenset({"RIFC.watch", "RIFC.analysis"})
"""Desks that read what all parties give each other."""

KEEPS_SOURCES = frozenset({"contact", "intelligence", "analysis", "customs"})
"""Functions whose deciders hold the true references of their own desk's sources."""


def roles_of(actor: Actor) -> Codes:
    """What the seat is to the rules of release."""
    return roles(actor.function, actor.rank)


def roles(function: str, rank: int) -> Codes:
    """What a seat of this rank at a desk of this function is to the rules of release."""
    held = {
        ADMIN: function in ADMINS,
        NPC: function == "contact",
        RELEASING: rank >= DECIDES and function in RELEASES,
        SOURCES: rank >= DECIDES and function in KEEPS_SOURCES,
    }
    return frozenset(role for role, has in held.items() if has)


def may_write(actor: Actor, _row: Any) -> Verdict:
    """Begin a report: officers of the desks of the community."""
    if actor.function not in CISNET:
        return Deny(Refusals.NOT_CISNET)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_change(actor: Actor, report: Any) -> Verdict:
    """Change, hand in, replace, archive: officers of the desk that wrote it."""
    if actor.desk_id != report.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_release(actor: Actor, report: Any) -> Verdict:
    """Approve or return: a releasing officer of the desk who has not written any of it (four eyes)."""
    if actor.desk_id != report.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    if actor.rank < DECIDES:
        return Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    return Deny(Refusals.SECOND_OFFICER) if actor.user_id in report.written_by else ALLOW


def may_publish(actor: Actor, _row: Any) -> Verdict:
    """Let out what an app of the portal made and several people signed: who decides at the Fusion Centre's analysis."""
    return (
        ALLOW
        if actor.desk_code == "RIFC.analysis" and actor.rank >= DECIDES
        else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    )


def may_reopen(actor: Actor, report: Any) -> Verdict:
    """Take an approval back, or throw an approved report away: a releasing officer of the desk."""
    if actor.desk_id != report.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= DECIDES else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def may_discard(actor: Actor, report: Any) -> Verdict:
    """Throw a draft away: who wrote it; an approved one: a releasing officer of the desk."""
    if report.state == "approved":
        return may_reopen(actor, report)
    verdict = may_change(actor, report)
    return verdict if not verdict or actor.user_id in report.written_by else Deny(Refusals.NOT_AUTHOR)


def may_release_oneself(actor: Actor, report: Any) -> Verdict:
    """Release without a second person: who wrote it; for which reports says the action."""
    verdict = may_change(actor, report)
    return verdict if not verdict or actor.user_id in report.written_by else Deny(Refusals.NOT_AUTHOR)


def may_share(actor: Actor, report: Any) -> Verdict:
    """Share what is approved: a releasing officer of the desk, or who wrote it."""
    verdict = may_change(actor, report)
    if not verdict or actor.rank >= DECIDES or actor.user_id in report.written_by:
        return verdict
    return Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def may_steer(actor: Actor, report: Any) -> Verdict:
    """What binds the originator once a report is out: a releasing officer of its desk or, but for RED, of its party."""
    if actor.party_code != report.originator_id:
        return Deny(Refusals.NOT_ORIGINATOR)
    own = actor.desk_id == report.owner_id and actor.rank >= DECIDES
    return (
        ALLOW
        if own or (RELEASING in roles_of(actor) and report.tlp != "RED")
        else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    )


def is_recipient(actor: Actor, receipt: Any) -> Verdict:
    """Acknowledge or answer for a desk: its officers; for a person named: they themselves."""
    if receipt.user_id is not None:
        return ALLOW if receipt.user_id == actor.user_id else Deny(ExchangeRefusals.NOT_ADDRESSEE)
    if receipt.desk_id != actor.desk_id:
        return Deny(ExchangeRefusals.NOT_ADDRESSEE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def is_clock(actor: Actor, _row: Any) -> Verdict:
    """What time alone brings about: the portal's own desk at RIFC."""
    return (
        ALLOW if actor.function == "automation" and actor.party_code == "RIFC" else Deny(AccessRefusals.NOT_THE_CLOCK)
    )


def may_read_any(_actor: Actor, _row: Any) -> Verdict:
    """Whoever `visible_to` let through."""
    return ALLOW


def may_ask(actor: Actor, _row: Any) -> Verdict:
    """Ask originators, or pass on inside one's own State: officers of desks that have the report."""
    if actor.function not in CISNET | READERS:
        return Deny(Refusals.NOT_CISNET)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_withdraw_request(actor: Actor, request: Any) -> Verdict:
    """Take a request back: officers of the desk that asked."""
    if actor.desk_id != request.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_decide_request(actor: Actor, request: Any) -> Verdict:
    """Decide for an originator whose material is asked for: its releasing officers, never the person who asked."""
    if actor.user_id == request.asked_by_id or actor.desk_id == request.owner_id:
        return Deny(Refusals.NOT_ORIGINATOR)
    if actor.party_code not in request.originators:
        return Deny(Refusals.NOT_ORIGINATOR)
    own = actor.desk_id == request.report_desk_id and actor.rank >= DECIDES
    return ALLOW if own or RELEASING in roles_of(actor) else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def may_revoke_request(actor: Actor, request: Any) -> Verdict:
    """Take a release back: releasing officers of the originator of the report."""
    if actor.party_code != request.report_originator_id:
        return Deny(Refusals.NOT_ORIGINATOR)
    own = actor.desk_id == request.report_desk_id and actor.rank >= DECIDES
    return ALLOW if own or RELEASING in roles_of(actor) else Deny(ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def may_close_ack(actor: Actor, ack: Any) -> Verdict:
    """Close what a recipient said of its copies: officers of the desk that wrote the report."""
    if actor.desk_id != ack.report_desk_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_tell_use(actor: Actor, use: Any) -> Verdict:
    """Say what a report was good for: officers of a desk that has it; what was said is changed by the same desk."""
    if actor.function not in CISNET | READERS or (use is not None and use.desk_id != actor.desk_id):
        return Deny(ExchangeRefusals.NOT_ADDRESSEE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_see_balance(actor: Actor, _row: Any) -> Verdict:
    """What one's party gives and gets: the desks that speak for it."""
    return ALLOW if actor.function in RELEASES or sees_region(actor) else Deny(Refusals.NOT_CISNET)


def sees_region(actor: Actor) -> bool:
    """Whether the seat's desk keeps an eye on the give and take of the whole region."""
    return actor.desk_code in REGION


def may_ask_opening(actor: Actor, _row: Any) -> Verdict:
    """Ask two holders to open a sealed text: whoever reads reports; which one is asked by the body."""
    return ALLOW if actor.function in CISNET | READERS else Deny(Refusals.NOT_CISNET)


def may_release_share(actor: Actor, opening: Any) -> Verdict:
    """Release or refuse: who may hold a key of the reader's State now; that they hold a share is asked by the body."""
    return may_hold(actor, None) if actor.party_code == opening.party_id else Deny(Refusals.OTHER_STATE)


def is_reader(actor: Actor, opening: Any) -> Verdict:
    """Read, and close: who asked."""
    return ALLOW if actor.user_id == opening.user_id else Deny(Refusals.NOT_READER)


def may_rewrap(actor: Actor, share: Any) -> Verdict:
    """Carry a share over to a newer key: its holder."""
    return ALLOW if actor.user_id == share.holder_id else Deny(Refusals.NOT_A_HOLDER)
