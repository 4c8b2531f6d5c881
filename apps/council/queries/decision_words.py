"""Decisions in words for pages: states as chips, addressees, results and their arithmetic. No queries."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext, pgettext_lazy

from apps.council.models import Ballot
from apps.council.rules import addressees, result_words, votes

STATES = {
    "draft": ("mute", "pen"),
    "proposed": ("info", "send"),
    "amending": ("info", "pen"),
    "voting": ("warn", "half"),
    "pending_written": ("warn", "mail"),
    "pending_referendum": ("warn", "clock"),
    "adopted": ("ok", "circle-check"),
    "rejected": ("bad", "circle-x"),
    "deferred": ("mute", "pause"),
    "withdrawn": ("mute", "undo"),
    "sealed": ("ok", "lock"),
    "in_force": ("ok", "circle-check"),
    "superseded": ("mute", "history"),
    "lapsed": ("mute", "timer"),
    "annulled": ("bad", "x"),
}
"""Chip of a decision's state: kind and picture."""

RULES = {
    "ALL_MEMBER_STATES": later("All Member States"),
    "ASSOCIATES": pgettext_lazy("words, council", "Associate Members"),
    "ORGAN:IMPACS": pgettext_lazy("words, council", "IMPACS"),
    "ORGAN:JRCC": pgettext_lazy("words, council", "JRCC"),
    "ORGAN:RIFC": pgettext_lazy("words, council", "RIFC"),
    "SECRETARIAT": pgettext_lazy("words, council", "CARICOM Secretariat"),
    "CONFERENCE": later("Conference of Heads of Government"),
}
"""Addressee rules that a drafter chooses by their words; named States are written STATES:BRB,JAM."""

BALLOTS = {
    Ballot.Value.FOR: ("t-ok", "check"),
    Ballot.Value.AGAINST: ("t-bad", "x"),
    Ballot.Value.ABSTAIN: ("t-mute", "minus"),
    Ballot.Value.FOR_AD_REF: ("t-warn", "clock"),
    Ballot.Value.OBJECT: ("t-bad", "x"),
}
"""Colour and picture of a ballot."""

STATEMENTS = {
    "reservation": ("vio", "flag"),
    "opt_out": ("vio", "undo"),
    "accession": ("ok", "plus"),
    "objection": ("bad", "x"),
    "dispute": ("bad", "scale"),
    "reasons": ("info", "message"),
}
"""Chip of a statement's kind."""

LINES = {
    "members": pgettext_lazy("words, council", "Member States"),
    "entitled": later("Entitled to vote"),
    "present": pgettext_lazy("count, council", "Present"),
    "quorum_required": later("Needed for a quorum"),
    "rule": pgettext_lazy("words, council", "Votes needed"),
    "for": pgettext_lazy("words, council", "For"),
    "against": pgettext_lazy("words, council", "Against"),
    "abstain": pgettext_lazy("words, council", "Abstained"),
    "ad_referendum": later("For, subject to Cabinet"),
    "not_voting": later("Did not vote"),
    "objections": later("Objections that count"),
    "comparison": later("Votes for and votes needed"),
    "veto": later("Against (one is enough to defeat it)"),
}
"""What each line of the arithmetic says (rules.wording.explain)."""

QUORUM = {
    "met": pgettext_lazy("words, council", "Quorum: met"),
    "not_met": later("Quorum: not met"),
    "not_applied": later("Quorum: not required in writing"),
}
GATES = {
    votes.NO_QUORUM: later("Not decided: no quorum (Revised Treaty, Article 27(1))"),
    votes.NO_STATEMENT: later("Not decided: no statement of financial implications (Revised Treaty, Article 27(5))"),
    votes.NO_DETERMINATION: later("Not decided: not determined to be of critical importance (Revised Treaty, Art. 29)"),
    votes.NO_QUESTION: later("Not decided: the rules of this organ do not allow this kind of decision"),
}
WIDTH, STEP = 306, 20.4
"""Drawing of the blocks for fifteen States, in its own units."""


def state_chip(decision: Any) -> tuple[str, str, str]:
    """(kind, picture, words) of the state."""
    return (*STATES.get(decision.state, ("mute", "dot")), decision.get_state_display())


def addressed(rule: str, names: Mapping[str, str]) -> str:
    """Whom a clause addresses: "All Member States", "Barbados, Jamaica"; the rule itself where it has no words."""
    if rule in RULES:
        return str(RULES[rule])
    try:
        read = addressees.parse(rule)
    except addressees.AddresseeError:
        return rule
    if read.form in {"STATES", "ORGAN"}:
        return ", ".join(names.get(code, code) for code in read.codes)
    return rule


def arithmetic(lines: Iterable[tuple[str, str]], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines of a board in words, in their order: (label, value), either of them may be empty."""
    return [_line(code, value, names) for code, value in lines]


def _line(code: str, value: str, names: Mapping[str, str]) -> tuple[str, str]:
    if code in {"without_vote", "rejected"}:
        party, _blank, why = value.partition(" ")
        words = {"party": names.get(party, party), "why": result_words.REJECTED_BALLOTS.get(why, why)}
        said = (
            _("%(party)s has no vote. %(why)s")
            if code == "without_vote"
            else pgettext("words, council", "Not counted, %(party)s. %(why)s")
        )
        return said % words, ""
    if code == "quorum":
        return str(QUORUM.get(value, value)), ""
    if code == "gate":
        return str(GATES.get(value, value)), ""
    return (str(LINES[code]), value) if code in LINES else (value, "")


def short_result(result: Mapping[str, Any] | None) -> str:
    """A stored result in a few words: "13 for, 12 needed", "By consensus"; empty before any vote."""
    if not result:
        return ""
    if result.get("outcome") == votes.NO_QUORUM:
        return pgettext("words, council", "No quorum")
    if "objections_counted" in result:
        objections = len(result["objections_counted"])
        return (
            pgettext("words, council", "Consensus broken") if objections else pgettext("words, council", "By consensus")
        )
    if "votes_for" not in result or "required" not in result:
        return str(result.get("sentence", ""))
    return pgettext("words, council", "%(n)s for, %(needed)s needed") % {
        "n": result["votes_for"],
        "needed": result["required"],
    }


def blocks(counts: Mapping[str, int], total: int, required: int) -> dict[str, Any]:
    """The drawing of a vote: one block for each Member State, and where the line of the majority stands.

    {"blocks": [(x, class)], "line": x, "width"}; the turnout alone where no more may be known.
    """
    if "for" in counts:
        kinds = [("b2", "for"), ("b1", "ad_referendum"), ("b3", "against"), ("b4", "abstain")]
    else:
        kinds = [("b1", "voted")]
    drawn = [kind for kind, name in kinds for _each in range(counts.get(name, 0))][:total]
    drawn += ["b0"] * (total - len(drawn))
    step = STEP if total <= 15 else WIDTH / total
    return {
        "blocks": [(round(place * step, 1), kind) for place, kind in enumerate(drawn)],
        "block": round(step - 2, 1),
        "line": round(required * step - 1, 1),
        "width": WIDTH,
    }
