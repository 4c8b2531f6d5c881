"""PAXLST text as a carrier's host writes it, for the demonstration and the tests."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PASSENGER, CREW = "FL", "FM"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a list; `status` is the NAD code (FL, FM, DDU, ZZZ). Empty text = not sent."""

    surname: str
    given: str
    sex: str = "M"
    born: str = "840307"
    nationality: str = "TTO"
    document: str = ""
    expires: str = "310514"
    seat: str = ""
    pnr: str = ""
    reference: str = ""
    status: str = PASSENGER
    boards: str = ""
    lands: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One leg; local times of the places."""

    origin: str
    destination: str
    departs: datetime.datetime
    arrives: datetime.datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list says about itself. `list_type` and `function` are BGM 1001 and 1004."""

    flight: str
    hops: Sequence[Hop]
    sent: datetime.datetime
    interchange: str
    list_type: str = "745"
    function: str = ""
    part: str = "01:F"
    total: int | None = None
    carrier: str = ""
    ship: tuple[str, str, str] | None = None
    is_test: bool = False


def message(heading: Heading, people: Iterable[Person]) -> bytes:
    """One interchange with one message, a segment a line."""
    listed = list(people)
    body = [*_head(heading), *(segment for person in listed for segment in _person(person, heading))]
    if heading.list_type != "266" or listed:
        counter = "41" if heading.list_type == "250" else "42"
        body.append(f"CNT+{counter}:{len(listed) if heading.total is None else heading.total}")
    sender = f"{heading.flight[:2] or heading.carrier}APIS"
    flags = "++++1" if heading.is_test else ""
    segments = [
        f"UNB+UNOA:4+{sender}:ZZ+JRCC:ZZ+{heading.sent:%y%m%d:%H%M}+{heading.interchange}++APIS{flags}",
        *body,
        f"UNT+{len(body) + 1}+PAX1",
        f"UNZ+1+{heading.interchange}",
    ]
    return ("UNA:+.? '\n" + "".join(f"{segment}'\n" for segment in segments)).encode()


def _head(heading: Heading) -> list[str]:
    first = heading.hops[0]
    access = f"{heading.flight}/{first.departs:%y%m%d}/{first.departs:%H%M}"
    function = f"+{heading.function}" if heading.function else ""
    craft = f"TDT+20+{heading.flight}"
    if heading.ship:
        imo, name, flag = heading.ship
        craft = f"TDT+20+{heading.flight}+1++{heading.carrier}+++{imo}:146:11:{name}:{flag}"
    return [
        f"UNH+PAX1+PAXLST:D:12B:UN:IATA+{access}+{heading.part}",
        f"BGM+{heading.list_type}{function}",
        "NAD+MS+++OPERATIONS CONTROL",
        "COM+246 555 0142:TE+OPS@EXAMPLE.ORG:EM",
        craft,
        *_places(heading),
    ]


def _places(heading: Heading) -> list[str]:
    code = ":139:6" if heading.ship else ""
    first, rest = heading.hops[0], heading.hops[1:]
    lines = [
        *(f"LOC+125+{first.origin}{code}", f"DTM+189:{first.departs:%y%m%d%H%M}:201"),
        *(f"LOC+87+{first.destination}{code}", f"DTM+232:{first.arrives:%y%m%d%H%M}:201"),
    ]
    for hop in rest:
        last = "130" if hop is rest[-1] else "92"
        lines += [f"LOC+92+{hop.origin}{code}", f"DTM+189:{hop.departs:%y%m%d%H%M}:201"]
        lines += [f"LOC+{last}+{hop.destination}{code}", f"DTM+232:{hop.arrives:%y%m%d%H%M}:201"]
    return lines


def _person(person: Person, heading: Heading) -> list[str]:
    code = ":139:6" if heading.ship else ""
    boards, lands = person.boards or heading.hops[0].origin, person.lands or heading.hops[-1].destination
    sent = {
        f"NAD+{person.status}+++{_text(person.surname)}:{_text(person.given)}": True,
        f"ATT+2++{person.sex}": person.sex,
        f"DTM+329:{person.born}": person.born,
        f"LOC+178+{boards}{code}": True,
        f"LOC+179+{lands}{code}": True,
        f"NAT+2+{person.nationality}": person.nationality,
        f"RFF+AVF:{person.pnr}": person.pnr,
        f"RFF+ABO:{person.reference}": person.reference,
        f"RFF+SEA:{person.seat}": person.seat,
        f"DOC+P:110:111+{person.document}": person.document,
        f"DTM+36:{person.expires}": person.document and person.expires,
        f"LOC+91+{person.nationality}": person.document and person.nationality,
    }
    return [segment for segment, is_sent in sent.items() if is_sent]


def _text(value: str) -> str:
    """Service characters released."""
    return "".join("?" + letter if letter in "'+:?" else letter for letter in value.upper())
