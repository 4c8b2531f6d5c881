"""Markings of what others send: which TLP it comes to, what the portal's extension says, what is not understood.

TLP 1 is read as TLP 2; of two labels the stricter holds; without any it is AMBER, never CLEAR; a definition that
nobody knows puts the object into quarantine (portal rule). Granular markings raise the whole object.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.taxii.stix import common

Plain = dict[str, Any]
DEFAULT = "AMBER"


@dataclass(frozen=True, slots=True)
class Decision:
    """How an object is taken: its TLP and own markings; `flags` are codes of what a person should look at."""

    tlp: str
    classification: str = ""
    orcon: bool = False
    eyes: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def quarantined(self) -> bool:
        """Whether a marking of it is not understood."""
        return bool({"unknown-marking", "no-audience"} & set(self.flags))


def references(value: Plain) -> list[str]:
    """All markings of an object, those of its parts included."""
    found = [one for one in value.get("object_marking_refs", []) if isinstance(one, str)]
    parts = value.get("granular_markings", [])
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, dict) and isinstance(part.get("marking_ref"), str):
            found.append(part["marking_ref"])
    return list(dict.fromkeys(found))


def decide(value: Plain, definitions: Mapping[str, Plain]) -> Decision:
    """How an object is taken; `definitions` are marking definitions by id, of its bundle and of those sent before."""
    labels: list[str] = []
    flags: list[str] = ["granular"] if value.get("granular_markings") else []
    own: list[Plain] = []
    for reference in references(value):
        label, flag, says = _read(reference, definitions)
        labels += [label] if label else []
        flags += [flag] if flag else []
        own += [says] if says else []
    if not labels:
        flags.append("no-tlp")
    if len(set(labels)) > 1:
        flags.append("two-tlp")
    classification = _highest(own)
    if classification and classification not in LEVELS:
        flags.append("unknown-marking")
    eyes = _together(own)
    if not eyes and any(one.get("eyes") for one in own):
        flags.append("no-audience")
    return Decision(
        tlp=common.stricter(labels) if labels else DEFAULT,
        classification=classification,
        orcon=any(one.get("orcon") is True for one in own),
        eyes=eyes,
        handling=tuple(sorted({code for one in own for code in codes(one.get("handling"))})),
        flags=tuple(dict.fromkeys(flags)),
    )


def _read(reference: str, definitions: Mapping[str, Plain]) -> tuple[str, str, Plain]:
    """(TLP label, flag, what the portal's extension says) of one marking."""
    if reference in common.WORDS:
        return common.WORDS[reference], "", {}
    if reference in common.TLP1:
        label = common.TLP1[reference]
        return label, "tlp1-amber" if label == "AMBER" else "tlp1", {}
    known = definitions.get(reference, {})
    extensions = known.get("extensions")
    says = extensions.get(common.extension("cisnet-marking")) if isinstance(extensions, dict) else None
    if isinstance(says, dict):
        return "", "", says
    if known.get("definition_type") == "statement":
        return "", "statement", {}
    return "", "unknown-marking", {}


LEVELS = ("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET")


def _highest(own: list[Plain]) -> str:
    """The highest classification; one that is not in the list counts as the highest."""
    found = [one["classification"] for one in own if isinstance(one.get("classification"), str)]
    return max(found, key=lambda word: LEVELS.index(word) if word in LEVELS else len(LEVELS), default="")


def codes(value: Any) -> list[str]:
    """The texts of a list; none of anything else."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _together(own: list[Plain]) -> tuple[str, ...]:
    """Parties that are in every EYES; audiences are never added up."""
    lists = [set(codes(one["eyes"])) for one in own if one.get("eyes")]
    return tuple(sorted(set.intersection(*lists))) if lists else ()
