"""From messages to submissions: parts of one list come together, are counted, and become one object each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from apps.manifests.paxlst.progress import SILENT, Telling

from .grade import Finding, Findings, grade_of
from .normalise_documents import GROUP_PASSPORT
from .read_flight import Flight, check_flight, read_flight
from .read_message import (
    as_object,
    check_interchange,
    check_message,
    function_of,
    has_total,
    is_full,
    is_truncated,
    now_of,
    prepared_of,
    stated_total,
    total_of_both,
    travellers_of,
    type_of,
)
from .read_segments import Message, TravellerDraft
from .read_traveller import Setting, TravellerReader


@dataclass(slots=True)
class Part:
    """One message with what decides which list it belongs to."""

    message: Message
    kind: str | None
    function: str
    flight: Flight
    number: int | None
    mark: str

    def belongs_with(self, other: Part) -> bool:
        """True when both may be parts of one list: same category and nothing about the flight contradicts."""
        mine, theirs = self.flight, other.flight
        pairs = ((mine.carrier, theirs.carrier), (mine.number, theirs.number), (mine.date, theirs.date))
        return (self.kind, self.function) == (other.kind, other.function) and all(
            not a or not b or a == b for a, b in pairs
        )


@dataclass(slots=True)
class Submission:
    """The parts of one list and what was found in them."""

    parts: list[Part]
    findings: Findings = field(default_factory=Findings)
    people: list[tuple[TravellerDraft, dict[str, Any]]] = field(default_factory=list)
    read: int = 0
    telling: Telling = SILENT
    silent: frozenset[str] = frozenset()  # codes of travellers that one finding about the whole list stands for

    @property
    def lowest(self) -> Part:
        """The part that comes first in the list."""
        return self.parts[0]


def group(messages: list[Message]) -> list[Submission]:
    """Messages sorted into submissions, in the order in which each first appears; parts in part order."""
    submissions: list[Submission] = []
    by_category: dict[tuple[str | None, str], list[Submission]] = {}
    by_flight: dict[tuple[object, ...], Submission] = {}
    for message in messages:
        function = function_of(message)
        number, mark = message.sequence
        part = Part(message, type_of(message), function, read_flight(message), number, mark)
        flight = part.flight
        key = (part.kind, function, flight.carrier, flight.number, flight.date)
        home = by_flight.get(key)
        if home is None:
            alike = by_category.setdefault((part.kind, function), [])
            # only recent lists are compared one by one, so that rubbish cannot make this quadratic
            home = next((each for each in reversed(alike[-50:]) if part.belongs_with(each.parts[0])), None)
            if home is None:
                home = Submission([])
                submissions.append(home)
                alike.append(home)
            by_flight[key] = home
        home.parts.append(part)
    for submission in submissions:
        _put_in_order(submission)
    return submissions


def _put_in_order(submission: Submission) -> None:
    """Sort the parts; the first copy of a part number counts."""
    arrived = [part.number or 0 for part in submission.parts]
    seen: set[object] = set()
    kept: list[Part] = []
    for part in submission.parts:
        identity: object = part.number
        if identity is None:
            identity = tuple(segment.raw for segment in part.message.segments)
        if identity in seen:
            submission.findings.add("PART_DUPLICATE", part.message.header, n=part.number or 1)
            continue
        seen.add(identity)
        kept.append(part)
    if arrived != sorted(arrived):
        submission.findings.add("PART_OUT_OF_ORDER", kept[0].message.header)
    submission.parts = sorted(kept, key=lambda part: part.number or 0)


def parts_object(parts: list[Part]) -> dict[str, Any]:
    """Which parts arrived, how many there are (None until the final one is here), and whether that is all."""
    numbers = sorted({part.number for part in parts if part.number is not None})
    if not numbers:
        return {"received": [1], "expected": 1, "complete": True}
    final = max((part.number for part in parts if part.number is not None and part.mark == "F"), default=None)
    if final is None and numbers == [1] and not any(part.mark == "C" for part in parts):
        final = 1  # many hosts number a single message 01 and leave out the mark
    within = [number for number in numbers if final is not None and 1 <= number <= final]
    return {"received": numbers, "expected": final, "complete": final is not None and len(within) == final}


def read_submission(submission: Submission, as_of: datetime | None) -> dict[str, Any]:
    """The contract's object of one list in EDIFACT."""
    lowest, findings = submission.lowest, submission.findings
    truncated = any(is_truncated(part.message) for part in submission.parts)
    interchanges = {id(part.message.interchange): part.message.interchange for part in submission.parts}
    for interchange in interchanges.values():
        check_interchange(interchange, findings, truncated=truncated)
    for part in submission.parts:
        check_message(part.message, findings)
    flight = _flight(submission)
    now = now_of(lowest.message.interchange, as_of)
    check_flight(flight, now, legs_needed=lowest.kind != "master_crew" or bool(flight.legs))
    parts = parts_object(submission.parts)
    if not parts["complete"]:
        name_missing_parts(findings, lowest, parts)
    return complete(submission, flight, now=now, parts=parts, truncated=truncated)


def complete(
    submission: Submission, flight: Flight, *, now: datetime, parts: dict[str, Any] | None, truncated: bool = False
) -> dict[str, Any]:
    """Travellers, totals and grade of a list whose flight is known; `parts` is None for forms, which have no totals."""
    lowest = submission.lowest
    _take_over(submission.findings, flight.findings)
    _read_people(submission, flight, now)
    message = as_object(lowest.message, lowest.kind, lowest.function, parts or parts_object([]))
    if parts is not None:
        _check_totals(submission, message, complete=parts["complete"] and not truncated)
    elif not submission.people:
        submission.findings.add("NO_TRAVELLERS")
    return _object(submission, message, flight)


def _flight(submission: Submission) -> Flight:
    """The flight of the lowest part that knows it, with legs of another part when it has none."""
    flights = [part.flight for part in submission.parts]
    flight = next((each for each in flights if each.number), flights[0])
    if not flight.legs:
        flight.legs = next((each.legs for each in flights if each.legs), [])
    return flight


def _take_over(findings: Findings, others: Findings) -> None:
    for item in others.items:
        findings.add(item.code, item.segment, original=item.original, recovered=item.recovered, **item.slots)


def name_missing_parts(findings: Findings, lowest: Part, parts: dict[str, Any]) -> None:
    """Say which parts have not arrived."""
    received = set(parts["received"])
    end = parts["expected"] or max(received)
    missing = [str(number) for number in range(1, min(end, 1000) + 1) if number not in received][:10]
    if parts["expected"] is None:
        missing.append("with the final mark F")
    findings.add("PART_MISSING", lowest.message.header, n=", ".join(missing))


def _read_people(submission: Submission, flight: Flight, now: datetime) -> None:
    """Read travellers in part order, set duplicates aside, and compare documents."""
    lowest, findings = submission.lowest, submission.findings
    prepared = prepared_of(lowest.message.interchange)
    reference = date.fromisoformat(flight.date or (prepared or now.isoformat())[:10])
    setting = Setting(
        mode=flight.mode,
        leg=flight.crossing,
        reference=reference,
        full=is_full(lowest.kind, lowest.function),
        crew_list=lowest.kind in ("crew", "master_crew"),
    )
    seen: dict[tuple[object, ...], str] = {}
    papers: dict[tuple[object, ...], tuple[object, ...]] = {}
    for part in submission.parts:
        drafts = travellers_of(part.message, part.function)
        for draft in submission.telling.each(drafts, len(drafts)):
            submission.read += 1
            own = Findings()
            person = TravellerReader(draft, setting, own).read()
            identity = _identity(person)
            if identity in seen:
                findings.add("DUPLICATE_TRAVELLER", draft.segment, name=name_of(person))
                continue
            seen[identity] = ""
            submission.people.append((draft, person))
            for item in own.items:
                if item.code in submission.silent:
                    continue
                findings.add(
                    item.code, item.segment, traveller=draft, original=item.original, recovered=item.recovered,
                    **item.slots,
                )  # fmt: skip
            _check_papers(draft, person, identity, papers, findings)


def _identity(person: dict[str, Any]) -> tuple[object, ...]:
    """Names, birth date and documents; without the last two the booking tells namesakes apart."""
    documents = tuple((d["type"], d["issuer"], d["number"]) for d in person["documents"])
    name = (person["surname"], person["given_names"])
    if person["birth_date"] is None and not any(number for _type, _issuer, number in documents):
        return (*name, person["pnr"], person.get("carrier_reference"), len(documents))
    return (*name, person["birth_date"], documents)


def _check_papers(
    draft: TravellerDraft,
    person: dict[str, Any],
    identity: tuple[object, ...],
    papers: dict[tuple[object, ...], tuple[object, ...]],
    findings: Findings,
) -> None:
    """One document in the hands of two travellers; group passports are meant for that."""
    for document in person["documents"]:
        key = (document["type"], document["issuer"], document["number"])
        if not document["number"] or document["type"] == GROUP_PASSPORT:
            continue
        if papers.setdefault(key, identity) != identity:
            number = document["number"]
            findings.add("SAME_DOCUMENT_TWICE", draft.segment, traveller=draft, original=number, number=number)


def _check_totals(submission: Submission, message: dict[str, Any], *, complete: bool) -> None:
    """Control total against travellers read, before or after setting duplicates aside."""
    findings, lowest = submission.findings, submission.lowest
    holder = next((part for part in submission.parts if part.message.totals), None)
    stated = stated_total(holder.message, lowest.kind) if holder else None
    message["stated_total"] = stated
    kept = len(submission.people)
    if not kept:
        _check_empty(submission, stated)
        return
    if not has_total(lowest.kind, lowest.function):
        return
    if stated is None:
        if not any(is_truncated(part.message) for part in submission.parts):
            findings.add("CNT_MISSING")
        return
    low, high = kept, submission.read
    if holder and len(holder.message.totals) > 1 and low <= total_of_both(holder.message) <= high:
        return
    if complete and not low <= stated <= high:
        segment = next(iter(holder.message.totals.values())) if holder else None
        code = "COUNT_SHORT" if stated > high else "COUNT_OVER"
        findings.add(code, segment, original=str(stated), recovered=str(kept), said=stated, found=kept)


def _check_empty(submission: Submission, stated: int | None) -> None:
    """A list of nobody: a nil list, a flight status, or unreadable."""
    lowest = submission.lowest
    if lowest.kind == "flight_status":
        return
    if stated == 0:
        submission.findings.add("NIL_LIST")
    else:
        submission.findings.add("NO_TRAVELLERS", lowest.message.header)


def name_of(person: dict[str, Any]) -> str:
    """SURNAME/GIVEN as carriers write it, "" for a traveller without name."""
    if not person["surname"]:
        return ""
    return f"{person['surname']}/{person['given_names']}" if person["given_names"] else person["surname"]


def _object(submission: Submission, message: dict[str, Any], flight: Flight) -> dict[str, Any]:
    numbers = {id(draft.segment): index for index, (draft, _person) in enumerate(submission.people, start=1)}
    people = [person for _draft, person in submission.people]

    def shown(item: Finding) -> dict[str, Any]:
        # a repair in the text of a NAD is about its traveller too
        segment = item.traveller.segment if isinstance(item.traveller, TravellerDraft) else item.segment
        number = numbers.get(id(segment)) if segment is not None else None
        return item.as_object(number, name_of(people[number - 1]) if number else "")

    severities = {item.severity for item in submission.findings.items}
    grade = grade_of(severities)
    return {
        "grade": grade,
        "message": message,
        "flight": flight.as_object(),
        "travellers": people if grade != "unreadable" else [],
        "findings": [shown(item) for item in submission.findings.items],
    }
