"""Booking data explained line by line, without a traveller's name: what was understood in each segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apps.manifests.paxlst.segments import Segment

from .cut import cut
from .walk import CONTACTS, PAPERS, SEATS, Walker, leg_of

_MEANINGS = {
    "SRC": "A booking begins", "RCI": "Record of the booking", "TIF": "Traveller", "ORG": "Office",
    "FOP": "Kind of payment", "TBD": "Bags", "ADD": "Telephone", "UNT": "End of message", "UNZ": "End of transmission",
    "MSG": "Booking data are sent", "ABI": "History: not read", "SAC": "History: not read",
    "TRI": "Check-in of a traveller", "SSD": "Not read: seat at check-in", "DAT": "Day of the reservation",
}  # fmt: skip


def explain(data: bytes, objects: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each segment with its meaning and the findings of `objects` about it, in the form of paxlst.annotate."""
    segments = cut(data).segments
    Walker().walk(segments)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for obj in objects:
        for finding in obj["findings"]:
            found[finding["line"] or 1].append(finding)
    in_bookings, lines = False, []
    for segment in segments:
        in_bookings = (in_bookings or segment.tag == "SRC") and segment.tag != "UNH"
        lines.append(
            {
                "position": segment.position,
                "line": segment.line,
                "tag": segment.tag,
                "raw": segment.raw if not in_bookings else segment.tag,
                "meaning": _meaning(segment, in_bookings=in_bookings),
                "findings": found.get(segment.line, []),
            }
        )
    return lines


def _meaning(segment: Segment, *, in_bookings: bool) -> str:
    tag = segment.tag
    if tag == "TVL":
        leg = leg_of(segment)
        route = f"{leg['from'] or '?'}–{leg['to'] or '?'}"
        flight = f"{leg['carrier'] or ''}{leg['number'] or ''}"
        return (
            f"{'Leg' if in_bookings else 'Flight'} {flight} {route}".replace("  ", " ") if segment.value(1) else "Leg"
        )
    if tag == "EQN":
        return f"{segment.value(1)} bookings"
    if tag == "SSR":
        code = segment.value(1)
        if code in PAPERS:
            return "Travel document"
        if code in CONTACTS:
            return "Contact"
        return "Seat" if code in SEATS else "Set aside"
    if tag == "IFT":
        return "Set aside"
    return _MEANINGS.get(tag, "")
