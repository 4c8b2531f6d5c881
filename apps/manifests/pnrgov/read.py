"""The reader of booking data: bytes in, one object for each flight out, with findings. Nothing makes it fail."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from apps.manifests.paxlst.grade import Findings, grade_of
from apps.manifests.paxlst.normalise_places import read_place
from apps.manifests.paxlst.read_flight import split_flight
from apps.manifests.paxlst.segments import Note, Segment, whole_number

from .bookings import Booking, Message, Traveller
from .cut import TAGS, cut
from .documents import Paper, day_of, read_docs
from .walk import Walker, leg_of

_FIRST_YEAR, _LAST_YEAR = 11, 21
_UNKNOWN_NAMED = 20
_FUNCTIONS = {"22": "push", "141": "update"}


def read(data: bytes, *, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """One object for each flight of the file; at least one, never raises, linear in the length.

    Keys are those of a list (contract, section 2) with `bookings` in place of persons; `travellers` is empty, so that
    nothing that files lists can take a booking for one. `set_aside` counts what was not looked at. `as_of` is the
    moment taken as now where the message has no time of its own.
    """
    found = cut(data)
    messages = Walker().walk(found.segments)
    if not messages:
        return [_object(Findings(), None, [], found.notes, as_of, origin=found.origin, nothing=True)]
    flights: dict[tuple[Any, ...], list[Message]] = {}
    for message in messages:
        flights.setdefault(_flight_key(message), []).append(message)
    objects = []
    for together in flights.values():
        objects.append(_object(Findings(), together[0], together, found.notes, as_of, origin=found.origin))
    return objects


def _flight_key(message: Message) -> tuple[Any, ...]:
    if message.leg is None:
        return (message.header.value(3) if message.header else "",)
    leg = leg_of(message.leg)
    return (leg["carrier"], leg["number"], leg["from"], str(leg["departs"] or "")[:10])


def _object(
    findings: Findings, first: Message | None, messages: list[Message], notes: list[Note], as_of: datetime | None,
    *, origin: str | None, nothing: bool = False,
) -> dict[str, Any]:  # fmt: skip
    for note in notes:
        findings.add(note.code, None, original=note.original, recovered=note.recovered, **note.slots)
    flight = _flight(messages, findings)
    now = as_of or _prepared(first) or datetime.now()
    reference = date.fromisoformat(flight["date"]) if flight and flight["date"] else now.date()
    for message in messages:
        _check(message, findings)
    bookings = _latest(messages)
    for number, booking in enumerate(bookings, start=1):
        booking.number = number
        _complete(booking, reference, flight, findings)
    set_aside = sum(message.set_aside for message in messages)
    if set_aside:
        findings.add("PNR_SET_ASIDE", None, n=set_aside)
    if nothing or not bookings:
        findings.add("PNR_NO_BOOKING", first.header if first else None)
    grade = grade_of({item.severity for item in findings.items})
    return {
        "grade": grade,
        "message": _message(first, origin),
        "flight": flight,
        "travellers": [],
        "bookings": [one.as_object() for one in bookings] if grade != "unreadable" else [],
        "set_aside": set_aside,
        "findings": [item.as_object() for item in findings.items],
    }


def _latest(messages: list[Message]) -> list[Booking]:
    """The bookings of all messages; of one that comes again in a later message, with somebody of before, the later.

    Locators alone do not tell: systems use them again. A later booking of nobody, whose names stand in its history, was
    given up, and takes the place of all of its locator.
    """
    gone: set[int] = set()
    before: dict[str, list[Booking]] = {}
    named: dict[tuple[str, str, str], Booking] = {}
    for message in messages:
        for booking in message.bookings:
            locator = booking.locator or ""
            if locator and not booking.travellers and booking.names_before:
                gone.update(id(one) for one in before.pop(locator, []))
            met = (named.get((locator, one.surname or "", one.given_names)) for one in booking.travellers if locator)
            gone.update(id(one) for one in met if one)
        for booking in message.bookings:
            before.setdefault(booking.locator or "", []).append(booking)
            named.update(
                {(booking.locator or "", one.surname or "", one.given_names): booking for one in booking.travellers}
            )
    return [one for message in messages for one in message.bookings if id(one) not in gone]


def _prepared(message: Message | None) -> datetime | None:
    """UNB 0017 and 0019, which are YYMMDD and hhmm as in every interchange."""
    if message is None or message.envelope is None:
        return None
    text = message.envelope.value(4) + message.envelope.value(4, 1)
    try:
        return datetime.strptime(text, "%y%m%d%H%M").replace(tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None


def _message(first: Message | None, origin: str | None) -> dict[str, Any]:
    header, envelope = (first.header, first.envelope) if first else (None, None)
    prepared = _prepared(first)
    number = whole_number(header.value(4)) if header else None
    return {
        "type": "bookings",
        "function": _FUNCTIONS.get(first.function if first else "", "push"),
        "reference": (header.value(1) or None) if header else None,
        "access_reference": (header.value(3) or None) if header else None,
        "interchange": (envelope.value(5) or None) if envelope else None,
        "sender": (envelope.value(2) or None) if envelope else None,
        "prepared": prepared.isoformat(timespec="minutes") if prepared else None,
        "version": f"{header.value(2, 1)}.{header.value(2, 2)}" if header and header.value(2, 1) else None,
        # each part holds whole bookings, so that none waits for another
        "parts": {"received": [number or 1], "expected": number or 1, "complete": True},
        "stated_total": None,
        "test": envelope is not None and envelope.value(11) == "1",
        "origin": origin,
    }


def _flight(messages: list[Message], findings: Findings) -> dict[str, Any] | None:
    """The flight of the first TVL in front of the bookings, else of UNH 0068."""
    first = messages[0] if messages else None
    held = next((message.leg for message in messages if message.leg), None)
    if held is None:
        return _from_header(first, findings)
    leg = leg_of(held)
    departs = str(leg["departs"] or "")
    if not (leg["from"] and leg["to"] and departs and leg["number"]):
        findings.add("PNR_FLIGHT_INCOMPLETE", held, original=held.raw[:60])
    for place in (2, 3):
        if held.value(place) and not read_place(held.value(place), "air").known:
            findings.add("PORT_UNKNOWN", held, original=held.value(place), code=held.value(place))
    return {
        "mode": "air", "carrier": leg["carrier"], "number": leg["number"], "date": departs[:10] or None, "vessel": None,
        "legs": [{key: leg[key] for key in ("from", "to", "departs", "arrives")}],
    }  # fmt: skip


def _from_header(first: Message | None, findings: Findings) -> dict[str, Any] | None:
    header = first.header if first else None
    findings.add("PNR_FLIGHT_MISSING", header)
    text = header.value(3) if header else ""
    number = next(
        (part for part in text.split("/") if part[:2].isalnum() and part[-1:].isdigit() and len(part) > 3), ""
    )
    if not number or number.isdigit():
        return None
    carrier, plain = split_flight(number)
    day = next((day_of(part) for part in text.split("/") if len(part) == 6 and part.isdigit()), None)
    return {"mode": "air", "carrier": carrier, "number": plain or None, "date": day, "vessel": None, "legs": []}


def _check(message: Message, findings: Findings) -> None:
    """What is said about header, trailer and count, and the repairs in the text."""
    for segment in message.segments:
        for note in segment.notes or ():
            findings.add(note.code, segment, original=note.original, recovered=note.recovered, **note.slots)
    unknown = Counter(segment.tag for segment in message.segments if segment.tag and segment.tag not in TAGS)
    for tag, times in sorted(unknown.items())[:_UNKNOWN_NAMED]:
        first = next(segment for segment in message.segments if segment.tag == tag)
        findings.add("PNR_SEGMENT_UNKNOWN", first, tag=tag, n=times)
    header, trailer = message.header, message.trailer
    if header is None:
        findings.add("UNH_MISSING", message.segments[0] if message.segments else None)
    else:
        year = whole_number(header.value(2, 1))
        if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
            findings.add("PNR_VERSION", header, original=header.value(2, 1), value=header.value(2, 1) or "none")
    if trailer is None:
        findings.add("PNR_BROKEN_OFF", message.segments[-1] if message.segments else None)
    elif header is not None and whole_number(trailer.value(1)) != trailer.position:
        said, found = trailer.value(1), trailer.position
        findings.add(
            "UNT_COUNT_WRONG", trailer, original=said, recovered=str(found), said=said or "nothing", found=found
        )
    if message.stated and not (header and header.value(4)):
        stated = whole_number(message.stated.value(1))
        if stated is not None and stated != len(message.bookings):
            found = len(message.bookings)
            findings.add(
                "PNR_COUNT_DIFFERS",
                message.stated,
                original=str(stated),
                recovered=str(found),
                said=stated,
                found=found,
            )


def _complete(booking: Booking, reference: date, flight: dict[str, Any] | None, findings: Findings) -> None:
    """Documents, seats and bags to their travellers, and what the booking lacks."""
    who = f"Booking {booking.number}"
    if not booking.locator:
        findings.add("PNR_LOCATOR_MISSING", booking.segment, who=who)
    for paper in booking.papers:
        _paper(booking, paper, reference, findings, who)
    for seat, number, origin, destination in booking.seats:
        _seat(booking, seat, number, (origin, destination), flight)
    _bags(booking)
    if booking.no_persons:
        findings.add("PNR_NO_PERSON", booking.segment, who=who, n=booking.no_persons)
    if not booking.travellers and booking.names_before:
        findings.add("PNR_GIVEN_UP", booking.segment, who=who)
    elif not booking.travellers and not booking.no_persons:
        findings.add("PNR_TRAVELLER_MISSING", booking.segment, who=who)
    for one in booking.travellers:
        if one.surname is None:
            findings.add("PNR_NAME_MISSING", one.segment, who=f"{who}, traveller {one.number}")
        if one.at_check_in:
            findings.add("PNR_AT_CHECK_IN_ONLY", one.segment, who=f"{who}, traveller {one.number}")


def _bags(booking: Booking) -> None:
    """Pieces checked in: each leg's check-in tells the same ones again, so that the leg with most of them counts."""
    pieces: Counter[tuple[int, int]] = Counter()
    for number, holder, leg in booking.bags:
        for one in [holder] if holder else booking.travellers[:1]:
            pieces[(id(one), leg)] += min(number, 99)
    most: dict[int, int] = {}
    for (key, _leg), n in pieces.items():
        most[key] = max(n, most.get(key, 0))
    for one in booking.travellers:
        one.bags = most.get(id(one))


def _paper(
    booking: Booking, paper: tuple[Segment, str, str, Traveller | None], reference: date, findings: Findings, who: str
) -> None:
    segment, code, number, near = paper
    text = segment.value(1, 8) or segment.value(1, 7)
    if code != "DOCS":
        _visa(booking, code, text, number, near)
        return
    read_paper = read_docs(text, reference)
    if read_paper is None:
        findings.add("PNR_DOCS_UNREADABLE", segment, original=text[:60], who=who)
        return
    for found, original, recovered in read_paper.codes:
        findings.add(found, segment, original=original, recovered=recovered, value=original, who=who)
    one = _owner(booking, number, near, read_paper)
    if one is None:
        findings.add("PNR_DOCS_UNASSIGNED", segment, who=who)
        return
    if read_paper.document and read_paper.document not in one.documents:
        one.documents.append(read_paper.document)
    one.birth_date = one.birth_date or read_paper.birth_date
    one.nationality = one.nationality or read_paper.nationality
    one.sex = read_paper.sex if one.sex == "U" else one.sex
    one.kind = "infant" if read_paper.infant else one.kind
    if one.surname is None:
        one.surname, one.given_names = read_paper.surname, read_paper.given_names


def _visa(booking: Booking, code: str, text: str, number: str, near: Traveller | None) -> None:
    """DOCO is birth place/type/number/place/issue day/State: a visa or known-traveller number. DOCA is not kept."""
    fields = [part.strip() for part in text.upper().split("/")]
    one = _owner(booking, number, near, None)
    if code != "DOCO" or one is None or len(fields) < 4 or not fields[3]:
        return
    document = {"type": fields[2] or None, "number": fields[3], "issuer": None, "expires": None}
    if document not in one.documents:
        one.documents.append(document)


def _owner(booking: Booking, number: str, near: Traveller | None, paper: Paper | None) -> Traveller | None:
    """Whose it is: by name, number or place, or the only one. An infant's is not that of the adult with it."""
    surname, first = (paper.surname, paper.given_names.split(" ")[0]) if paper else (None, "")
    people = booking.travellers
    named = [one for one in people if surname and one.surname == surname] or people
    exact = [one for one in named if surname and one.given_names.split(" ")[0] == first]
    if paper and paper.infant:
        named = [one for one in named if one.kind == "infant"]
    by_number = [one for one in named if number and one.reference == number]
    by_place = [one for one in named if one is near]
    found = exact or by_number or by_place or (named if len(named) == 1 else [])
    return found[0] if found else None


def _seat(booking: Booking, seat: str, number: str, ends: tuple[str, str], flight: dict[str, Any] | None) -> None:
    """The seat on the flight of the message; those of other legs are not wanted."""
    legs = (flight or {}).get("legs") or []
    if ends[0] and legs and (ends[0], ends[1]) != (legs[0]["from"], legs[0]["to"]):
        return
    holders = [one for one in booking.travellers if one.reference == number] if number else booking.travellers[:1]
    for one in holders[:1]:
        one.seat = one.seat or seat[:4]
