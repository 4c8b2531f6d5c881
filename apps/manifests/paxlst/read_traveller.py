"""One traveller: from the segments of a NAD group to the person of the contract, with findings for the carrier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .grade import Findings
from .mrz import Zone, read_zone
from .mrz import split_names as split_mrz_names
from .normalise_dates import read_birth, read_moment
from .normalise_documents import is_known_type, is_passport, is_secondary, plain_number
from .normalise_names import read_name
from .normalise_places import read_place
from .normalise_states import read_state
from .read_flight import Leg
from .read_segments import DocumentDraft, TravellerDraft
from .segments import Segment
from .sheet_words import document_code

_NAME, _OTHER_PLACES = 4, (3, 2)
STATUS = {"FL": "passenger", "FM": "crew", "DDU": "transit_passenger", "DDT": "transit_crew", "ZZZ": "passenger"}
_SEXES = {"M": "M", "F": "F", "X": "X", "U": "U"}
_OTHER_SEXES = {"1": "M", "MALE": "M", "2": "F", "FEMALE": "F"}
_REFERENCES = {"ABO": "carrier_reference", "AEA": "government_reference", "CR": "known_traveller"}
_STATE_FINDING = {
    "NATIONALITY": {"two_letter": "TWO_LETTER", "name": "NAME", "old": "OLD", "unknown": "UNKNOWN"},
    "DOC_ISSUER": {"two_letter": "TWO_LETTER", "name": "NAME", "old": "OLD", "unknown": "UNKNOWN"},
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a traveller is read against: the list's kind and the crossing leg of its flight."""

    mode: str
    leg: Leg
    reference: date
    full: bool
    crew_list: bool

    @property
    def travel_day(self) -> str | None:
        """Date of arrival, else of departure."""
        moment = self.leg.arrives or self.leg.departs
        return moment[:10] if moment else None


class TravellerReader:
    """Normalises one draft; findings go to the list given."""

    def __init__(self, draft: TravellerDraft, setting: Setting, findings: Findings) -> None:
        self.draft = draft
        self.setting = setting
        self.findings = findings
        self.person: dict[str, Any] = {}

    def find(self, code: str, segment: Segment | None = None, /, **more: Any) -> None:
        """A finding about this traveller; stands at their NAD when no segment of its own is there."""
        self.findings.add(code, segment or self.draft.segment, traveller=self.draft, **more)

    def read(self) -> dict[str, Any]:
        """The traveller as the contract shows it."""
        self.person = {
            "surname": None, "given_names": "", "sex": "U", "birth_date": None, "nationality": None, "documents": [],
            "status": self._status(), "from": None, "to": None, "seat": None, "pnr": None,
        }  # fmt: skip
        zones = [self._document(document) for document in self.draft.documents]
        zone = next((found for found in zones if found), None)
        self._name(zone)
        self._sex(zone)
        self._birth(zone)
        self._nationality(zone)
        self._check_documents()
        self._places()
        self._references()
        self._details()
        return self.person

    def _status(self) -> str:
        code = self.draft.code
        if code == "FL" and self.setting.crew_list:
            self.find("STATUS_FROM_LIST", original=code, recovered="crew")
            return "crew"
        return STATUS[code]

    def _name(self, zone: Zone | None) -> None:
        sent, elsewhere = _name_of(self.draft.segment)
        name = read_name(sent)
        person = self.person
        person["surname"], person["given_names"] = name.surname, name.given_names
        if name.surname is None and zone and zone.names:
            person["surname"], person["given_names"] = split_mrz_names(zone.names)
        if name.infant:
            person["infant"] = True
        for code in (*name.codes, *(["NAME_ELSEWHERE"] if elsewhere else [])):
            shown = f"{person['surname'] or ''} {person['given_names']}".strip()
            self.find(code, original=":".join(sent), recovered=shown, value=shown)
        if not person["surname"]:
            person["surname"] = None
            if self.setting.full or not self.draft.references:
                self.find("NAME_MISSING")
        elif not person["given_names"] and self.setting.full:
            self.find("NAME_ONE_PART", recovered=person["surname"])

    def _sex(self, zone: Zone | None) -> None:
        segment = self.draft.sex
        value = (segment.value(3) or segment.value(2)) if segment else ""
        if not value and zone:
            value = zone.sex
        if value in _SEXES:
            self.person["sex"] = value
        elif value:
            self.person["sex"] = _OTHER_SEXES.get(value, "U")
            self.find("SEX_INVALID", segment, original=value, recovered=self.person["sex"], value=value)
        elif self.setting.full:
            self.find("SEX_MISSING", segment)

    def _birth(self, zone: Zone | None) -> None:
        segment = self.draft.birth
        parts = segment.composite(1) if segment else []
        value = parts[1].upper() if len(parts) > 1 else ""
        code = segment.value(1, 2) if segment else ""
        if not value.strip(" \t<") and zone:
            value, code = zone.birth, ""
        if not value.strip(" \t<"):
            if self.setting.full:
                self.find("DOB_MISSING", segment)
            return
        birth = read_birth(value, code, self.setting.reference)
        if birth is None:
            self.find("DOB_INVALID", segment, original=value, value=value)
            return
        self.person["birth_date"] = birth.iso
        if birth.other:
            self.person["birth_date_other"] = birth.other
        for found in birth.codes:
            self.find(found, segment, original=value, recovered=birth.iso, value=value, iso=birth.iso)

    def _nationality(self, zone: Zone | None) -> None:
        segment = self.draft.nationality
        value = segment.value(2) if segment else ""
        if not value and zone:
            value = zone.nationality
        if value.strip("<"):
            self.person["nationality"] = self._state("NATIONALITY", value, segment)
        elif self.setting.full:
            self.find("NATIONALITY_MISSING", segment)

    def _state(self, field: str, value: str, segment: Segment | None) -> str:
        state = read_state(value)
        ending = _STATE_FINDING[field].get(state.how)
        if ending:
            recovered = None if state.how == "unknown" else state.code
            self.find(f"{field}_{ending}", segment, original=value, recovered=recovered, value=value, code=state.code)
        return state.code

    def _document(self, draft: DocumentDraft) -> Zone | None:
        """One document; returns the machine-readable zone when one stood in its number."""
        segment = draft.segment
        kind, sent = segment.value(1).strip("<"), segment.value(2)
        zone = read_zone(sent.replace(" ", ""))
        number, expires = (zone.number, zone.expiry) if zone else (plain_number(sent), "")
        document: dict[str, Any] = {"type": kind or None, "number": number or None, "issuer": None, "expires": None}
        self.person["documents"].append(document)
        if zone:
            self._note_zone(zone, segment, sent)
        elif not number:
            if self.setting.full:
                self.find("DOC_NUMBER_MISSING", segment)
        elif number != sent:
            self.find("DOC_NUMBER_CLEANED", segment, original=sent, recovered=number)
        self._expiry(document, draft, expires)
        self._issuer(document, draft, zone)
        self._type(document, segment, zone)
        if document["expires"] is None and draft.expiry is None and not expires:
            self._expiry_missing(document, segment)
        return zone

    def _note_zone(self, zone: Zone, segment: Segment, sent: str) -> None:
        self.find("DOC_MRZ", segment, original=sent, recovered=zone.number)
        if zone.repaired:
            self.find("MRZ_CHECK_REPAIRED", segment, original=sent, recovered=zone.number)
        if zone.failed:
            self.find("MRZ_CHECK_FAILED", segment, original=sent)

    def _type(self, document: dict[str, Any], segment: Segment, zone: Zone | None) -> None:
        kind = document["type"] or (zone.type if zone else "")
        if not kind:
            if document["number"] and document["expires"]:
                document["type"] = "P"
            if self.setting.full:
                self.find("DOC_TYPE_MISSING", segment, recovered=document["type"])
            return
        document["type"] = kind
        if not is_known_type(kind):
            meant = document_code(kind)
            known = meant if is_known_type(meant) else None
            document["type"] = known or kind
            self.find("DOC_TYPE_UNKNOWN", segment, original=kind, recovered=known, value=kind)

    def _expiry(self, document: dict[str, Any], draft: DocumentDraft, from_zone: str) -> None:
        segment = draft.expiry
        value = segment.value(1, 1) if segment else ""
        code = segment.value(1, 2) if segment else ""
        if not value:
            value, code = from_zone.strip("<"), ""
        if not value:
            if segment:
                self._expiry_missing(document, segment)
            return
        moment = read_moment(value, code, six_is_regular=True)
        if moment is None:
            self.find("DOC_EXPIRY_INVALID", segment or draft.segment, original=value, value=value)
            return
        expires = document["expires"] = moment.iso[:10]
        if moment.assumed:
            self.find("DATE_FORMAT_ASSUMED", segment, original=value, recovered=expires, value=value, iso=expires)
        day = self.setting.travel_day
        if day and expires < day:
            self.find("DOC_EXPIRED", segment or draft.segment, original=expires)

    def _expiry_missing(self, document: dict[str, Any], segment: Segment) -> None:
        if self.setting.full and is_passport(document["type"]):
            self.find("DOC_EXPIRY_MISSING", segment)

    def _issuer(self, document: dict[str, Any], draft: DocumentDraft, zone: Zone | None) -> None:
        segment = draft.issuer
        value = (segment.value(2) or segment.value(2, 3)) if segment else ""
        value = value.strip("<") or (zone.issuer if zone else "")
        if value:
            document["issuer"] = self._state("DOC_ISSUER", value, segment or draft.segment)
        elif self.setting.full:
            self.find("DOC_ISSUER_MISSING", segment or draft.segment)

    def _check_documents(self) -> None:
        documents = self.person["documents"]
        if not self.setting.full:
            return
        if not documents:
            self.find("DOC_MISSING")
        elif all(is_secondary(document["type"]) for document in documents):
            self.find("VISA_WITHOUT_PASSPORT", self.draft.documents[0].segment)

    def _places(self) -> None:
        leg, person = self.setting.leg, self.person
        for role, key, default in (("178", "from", leg.origin), ("179", "to", leg.destination)):
            segment = self.draft.places.get(role)
            code = segment.value(2) if segment else ""
            if not code:
                person[key] = default
                self.find("PORT_DEFAULTED", segment, recovered=default)
                continue
            place = read_place(code, self.setting.mode)
            person[key] = place.code
            if not place.known:
                self.find("PORT_OF_TRAVELLER_UNKNOWN", segment, original=code, code=code)

    def _references(self) -> None:
        references = self.draft.references
        for kind, key in (("SEA", "seat"), ("AVF", "pnr")):
            if kind in references:
                self.person[key] = references[kind].value(1, 1) or None
        for kind, key in _REFERENCES.items():
            if kind in references and references[kind].value(1, 1):
                self.person[key] = references[kind].value(1, 1)

    def _details(self) -> None:
        """Optional keys: residence, birth place, place of clearance, address, bags, rank, verification."""
        person, places, details = self.person, self.draft.places, self.draft.details
        for role, key in (("174", "residence"), ("180", "birth_place"), ("22", "cleared_at")):
            if role in places:
                value = places[role].value(2) or places[role].value(2, 3)
                value = read_place(value, self.setting.mode).code if role == "22" else read_state(value).code
                if value:
                    person[key] = value
        nad = self.draft.segment
        if len(nad.elements) > 5:
            lines = [line.strip() for index in range(5, 10) for line in nad.composite(index)]
            person["address"] = ", ".join(line for line in lines if line) or None
        if "MEACT" in details:
            bags = details["MEACT"].value(3, 1) or details["MEACT"].value(3)
            if bags.isascii() and bags.isdigit():
                person["bags"] = int(bags[:4])
        if "EMP1" in details:
            person["rank"] = details["EMP1"].value(2) or None
        if "GEI4" in details:
            person["verified"] = details["GEI4"].value(2) == "173"


def _name_of(segment: Segment) -> tuple[list[str], bool]:
    """The name in its element of NAD; else one that stands in an element before it, which carries no digits."""
    own = segment.composite(_NAME)
    if any(part.strip() for part in own):
        return own, False
    for place in _OTHER_PLACES:
        parts = segment.composite(place)
        text = "".join(parts)
        if any(c.isalpha() for c in text) and not any(c.isdigit() for c in text):
            return parts, True
    return own, False
