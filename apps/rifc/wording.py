"""What a rule that is not kept means, in a sentence."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.broken import BrokenRules
from apps.rifc.rules.facts import Finding

SENTENCES: dict[str, Any] = {
    "P1": _("TLP:CLEAR goes with UNCLASSIFIED only. Choose another label, or lower the classification."),
    "P2": _("TLP:GREEN goes up to RESTRICTED. Choose AMBER, or lower the classification."),
    "P3": _("TLP:CLEAR has no limits: take away ORCON, EYES and the handling codes, or choose another label."),
    "P4": _("TLP:RED is for persons by name: name at least one, or choose AMBER+STRICT."),
    "P5": _("EYES must hold your own party: add it, or leave the list empty."),
    "L16": _("%(at)s is marked above the report. Raise the report's classification, or lower this marking."),
    "V02": _("%(at)s: the MoU is not in force for this party."),
    "V04": _("%(at)s: this desk may not hold what is marked this high."),
    "V08": _("%(at)s: this party is not among the EYES of the report."),
    "V09": _("%(at)s: NOASSOC keeps the report from Associate Members."),
    "V12": _("%(at)s has the report already."),
    "O02": _("%(at)s: this party is not among the EYES of the report, so that nobody is asked."),
    "O03": _("%(at)s: NOASSOC keeps the report from Associate Members, so that nobody is asked."),
    "O04": _("%(at)s: the report quotes another party's. Ask for its release; each originator decides."),
    "O05": _("%(at)s: you may add this recipient yourself, as the originator."),
    "O06": _("%(at)s: TLP:RED goes further only if the originator agrees. Ask for its release."),
    "O07": _("%(at)s: ORCON: it goes further only if the originator agrees. Ask for its release."),
    "O08": _("%(at)s: NOFWD: also inside your State it goes further only if the originator agrees."),
    "O09": _("%(at)s: AMBER+STRICT goes further only if the originator agrees. Ask for its release."),
    "O10": _("%(at)s: inside your own State the report is passed on by your point of contact, without asking."),
    "O11": _("%(at)s: this report may be passed on to this desk without asking."),
    "O12": _("%(at)s: outside of the community only if the originator agrees; what is CLEAR needs nobody's consent."),
    "O13": _("%(at)s: to another State only if the originator agrees. Ask for its release."),
    "G1": _("%(at)s: 1 in 6×6 means confirmed. Name a report of another root that confirms it, or grade it 2."),
    "G2": _("%(at)s has no grading. Grade it; only spot reports and products go without."),
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
    return _now("Paragraph %(number)s") % {"number": number}
