"""What of booking data may be kept: the elements that a law names, in the message and in what was read of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from itertools import accumulate
from typing import Any

from apps.manifests.paxlst.kinds import bookings_in
from apps.manifests.paxlst.segments import Delimiters, Segment
from apps.manifests.paxlst.unwrap import advice_before, decode, encode

from .cut import REPETITION, TAGS, Cut, cut, is_mixed, piece
from .walk import CONTACTS, HISTORY, PAPERS, SEATS

ELEMENTS = ("documents", "itinerary", "seats", "bags", "contacts", "agency", "payment")
"""What a law may name beside the record locator and the names of travellers. Nothing else of a booking is read."""
_OPEN = frozenset({"UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "MSG", "EQN", "SRC"})
_NO_SEGMENT = "---"
_OF_TAG = {"TVL": "itinerary", "TBD": "bags", "ORG": "agency"}
_OF_SERVICE = {
    **dict.fromkeys(PAPERS, "documents"), **dict.fromkeys(CONTACTS, "contacts"), **dict.fromkeys(SEATS, "seats"),
}  # fmt: skip


def kept(data: bytes, elements: Collection[str], *, lawful: bool) -> bytes:
    """The message with every segment that may not be kept cut down to its tag; not `lawful`: all but the flight.

    Of a segment that is not known not even the tag is kept, which may be a piece of a name.
    Segments keep their numbers, so that findings still say where something stood. The result is UTF-8. Lists beside
    the bookings stay as they came, byte for byte.
    """
    if is_mixed(data):
        return _beside_lists(data, elements, lawful=lawful)
    found = cut(data)
    return f"{_advice(found)}\n{_narrowed(found, elements, lawful=lawful)}".encode("utf-8", "replace")


def _beside_lists(data: bytes, elements: Collection[str], *, lawful: bool) -> bytes:
    text, _code_page = decode(data)
    written, at = [], 0
    for start, end, advice in _as_sent(text):
        found = piece(text[start:end], advice)
        written += [text[at:start], _narrowed(found, elements, lawful=lawful).rstrip("\n")]
        at = end
    return encode("".join([*written, text[at:]]), data)


def _as_sent(text: str) -> list[tuple[int, int, Delimiters | None]]:
    """Where bookings stand in a text with its line ends, which may stand anywhere in it, and the UNA before each."""
    runs = [(found.start(), found.end()) for found in re.finditer(r"[^\r\n]+", text)]
    begins = list(accumulate((end - start for start, end in runs), initial=0))
    joined = "".join(text[start:end] for start, end in runs)

    def place(at: int, run: int) -> int:
        return runs[run][0] + at - begins[run]

    return [
        (
            place(start, bisect_right(begins, start) - 1),
            place(end, bisect_left(begins, end) - 1),
            advice_before(joined, start),
        )
        for start, end in bookings_in(joined)
    ]


def _narrowed(found: Cut, elements: Collection[str], *, lawful: bool) -> str:
    """The segments as text, each on its line."""
    written, in_bookings, history = [], False, False
    for segment in found.segments:
        in_bookings = (in_bookings or segment.tag in ("SRC", "RCI", "TIF")) and segment.tag != "UNH"
        history = (history or segment.tag in HISTORY) and segment.tag not in ("SRC", "UNH")
        written.append(_segment(segment, elements, in_bookings=in_bookings, lawful=lawful and not history))
    end = "" if found.marks.by_lines else found.marks.terminator
    return "".join(f"{line}{end}\n" for line in written if line)


def _advice(found: Cut) -> str:
    marks = found.marks
    return f"UNA{marks.component}{marks.element}.{marks.release or ' '}{REPETITION}"


def _segment(segment: Segment, elements: Collection[str], *, in_bookings: bool, lawful: bool) -> str:
    tag = segment.tag
    if tag not in TAGS:
        return _NO_SEGMENT
    if tag in _OPEN or (not in_bookings and tag in ("TVL", "ORG")):
        return segment.raw
    if not lawful:
        return tag
    if tag in ("RCI", "TIF"):
        return segment.raw
    if tag == "TRI":
        component = segment.marks.component
        return segment.marks.element.join(["TRI", "", component * 3 + segment.value(2, 3)])
    if tag == "DAT":
        return segment.raw if segment.value(1) == "700" else tag
    if tag == "FOP":
        return _payment(segment) if "payment" in elements else tag
    if tag == "ADD":
        return _telephones(segment) if "contacts" in elements else tag
    named = _OF_SERVICE.get(segment.value(1)) if tag == "SSR" else _OF_TAG.get(tag)
    return segment.raw if named in elements else tag


def _payment(segment: Segment) -> str:
    """The kinds of payment without the numbers of cards."""
    kinds = [
        one.split(segment.marks.component)[0][:3]
        for element in segment.elements[1:]
        for one in element.split(REPETITION)
    ]
    return segment.marks.element.join(["FOP", *kinds])


def _telephones(segment: Segment) -> str:
    """An address reduced to its telephone."""
    component = segment.marks.component
    phones = [component * 7 + segment.value(place, 7) for place in range(2, len(segment.elements))]
    return segment.marks.element.join(["ADD", "", *phones])


def shape_of(value: str) -> str:
    """What a value looked like without saying what it was: letters as A, digits as 9."""
    return "".join("A" if one.isalpha() else "9" if one.isdigit() else one for one in value)


def without_people(obj: dict[str, Any]) -> dict[str, Any]:
    """An object as everybody concerned with the message may see it: no booking, and findings that quote nobody."""
    findings = []
    for finding in obj["findings"]:
        original = finding["original"]
        if original and finding["segment"] not in _OPEN and finding["code"] not in _ABOUT_THE_FLIGHT:
            shape = shape_of(original)
            finding = {
                **finding,
                "original": shape,
                "recovered": None,
                "text": finding["text"].replace(original, shape),
            }
        findings.append(finding)
    counts = {"bookings": len(obj["bookings"]), "travellers": sum(len(one["travellers"]) for one in obj["bookings"])}
    return {**obj, "bookings": [], "findings": findings, "counts": counts}


_ABOUT_THE_FLIGHT = frozenset({"PNR_FLIGHT_INCOMPLETE", "PORT_UNKNOWN", "UNA_DEDUCED", "TYPEB_ENVELOPE"})


def narrowed(booking: dict[str, Any], elements: Collection[str]) -> dict[str, Any]:
    """A booking as a State may have it: locator, day and names, and the elements that its law names."""
    people = [
        {
            **one,
            "seat": one["seat"] if "seats" in elements else None,
            "bags": one["bags"] if "bags" in elements else None,
            **({} if "documents" in elements else _WITHOUT_DOCUMENTS),
        }
        for one in booking["travellers"]
    ]
    return {
        **booking,
        "travellers": people,
        "itinerary": booking["itinerary"] if "itinerary" in elements else [],
        "contacts": booking["contacts"] if "contacts" in elements else [],
        "agency": booking["agency"] if "agency" in elements else None,
        "payment": booking["payment"] if "payment" in elements else [],
    }


_WITHOUT_DOCUMENTS: dict[str, Any] = {"documents": [], "birth_date": None, "nationality": None, "sex": "U"}
