"""What a rule that is not kept means, in a sentence."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.access.violations import BrokenRules
from apps.rifc.rules.facts import Finding

SENTENCES: dict[str, Any] = {
    "P1": _("TLP:CLEAR goes with UNCLASSIFIED only. Choose another label, or lower the classification."),
    "P2": _("TLP:GREEN goes up to RESTRICTED. Choose AMBER, or lower the classification."),
    "P3": _("TLP:CLEAR has no limits: remove ORCON, EYES and the handling codes, or choose another label."),
    "P4": _("TLP:RED is for named people: name at least one, or choose AMBER+STRICT."),
    "P5": _("EYES must include your own party: add it, or leave the list empty."),
    "L16": _("%(at)s is marked higher than the report. Raise the report's classification, or lower this marking."),
    "V02": _("%(at)s: the MoU is not in force for this party."),
    "V04": _("%(at)s: this desk is not cleared for this marking."),
    "V08": _("%(at)s: this party is not among the report's EYES."),
    "V09": _("%(at)s: NOASSOC excludes Associate Members."),
    "V12": _("%(at)s already has the report."),
    "O02": _("%(at)s: this party is not among the report's EYES, so no request is sent."),
    "O03": _("%(at)s: NOASSOC excludes Associate Members, so no request is sent."),
    "O04": _("%(at)s: the report quotes another party's report. Request release; each originator decides."),
    "O05": _("%(at)s: you may add this recipient yourself, as the originator."),
    "O06": _("%(at)s: TLP:RED: forwarding needs the originator's consent. Request release."),
    "O07": _("%(at)s: ORCON: forwarding needs the originator's consent. Request release."),
    "O08": _("%(at)s: NOFWD: even inside your State, forwarding needs the originator's consent."),
    "O09": _("%(at)s: AMBER+STRICT: forwarding needs the originator's consent. Request release."),
    "O10": _("%(at)s: inside your own State, your point of contact forwards the report without asking."),
    "O11": _("%(at)s: this report may be forwarded to this desk without asking."),
    "O12": _("%(at)s: outside the community only with the originator's consent; CLEAR needs no consent."),
    "O13": _("%(at)s: forwarding to another State needs the originator's consent. Request release."),
    "G1": _(
        "%(at)s: 1 in 6×6 means confirmed. Enter a report from an independent source that confirms it, or grade it 2."
    ),
    "G2": _("%(at)s has no grading. Grade it; only spot reports and products need none."),
}


def sentence(finding: Finding) -> str:
    """The finding in words."""
    return str(SENTENCES[finding.rule]) % {"at": finding.at} if finding.at else str(SENTENCES[finding.rule])


def broken(at: str, findings: Sequence[Finding]) -> BrokenRules:
    """The error of an action for rules that are not kept, shown at a field."""
    return BrokenRules(at, [(one.rule, sentence(one)) for one in findings])


def codes(at: str, rules: Iterable[str]) -> BrokenRules:
    """The same for rules without a place."""
    return broken(at, [Finding(rule) for rule in rules])


def place(number: int) -> str:
    """How a paragraph is called."""
    return pgettext("words, rifc", "Paragraph %(number)s") % {"number": number}
