"""How objects of each type are read: which of their properties the portal has a field for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.entities.rules.identifiers import LONGEST, BadValue, normal
from apps.screening.matching.tables import country_codes
from apps.taxii.stix import common, entities

Plain = dict[str, Any]
Forms = Mapping[str, Mapping[str, str]]
"""{type: {field: form}} of the portal's lists of today."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that a thing could be recorded with; `note`: the id of the note that says it, where one is named."""

    field: str
    value: str
    normal: str
    note: str = ""
    period: entities.Period = (None, None)


COMMON = frozenset((
    "type", "spec_version", "id", "created", "modified", "created_by_ref", "object_marking_refs", "granular_markings",
    "extensions", "revoked", "lang", "identity_class", "defanged", "relationship_type", "source_ref", "target_ref",
    "sighting_of_ref", "object_refs",
))  # fmt: skip
"""Properties that are read elsewhere, or that say nothing that would be missed."""


class Reader:
    """Reads one object; remembers what was used of it."""

    def __init__(self, value: Plain, kind: str, forms: Forms) -> None:
        self.value, self.kind, self.forms = value, kind, forms.get(kind, {})
        self.facts: list[Fact] = []
        self.used: set[str] = set(COMMON)
        self.bad: list[str] = []

    def text(self, name: str) -> str:
        """A property as words; "" for what is none."""
        held = self.value.get(name)
        return " ".join(held.split()) if isinstance(held, str) else ""

    def take(self, field: str, value: str, *names: str, note: str = "", period: entities.Period = (None, None)) -> bool:
        """Propose a value for a field; what is not of its kind is lost."""
        form = self.forms.get(field)
        words = " ".join(value.split())
        if not words or form is None:
            return False
        try:
            found = normal(form, words).value
        except BadValue:
            return False
        self.used |= set(names)
        if (field, found) not in {(one.field, one.normal) for one in self.facts}:
            self.facts.append(Fact(field, words, found, note, period))
        return True

    def plain(self, field: str, *names: str) -> None:
        """Propose each of these properties for a field; lists value by value."""
        for name in names:
            held = self.value.get(name)
            values = [one for one in held if isinstance(one, str)] if isinstance(held, list) else [self.text(name)]
            for value in values:
                self.take(field, value[:LONGEST] if field == "description" else value, name)

    def joined(self, field: str, *names: str) -> None:
        """Propose the words of several properties as one value."""
        words = ", ".join(filter(None, map(self.text, names)))
        if words:
            self.take(field, words[:LONGEST], *(name for name in names if self.text(name)))

    def country(self, field: str, name: str) -> None:
        """Propose a State by its code of two or three letters."""
        code = self.text(name).upper()
        self.take(field, country_codes().get(code, code), name)

    def extension(self, name: str) -> Plain:
        """What one of the portal's extensions says; empty without it."""
        extensions = self.value.get("extensions")
        found = extensions.get(common.extension(name)) if isinstance(extensions, dict) else None
        return found if isinstance(found, dict) else {}


def _person(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("alias", "aliases")
    says = reader.extension("cisnet-person")
    for field, key in (("born", "birth_date"), ("sex", "sex")):
        reader.take(field, str(says.get(key, "")))
    for field, key in (("nationality", "nationalities"), ("alias", "aliases")):
        for one in texts(says.get(key)):
            reader.take(field, country_codes().get(one.upper(), one) if field == "nationality" else one)
    for one in says.get("documents", []) if isinstance(says.get("documents"), list) else []:
        if isinstance(one, dict):
            field = "identity_card" if one.get("type") == "identity_card" else "passport"
            issuer = str(one.get("issuer", "")).upper()
            reader.take(field, f"{country_codes().get(issuer, issuer)} {one.get('number', '')}")


def _organisation(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("alias", "aliases")
    reader.joined("kind", "threat_actor_types")


def _vehicle(reader: Reader) -> None:
    reader.plain("name", "name")
    country = reader.text("plate_country").upper()
    reader.take("plate", f"{country_codes().get(country, country)} {reader.text('plate')}", "plate", "plate_country")
    reader.plain("vin", "vin")
    reader.joined("kind", "make", "model", "colour", "color", "vehicle_type")


def _vessel(reader: Reader) -> None:
    for field, *names in (
        ("name", "name"), ("former_name", "former_names", "former_name"), ("imo", "imo"), ("mmsi", "mmsi"),
        ("call_sign", "call_sign"), ("hull", "hull"), ("kind", "vessel_type"),
    ):  # fmt: skip
        reader.plain(field, *names)
    reader.country("flag", "flag")


def _aircraft(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("tail", "tail_number")
    reader.plain("kind", "aircraft_type")


def _firearm(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("serial", "serial")
    reader.joined("kind", "make", "model", "calibre")


def _contraband(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("kind", "kind")
    quantity, unit = reader.value.get("quantity"), reader.text("unit")
    if isinstance(quantity, int | float) and not isinstance(quantity, bool):
        reader.take("description", f"{quantity:g} {unit}", "quantity", "unit")


def _phone(reader: Reader) -> None:
    reader.plain("number", "e164", "value")
    reader.plain("imei", "imei", "imsi")


def _account(reader: Reader) -> None:
    reader.plain("handle", "account_login")
    if not reader.facts:
        reader.plain("handle", "user_id")
    reader.plain("name", "display_name")
    reader.plain("kind", "account_type")


def _bank(reader: Reader) -> None:
    login = reader.text("account_login") or reader.text("user_id")
    if not reader.take("iban", login, "account_login", "user_id", "account_type"):
        reader.take("local_account", login, "account_login", "user_id", "account_type")


def _location(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.country("country", "country")
    if position := position_of(reader.value):
        reader.take("position", position, "latitude", "longitude", "precision")
    reader.joined("address", "street_address", "city", "administrative_area", "postal_code")


def position_of(value: Plain) -> str:
    """Coordinates of a location as the portal writes a position; "" without."""
    lat, lon, metres = (value.get(name) for name in ("latitude", "longitude", "precision"))
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return ""
    size = f" ±{round(metres)}" if isinstance(metres, int | float) and 0 < metres < 10**7 else ""
    return f"{lat:.5f}, {lon:.5f}{size}"


def _event(reader: Reader) -> None:
    reader.plain("name", "name")


def _email(reader: Reader) -> None:
    reader.plain("email", "value")


def _device(reader: Reader) -> None:
    reader.plain("name", "name")
    reader.plain("network", "value")
    hashes = reader.value.get("hashes")
    for one in hashes.values() if isinstance(hashes, dict) else ():
        if isinstance(one, str):
            reader.take("network", one, "hashes")


READ: dict[str, tuple[str, Callable[[Reader], None]]] = {
    "vehicle": ("vehicle", _vehicle),
    "vessel": ("vessel", _vessel),
    "aircraft": ("aircraft", _aircraft),
    "firearm": ("firearm", _firearm),
    "contraband": ("contraband", _contraband),
    "phone-number": ("phone", _phone),
    "email-addr": ("email", _email),
    "location": ("location", _location),
    "incident": ("event", _event),
    **dict.fromkeys(("ipv4-addr", "ipv6-addr", "domain-name", "url", "mac-addr", "file"), ("device", _device)),
}
"""Types of objects, the type of thing that each is, and how it is read; identities, actors and accounts depend."""


def kind_of(value: Plain) -> tuple[str, Callable[[Reader], None]] | None:
    """What an object is; None for what is no person or thing."""
    of = value["type"]
    if of == "identity":
        known = {"individual": ("person", _person), "organization": ("organisation", _organisation)}
        return {**known, "group": ("organisation", _organisation)}.get(str(value.get("identity_class", "")))
    if of == "threat-actor":
        alone = value.get("resource_level") == "individual"
        return ("person", _person) if alone else ("organisation", _organisation)
    if of == "user-account":
        bank = str(value.get("account_type", "")).startswith("bank")
        return ("bank_account", _bank) if bank else ("account", _account)
    return READ.get(of)


def texts(held: Any) -> list[str]:
    """The texts of a list; none of anything else."""
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []
