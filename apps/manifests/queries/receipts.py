"""What the page of a submission shows: how far it is, what was read, what must be corrected. No queries."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.paxlst import annotate
from apps.manifests.paxlst.annotate import spoken_moment
from apps.manifests.paxlst.layout import NO_LAYOUTS, Layouts
from apps.manifests.pnrgov import explain
from apps.manifests.queries.bookings import of_bookings

GRADES = {
    "accepted": ("ok", "check", pgettext_lazy("words, jrcc", "Accepted")),
    "accepted_with_warnings": ("warn", "alert", gettext_lazy("Accepted with warnings")),
    "needs_correction": ("bad", "circle-x", pgettext_lazy("words, jrcc", "Needs correction")),
    "unreadable": ("bad", "circle-x", pgettext_lazy("words, jrcc", "Unreadable")),
}
"""Chips of the grades of a list: kind, picture, words."""
STATUSES = {
    "passenger": pgettext_lazy("status, jrcc", "Passenger"),
    "crew": pgettext_lazy("status, jrcc", "Crew"),
    "transit_passenger": gettext_lazy("Passenger in transit"),
    "transit_crew": gettext_lazy("Crew in transit"),
}
SEVERITIES = ("fatal", "error", "warning", "info")
LINES, TRAVELLERS = 200, 100
"""Rows on one page; with more the page would be slow to draw."""
LARGEST_EXPLAINED = 2**20  # bytes; a list beyond a megabyte is explained by its findings alone


def grade_chip(grade: str) -> tuple[str, str, str]:
    """(kind, picture, words) of a grade; "being read" without one."""
    kind, picture, words = GRADES.get(grade, ("info", "half", pgettext("words, jrcc", "Processing")))
    return kind, picture, str(words)


def is_answered(row: Submission) -> bool:
    """Whether the answer is there. It is made when the list is read, so that nothing shows when it was screened."""
    return row.state != Submission.State.RECEIVED


def state_words(row: Submission) -> str:
    """Received or answered: what a sender is told. What the JRCC does with the persons is none of their business."""
    return pgettext("words, jrcc", "Answered") if is_answered(row) else pgettext("words, jrcc", "Received")


def list_receipt_steps(row: Submission) -> list[dict[str, Any]]:
    """The steps of a list as its sender sees them: [{words, done, current}]."""
    at = 2 if is_answered(row) else 0
    return [
        {"words": words, "done": n <= at, "current": n == at + 1}
        for n, words in enumerate(
            (pgettext("words, jrcc", "Received"), pgettext("step, jrcc", "Read"), pgettext("words, jrcc", "Answered"))
        )
    ]


def lists_of(content: SubmissionContent | None) -> list[dict[str, Any]]:
    """The lists read from a submission, each with its travellers numbered."""
    found = []
    for n, obj in enumerate((content.reading if content else None) or [], start=1):
        travellers = [
            {
                **person,
                "no": i,
                "status_words": STATUSES.get(person.get("status"), ""),
                "born": day_words(person.get("birth_date")),
            }
            for i, person in enumerate(obj.get("travellers") or [], start=1)
        ]
        found.append(
            {
                **obj,
                "no": n,
                "flight": _flight(obj.get("flight")),
                "travellers": travellers,
            }
        )
    return found


def day_words(iso: str | None) -> str:
    """A date as far as it is known: "9 Apr 1971", "Apr 1971", "1971"; what is no date stays as it stands."""
    try:
        return spoken_moment(iso) if iso else ""
    except (ValueError, IndexError):
        return iso or ""


def flight_words(flight: str) -> str:
    """`BW 600 POS–BGI 2026-11-25` with its date in words."""
    rest, _blank, last = flight.rpartition(" ")
    return f"{rest} {day_words(last)}".strip() if rest and last[:2] == "20" else flight


def _flight(flight: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The flight with its local times in words."""
    if not flight:
        return None
    legs = [
        {**leg, **{f"{end}_words": spoken_moment(leg[end]) if leg.get(end) else "" for end in ("departs", "arrives")}}
        for leg in flight.get("legs") or []
    ]
    return {**flight, "legs": legs}


def count_findings(findings: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many findings must be corrected, want a look, or only inform."""
    severities = [one["severity"] for one in findings]
    return {
        "correct": severities.count("fatal") + severities.count("error"),
        "look": severities.count("warning"),
        "inform": severities.count("info"),
    }


def explained(content: Any, layouts: Layouts = NO_LAYOUTS) -> list[dict[str, Any]]:
    """The message segment by segment, or row by row, with meaning and findings; empty for what is too long."""
    raw = bytes(content.raw)
    if len(raw) > LARGEST_EXPLAINED:
        return []
    booked = of_bookings(content.reading)
    found = annotate(raw, layouts=layouts) if len(booked) < len(content.reading or [None]) else []
    found += explain(raw, booked) if booked else []
    return [{**line, "worst": _worst(line["findings"])} for line in found]


def bookings_of(content: Any) -> dict[str, Any] | None:
    """What a page says of booking data: how many, and which States have them; None without any."""
    booked = of_bookings(content.reading) if content else []
    if not booked:
        return None
    return {
        "bookings": sum(obj["counts"]["bookings"] for obj in booked),
        "travellers": sum(obj["counts"]["travellers"] for obj in booked),
        "set_aside": sum(obj["set_aside"] for obj in booked),
        "states": sorted({state for obj in booked for state in obj["kept_for"]}),
        "lists_too": len(booked) < len(content.reading),
    }


def _worst(findings: Sequence[Mapping[str, Any]]) -> str:
    found = {one["severity"] for one in findings}
    return next((severity for severity in SEVERITIES if severity in found), "")


def stretch(rows: Sequence[Any], params: Mapping[str, str], name: str, size: int) -> dict[str, Any]:
    """One page of a long list in memory: {rows, said, newer, older}; `?name=` is the first row's number, from 1."""
    text = params.get(name, "1")
    first = min(max(1, int(text)), max(1, len(rows))) if text.isdecimal() and len(text) < 8 else 1
    shown = rows[first - 1 : first - 1 + size]
    rest = {key: value for key, value in params.items() if key != name}
    said = ""
    if len(rows) > size:
        said = pgettext("words, jrcc", "%(first)d to %(last)d of %(all)d") % {
            "first": first,
            "last": first + len(shown) - 1,
            "all": len(rows),
        }
    return {
        "rows": shown,
        "said": said,
        "newer": f"?{urlencode({**rest, name: max(1, first - size)})}#{name}" if first > 1 else None,
        "older": f"?{urlencode({**rest, name: first + size})}#{name}" if first - 1 + size < len(rows) else None,
    }


def size_words(size: int) -> str:
    """Bytes as people read them."""
    if size < 1024:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    return pgettext("words, jrcc", "%(n)d KB") % {"n": -(-size // 1024)}
