"""What a paragraph seems to speak of: identifiers by their form, places by name, words that look like a name.

A person decides about each; nothing here is ever stored by itself. What fails its check digit is not proposed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apps.entities.rules.identifiers import BadValue, normal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A piece of text (`start`, `end`: places in it) that may be a fact: type of the entity, field, value."""

    type: str
    field: str
    value: str
    start: int
    end: int


EMAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{2,4}){3,8}\b")
IMO = re.compile(r"\bIMO(?: (?:no\.?|number))?[ :]*(\d{7})\b", re.IGNORECASE)
MMSI = re.compile(r"\bMMSI(?: (?:no\.?|number))?[ :]*(\d{9})\b", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w+])(?:\+\d[\d ().-]{7,18}\d|\(?[2-9]\d{2}\)?[ -]\d{3}[ -]\d{4})(?!\w)")
PASSPORT = re.compile(
    r"\b(?:(?P<issuer>[A-Z]{3}) )?[Pp]assport(?: (?:[Nn]o\.?|number))?[ :]*"
    r"(?P<number>(?:[A-Z]{3}[ /])?[A-Z]{0,3}\d{5,9})\b"
)
SERIAL = re.compile(r"\bserial(?: (?:no\.?|number))?[ :]*(?P<number>[A-Z0-9][A-Z0-9-]{3,19})\b", re.IGNORECASE)
VIN = re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}\b")
PLATE = re.compile(
    r"\b(?:plate|registration|registered)(?: (?:no\.?|number|as))?[ :]*"
    r"(?P<country>[A-Z]{3})[ /:-]?(?P<number>[A-Z]{0,3} ?\d{1,5}[A-Z]?)\b"
)
POSITION = re.compile(r"\b\d{1,2}\.\d{1,5}\s*°?\s*[NS][, ]+\d{1,3}\.\d{1,5}\s*°?\s*[EW]\b")
VESSEL = re.compile(
    r"\b(?:MV|M/V|FV|F/V|SV|motor vessel|fishing vessel|yacht)\s+[“\"']?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})"
)
QUOTED = re.compile(r"(?:known as|alias|called|nicknamed)\s+[“\"'](?P<name>[^”\"']{2,60})[”\"']")
NAME_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?"
NAME = re.compile(
    rf"\b(?:(?P<title>Mr|Mrs|Ms|Dr|Captain|Capt)\.? )?"
    rf"(?P<name>{NAME_WORD}(?: (?:de|da|van|von|der|den|la|al|bin|[A-Z]\.)){{0,2}}(?: {NAME_WORD}){{1,3}})"
)
COMMON = frozenset((
    "The", "This", "That", "These", "Those", "There", "They", "Their", "Two", "Three", "Four", "Five", "Six",
    "Seven", "Eight", "Nine", "Ten", "One", "On", "At", "In", "From", "Of", "And", "But", "Between", "After",
    "Before", "During", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    "Bay", "Port", "Harbour", "Harbor", "Street", "Road", "Avenue", "Airport", "Terminal", "Police", "Customs",
    "Coast", "Guard", "Ministry", "Company", "Limited", "Ltd", "Inc", "Bank", "Island", "Islands", "North", "South",
    "East", "West", "Saint", "St", "River", "Point", "Beach", "Town", "City", "Caribbean", "Sea", "Atlantic",
    "Ocean", "Interpol", "Reported", "His", "Her", "Its", "He", "She", "It", "A", "An", "No", "Member", "State",
    "States", "Regional", "Security", "Intelligence", "Monthly", "Spot", "Report", "Passport", "Serial", "Captain",
))  # fmt: skip
"""Words that begin with a capital and are no part of a person's name."""


def proposals(text: str, places: Iterable[tuple[str, str]] = ()) -> list[Proposal]:
    """What a text seems to speak of, in its order; a piece of text is proposed once, as the surest thing that it is.

    `places` are (name, code) of States and bodies of water that the portal knows.
    """
    found: list[Proposal] = []
    for each in (*_identifiers(text), *_vessels(text), *_places(text, places), *_persons(text)):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(found, key=lambda one: (one.start, one.end))


def _identifiers(text: str) -> Iterable[Proposal]:
    plain = (
        (EMAIL, "email", "email", "email", 0),
        (IBAN, "bank_account", "iban", "iban", 0),
        (IMO, "vessel", "imo", "imo", 1),
        (MMSI, "vessel", "mmsi", "mmsi", 1),
        (VIN, "vehicle", "vin", "vin", 0),
        (POSITION, "location", "position", "position", 0),
        (SERIAL, "firearm", "serial", "serial", 1),
        (PHONE, "phone", "number", "phone", 0),
    )
    for match in PASSPORT.finditer(text):
        issuer = (match["issuer"] or "").upper()
        value = f"{issuer} {match['number'].upper()}".strip()
        yield from _checked("person", "passport", "document", value, match.span())
    for match in PLATE.finditer(text):
        yield from _checked("vehicle", "plate", "plate", f"{match['country']} {match['number']}", match.span())
    for pattern, kind, field, form, group in plain:
        for match in pattern.finditer(text):
            if field != "serial" or re.search(r"\d", match[group]):
                yield from _checked(kind, field, form, match[group], match.span())


def _checked(kind: str, field: str, form: str, value: str, span: tuple[int, int]) -> Iterable[Proposal]:
    try:
        normal(form, value)
    except BadValue:
        return
    yield Proposal(kind, field, value.strip(), *span)


def _vessels(text: str) -> Iterable[Proposal]:
    for match in VESSEL.finditer(text):
        yield Proposal("vessel", "name", match["name"], *match.span())


def _places(text: str, places: Iterable[tuple[str, str]]) -> Iterable[Proposal]:
    for name, _code in sorted(places, key=lambda one: -len(one[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Proposal("location", "name", name, *match.span())


def _persons(text: str) -> Iterable[Proposal]:
    for match in QUOTED.finditer(text):
        yield Proposal("person", "alias", match["name"], *match.span("name"))
    for match in NAME.finditer(text):
        words = match["name"].split()
        while words and words[0] in COMMON:
            words = words[1:]
        if len(words) < 2 or any(word in COMMON for word in words):
            continue
        name = " ".join(words)
        start = match.end("name") - len(name)
        yield Proposal("person", "name", name, start, match.end("name"))
