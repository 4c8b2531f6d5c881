"""Notices of arrival and departure as ships' systems write them (eNOAD-like XML): the same object as for any form.

Neither a DTD nor entities are taken: a document that declares any is refused. Source: the elements ARRIVE, DEPART,
CONTACT, crew and passenger lists of the notice of arrival/departure of the US NVMC, by local name, in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .sheet_words import document_code, is_yes

ROOTS = frozenset({"NOAD", "ENOAD", "NOA", "NOD", "NOTICE", "NOTICEOFARRIVAL", "SHIPNOTICE"})
_FIRST_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)")
_DEEPEST, _MOST_ELEMENTS, _LONGEST = 12, 400_000, 2_000
_CREW = frozenset({"CREW", "CREWMEMBER", "CREWPERSON"})
_PASSENGERS = frozenset({"PAX", "PASSENGER", "NONCREW", "PERSON"})
_PERSON = {
    "surname": ("LASTNAME", "FAMILYNAME", "SURNAME"),
    "given_names": ("FIRSTNAME", "GIVENNAMES", "GIVENNAME"),
    "middle": ("MIDDLENAME",),
    "sex": ("GENDER", "SEX"),
    "birth_date": ("DOB", "DATEOFBIRTH", "BIRTHDATE"),
    "birth_place": ("PLACEOFBIRTH", "BIRTHPLACE"),
    "nationality": ("NATIONALITY", "COUNTRYOFNATIONALITY"),
    "residence": ("COUNTRYOFRESIDENCE", "RESIDENCE"),
    "rank": ("POSITION", "RANK", "RATING", "DUTY"),
    "from": ("EMBARKPORT", "EMBARKPORTCODE", "PORTOFEMBARKATION"),
    "to": ("DEBARKPORT", "DEBARKPORTCODE", "DISEMBARKPORT", "PORTOFDISEMBARKATION"),
    "transit": ("TRANSIT", "INTRANSIT"),
}
_DOCUMENT = {
    "type": ("IDTYPE", "DOCUMENTTYPE"),
    "number": ("IDVALUE", "IDNUMBER", "DOCUMENTNUMBER", "PASSPORTNUMBER"),
    "issuer": ("IDCOUNTRY", "IDISSUER", "ISSUINGSTATE", "DOCUMENTCOUNTRY"),
    "expires": ("IDEXPIRATION", "IDEXPIRE", "IDEXPIRES", "EXPIRATIONDATE", "EXPIRYDATE"),
}
_VESSEL = {
    "name": ("VESSELNAME", "SHIPNAME", "NAME"),
    "imo": ("IMONUMBER", "IMO", "VESSELIMO"),
    "call_sign": ("CALLSIGN",),
    "flag": ("FLAG", "FLAGSTATE"),
}


class Refused(Exception):
    """A document that is not read: `code` is the finding, `line` where it stands."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(slots=True)
class Element:
    """An element by its local name in capitals without marks; text without outer blanks."""

    name: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def first(self, names: tuple[str, ...]) -> str:
        """The text of the first child that bears one of the names and holds some."""
        return next((one.text for name in names for one in self.children if one.name == name and one.text), "")

    def walk(self) -> list[Element]:
        """This element and all below it, in their order."""
        found = [self]
        for child in self.children:
            found += child.walk()
        return found


def is_ship_xml(text: str) -> bool:
    """Whether the first element of a text is a notice."""
    found = _FIRST_TAG.search(text[:4000])
    return found is not None and _plain(found[1]) in ROOTS


def notices_of(text: str) -> list[dict[str, Any]]:
    """The passenger list and the crew list of a notice in the form of the JSON reader. Raises Refused."""
    root = _parsed(text)
    flight = _voyage(root)
    lists = []
    for kind, names in (("passenger", _PASSENGERS), ("crew", _CREW)):
        people = [_person(one, kind) for one in root.walk() if one.name in names and one.first(_PERSON["surname"])]
        if people:
            lists.append({"message": {"type": kind, "function": "original"}, "flight": flight, "travellers": people})
    return lists or [{"message": {"type": "passenger"}, "flight": flight, "travellers": []}]


def _plain(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.rpartition(":")[2].upper())


def _parsed(text: str) -> Element:
    parser = expat.ParserCreate()
    top = Element("")
    stack, count = [top], 0
    texts: list[list[str]] = [[]]

    def refuse(*_: Any) -> int:
        raise Refused("XML_WITH_DTD", parser.CurrentLineNumber)

    def start(name: str, _attributes: Any) -> None:
        nonlocal count
        count += 1
        if len(stack) > _DEEPEST or count > _MOST_ELEMENTS:
            raise Refused("XML_BROKEN", parser.CurrentLineNumber)
        element = Element(_plain(name))
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    def end(_name: str) -> None:
        stack.pop().text = "".join(texts.pop()).strip()[:_LONGEST]

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: texts[-1].append(data)
    try:
        # the text was decoded already: what the document says of its encoding no longer counts
        parser.Parse(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), True)
    except expat.ExpatError as error:
        raise Refused("XML_BROKEN", error.lineno) from error
    return top.children[0]


def _voyage(root: Element) -> dict[str, Any]:
    everything = Element("", children=root.walk())
    named = next((one for one in everything.children if one.name in ("VESSEL", "SHIP", "VESSELDETAILS")), everything)
    vessel = {key: named.first(names) or (everything.first(names[:1]) if key != "name" else everything.first(names[:2]))
              for key, names in _VESSEL.items()}  # fmt: skip
    legs: dict[str, str] = {}
    for end, here, other, names in (
        ("arrives", "to", "from", ("ARRIVE", "ARRIVAL", "ARRIVALDETAILS")),
        ("departs", "from", "to", ("DEPART", "DEPARTURE", "DEPARTUREDETAILS")),
    ):
        part = next((one for one in everything.children if one.name in names and one.children), None)
        if part is None:
            continue
        inside = Element("", children=part.walk())
        legs[here] = inside.first(("PORTCODE", "PORT", "LOCODE", "PORTNAME"))
        day, clock = (
            inside.first(("DATE", f"{names[0]}DATE", f"{names[1]}DATE")),
            inside.first(("TIME", f"{names[0]}TIME", f"{names[1]}TIME")),
        )
        legs[end] = f"{day}T{clock[:5]}" if day and clock and "T" not in day else day
        beyond = inside.first(("LASTPORT", "LASTPORTCODE") if end == "arrives" else ("NEXTPORT", "NEXTPORTCODE"))
        if beyond:
            legs.setdefault(other, beyond)
    number = everything.first(("VOYAGENUMBER", "VOYAGE", "VOYAGENO"))
    return {"mode": "sea", "number": number, "vessel": vessel, "legs": [legs] if legs else []}


def _person(element: Element, kind: str) -> dict[str, Any]:
    inside = Element("", children=element.walk())
    found = {key: inside.first(names) for key, names in _PERSON.items()}
    middle, transit = found.pop("middle"), is_yes(found.pop("transit"))
    if middle and found["given_names"] not in ("", "FNU"):
        found["given_names"] = f"{found['given_names']} {middle}"
    documents = [one for one in inside.children if any(one.first(names) for names in _DOCUMENT.values())]
    papers = [{key: one.first(names) for key, names in _DOCUMENT.items()} for one in documents]
    for paper in papers:
        paper["type"] = document_code(paper["type"])
    return {**found, "status": f"transit_{kind}" if transit else kind, "documents": papers}
