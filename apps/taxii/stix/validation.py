"""Whether an object is STIX 2.1: what every object must have, and each known type (STIX 2.1, sections 3 to 7).

Unknown types are taken as they are: they need an id of their type, and valid common properties where they have them.
"""

from collections.abc import Callable
from typing import Any

from apps.taxii.stix.ids import type_of
from apps.taxii.stix.times import moment

Plain = dict[str, Any]
OBJECT, OBSERVABLE, META = "object", "observable", "meta"

REQUIRED: dict[str, tuple[str, ...]] = {
    "attack-pattern": ("name",),
    "campaign": ("name",),
    "course-of-action": ("name",),
    "grouping": ("context", "object_refs"),
    "identity": ("name",),
    "incident": ("name",),
    "indicator": ("pattern", "pattern_type", "valid_from"),
    "infrastructure": ("name",),
    "intrusion-set": ("name",),
    "location": (),
    "malware": ("is_family",),
    "malware-analysis": ("product",),
    "note": ("content", "object_refs"),
    "observed-data": ("first_observed", "last_observed", "number_observed"),
    "opinion": ("opinion", "object_refs"),
    "report": ("name", "published", "object_refs"),
    "threat-actor": ("name",),
    "tool": ("name",),
    "vulnerability": ("name",),
    "relationship": ("relationship_type", "source_ref", "target_ref"),
    "sighting": ("sighting_of_ref",),
}
"""SDOs and SROs with what they must have beside the common properties."""

OBSERVABLES: dict[str, tuple[str, ...]] = {
    "artifact": (),
    "autonomous-system": ("number",),
    "directory": ("path",),
    "domain-name": ("value",),
    "email-addr": ("value",),
    "email-message": ("is_multipart",),
    "file": (),
    "ipv4-addr": ("value",),
    "ipv6-addr": ("value",),
    "mac-addr": ("value",),
    "mutex": ("name",),
    "network-traffic": ("protocols",),
    "process": (),
    "software": ("name",),
    "url": ("value",),
    "user-account": (),
    "windows-registry-key": (),
    "x509-certificate": (),
}
METAS: dict[str, tuple[str, ...]] = {
    "extension-definition": ("modified", "created_by_ref", "name", "schema", "version", "extension_types"),
    "language-content": ("modified", "object_ref", "contents"),
    "marking-definition": (),
}
TEXTS = frozenset(
    {"name", "description", "content", "abstract", "explanation", "pattern", "pattern_type", "context", "lang"}
)
MOMENTS = frozenset(
    {
        *("created", "modified", "published", "valid_from", "valid_until", "first_seen", "last_seen", "start_time"),
        *("stop_time", "first_observed", "last_observed"),
    }
)
ORDERED = [
    ("created", "modified", False),
    ("valid_from", "valid_until", True),
    ("start_time", "stop_time", True),
    ("first_seen", "last_seen", False),
    ("first_observed", "last_observed", False),
]
"""(earlier, later, whether equal is wrong)."""

LARGEST_COUNT = 999_999_999
LONGEST_VERSION = 100


def kind_of(type_name: str) -> str:
    """SDO or SRO, SCO, or meta object; "" for a type that STIX 2.1 does not have."""
    if type_name in REQUIRED:
        return OBJECT
    if type_name in OBSERVABLES:
        return OBSERVABLE
    return META if type_name in METAS else ""


def fault(value: Any) -> str:
    """The first thing that is wrong with an object, "" for nothing."""
    if not isinstance(value, dict):
        return "This is no object."
    for rule in (_identity, _common, _moments, _required, _references, _numbers, _places, _definition):
        found = rule(value)
        if found:
            return found
    return ""


def _identity(value: Plain) -> str:
    name = value.get("type")
    if not isinstance(name, str) or not name:
        return "type is missing."
    found = type_of(value.get("id"))
    if not found:
        return "id must be the type, two hyphens and a UUID in lower case."
    if found != name:
        return "id and type do not agree."
    return "A bundle is no object; send what is in it." if name == "bundle" else ""


def _common(value: Plain) -> str:
    kind, name = kind_of(value["type"]), value["type"]
    version = value.get("spec_version")
    if version is None and kind in {OBJECT, META}:
        return "spec_version is missing."
    if version is not None and version != "2.1":
        return "spec_version must be 2.1."
    if kind in {OBJECT, META} and "created" not in value:
        return "created is missing."
    if (kind == OBJECT or (not kind and "created" in value)) and "modified" not in value:
        return "modified is missing."
    if kind == OBSERVABLE and "modified" in value:
        return f"{name} has no property modified."
    for member in ("revoked", "defanged", "is_family", "is_multipart"):
        if member in value and not isinstance(value[member], bool):
            return f"{member} must be true or false."
    wrong = next((one for one in TEXTS & value.keys() if not isinstance(value[one], str)), "")
    if wrong and kind:
        return f"{wrong} must be a text."
    return _lists(value)


def _lists(value: Plain) -> str:
    for name in ("labels", "report_types", "extension_types", "authors"):
        if name in value and not _texts(value[name]):
            return f"{name} must be a list of texts that is not empty."
    if "extensions" in value and not (isinstance(value["extensions"], dict) and value["extensions"]):
        return "extensions must be a dictionary that is not empty."
    references = value.get("external_references", [{"source_name": "-"}])
    if not isinstance(references, list) or not references:
        return "external_references must be a list that is not empty."
    good = all(isinstance(one, dict) and isinstance(one.get("source_name"), str) for one in references)
    return "" if good else "An external reference needs a source_name."


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _moments(value: Plain) -> str:
    for name in sorted(MOMENTS & value.keys()):
        if moment(value[name]) is None or len(value[name]) > LONGEST_VERSION:
            return f"{name} must be a timestamp such as 2026-03-01T10:00:00.000Z."
    for first, second, strict in ORDERED:
        begin, end = moment(value.get(first)), moment(value.get(second))
        if begin and end and (end < begin or (strict and end == begin)):
            return f"{second} is before {first}."
    return ""


def _required(value: Plain) -> str:
    name = value["type"]
    wanted = REQUIRED.get(name) or OBSERVABLES.get(name) or METAS.get(name) or ()
    missing = next((one for one in wanted if one not in value), "")
    return f"{missing} is missing." if missing else ""


def _references(value: Plain) -> str:
    for name, held in value.items():
        if name.endswith("_ref") and not type_of(held):
            return f"{name} must be an identifier."
        if name.endswith("_refs") and not (isinstance(held, list) and held and all(type_of(one) for one in held)):
            return f"{name} must be a list of identifiers that is not empty."
    of = type_of(value.get("created_by_ref"))
    if of not in {"", "identity"}:
        return "created_by_ref must name an identity."
    marks = [type_of(one) for one in value.get("object_marking_refs", [])]
    if set(marks) - {"marking-definition"}:
        return "object_marking_refs must name marking definitions."
    if value["type"] == "sighting" and kind_of(type_of(value["sighting_of_ref"])) == OBSERVABLE:
        return "sighting_of_ref must name a domain object."
    return ""


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda held: type(held) is int and least <= held <= most


def _between(least: float, most: float) -> Callable[[Any], bool]:
    return lambda held: type(held) in {int, float} and least <= held <= most


NUMBERS: dict[tuple[str, str], tuple[Callable[[Any], bool], str]] = {
    ("", "confidence"): (_whole(0, 100), "0 to 100"),
    ("sighting", "count"): (_whole(0, LARGEST_COUNT), "0 to 999,999,999"),
    ("observed-data", "number_observed"): (_whole(1, LARGEST_COUNT), "1 to 999,999,999"),
    ("location", "latitude"): (_between(-90, 90), "-90 to 90"),
    ("location", "longitude"): (_between(-180, 180), "-180 to 180"),
    ("location", "precision"): (_between(0, 50_000_000), "metres"),
}


def _numbers(value: Plain) -> str:
    for (of, name), (fits, words) in NUMBERS.items():
        if of in {"", value["type"]} and name in value and not fits(value[name]):
            return f"{name} must be a number: {words}."
    return ""


def _places(value: Plain) -> str:
    if value["type"] != "location":
        return ""
    if ("latitude" in value) != ("longitude" in value):
        return "latitude and longitude need each other."
    if "precision" in value and "latitude" not in value:
        return "precision needs latitude and longitude."
    if not {"latitude", "region", "country"} & value.keys():
        return "A location needs a country, a region or coordinates."
    return ""


def _definition(value: Plain) -> str:
    if value["type"] == "marking-definition" and not ("definition" in value or "extensions" in value):
        return "A marking definition needs a definition or an extension."
    return ""


def version_of(value: Plain) -> str:
    """What tells versions of an object apart: modified, else created; "" for neither (TAXII 2.1, section 3.4)."""
    return str(value.get("modified") or value.get("created") or "")
