"""What a bundle would become: reports with paragraphs, persons and things; what is lost, what nobody here knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apps.taxii.stix import common, entity_readers, markings, proposed
from apps.taxii.stix.entity_readers import NOTHING, Found
from apps.taxii.stix.kinds import Forms
from apps.taxii.stix.markings import DEFAULT, LEVELS, Decision, decide
from apps.taxii.stix.validation import version_of

Plain = dict[str, Any]
LONGEST_TITLE, LONGEST_TEXT, MOST_PARAGRAPHS = 200, 20_000, 200
LOOSE = "all"
"""In place of a report's id: everything that has words, where nothing in the bundle is a report."""

READ = {
    "report": {"name", "description", "object_refs", "labels", "lang", "object_marking_refs", "granular_markings"},
    "note": {"content", "object_refs", "lang", "object_marking_refs", "granular_markings"},
}
SILENT = {
    *("type", "spec_version", "id", "created", "modified", "created_by_ref", "extensions", "published", "report_types"),
    *("abstract", "revoked", "authors"),
}
"""Properties that are read elsewhere, or that say nothing that would be missed."""

HELD = frozenset({"marking-definition", "extension-definition"})
"""Types that are read for what they say of others."""


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a bundle. `becomes`: report, paragraph, thing, link, sighting, held, kept; `lost`: properties that
    go no further; `says`: (field, value) of what could be recorded of a person or thing."""

    id: str
    type: str
    name: str
    becomes: str
    lost: tuple[str, ...]
    decision: Decision
    author: str
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that could be written from a bundle, as the API takes it, and what a person should look at first.

    `takes`: ids of persons and things, links and sightings that are proposed with it; `places`: by id of an object,
    the place (from 0) of the paragraph that speaks of it.
    """

    source: str
    given: Plain
    flags: tuple[str, ...]
    quarantined: bool
    takes: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """All objects of a bundle in their order, the reports that it could become, and what is proposed beside them."""

    rows: list[Row] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    found: Found = NOTHING


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows beside a bundle. `definitions`: of markings, by id; `own`: code of the party that sent it;
    `parties`: {identity id: code} of parties of the portal; `forms`: see `kinds.Forms`."""

    definitions: Mapping[str, Plain]
    own: str
    parties: Mapping[str, str]
    forms: Forms


@dataclass(frozen=True, slots=True)
class Part:
    """Words that become paragraphs, their marking and grade, and the objects that they speak of."""

    decision: Decision
    text: str
    grading: Plain | None
    speaks_of: tuple[str, ...]


def preview(objects: Sequence[Plain], known: Known) -> Preview:
    """What objects would become; nothing is decided here."""
    latest = newest(objects)
    rows = _rows(latest, known)
    found = entity_readers.found(
        [one for one in latest if not rows[one["id"]].decision.quarantined], known.forms, _authors(latest, known)
    )
    rows = {key: _with(row, found) for key, row in rows.items()}
    reports = [one for one in latest if one["type"] == "report" and not one.get("revoked")]
    notes = {one["id"]: _notes(one, latest) for one in reports}
    takes = proposed.with_reports({key: [by, *notes[key]] for by in reports if (key := by["id"])}, found)
    drafts = [_of_report(one, notes[one["id"]], takes[one["id"]], rows) for one in reports]
    if not reports:
        drafts = _loose(latest, found, rows)
    return Preview(list(rows.values()), drafts, found)


def newest(objects: Sequence[Plain]) -> list[Plain]:
    """The last version of each object, in the order of their first."""
    found: dict[str, Plain] = {}
    for one in objects:
        if one["id"] not in found or version_of(one) >= version_of(found[one["id"]]):
            found[one["id"]] = one
    return list(found.values())


def _paragraph_ids(objects: Sequence[Plain]) -> set[str]:
    reports = [one for one in objects if one["type"] == "report"]
    referred = {ref for one in reports for ref in one["object_refs"]}
    ids = {one["id"] for one in reports}
    notes = [one for one in objects if one["type"] == "note"]
    return {one["id"] for one in notes if not reports or one["id"] in referred or ids & set(one["object_refs"])}


def _authors(objects: Sequence[Plain], known: Known) -> frozenset[str]:
    """Identities that only made others, and those of parties: nobody to be recorded."""
    return frozenset({*known.parties, common.PORTAL["id"], *(str(one.get("created_by_ref", "")) for one in objects)})


def _rows(objects: Sequence[Plain], known: Known) -> dict[str, Row]:
    definitions = {
        **known.definitions,
        **{one["id"]: one for one in objects if one["type"] == "marking-definition"},
    }
    names = {one["id"]: str(one.get("name", "")) for one in objects if one["type"] == "identity"}
    paragraphs, authors = _paragraph_ids(objects), _authors(objects, known)
    return {one["id"]: _row(one, definitions, names, known, paragraphs, authors) for one in objects}


def _row(
    one: Plain,
    definitions: Mapping[str, Plain],
    names: Plain,
    known: Known,
    paragraphs: set[str],
    authors: frozenset[str],
) -> Row:
    kind = one["type"]
    becomes = "report" if kind == "report" else "paragraph" if one["id"] in paragraphs else "kept"
    becomes = "held" if kind in HELD or one["id"] in authors else becomes
    lost = tuple(sorted(one.keys() - READ[kind] - SILENT)) if becomes in {"report", "paragraph"} else ()
    decision = decide(one, definitions) if becomes != "held" else Decision(tlp="CLEAR")
    author = str(one.get("created_by_ref", ""))
    party = known.parties.get(author, "")
    if author and party != known.own and becomes != "held":
        # material of a third party: nothing leaves the desk without it; what is public may
        decision = replace(decision, orcon=decision.orcon or decision.tlp != "CLEAR", flags=(*decision.flags, "third"))
    return Row(one["id"], kind, _name(one), becomes, lost, decision, party or names.get(author, ""))


def _with(row: Row, found: Found) -> Row:
    """The row of an object, where it is proposed as a person or thing, a link or a sighting."""
    becomes = "thing" if row.id in found.things else "link" if row.id in found.ties else ""
    becomes = becomes or ("sighting" if row.id in found.seen else "held" if row.id in found.used else "")
    if not becomes or row.becomes != "kept":
        return row
    thing = found.things.get(row.id)
    says = tuple((fact.field, fact.value) for fact in thing.facts) if thing else ()
    return replace(
        row,
        becomes=becomes,
        lost=found.lost.get(row.id, ()),
        says=says,
        name=row.name or (thing.title if thing else ""),
    )


def _name(one: Plain) -> str:
    for key in ("name", "abstract", "value", "content", "relationship_type"):
        if isinstance(one.get(key), str) and one[key].strip():
            return str(one[key])[:120]
    return ""


def _notes(report: Plain, objects: Sequence[Plain]) -> list[Plain]:
    """Notes that a report names, in its order, then those that name it."""
    notes = {one["id"]: one for one in objects if one["type"] == "note" and not one.get("revoked")}
    named = [notes[ref] for ref in dict.fromkeys(report["object_refs"]) if ref in notes]
    listed = {one["id"] for one in named}
    return named + [one for one in notes.values() if report["id"] in one["object_refs"] and one["id"] not in listed]


def _of_report(report: Plain, notes: Sequence[Plain], takes: Sequence[str], rows: Mapping[str, Row]) -> Draft:
    summary = str(report.get("description", ""))
    parts = [
        Part(rows[one["id"]].decision, str(one["content"]), _grading(one), (one["id"], *one["object_refs"]))
        for one in notes
    ]
    whole = rows[report["id"]].decision
    if not parts and summary:
        parts, summary = [Part(whole, summary, None, (report["id"],))], ""
    flags = [] if all(ref in rows for ref in report["object_refs"]) else ["missing-objects"]
    kept = {rows[ref].type for ref in report["object_refs"] if ref in rows and rows[ref].becomes == "kept"}
    flags += ["not-taken"] if kept else []
    # what has no TLP of its own is marked as the report that names it
    beside = [rows[key].decision for key in takes if "no-tlp" not in rows[key].decision.flags]
    draft = _draft(report["id"], str(report["name"]), summary, report, [whole, *beside], parts, flags)
    return replace(draft, takes=tuple(takes))


def _loose(objects: Sequence[Plain], found: Found, rows: Mapping[str, Row]) -> list[Draft]:
    """One report out of everything that has words or is a person or thing."""
    parts = []
    for one in objects:
        words = one.get("content") or one.get("description") or ""
        silent = rows[one["id"]].becomes not in {"paragraph", "kept"} or one.get("revoked")
        if not silent and isinstance(words, str) and words.strip():
            name = one.get("name")
            text = f"{name}: {words}" if isinstance(name, str) and name else words
            refs = one.get("object_refs", [])
            parts.append(Part(rows[one["id"]].decision, text, _grading(one), (one["id"], *refs)))
    spoken = {key for part in parts for key in part.speaks_of}
    rest = [(key, rows[key].decision) for key in found.things if key not in spoken]
    parts += [Part(*one) for one in proposed.in_words(rest, found)]
    if not parts:
        return []
    first = rows[parts[0].speaks_of[0]]
    draft = _draft(LOOSE, first.name or first.type, "", {}, [], parts, ["loose"])
    takes = [key for key in proposed.all_of(found) if proposed.things_in(key, found) <= draft.places.keys()]
    return [replace(draft, takes=tuple(takes))]


def _draft(
    source: str,
    title: str,
    summary: str,
    report: Plain,
    decisions: list[Decision],
    parts: list[Part],
    flags: list[str],
) -> Draft:
    whole = together([*decisions, *(part.decision for part in parts)])
    paragraphs: list[Plain] = []
    places: dict[str, int] = {}
    for part in parts:
        pieces = [part.text[start : start + LONGEST_TEXT] for start in range(0, len(part.text), LONGEST_TEXT)]
        for key in part.speaks_of if len(paragraphs) < MOST_PARAGRAPHS else ():
            places.setdefault(key, len(paragraphs))
        portion = level(part.decision)
        paragraphs += [{"text": one, "portion": portion, "grading": part.grading} for one in pieces if one.strip()]
    flags += ["cut"] if len(paragraphs) > MOST_PARAGRAPHS or len(title) > LONGEST_TITLE else []
    given: Plain = {
        "kind": "information_report",
        "title": " ".join(title.split())[:LONGEST_TITLE] or source,
        "summary": summary[:LONGEST_TEXT],
        "classification": level(whole),
        "title_portion": level(whole),
        "tlp": whole.tlp,
        "orcon": whole.orcon,
        "handling": list(whole.handling),
        "eyes": list(whole.eyes),
        "language": str(report.get("lang", ""))[:2],
        "threat_categories": [
            label.removeprefix("cisnet:") for label in report.get("labels", []) if label.startswith("cisnet:")
        ],
        "paragraphs": paragraphs[:MOST_PARAGRAPHS],
    }
    marked = tuple(dict.fromkeys([*whole.flags, *flags]))
    return Draft(source, given, marked, whole.quarantined, places=places)


def level(decision: Decision) -> str:
    """The classification, or where none is given the lowest that fits the TLP."""
    return decision.classification or ("UNCLASSIFIED" if decision.tlp == "CLEAR" else "RESTRICTED")


def together(decisions: Sequence[Decision]) -> Decision:
    """The marking of a whole made of parts: the highest, and the audience that all have in common."""
    classes = [level(one) for one in decisions]
    highest = max(classes, key=lambda word: LEVELS.index(word) if word in LEVELS else len(LEVELS), default="RESTRICTED")
    eyes = [set(one.eyes) for one in decisions if one.eyes]
    shared = tuple(sorted(set.intersection(*eyes))) if eyes else ()
    flags = [flag for one in decisions for flag in one.flags]
    flags += ["no-audience"] if eyes and not shared else []
    orcon = any(one.orcon for one in decisions)
    handling = tuple(sorted({code for one in decisions for code in one.handling}))
    tlp = common.stricter([one.tlp for one in decisions]) if decisions else DEFAULT
    fitting = _fitting(tlp, highest, bool(orcon or handling or shared))
    flags += ["tlp-raised"] if fitting != tlp else []
    return Decision(fitting, highest, orcon, shared, handling, tuple(dict.fromkeys(flags)))


def _fitting(tlp: str, classification: str, limited: bool) -> str:
    """A TLP that goes with the rest of the marking (portal rules P1 to P3)."""
    if tlp == "CLEAR" and (limited or classification != "UNCLASSIFIED"):
        tlp = "GREEN"
    return "AMBER" if tlp == "GREEN" and classification in {"CONFIDENTIAL", "SECRET"} else tlp


def _grading(one: Plain) -> Plain | None:
    extensions = one.get("extensions")
    found = extensions.get(common.extension("cisnet-grading")) if isinstance(extensions, dict) else None
    if not isinstance(found, dict):
        return None
    words = [found.get(key) for key in ("scheme", "source", "information")]
    if not all(isinstance(word, str) and word for word in words):
        return None
    scheme, source, information = map(str, words)
    # handling stands behind the grade as each scheme writes it: E41, 2BP, but A1 H1 H2
    rest = "".join(one if len(one) == 1 else f" {one}" for one in markings.codes(found.get("handling")))
    return {"scheme": scheme, "value": f"{source}{information}{rest}"}
