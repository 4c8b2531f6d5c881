"""A version of a report as STIX 2.1 objects: persons and things, a note for each paragraph, the report itself; what
they need: who made them, how they are marked."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.taxii.stix import common, entities, ids
from apps.taxii.stix.times import stamp

Plain = dict[str, Any]
CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""Admiralty credibility as STIX confidence (STIX 2.1, Appendix A); 6, cannot be judged, has no value."""

BEGINNING = "2026-01-01T00:00:00.000Z"
"""`created` of what has no date of its own: parties and combinations of markings."""

RECALLED = "Recalled"


@dataclass(frozen=True, slots=True)
class Marking:
    """How a whole or a part is marked."""

    classification: str
    owner: str
    tlp: str
    orcon: bool = False
    eyes: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """That a paragraph is a judgement of several States: its number, and its confidence on the scale of STIX."""

    number: int
    confidence: int


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph. `common`: its grade in 6×6, empty without one; `since`: when it first appeared."""

    pid: str
    order: int
    text: str
    marking: Marking
    scheme: str = ""
    source: str = ""
    information: str = ""
    handling: tuple[str, ...] = ()
    common: str = ""
    since: datetime.datetime | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a party says of a judgement. `kind`: agree, agree_reservation, dissent or no_position."""

    pid: str
    party: str
    party_name: str
    kind: str
    text: str = ""


OPINIONS = {"agree": "agree", "agree_reservation": "agree", "dissent": "disagree", "no_position": "neutral"}
"""Positions as `opinion-enum` (STIX 2.1, section 10.20); a label keeps apart who agrees with a reservation."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a report. `life`: how often the report was recalled before; an id that was revoked never returns
    (STIX 2.1, section 3.3). `since`: when this life began."""

    thread: str
    life: int
    number: str
    party: str
    party_name: str
    title: str
    summary: str
    language: str
    since: datetime.datetime
    shared: datetime.datetime
    marking: Marking
    categories: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    told: entities.Told = field(default_factory=entities.Told)
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What the objects need, in an order that never refers forward; the objects: things, links and sightings, notes,
    the report; `rests`: by id, the statements that must all stand for a reader who gets an object."""

    needs: list[Plain]
    objects: list[Plain]
    rests: dict[str, tuple[str, ...]]


def export(edition: Edition, namespace: uuid.UUID) -> Export:
    """A version with all that it tells of persons and things."""
    party = identity(edition.party, edition.party_name, namespace)
    made = entities.made(edition.told, _frame(edition, party["id"], namespace))
    spoken: dict[str, list[str]] = {}
    for one in made:
        for pid in one.pids:
            spoken.setdefault(pid, []).append(one.value["id"])
    notes = [_note(edition, one, party["id"], spoken.get(one.pid, []), namespace) for one in edition.sections]
    values = [one.value for one in made]
    opinions = _opinions(edition, namespace)
    report = _report(edition, [one["id"] for one in (*notes, *values, *opinions)], party["id"], namespace)
    found = [*values, *notes, *opinions, report]
    markings = [edition.marking, *(one.marking for one in edition.sections)]
    others = {one.party: identity(one.party, one.party_name, namespace) for one in edition.opinions}
    needs = [*needed(markings, namespace, extensions=extensions(found)), *({edition.party: party} | others).values()]
    return Export(needs, found, {one.value["id"]: one.rests for one in made})


def _frame(edition: Edition, author: str, namespace: uuid.UUID) -> entities.Frame:
    def own(kind: str, *parts: str) -> str:
        if kind == "thing":
            # the same in all reports: a reader sees on the pages as well that they speak of one
            return str(uuid.uuid5(namespace, ids.canonical([kind, *parts])))
        return ids.made(kind, namespace, "told", *parts, edition.thread, edition.life)

    return entities.Frame(
        created=stamp(edition.since),
        modified=stamp(edition.shared),
        author=author,
        marks=_marks(edition.marking, namespace),
        own=own,
        note=lambda pid: note_id(edition.thread, pid, edition.life, namespace),
    )


def needed(
    markings: Iterable[Marking], namespace: uuid.UUID, *, extensions: Sequence[str] = (), also: str = "CLEAR"
) -> list[Plain]:
    """Definitions before their users: consumers drop what is marked with a marking that they have not met."""
    found = [common.PORTAL, common.EXTENSIONS["cisnet-marking"]]
    found += [common.EXTENSIONS[name] for name in extensions]
    distinct = dict.fromkeys(markings)
    found += [common.tlp(label) for label in dict.fromkeys(["CLEAR", also, *(one.tlp for one in distinct)])]
    own = {one["id"]: one for one in (marking(each, namespace) for each in distinct)}
    return [*found, *own.values()]


def identity(code: str, name: str, namespace: uuid.UUID) -> Plain:
    """A State or body. Desks are not named."""
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": party_id(code, namespace),
        "created": BEGINNING,
        "modified": BEGINNING,
        "name": name,
        "identity_class": "organization",
        "object_marking_refs": [common.TLP2["CLEAR"]],
    }


def party_id(code: str, namespace: uuid.UUID) -> str:
    """The id of a party's identity."""
    return ids.made("identity", namespace, code)


def report_id(thread: object, life: int, namespace: uuid.UUID) -> str:
    """The id of a report in one of its lives."""
    return ids.made("report", namespace, thread, life)


def extensions(objects: Iterable[Plain]) -> list[str]:
    """Names of the portal's own extensions that objects use, in the order of their declaration."""
    used = {key for one in objects for key in one.get("extensions", {})}
    return [name for name, one in common.EXTENSIONS.items() if one["id"] in used]


def note_id(thread: object, pid: object, life: int, namespace: uuid.UUID) -> str:
    """The id of a paragraph in one life of its report."""
    return ids.made("note", namespace, thread, pid, life)


def marking(of: Marking, namespace: uuid.UUID) -> Plain:
    """Classification, owner, ORCON, EYES and handling: one definition for each combination."""
    says: Plain = {"classification": of.classification, "owner": of.owner, "orcon": of.orcon}
    # STIX has no empty lists
    says |= {"eyes": list(of.eyes)} if of.eyes else {}
    says |= {"handling": list(of.handling)} if of.handling else {}
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": ids.made("marking-definition", namespace, ids.canonical(says)),
        "created_by_ref": common.PORTAL["id"],
        "created": BEGINNING,
        "name": " ".join([of.classification, *(["ORCON"] if of.orcon else []), *of.handling]),
        "extensions": {common.extension("cisnet-marking"): {"extension_type": "property-extension", **says}},
    }


def _marks(of: Marking, namespace: uuid.UUID) -> list[str]:
    return [common.TLP2[of.tlp], marking(of, namespace)["id"]]


def _note(edition: Edition, one: Section, author: str, spoken: Sequence[str], namespace: uuid.UUID) -> Plain:
    made: Plain = {
        "type": "note",
        "spec_version": "2.1",
        "id": note_id(edition.thread, one.pid, edition.life, namespace),
        "created_by_ref": author,
        "created": stamp(one.since or edition.since),
        "modified": stamp(edition.shared),
        "abstract": f"para {one.order}",
        "content": one.text,
        "object_refs": [report_id(edition.thread, edition.life, namespace), *spoken],
        "lang": edition.language,
        "object_marking_refs": _marks(one.marking, namespace),
    }
    if one.judged:
        made |= {"abstract": f"judgement {one.judged.number}", "confidence": one.judged.confidence}
        made["labels"] = ["cisnet:judgement"]
    if one.scheme:
        grading: Plain = {"scheme": one.scheme, "source": one.source, "information": one.information}
        grading |= {"handling": list(one.handling)} if one.handling else {}
        made["extensions"] = {common.extension("cisnet-grading"): {"extension_type": "property-extension", **grading}}
        if one.common[1:2] in CONFIDENCE:
            made["confidence"] = CONFIDENCE[one.common[1:2]]
    return made


def _opinions(edition: Edition, namespace: uuid.UUID) -> list[Plain]:
    """What parties say of judgements, each in its party's name, about the judgement's note and marked like it."""
    sections = {one.pid: one for one in edition.sections}
    return [_opinion(edition, sections[one.pid], one, namespace) for one in edition.opinions if one.pid in sections]


def _opinion(edition: Edition, of: Section, said: Opinion, namespace: uuid.UUID) -> Plain:
    made: Plain = {
        "type": "opinion",
        "spec_version": "2.1",
        "id": ids.made("opinion", namespace, edition.thread, said.pid, said.party, edition.life),
        "created_by_ref": party_id(said.party, namespace),
        "created": stamp(of.since or edition.since),
        "modified": stamp(edition.shared),
        "opinion": OPINIONS[said.kind],
        "object_refs": [note_id(edition.thread, said.pid, edition.life, namespace)],
        "lang": edition.language,
        "labels": [f"cisnet:{said.kind}"],
        "object_marking_refs": _marks(of.marking, namespace),
    }
    return made | ({"explanation": said.text} if said.text else {})


def _report(edition: Edition, refs: Sequence[str], author: str, namespace: uuid.UUID) -> Plain:
    made: Plain = {
        "type": "report",
        "spec_version": "2.1",
        "id": report_id(edition.thread, edition.life, namespace),
        "created_by_ref": author,
        "created": stamp(edition.since),
        "modified": stamp(edition.shared),
        "name": edition.title,
        "report_types": ["threat-report"],
        "published": stamp(edition.shared),
        "object_refs": list(refs) or [author],
        "lang": edition.language,
        "external_references": [{"source_name": "cisnet", "external_id": edition.number}],
        "object_marking_refs": _marks(edition.marking, namespace),
    }
    made |= {"description": edition.summary} if edition.summary else {}
    made |= {"labels": [f"cisnet:{code}" for code in edition.categories]} if edition.categories else {}
    return made


def is_revocable(value: Plain) -> bool:
    """Whether an object can be said to be taken back; observables have no versions, they are just gone."""
    return value["type"] not in entities.OBSERVABLES


def revoked(before: Plain, at: datetime.datetime) -> Plain:
    """What takes the place of an object that was taken back: its id, and not a word of it."""
    author, created = before["created_by_ref"], before["created"]
    return {
        "type": before["type"],
        "spec_version": "2.1",
        "id": before["id"],
        "created_by_ref": author,
        "created": created,
        "modified": stamp(max(at, after(before["modified"]))),
        "revoked": True,
        "object_marking_refs": [common.TLP2["AMBER"]],
        **_empty(before["type"], author, created),
    }


def _empty(kind: str, author: str, created: str) -> Plain:
    """What an object of a type must have (STIX 2.1, sections 4 and 5), with nothing said."""
    plain: dict[str, Plain] = {
        "note": {"content": RECALLED, "object_refs": [author]},
        "opinion": {"opinion": "neutral", "object_refs": [author]},
        "report": {
            "name": RECALLED, "report_types": ["threat-report"], "published": created, "object_refs": [author],
        },
        "identity": {"name": RECALLED},
        "incident": {"name": RECALLED},
        "location": {"region": "caribbean"},
        "relationship": {"relationship_type": "related-to", "source_ref": author, "target_ref": author},
        "sighting": {"sighting_of_ref": author},
        "observed-data": {
            "first_observed": created, "last_observed": created, "number_observed": 1, "object_refs": [author],
        },
    }  # fmt: skip
    extended = entities.EXTENDED.get(kind)
    declared = {common.extension(extended): {"extension_type": "new-sdo"}} if extended else {}
    return plain.get(kind, {}) | ({"extensions": declared} if declared else {})


def after(modified: str) -> datetime.datetime:
    """The earliest moment of a later version."""
    whole = datetime.datetime.fromisoformat(modified)
    return whole + datetime.timedelta(milliseconds=1)


def bundle(parts: Sequence[Plain], namespace: uuid.UUID, name: str) -> Plain:
    """Objects in one file, each once."""
    distinct = {(one["id"], one.get("modified", "")): one for one in parts}
    return {"type": "bundle", "id": ids.made("bundle", namespace, name), "objects": list(distinct.values())}
