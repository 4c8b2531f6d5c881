"""The answer to a list: UN/EDIFACT CUSRES as carriers' hosts read it. It speaks of data, never of screening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .cusres_parts import Answer, Frame, Writer, addresses_of, telegrams
from .grade import sentence, without_advice
from .read_message import is_ours
from .segments import STANDARD, Delimiters
from .tokenise import Cutter, delimiters_of, start_of
from .unwrap import Unwrapped, unwrap

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


def answer(obj: dict[str, Any], *, raw: bytes, receipt: str, reference: str, prepared: datetime) -> str:
    """The CUSRES for one object, in the delimiters of the request.

    `reference` is our interchange reference; `prepared` is written as it is. Errors of the list stand in ERP 1, each
    traveller with an error in their data gets one ERP 2 with code 4Z. Nothing here depends on screening.
    """
    return answer_all([obj], raw=raw, receipt=receipt, reference=reference, prepared=prepared)


def answer_all(objs: Iterable[dict[str, Any]], *, raw: bytes, receipt: str, reference: str, prepared: datetime) -> str:
    """One interchange with one message for each object of a file; numbered telegrams where it came as a telegram."""
    answers = list(objs)
    first = (answers[0]["message"] if answers else None) or {}
    wrapped = unwrap(raw)
    envelope = _envelope(wrapped)
    telegram = wrapped.telegram is not None
    # a telegram has no line ends to give, and no control characters
    marks = STANDARD if telegram and not envelope.marks.terminator.isprintable() else envelope.marks
    writer = Writer(marks)
    frame = Frame(
        writer, envelope.recipient, envelope.sender, (f"{prepared:%y%m%d}", f"{prepared:%H%M}"), reference,
        tuple((first.get("version") or "D.12B").split(".", 1)),
    )  # fmt: skip
    written = []
    for number, obj in enumerate(answers, start=1):
        own = f"J{reference[-4:]}" if len(answers) == 1 else f"J{reference[-4:]}{number:02}"
        written.append(_message(writer, obj, receipt=receipt, own=own))
    if telegram:
        return telegrams(frame, written, addresses_of(wrapped.lines, wrapped.telegram or ""), prepared)
    frame.open(reference)
    for one in written:
        one.write(writer, one.segments)
    frame.close(reference, len(written))
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


def _message(writer: Writer, obj: dict[str, Any], *, receipt: str, own: str) -> Answer:
    """The answer to one list: what stands at its head, and each ERP with what belongs to it."""
    message = obj["message"] or {}
    version = (message.get("version") or "D.12B").split(".", 1)
    answer = Answer(own, ("CUSRES", *version, "UN", "IATA"), (message.get("access_reference") or "")[:35])
    writer.add("BGM", "962")
    transaction, revision = message.get("transaction"), message.get("revision")
    writer.add("RFF", ("TN", transaction or receipt, "", "", revision or ""))
    _flight(writer, obj["flight"])
    answer.head = writer.taken()
    _header(writer, obj, receipt)
    answer.groups.append(writer.taken())
    for number, findings in _faulty(obj).items():
        _traveller(writer, obj["travellers"][number - 1], findings)
        answer.groups.append(writer.taken())
    return answer


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
            said = without_advice(finding).rstrip(" .")
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


def _envelope(wrapped: Unwrapped) -> Envelope:
    """The envelope of the request; standard delimiters and our name when it was no EDIFACT or has no UNB."""
    for stretch in wrapped.stretches:
        marks = delimiters_of(stretch)
        if not marks:
            continue
        start = start_of(stretch.text, marks)
        first = stretch.text[start : start + _HEADER_LENGTH].partition(marks.terminator)[0] + marks.terminator
        header = next((segment for segment in Cutter(marks).cut(first) if segment.tag == "UNB"), None)
        if header is None:
            return Envelope(marks)
        sender, recipient = (
            (header.value(index)[:35], header.value(index, 1)[:4]) if header.value(index) else None for index in (2, 3)
        )
        ours = recipient and is_ours(recipient[0])
        return Envelope(marks, sender or _NOBODY, recipient if recipient and ours else _OURSELVES)
    return Envelope()
