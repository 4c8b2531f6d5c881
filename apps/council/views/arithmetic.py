"""The arithmetic of a vote in words: the codes of `rules.wording.explain` with their labels."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "members": _("Members of the Community"),
    "without_vote": _("Without a vote"),
    "entitled": _("Entitled to vote"),
    "present": _("Present with credentials"),
    "quorum_required": _("Quorum"),
    "quorum": _("The quorum is"),
    "rule": _("Majority"),
    "support": _("Supported in so many words"),
    "silent": _("Silent"),
    "objections": _("Objections"),
    "for": _("For"),
    "against": _("Against"),
    "abstain": _("Abstained"),
    "ad_referendum": _("For, subject to confirmation"),
    "not_voting": _("Did not vote"),
    "rejected": _("Ballot not counted"),
    "comparison": _("Comparison"),
    "veto": _("Against, where one is enough to defeat"),
    "by_analogy": _("Rules"),
}
WORDS = {
    "met": _("met"),
    "not_met": _("not met"),
    "not_applied": _("not asked for in writing"),
    "ARREARS": _("contributions in arrears, Article 27(2)"),
    "PARTY_TO_ISSUE": _("party to the issue, Article 28(4)"),
    "NO_CREDENTIALS": _("no credentials"),
    "NOT_PRESENT": _("not present"),
    "ASSOCIATE_MEMBER": _("Associate Member"),
    "NOT_A_MEMBER_STATE": _("not a Member State"),
    "AD_REFERENDUM_NOT_ALLOWED": _("vote subject to confirmation not known to the rules"),
}
"""Codes within a line's value, which is a code, or a party and a code."""


def lines(arithmetic: Iterable[tuple[str, str]]) -> list[tuple[Any, str]]:
    """(label, text) of each line; the outcome itself is left out, since a sentence says it."""
    return [(LABELS[code], _in_words(value)) for code, value in arithmetic if code in LABELS]


def _in_words(value: str) -> str:
    party, _space, code = value.rpartition(" ")
    if code not in WORDS:
        return value
    return f"{party}: {WORDS[code]}" if party else str(WORDS[code])
