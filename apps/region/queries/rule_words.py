"""A rule of entry into force in words, and what met it: for the page of an instrument."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from apps.region.rules.entry_into_force import Finding

CLASSES = {
    "MEMBER_STATE": (pgettext_lazy("words, region", "Member State"), pgettext_lazy("words, region", "Member States")),
    "RSS_MEMBER_STATE": (
        gettext_lazy("Member State of the Regional Security System"),
        gettext_lazy("Member States of the Regional Security System"),
    ),
    "OTHER_STATE": (pgettext_lazy("words, region", "other State"), pgettext_lazy("words, region", "other States")),
    "ORG_RSS": (gettext_lazy("the Regional Security System itself"),) * 2,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a rule: how deep it stands, what it asks, whether and when it is met, by whom, who is missing."""

    depth: int
    asks: str
    on: datetime.date | None
    met: tuple[tuple[str, datetime.date], ...]
    missing: tuple[str, ...]


def describe_count_rule(finding: Finding, depth: int = 0) -> list[Sentence]:
    """The rule line by line, the whole before its parts."""
    own = Sentence(depth, asks(finding), finding.on, finding.met, finding.missing)
    return [own, *(each for part in finding.parts for each in describe_count_rule(part, depth + 1))]


def asks(finding: Finding) -> str:
    """What one operation asks: "60 days after the deposit by 3 Member States"."""
    if finding.op == "AND" and finding.plus_days:
        after = ngettext(
            "%(days)s day after the latest date of these:",
            "%(days)s days after the latest date of these:",
            finding.plus_days,
        )
        return after % {"days": finding.plus_days}
    if finding.op == "AND":
        return _("All of these; the latest date counts:")
    one, many = CLASSES.get(finding.cls, ("", ""))
    named = {"n": finding.need, "who": one if finding.need == 1 else many, "days": finding.plus_days}
    words = {
        "COUNT_SIGNED": pgettext("words, region", "signed by %(n)s: %(who)s") % named,
        "COUNT_DEPOSITED": _("ratification deposited by %(n)s: %(who)s") % named,
        "SIGNED_BY": _("signed by all those named"),
        "APPROVED_BY": _("approved by all those named"),
        "ALL_SIGNATORIES_RATIFIED": _("ratified by every signatory; a new signature reopens the question"),
    }[finding.op]
    if finding.plus_days:
        after = ngettext("%(what)s, plus %(days)s day", "%(what)s, plus %(days)s days", finding.plus_days)
        return after % {"what": words, "days": finding.plus_days}
    return words
