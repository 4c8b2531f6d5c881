"""What listeners are told of a report: desks, its number, how high it is marked; never a word of it."""

from collections.abc import Iterable
from typing import Any

from apps.rifc.models import Report

UNNUMBERED = "draft"


def about(report: Report, desks: Iterable[int], **more: Any) -> dict[str, Any]:
    """The payload of an event of a report for these desks. Recipients know a report by the number they were given."""
    return {
        "report": str(report.pk),
        "number": report.number or UNNUMBERED,
        "level": report.level,
        "desks": sorted(set(desks)),
        **more,
    }
