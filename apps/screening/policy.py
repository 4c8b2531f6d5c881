"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.screening.refusals import Refusals

KEEPERS = frozenset({"intelligence", "border", "analysis", "watch"})
"""Functions whose desks keep watchlists: those of a State, the RIFC's analysts and the JRCC's watch."""


RULE = "rule"
"""Kind of the entries and lists that targeting rules make; they follow their rule."""
INTERPOL = frozenset({"interpol_nominals", "interpol_sltd"})
"""Kinds of lists of INTERPOL's records; those of the region are filled by its answers."""
REGION = frozenset({"JRCC", "RIFC"})
"""Bodies whose rules may be asked of the travellers of several States; a State's rules only of its own."""


def may_keep_lists(actor: Actor, row: Any) -> Verdict:
    """Open a list, or write an entry of one's own: officers of the desks that keep watchlists."""
    if actor.function not in KEEPERS:
        return Deny(Refusals.NOT_LIST_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_close_list(actor: Actor, home: Any) -> Verdict:
    """Close a list with all its entries: those who decide at its party; none that rules or INTERPOL's answers fill."""
    if actor.function not in KEEPERS or actor.party_code != home.originator_id:
        return Deny(Refusals.NOT_LIST_OWNER)
    if home.kind == RULE:
        return Deny(Refusals.RULES_LIST)
    if home.kind in INTERPOL and home.originator_id in REGION:
        return Deny(Refusals.SOURCE_LIST)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.LIST_NEEDS_DECIDER)


def may_change_entry(actor: Actor, entry: Any) -> Verdict:
    """Change or withdraw an entry: officers of the party that recorded it, whichever of its desks they sit at."""
    if actor.function not in KEEPERS or actor.party_code != entry.originator_id:
        return Deny(Refusals.NOT_LIST_OWNER)
    if getattr(entry, "kind", "") == RULE:
        return Deny(Refusals.RULE_LINE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def rules_of_own_state(actor: Actor) -> bool:
    """Whether the actor's rules are asked of their own State's travellers alone."""
    return actor.party_code not in REGION


def may_write_rules(actor: Actor, row: Any) -> Verdict:
    """Write a targeting rule of one's own party: officers of the desks that keep watchlists."""
    return may_keep_lists(actor, None)


def may_change_rule(actor: Actor, rule: Any) -> Verdict:
    """Write a rule anew, try, propose, suspend or end it: officers of its party."""
    if actor.party_code != rule.originator_id:
        return Deny(Refusals.NOT_RULE_OWNER)
    return may_keep_lists(actor, None)


def may_decide_rule(actor: Actor, rule: Any) -> Verdict:
    """Give a proposed rule back: those who decide at its party's desks."""
    verdict = may_change_rule(actor, rule)
    return Deny(Refusals.RULE_NEEDS_DECIDER) if verdict and actor.rank < DECIDES else verdict


def may_activate_rule(actor: Actor, rule: Any) -> Verdict:
    """Put a rule into force: somebody who decides, and is not the one who proposed it."""
    verdict = may_decide_rule(actor, rule)
    return Deny(Refusals.OWN_RULE) if verdict and actor.user_id == rule.proposed_by_user_id else verdict


def decides_about_lists(actor: Actor) -> bool:
    """Whether the actor decides at a desk that keeps lists: the JRCC's supervisor, heads of the States, the RIFC's."""
    watch = actor.function != "watch" or actor.party_code == "JRCC"
    return actor.function in KEEPERS and watch and actor.rank >= DECIDES


def may_propose_thresholds(actor: Actor, row: Any) -> Verdict:
    """Propose thresholds of the portal: those who decide about lists, a State's head among them."""
    return ALLOW if decides_about_lists(actor) else Deny(Refusals.NOT_THRESHOLD_DESK)


def may_decline_thresholds(actor: Actor, row: Any) -> Verdict:
    """Say no to proposed thresholds: those who decide at the JRCC's watch or the RIFC, for they hold for all States."""
    if not decides_about_lists(actor) or actor.party_code not in REGION:
        return Deny(Refusals.NOT_THRESHOLD_DECIDER)
    return ALLOW


def may_activate_thresholds(actor: Actor, row: Any) -> Verdict:
    """Put thresholds into force: the same, but never who proposed them."""
    verdict = may_decline_thresholds(actor, row)
    return Deny(Refusals.OWN_THRESHOLDS) if verdict and actor.user_id == row.proposed_by_user_id else verdict


def may_withdraw_thresholds(actor: Actor, row: Any) -> Verdict:
    """Take a proposal back: those who decide at the desk that made it."""
    if not decides_about_lists(actor) or actor.desk_id != row.owner_id:
        return Deny(Refusals.NOT_THRESHOLD_PROPOSER)
    return ALLOW


def may_import(actor: Actor, source: Any) -> Verdict:
    """Send a file for a list (None: the list is looked at then), apply it or drop it: as entries are changed."""
    return may_keep_lists(actor, None) if source is None else may_change_entry(actor, source)


def may_apply(actor: Actor, source: Any) -> Verdict:
    """Apply an import alone: not one that withdraws much of its list."""
    verdict = may_import(actor, source)
    return Deny(Refusals.IMPORT_HELD) if verdict and source.state == "held" else verdict


def may_confirm(actor: Actor, source: Any) -> Verdict:
    """Confirm an import that withdraws much: somebody else than who proposed it."""
    verdict = may_import(actor, source)
    return Deny(Refusals.SECOND_PERSON) if verdict and actor.user_id == source.proposed_by_user_id else verdict


def may_share_clearance(actor: Actor, clearance: Any) -> Verdict:
    """Let a clearance hold for other States: officers of the party that made it."""
    return _of_clearance(actor, {clearance.originator_id})


def may_revoke_clearance(actor: Actor, clearance: Any) -> Verdict:
    """Take a clearance back: officers of the party that made it, or of the State for which it was made."""
    return _of_clearance(actor, {clearance.originator_id, clearance.party_id})


def _of_clearance(actor: Actor, parties: set[str]) -> Verdict:
    if actor.function not in KEEPERS or actor.party_code not in parties:
        return Deny(Refusals.NOT_CLEARANCE_MAKER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_run_lists(actor: Actor, row: Any) -> Verdict:
    """End what has run out, and take in files: the portal's own automatic work."""
    return ALLOW if actor.function == "automation" else Deny(Refusals.NOT_SCREENING)


def may_search(actor: Actor, states: Any) -> Verdict:
    """Screen with the lists: the JRCC for any States (None = all); everybody else as their own party alone.

    `states` holds, for each traveller, the codes of the parties whose visibility applies.
    """
    if actor.function == "automation" or (actor.function == "watch" and actor.party_code == "JRCC"):
        return ALLOW
    own = states is not None and all(list(codes) == [actor.party_code] for codes in states)
    return ALLOW if own else Deny(Refusals.NOT_SCREENING)


def may_read_reason(actor: Actor, entry: Any) -> bool:
    """Why somebody is listed is for the owner's party; the owner says whether the JRCC and others read it, too."""
    told = {"owner": {entry.originator_id}, "owner_and_jrcc": {entry.originator_id, "JRCC"}}
    return actor.party_code in told.get(entry.reason_visible_to, {actor.party_code})


def only_owner_may_know(instruction: str, hit_visible_to: str) -> bool:
    """Whether nobody but the list's owner (and the JRCC) may be told of a hit: its entry says so, or it is discreet."""
    return hit_visible_to == "owner" or instruction == "discreet"


def screens_as(actor: Actor) -> str:
    """The function for which an actor screens: travellers of a list are screened for the border that they come to."""
    return "border" if actor.function in {"automation", "watch"} else actor.function
