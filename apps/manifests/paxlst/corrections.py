"""Mending a list that was read: which value each finding asks for, what stands there, and the list with new values."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .normalise_dates import typed_date

LISTING = frozenset({"original", "change", "add"})
_DOCUMENT = ("type", "number", "issuer", "expires")
# Fields that a finding asks for: of the traveller, of one of their documents ("document." before it), of a leg of the
# journey ("leg."), of the flight ("flight.") or of the message.
FIELDS: dict[str, tuple[str, ...]] = {
    "NAME_MISSING": ("surname", "given_names"),
    "NAME_ONE_PART": ("surname", "given_names"),
    "NAME_MRZ": ("surname", "given_names"),
    "NAME_DIGIT_REPAIRED": ("surname", "given_names"),
    "SEX_MISSING": ("sex",),
    "SEX_INVALID": ("sex",),
    **dict.fromkeys(("DOB_MISSING", "DOB_INVALID", "DOB_REORDERED", "DOB_PARTIAL", "DOB_IMPLAUSIBLE"), ("birth_date",)),
    "DATE_FORMAT_ASSUMED": ("birth_date",),
    **dict.fromkeys(
        ("NATIONALITY_MISSING", "NATIONALITY_UNKNOWN", "NATIONALITY_TWO_LETTER", "NATIONALITY_NAME"), ("nationality",)
    ),
    "DOC_MISSING": tuple(f"document.{name}" for name in _DOCUMENT),
    "VISA_WITHOUT_PASSPORT": tuple(f"document.{name}" for name in _DOCUMENT),
    **dict.fromkeys(
        ("DOC_NUMBER_MISSING", "SAME_DOCUMENT_TWICE", "DOC_MRZ", "MRZ_CHECK_REPAIRED", "MRZ_CHECK_FAILED"),
        ("document.number",),
    ),
    "DOC_TYPE_UNKNOWN": ("document.type",),
    "DOC_TYPE_MISSING": ("document.type",),
    **dict.fromkeys(("DOC_ISSUER_MISSING", "DOC_ISSUER_UNKNOWN", "DOC_ISSUER_TWO_LETTER"), ("document.issuer",)),
    **dict.fromkeys(("DOC_EXPIRY_MISSING", "DOC_EXPIRY_INVALID", "DOC_EXPIRED"), ("document.expires",)),
    "PORT_OF_TRAVELLER_UNKNOWN": ("from", "to"),
    "FLIGHT_MISSING": ("flight.carrier", "flight.number"),
    "FLIGHT_FROM_UNH": ("flight.carrier", "flight.number"),
    "CARRIER_UNKNOWN": ("flight.carrier",),
    "IMO_CHECK_FAILED": ("vessel.imo",),
    "PORT_UNKNOWN": ("leg.from", "leg.to"),
    "DEPARTURE_MISSING": ("leg.from", "leg.departs"),
    "ARRIVAL_MISSING": ("leg.to", "leg.arrives"),
    "ARRIVAL_TIME_MISSING": ("leg.arrives",),
    "TIME_INVALID": ("leg.departs",),
    "ARRIVAL_BEFORE_DEPARTURE": ("leg.departs", "leg.arrives"),
    "FLIGHT_TOO_LONG": ("leg.departs", "leg.arrives"),
    "FLIGHT_DATE_FAR": ("leg.departs",),
    "COUNT_SHORT": ("message.stated_total",),
    "COUNT_OVER": ("message.stated_total",),
}
# Values that could not be read stand in the finding alone; left as they are, they are sent again as they were.
_AS_SENT = {
    "DOB_INVALID": "birth_date", "DOC_EXPIRY_INVALID": "document.expires", "SEX_INVALID": "sex",
    "TIME_INVALID": "leg.departs",
}  # fmt: skip
_DATES = frozenset({"birth_date", "document.expires"})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands: list and traveller from 1 (0: the list itself), field, and which document or leg from 0."""

    list: int
    traveller: int
    field: str
    index: int = 0

    @property
    def name(self) -> str:
        """Its name in a form."""
        return f"fix-{self.list}-{self.traveller}-{self.field.replace('.', '_')}-{self.index}"


@dataclass(frozen=True, slots=True)
class Mend:
    """A value that a finding asks for, and what stands there now."""

    place: Place
    value: str
    code: str


def can_be_mended(obj: Mapping[str, Any]) -> bool:
    """Whether the list names people who are on board: cancellations and closing lists are sent anew."""
    message = obj.get("message") or {}
    return bool(obj.get("travellers")) and message.get("function") in LISTING


def mends_of(objects: Sequence[Mapping[str, Any]], no: int, finding: Mapping[str, Any]) -> list[Mend]:
    """The values that a finding of the list `no` (from 1) asks for; none for what only informs."""
    obj = objects[no - 1]
    if finding["severity"] not in ("error", "warning") or not can_be_mended(obj):
        return []
    code, number = finding["code"], finding.get("traveller") or 0
    fields = FIELDS.get(code, ())
    if number and number <= len(obj["travellers"]):
        places = _of_person(obj["travellers"][number - 1], no, number, fields, finding)
    else:
        places = [place for field in fields if "." in field for place in _of_journey(obj, no, field, finding)]
    return [Mend(place, _value(obj, place, finding), code) for place in places]


def _of_person(
    person: Mapping[str, Any], no: int, number: int, fields: Iterable[str], finding: Mapping[str, Any]
) -> list[Place]:
    sent = finding.get("original")
    places = []
    for field in fields:
        if field in ("from", "to") and sent and person.get(field) != sent:
            continue
        if field.startswith(("leg.", "flight.", "vessel.", "message.")):
            continue
        named = field
        if finding["code"] == "DATE_FORMAT_ASSUMED" and person.get("birth_date") != finding.get("recovered"):
            named = "document.expires"
        index = _document_of(person, named, finding) if named.startswith("document.") else 0
        places.append(Place(no, number, named, index))
    return places


def _document_of(person: Mapping[str, Any], field: str, finding: Mapping[str, Any]) -> int:
    """Which document a finding is about: the one that lacks the field or holds what was sent, else the first."""
    documents, key = person["documents"], field.partition(".")[2]
    if finding["code"] in ("DOC_MISSING", "VISA_WITHOUT_PASSPORT"):
        return len(documents)
    known = {finding.get("original"), finding.get("recovered")} - {None}
    wanted: set[str | None] = {None} if finding["code"].endswith(("_MISSING", "_INVALID")) else set(known)
    return next((i for i, document in enumerate(documents) if document.get(key) in wanted), 0)


def _of_journey(obj: Mapping[str, Any], no: int, field: str, finding: Mapping[str, Any]) -> list[Place]:
    kind, key = field.split(".")
    if kind != "leg":
        return [] if kind == "document" else [Place(no, 0, field)]
    legs = (obj.get("flight") or {}).get("legs") or [{}]
    sent = finding.get("original")
    if finding["code"] == "PORT_UNKNOWN":
        return [Place(no, 0, field, i) for i, leg in enumerate(legs) if sent and leg.get(key) == sent]
    empty = [i for i, leg in enumerate(legs) if not leg.get(key)]
    last = len(legs) - 1 if key in ("to", "arrives") else 0
    return [Place(no, 0, field, empty[0] if empty else last)]


def _value(obj: Mapping[str, Any], place: Place, finding: Mapping[str, Any]) -> str:
    """What stands at a place: what was read, else what was sent."""
    kind, _, key = place.field.partition(".")
    if _AS_SENT.get(finding["code"]) == place.field:
        return str(finding.get("original") or "")
    if finding["code"] == "SEX_MISSING":
        return ""
    found: Any
    if place.traveller:
        person = obj["travellers"][place.traveller - 1]
        documents = person["documents"]
        if kind == "document":
            found = documents[place.index].get(key) if place.index < len(documents) else None
        else:
            found = person.get(place.field)
    elif kind == "leg":
        legs = (obj.get("flight") or {}).get("legs") or []
        found = legs[place.index].get(key) if place.index < len(legs) else None
    elif kind == "message":
        found = (obj.get("message") or {}).get(key)
    else:
        flight = obj.get("flight") or {}
        found = (flight.get("vessel") or {}).get(key) if kind == "vessel" else flight.get(key)
    return "" if found is None else str(found)


def standing(objects: Sequence[Mapping[str, Any]]) -> dict[Place, str]:
    """What stands at every place that a finding asks for; the first finding of a place says it."""
    found: dict[Place, str] = {}
    for no, obj in enumerate(objects, start=1):
        for finding in obj.get("findings") or []:
            for mend in mends_of(objects, no, finding):
                found.setdefault(mend.place, mend.value)
    return found


def mended(objects: Sequence[Mapping[str, Any]], values: Mapping[Place, str], corrects: str) -> bytes:
    """The lists with these values, in the form of the JSON reader; `corrects` is the receipt of the version before.

    Lists that name nobody on board are left out: they stand as they were sent.
    """
    lists = {no: _as_sent(obj) for no, obj in enumerate(objects, start=1) if can_be_mended(obj)}
    for obj in lists.values():
        obj["message"]["corrects"] = corrects
    for place, value in {**standing(objects), **values}.items():
        if place.list in lists:
            _put(lists[place.list], place, value.strip())
    for no, obj in lists.items():
        for person, before in zip(obj["travellers"], objects[no - 1]["travellers"], strict=True):
            sent = len(before["documents"])
            person["documents"] = [one for n, one in enumerate(person["documents"]) if n < sent or any(one.values())]
    return json.dumps(list(lists.values()), ensure_ascii=False, separators=(",", ":")).encode()


def _as_sent(obj: Mapping[str, Any]) -> dict[str, Any]:
    """An object without its findings and grade, so that reading it again gives the same travellers."""
    kept = {key: copy.deepcopy(obj[key]) for key in ("message", "flight", "travellers")}
    kept["flight"] = kept["flight"] or {}
    if any(finding["code"] == "TRUNCATED" for finding in obj["findings"]):
        kept["message"]["truncated"] = True
    for person in kept["travellers"]:
        # two digits leave the century open, as in what was sent
        if person.pop("birth_date_other", None) and len(person["birth_date"] or "") == 10:
            person["birth_date"] = person["birth_date"][2:].replace("-", "")
    return kept


def _put(obj: dict[str, Any], place: Place, value: str) -> None:
    kind, _, key = place.field.partition(".")
    if place.field in _DATES:
        value = typed_date(value)
    if place.traveller:
        person = obj["travellers"][place.traveller - 1]
        if kind != "document":
            person[place.field] = value
            return
        while len(person["documents"]) <= place.index:
            person["documents"].append(dict.fromkeys(_DOCUMENT))
        person["documents"][place.index][key] = value
    elif kind == "leg":
        legs = obj["flight"].setdefault("legs", [])
        while len(legs) <= place.index:
            legs.append({})
        legs[place.index][key] = typed_date(value) if key in ("departs", "arrives") else value
        if place.index == 0 and key == "departs":
            obj["flight"]["date"] = None
    elif kind == "message":
        obj["message"][key] = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
    elif kind == "vessel":
        obj["flight"]["vessel"] = {**(obj["flight"].get("vessel") or {}), key: value}
    else:
        obj["flight"][key] = value


def still_wrong(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], places: Iterable[Place]
) -> dict[Place, str]:
    """{place: sentence} of those places of the lists `before` in whose mended form `after` an error still stands."""
    numbers = [no for no, obj in enumerate(before, start=1) if can_be_mended(obj)]
    faults: dict[tuple[int, int, str], str] = {}
    for no, obj in zip(numbers, after, strict=True):
        for finding in obj["findings"]:
            # the line of a form is the traveller's place in what was sent: people set aside do not shift it
            line = (finding.get("line") or 0) if finding.get("traveller") else 0
            if finding["severity"] in ("error", "fatal"):
                for field in FIELDS.get(finding["code"], ()):
                    faults.setdefault((no, line, field), finding["text"])
    keys = {place: (place.list, place.traveller, place.field) for place in places}
    return {place: faults[key] for place, key in keys.items() if key in faults}
