"""ACKRES: the answer to booking data. It speaks of the message, never of a traveller, and never of screening.

Form as in the PADIS guide to PNRGOV: MSG element 2 is 3 (taken in) or 7 (not); ERC carries this portal's own numbers,
those of CUSRES, since the guide leaves them to the State.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.manifests.paxlst.cusres import plain
from apps.manifests.paxlst.cusres_parts import Writer

from .cut import cut

_SERIOUS = ("error", "fatal")
_NUMBERS = (
    ("100", ("PNR_NO_BOOKING",)),
    ("101", ("PNR_FLIGHT_MISSING",)),
    ("104", ("PNR_BROKEN_OFF",)),
    ("105", ("PNR_FLIGHT_INCOMPLETE", "PORT_UNKNOWN")),
    ("110", ("PNR_LOCATOR_MISSING",)),
)
_TEXTS = 20  # findings named one by one


def acknowledge(objs: Sequence[dict[str, Any]], *, raw: bytes, receipt: str, reference: str, prepared: datetime) -> str:
    """One interchange with one ACKRES for each flight of the file, in the delimiters of the request."""
    writer = Writer(cut(raw).marks)
    first = objs[0]["message"]
    stamp = (f"{prepared:%y%m%d}", f"{prepared:%H%M}")
    writer.add("UNB", ("IATA", "1"), "JRCC", first["sender"] or "UNKNOWN", stamp, reference)
    for number, obj in enumerate(objs, start=1):
        _message(writer, obj, receipt, number)
    writer.add("UNZ", len(objs), reference)
    return writer.text()


def _message(writer: Writer, obj: dict[str, Any], receipt: str, number: int) -> None:
    start = len(writer.segments)
    own, access = str(number), (obj["message"]["access_reference"] or "")[:35]
    serious = [finding for finding in obj["findings"] if finding["severity"] in _SERIOUS]
    codes = {finding["code"] for finding in serious}
    writer.add("UNH", own, ("ACKRES", "11", "1", "IA"), access)
    writer.add("MSG", ("", "23"), "7" if obj["grade"] == "unreadable" else "3")
    for error, causes in _NUMBERS:
        if codes.intersection(causes):
            writer.add("ERC", error)
    writer.add("IFT", "3", plain(f"RECEIPT {receipt} {obj['grade'].replace('_', ' ')}"))
    for finding in serious[:_TEXTS]:
        place = f" {finding['segment']} {finding['position']}" if finding["position"] else ""
        writer.add("IFT", "3", plain(f"{finding['code']}{place} {finding['text']}"))
    if any(finding["code"] == "PNR_NOT_KEPT" for finding in obj["findings"]):
        writer.add("IFT", "3", "NO STATE OF THIS FLIGHT MAY HAVE BOOKINGS, NOTHING OF THEM WAS KEPT")
    writer.add("UNT", len(writer.segments) - start + 1, own)
