"""Lists that are no EDIFACT: fields of sheets and JSON put into the same drafts that the message reader makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .assemble import Part, Submission, complete, name_missing_parts
from .grade import in_words_of_forms
from .read_flight import Flight
from .read_segments import DocumentDraft, Interchange, Message, TravellerDraft
from .segments import Delimiters, Segment

MARKS = Delimiters("\x1f", "\x1d", "", "\x1c", "form")
_NO_MARKS = str.maketrans("\x1c\x1d\x1e\x1f\r\n", "      ")
ROW = "ROW"


def made(line: int, *elements: str | tuple[str, ...]) -> Segment:
    """A segment that holds a form's values where a PAXLST segment has them; `line` is the row or list number."""
    written = [
        MARKS.component.join(part.translate(_NO_MARKS) for part in element)
        if isinstance(element, tuple)
        else element.translate(_NO_MARKS)
        for element in elements
    ]
    segment = Segment(ROW, [ROW, *written], MARKS)
    segment.line = segment.position = line
    return segment


@dataclass(slots=True)
class DocumentFields:
    """A travel document in a form; "" for what is not there, dates as CCYYMMDD or as sent."""

    type: str = ""
    number: str = ""
    issuer: str = ""
    expires: str = ""


@dataclass(slots=True)
class PersonFields:
    """A person in a form; "" for what is not there, dates as CCYYMMDD or as sent, places as codes."""

    line: int
    names: tuple[str, ...]
    status: str = "FL"
    sex: str = ""
    birth: str = ""
    nationality: str = ""
    origin: str = ""
    destination: str = ""
    seat: str = ""
    pnr: str = ""
    rank: str = ""
    residence: str = ""
    birth_place: str = ""
    carrier_reference: str = ""
    cleared_at: str = ""
    address: str = ""
    documents: tuple[DocumentFields, ...] = ()


def compact_date(text: str) -> tuple[str, str]:
    """A form's date and its format code: CCYYMMDD and 102 for ISO dates (also partial ones), else as sent."""
    parts = text.strip().split("-")
    if len(parts[0]) == 4 and all(part.isascii() and part.isdigit() for part in parts) and len(parts) <= 3:
        padded = [*parts, "00", "00"][:3]
        if all(len(part) == 2 for part in padded[1:]):
            return "".join(padded), "102"
    return text, "102" if len(text) == 8 and text.isascii() and text.isdigit() else ""


def draft_of(person: PersonFields) -> TravellerDraft:
    """The draft of a person in a form."""
    line = person.line
    address = [person.address] if person.address else []
    draft = TravellerDraft(made(line, person.status, "", "", person.names, *address), person.status)
    draft.sex = made(line, "2", "", person.sex)
    draft.birth = made(line, ("329", *compact_date(person.birth)))
    draft.nationality = made(line, "2", person.nationality)
    places = {"178": person.origin, "179": person.destination, "174": person.residence, "180": person.birth_place,
              "22": person.cleared_at}  # fmt: skip
    draft.places = {role: made(line, role, value) for role, value in places.items() if value}
    references = {"SEA": person.seat, "AVF": person.pnr, "ABO": person.carrier_reference}
    draft.references = {kind: made(line, (kind, value)) for kind, value in references.items() if value}
    if person.rank:
        draft.details["EMP1"] = made(line, "1", person.rank)
    draft.documents = [_document(line, fields) for fields in person.documents]
    return draft


def _document(line: int, fields: DocumentFields) -> DocumentDraft:
    document = DocumentDraft(made(line, fields.type, fields.number))
    if fields.expires:
        document.expiry = made(line, ("36", *compact_date(fields.expires)))
    if fields.issuer:
        document.issuer = made(line, "91", fields.issuer)
    return document


def submission_of(people: list[PersonFields], *, kind: str, flight: Flight, function: str = "original") -> Submission:
    """A submission of one part that holds the persons of a form."""
    message = Message(Interchange(MARKS))
    message.travellers = [draft_of(person) for person in people]
    part = Part(message, kind, function, flight, None, "")
    return Submission([part])


def form_object(submission: Submission, *, now: datetime) -> dict[str, Any]:
    """The contract's object of a form: travellers and documents checked as in a message, no envelope, no totals."""
    obj = complete(submission, submission.lowest.flight, now=now, parts=None)
    return {**obj, "findings": [in_words_of_forms(finding) for finding in obj["findings"]]}


@dataclass(frozen=True, slots=True)
class Books:
    """What a corrected list keeps of the message it was: its parts, the total stated, whether it broke off."""

    parts: dict[str, Any] | None = None
    stated_total: int | None = None
    truncated: bool = False
    test: bool = False

    def check(self, submission: Submission, read: int) -> None:
        """The findings that correcting travellers does not heal: parts or persons still missing."""
        if self.parts and not self.parts["complete"]:
            name_missing_parts(submission.findings, submission.lowest, self.parts)
        if self.truncated:
            submission.findings.add("TRUNCATED", last="")
        elif (
            self.stated_total is not None
            and self.stated_total > read
            and not (self.parts and not self.parts["complete"])
        ):
            submission.findings.add(
                "COUNT_SHORT", original=str(self.stated_total), recovered=str(read), said=self.stated_total, found=read
            )

    def enter(self, message: dict[str, Any]) -> None:
        """Put them into the object's message."""
        if self.parts:
            message["parts"] = self.parts
        message["stated_total"] = self.stated_total
        if self.test:
            message["test"] = True
