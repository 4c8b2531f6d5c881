"""The arithmetic of a vote in words: the codes of `rules.wording.explain` with their labels."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "members": _("Members of the Community"),
    "without_vote": _("Without a vote"),
    "entitled": _("Entitled to vote"),
    "present": _("Present with credentials"),
    "quorum_required": pgettext_lazy("words, council", "Quorum"),
    "quorum": pgettext_lazy("words, council", "Quorum status"),
    "rule": pgettext_lazy("words, council", "Majority"),
    "support": pgettext_lazy("words, council", "Support expressed"),
    "silent": pgettext_lazy("words, council", "Silent"),
    "objections": pgettext_lazy("words, council", "Objections"),
    "for": pgettext_lazy("words, council", "For"),
    "against": pgettext_lazy("words, council", "Against"),
    "abstain": pgettext_lazy("words, council", "Abstained"),
    "ad_referendum": _("For, subject to confirmation"),
    "not_voting": _("Did not vote"),
    "rejected": _("Ballot not counted"),
    "comparison": pgettext_lazy("words, council", "Comparison"),
    "veto": _("Against (one is enough to defeat it)"),
    "by_analogy": pgettext_lazy("words, council", "Rules"),
}
WORDS = {
    "met": pgettext_lazy("words, council", "met"),
    "not_met": pgettext_lazy("words, council", "not met"),
    "not_applied": _("not required in writing"),
    "ARREARS": _("contributions in arrears, Article 27(2)"),
    "PARTY_TO_ISSUE": _("party to the issue, Article 28(4)"),
    "NO_CREDENTIALS": pgettext_lazy("words, council", "no credentials"),
    "NOT_PRESENT": pgettext_lazy("words, council", "not present"),
    "ASSOCIATE_MEMBER": pgettext_lazy("words, council", "Associate Member"),
    "NOT_A_MEMBER_STATE": _("not a Member State"),
    "AD_REFERENDUM_NOT_ALLOWED": _("vote subject to confirmation, which the rules do not allow"),
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
