"""Passing a report on: freely, by whom, or only when its originators agree (portal rule; TLP 2.0)."""

from apps.rifc.rules.facts import (
    AMBER,
    AMBER_STRICT,
    CLEAR,
    EXTERNAL,
    GREEN,
    NPC,
    RED,
    RELEASING,
    Facts,
    Target,
    Verdict,
    Viewer,
)
from apps.rifc.rules.release import FULL, view

FREE, FORBIDDEN = "allow_logged", "forbidden"
BY_NPC, BY_RELEASING = "needs_npc", "needs_releasing_officer"
ASK, ASK_ALL = "needs_originator", "needs_originators"


def onward(report: Facts, viewer: Viewer, target: Target) -> Verdict:
    """What it takes for the viewer to let the target have the report."""
    if view(report, viewer).result != FULL:
        return Verdict(FORBIDDEN, "O01")
    if report.eyes and target.party not in report.eyes:
        return Verdict(FORBIDDEN, "O02")
    if "NOASSOC" in report.handling and target.associate:
        return Verdict(FORBIDDEN, "O03")
    others = report.third_parties - {target.party}
    if viewer.party == report.originator:
        return _own(viewer, bool(others))
    found = _recipient(report, viewer, target)
    if not others or target.party == viewer.party:
        return found
    # what quotes others leaves the State only when all of them agree
    return Verdict(ASK_ALL, "O04" if found.rule in {"O11", "O13"} else found.rule)


def _own(viewer: Viewer, third_party: bool) -> Verdict:
    if third_party:
        return Verdict(ASK_ALL, "O04")
    return Verdict(FREE if RELEASING in viewer.roles else BY_RELEASING, "O05")


def _recipient(report: Facts, viewer: Viewer, target: Target) -> Verdict:
    if report.tlp == RED:
        return Verdict(ASK, "O06")
    if report.orcon:
        return Verdict(ASK, "O07")
    if target.party == viewer.party:
        return _inside(report, viewer)
    if target.party == EXTERNAL:
        return Verdict(FREE if report.tlp == CLEAR else ASK, "O12")
    return Verdict(FREE, "O11") if report.tlp in {GREEN, CLEAR} else Verdict(ASK, "O13")


def _inside(report: Facts, viewer: Viewer) -> Verdict:
    """Inside the recipient's own State."""
    if "NOFWD" in report.handling:
        return Verdict(ASK, "O08")
    if report.tlp == AMBER_STRICT:
        return Verdict(ASK, "O09")
    if report.tlp == AMBER:
        return Verdict(FREE if NPC in viewer.roles else BY_NPC, "O10")
    return Verdict(FREE, "O11")
