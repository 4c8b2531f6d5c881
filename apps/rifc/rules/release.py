"""Who sees a report: one rule for lists, pages, search, files, API, streams and exports (portal rule; TLP 2.0).

`apps.rifc.managers` says the same in SQL; tests compare the two on random reports and viewers.
"""

from collections.abc import Iterable

from apps.rifc.rules.facts import (
    ADMIN,
    AMBER,
    AMBER_STRICT,
    CLEAR,
    CLOSES_COMMUNITY,
    GREEN,
    NPC,
    RED,
    RELEASING,
    RESTRICTED,
    UNCLASSIFIED,
    WORKING,
    Facts,
    Finding,
    Target,
    Verdict,
    Viewer,
)

FULL, NONE, TOMBSTONE, INVALID = "full", "none", "tombstone", "invalid"


def invalid(report: Facts) -> list[str]:
    """Codes P1 to P5 of what does not go together in a marking; empty for a valid one."""
    restricted = report.orcon or report.eyes or report.handling
    wrong = {
        "P1": report.tlp == CLEAR and report.classification > UNCLASSIFIED,
        "P2": report.tlp == GREEN and report.classification > RESTRICTED,
        "P3": report.tlp == CLEAR and bool(restricted),
        "P4": report.tlp == RED and not report.persons,
        "P5": bool(report.eyes) and report.originator not in report.eyes,
    }
    return [code for code, broken in wrong.items() if broken]


def view(report: Facts, viewer: Viewer) -> Verdict:
    """full, tombstone or none; the first rule that fits decides."""
    bad = invalid(report)
    if bad:
        return Verdict(INVALID, bad[0])
    if ADMIN in viewer.roles:
        return Verdict(NONE, "V01")
    if not viewer.mou and viewer.party != report.originator and report.tlp != CLEAR:
        return Verdict(NONE, "V02")
    own_desk = viewer.desk == report.desk
    cleared = viewer.clearance >= report.classification
    if report.state in WORKING:
        return Verdict(FULL if own_desk and cleared else NONE, "V03")
    if not cleared:
        return Verdict(NONE, "V04")
    if viewer.party == report.originator:
        found = _own_party(report, viewer, own_desk)
        if found is not None:
            return found
    return _recipient(report, viewer)


def listed(report: Facts, viewer: Viewer) -> bool:
    """Whether the report went to the viewer: to their desk, and a RED one to themselves by name."""
    if report.tlp == RED:
        return viewer.person in report.persons
    return viewer.desk in report.recipients | report.forwards


def _own_party(report: Facts, viewer: Viewer, own_desk: bool) -> Verdict | None:
    known = listed(report, viewer)
    if report.tlp == RED and not (own_desk or known):
        return Verdict(NONE, "V05")
    if own_desk or known or (report.tlp != RED and viewer.roles & {NPC, RELEASING}):
        return Verdict(FULL, "V06")
    return Verdict(NONE, "V07") if report.tlp in {AMBER, AMBER_STRICT, RED} else None


def _recipient(report: Facts, viewer: Viewer) -> Verdict:
    known = listed(report, viewer)
    if report.eyes and viewer.party not in report.eyes:
        return Verdict(NONE, "V08")
    if "NOASSOC" in report.handling and viewer.associate:
        return Verdict(NONE, "V09")
    had_it = known or bool({viewer.desk, viewer.person} & report.dropped)
    if report.state == "recalled":
        return Verdict(TOMBSTONE if had_it else NONE, "V10")
    if known:
        return Verdict(FULL, "V12")
    if had_it:
        return Verdict(TOMBSTONE, "V10")
    open_to_all = report.tlp in {GREEN, CLEAR} and not report.orcon and not report.handling & CLOSES_COMMUNITY
    if open_to_all and viewer.community:
        return Verdict(FULL, "V11")
    return Verdict(NONE, "V13")


def receivable(report: Facts, target: Target) -> Finding | None:
    """Why a desk cannot be sent the report (V02, V08, V09, V04), None if it can."""
    own = target.party == report.originator
    if not own and not target.mou and report.tlp != CLEAR:
        return Finding("V02", target.desk)
    if report.eyes and target.party not in report.eyes:
        return Finding("V08", target.desk)
    if "NOASSOC" in report.handling and target.associate and not own:
        return Finding("V09", target.desk)
    return Finding("V04", target.desk) if target.ceiling < report.classification else None


def portions_above(classification: int, portions: Iterable[tuple[str, int]]) -> list[Finding]:
    """L16 for each (place, marking) that is above the report's own marking."""
    return [Finding("L16", place) for place, portion in portions if portion > classification]
