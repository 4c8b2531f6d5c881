"""The answer to a list: UN/EDIFACT CUSRES as carriers' hosts read it. It speaks of data, never of screening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .grade import catalogue, sentence
from .segments import STANDARD, Delimiters
from .tokenise import Cutter, delimiters_of, start_of
from .unwrap import unwrap

_TEXT_LENGTH = 350  # FTX C108 4440 holds five times 70 in the older directories, 512 in D.12B
_UNOA = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/='+:?_")
# Header errors 100 to 130 are this project's own numbers, in the order in which they are named.
_HEADER_ERRORS = (
    ("100", ("EMPTY", "NOT_PAXLST", "NO_TRAVELLERS")),
    ("101", ("FLIGHT_MISSING",)),
    ("102", ("PART_MISSING",)),
    ("103", ("COUNT_SHORT",)),
    ("104", ("TRUNCATED",)),
    ("105", ("DEPARTURE_MISSING", "ARRIVAL_MISSING", "PORT_UNKNOWN", "TIME_INVALID")),
)
_NOBODY, _OURSELVES = ("UNKNOWN", "ZZ"), ("JRCC", "ZZ")
_HEADER_LENGTH = 1_000  # characters in which a UNB ends
_SERIOUS = ("error", "fatal")


class Writer:
    """Writes segments with one sender's delimiters; values that hold a delimiter are released."""

    def __init__(self, marks: Delimiters) -> None:
        self.marks = marks
        self.segments: list[str] = []

    def released(self, text: object) -> str:
        """The value with the release character before each delimiter, or with blanks where there is none."""
        marks, value = self.marks, str(text)
        for mark in (marks.release, marks.terminator, marks.element, marks.component):
            if mark:
                value = value.replace(mark, marks.release + mark if marks.release else " ")
        return value

    def add(self, tag: str, *elements: object) -> None:
        """One segment; a tuple is a composite, empty tails are left out."""
        marks = self.marks
        written = [
            marks.component.join(self.released(part) for part in element).rstrip(marks.component)
            if isinstance(element, tuple)
            else self.released(element)
            for element in elements
        ]
        while written and not written[-1]:
            written.pop()
        self.segments.append(marks.element.join([tag, *written]))

    def text(self) -> str:
        """The interchange with its service string advice, one segment a line."""
        marks = self.marks
        advice = f"UNA{marks.component}{marks.element}.{marks.release or ' '} "
        ending = marks.terminator if marks.by_lines else marks.terminator + "\n"
        return "".join(segment + ending for segment in [advice, *self.segments])


def answer(obj: dict[str, Any], *, raw: bytes, receipt: str, reference: str, prepared: datetime) -> str:
    """The CUSRES for one object, in the delimiters of the request.

    `reference` is our interchange reference; `prepared` is written as it is. Errors of the list stand in ERP 1, each
    traveller with an error in his data gets one ERP 2 with code 4Z. Nothing here depends on screening.
    """
    return answer_all([obj], raw=raw, receipt=receipt, reference=reference, prepared=prepared)


def answer_all(objs: Iterable[dict[str, Any]], *, raw: bytes, receipt: str, reference: str, prepared: datetime) -> str:
    """One interchange with one message for each object of a file."""
    answers = list(objs)
    first = (answers[0]["message"] if answers else None) or {}
    envelope = _envelope(raw)
    writer = Writer(envelope.marks)
    ours, theirs = envelope.recipient, envelope.sender
    stamp = (f"{prepared:%y%m%d}", f"{prepared:%H%M}")
    version = tuple((first.get("version") or "D.12B").split(".", 1))
    writer.add("UNB", ("UNOA", "4"), ours, theirs, stamp, reference, "", "APIS")
    writer.add("UNG", "CUSRES", ours, theirs, stamp, "1", "UN", version)
    for number, obj in enumerate(answers, start=1):
        own = f"J{reference[-4:]}" if len(answers) == 1 else f"J{reference[-4:]}{number:02}"
        _message(writer, obj, receipt=receipt, own=own)
    writer.add("UNE", len(answers), "1")
    writer.add("UNZ", "1", reference)
    return writer.text()


def header_errors(obj: dict[str, Any]) -> list[str]:
    """Numbers that stand in the header in ascending order, ["0"] for an accepted list."""
    codes = {finding["code"] for finding in obj["findings"] if finding["severity"] in _SERIOUS}
    numbers = [number for number, causes in _HEADER_ERRORS if codes.intersection(causes)]
    if _faulty(obj) or (codes and not numbers):
        numbers.append("110")
    if (obj["message"] or {}).get("test"):
        numbers.append("130")
    return numbers or ["0"]


def _message(writer: Writer, obj: dict[str, Any], *, receipt: str, own: str) -> None:
    message = obj["message"] or {}
    version = (message.get("version") or "D.12B").split(".", 1)
    start = len(writer.segments)
    writer.add("UNH", own, ("CUSRES", *version, "UN", "IATA"), message.get("access_reference") or "", ("01", "F"))
    writer.add("BGM", "962")
    transaction, revision = message.get("transaction"), message.get("revision")
    writer.add("RFF", ("TN", transaction or receipt, "", "", revision or ""))
    _flight(writer, obj["flight"])
    _header(writer, obj, receipt)
    for number, findings in _faulty(obj).items():
        _traveller(writer, obj["travellers"][number - 1], findings)
    writer.add("UNT", len(writer.segments) - start + 1, own)


def _flight(writer: Writer, flight: dict[str, Any] | None) -> None:
    """Flight number, times and places as they were read."""
    if not flight:
        return
    if flight["number"]:
        writer.add("RFF", ("AF", f"{flight['carrier'] or ''}{flight['number']}"))
    leg = next(
        (leg for leg in flight["legs"] if flight["date"] and (leg["departs"] or "").startswith(flight["date"])),
        flight["legs"][0] if flight["legs"] else None,
    )
    if not leg:
        return
    for qualifier, moment in (("189", leg["departs"]), ("232", leg["arrives"])):
        if moment:
            digits = moment[2:].replace("-", "").replace("T", "").replace(":", "")
            writer.add("DTM", (qualifier, digits, "201" if len(digits) == 10 else "101"))
    for qualifier, place in (("125", leg["from"]), ("87", leg["to"])):
        if place:
            writer.add("LOC", qualifier, place)


def _header(writer: Writer, obj: dict[str, Any], receipt: str) -> None:
    faulty, total = len(_faulty(obj)), len(obj["travellers"])
    writer.add("ERP", "1")
    for number in header_errors(obj):
        writer.add("ERC", number)
    if faulty:
        text = f"RECEIPT {receipt} {faulty} OF {total} TRAVELLERS {'NEEDS' if faulty == 1 else 'NEED'} CORRECTION"
    else:
        text = f"RECEIPT {receipt} {obj['grade'].replace('_', ' ').upper()} {total} TRAVELLERS"
    writer.add("FTX", "AAP", "", "", plain(text))
    for finding in obj["findings"]:
        if finding["severity"] in _SERIOUS and finding["traveller"] is None:
            said = finding["text"].removesuffix(catalogue()[finding["code"]].get("advice", "")).rstrip(" .")
            writer.add("FTX", "AAP", "", "", plain(f"{finding['code']} {said.removeprefix('The ')}"))


def _faulty(obj: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    """Errors by number of the traveller, in list order."""
    found: dict[int, list[dict[str, Any]]] = {}
    for finding in obj["findings"]:
        number = finding["traveller"]
        if number is not None and finding["severity"] in _SERIOUS and 0 < number <= len(obj["travellers"]):
            found.setdefault(number, []).append(finding)
    return dict(sorted(found.items()))


def _traveller(writer: Writer, person: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    writer.add("ERP", "2")
    if person.get("pnr"):
        writer.add("RFF", ("AVF", person["pnr"]))
    if person.get("carrier_reference"):
        writer.add("RFF", ("ABO", person["carrier_reference"]))
    if not person.get("pnr") and not person.get("carrier_reference"):
        number = next((d["number"] for d in person["documents"] if d["number"]), None)
        if number:
            writer.add("RFF", ("ACW", number))
    writer.add("ERC", "4Z")
    for finding in findings:
        said = sentence(finding["code"], {"value": finding.get("original") or ""})
        writer.add("FTX", "AAP", "", "", plain(f"{finding['code']} {said.removeprefix('The ').rstrip('.')}"))


def plain(text: str) -> str:
    """Upper case with UNOA characters only (and the underscore of our codes), at most 350 characters."""
    return "".join(letter if letter in _UNOA else " " for letter in text.upper())[:_TEXT_LENGTH].strip()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Delimiters and parties of a request: who sent it and to whom, each with its qualifier."""

    marks: Delimiters = STANDARD
    sender: tuple[str, str] = _NOBODY
    recipient: tuple[str, str] = _OURSELVES


def _envelope(raw: bytes) -> Envelope:
    """The envelope of the request; standard delimiters and our name when it was no EDIFACT or has no UNB."""
    for stretch in unwrap(raw).stretches:
        marks = delimiters_of(stretch)
        if not marks:
            continue
        start = start_of(stretch.text, marks)
        first = stretch.text[start : start + _HEADER_LENGTH].partition(marks.terminator)[0] + marks.terminator
        header = next((segment for segment in Cutter(marks).cut(first) if segment.tag == "UNB"), None)
        if header is None:
            return Envelope(marks)
        sender, recipient = (
            (header.value(index), header.value(index, 1)) if header.value(index) else None for index in (2, 3)
        )
        return Envelope(marks, sender or _NOBODY, recipient or _OURSELVES)
    return Envelope()
