"""By which way a report leaves the portal, and in what form."""

from typing import Any

from apps.rifc.rules.facts import RED, SECRET, SOURCES, Facts, Verdict, Viewer
from apps.rifc.rules.release import FULL, NONE, TOMBSTONE, view

TAXII, API, PDF, MAIL, SOURCE, READ_LOG = "taxii", "api", "pdf", "email", "source_ref", "readlog"


def channel(report: Facts, viewer: Viewer, way: str) -> Verdict:
    """What a viewer gets by a way: a form of the report, a notice, or none."""
    if way == SOURCE:
        own = viewer.desk == report.desk and SOURCES in viewer.roles
        return Verdict(FULL if own else NONE, "C06")
    if way == READ_LOG:
        return Verdict(FULL if viewer.party == report.originator else NONE, "C07")
    seen = view(report, viewer)
    if seen.result == TOMBSTONE:
        return Verdict("withdrawal_notice", seen.rule)
    if seen.result != FULL:
        return seen
    if way == MAIL:
        return Verdict("notice_without_content", "C05")
    if way == PDF:
        return Verdict(NONE, "C03") if not as_file(report) else Verdict("full_marked_watermarked", "C04")
    return Verdict(NONE, "C01") if not by_machine(report) else Verdict("full_without_source", "C02")


def by_machine(report: Facts) -> bool:
    """Whether programs of recipients may fetch it: not NOAUTO, RED or SECRET (C01)."""
    return "NOAUTO" not in report.handling and report.tlp != RED and report.classification < SECRET


def as_file(report: Any) -> bool:
    """Whether the report (its facts, or the record) may leave as a file or a print: not NOPRINT or RED (C03)."""
    return "NOPRINT" not in report.handling and report.tlp != RED
