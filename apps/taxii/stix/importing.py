"""What a bundle would become: which objects are reports and paragraphs, what is lost, what nobody here understands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apps.taxii.stix import common, marking
from apps.taxii.stix.checking import version_of
from apps.taxii.stix.marking import DEFAULT, LEVELS, Decision, decide

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

HELD = frozenset({"marking-definition", "extension-definition", "identity"})
"""Types that are read for what they say of others."""


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a bundle. `becomes`: report, paragraph, held, kept; `lost`: properties that go no further."""

    id: str
    type: str
    name: str
    becomes: str
    lost: tuple[str, ...]
    decision: Decision
    author: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that could be written from a bundle, as the API takes it, and what a person should look at first."""

    source: str
    given: Plain
    flags: tuple[str, ...]
    quarantined: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """All objects of a bundle in their order, and the reports that it could become."""

    rows: list[Row] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def preview(
    objects: Sequence[Plain], definitions: Mapping[str, Plain], own: str, parties: Mapping[str, str]
) -> Preview:
    """`own`: code of the party that sent it; `parties`: {identity id: party code} of parties of the portal."""
    latest = newest(objects)
    known = {**definitions, **{one["id"]: one for one in latest if one["type"] == "marking-definition"}}
    names = {one["id"]: str(one.get("name", "")) for one in latest if one["type"] == "identity"}
    paragraphs = _paragraph_ids(latest)
    rows = [_row(one, known, names, parties, own, paragraphs) for one in latest]
    by_id = {one["id"]: one for one in latest}
    reports = [one for one in latest if one["type"] == "report" and not one.get("revoked")]
    drafts = [_of_report(one, latest, by_id, {row.id: row for row in rows}) for one in reports]
    if not reports:
        drafts = _loose(latest, {row.id: row for row in rows})
    return Preview(rows, drafts)


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


def _row(
    one: Plain, known: Mapping[str, Plain], names: Plain, parties: Mapping[str, str], own: str, paragraphs: set[str]
) -> Row:
    kind = one["type"]
    becomes = "report" if kind == "report" else "paragraph" if one["id"] in paragraphs else "kept"
    becomes = "held" if kind in HELD else becomes
    lost = tuple(sorted(one.keys() - READ[kind] - SILENT)) if becomes in {"report", "paragraph"} else ()
    decision = decide(one, known) if kind not in HELD else Decision(tlp="CLEAR")
    author = str(one.get("created_by_ref", ""))
    party = parties.get(author, "")
    if author and party != own and becomes != "held":
        # material of a third party: nothing leaves the desk without it; what is public may
        decision = replace(decision, orcon=decision.orcon or decision.tlp != "CLEAR", flags=(*decision.flags, "third"))
    return Row(one["id"], kind, _name(one), becomes, lost, decision, party or names.get(author, ""))


def _name(one: Plain) -> str:
    for key in ("name", "abstract", "value", "content", "relationship_type"):
        if isinstance(one.get(key), str) and one[key].strip():
            return str(one[key])[:120]
    return ""


def _of_report(report: Plain, objects: Sequence[Plain], by_id: Mapping[str, Plain], rows: Mapping[str, Row]) -> Draft:
    notes = [by_id[ref] for ref in report["object_refs"] if ref in by_id and by_id[ref]["type"] == "note"]
    listed = {one["id"] for one in notes}
    notes += [
        one
        for one in objects
        if one["type"] == "note" and report["id"] in one["object_refs"] and one["id"] not in listed
    ]
    notes = [one for one in notes if not one.get("revoked")]
    summary = str(report.get("description", ""))
    texts = [(rows[one["id"]].decision, one, str(one["content"])) for one in notes]
    if not texts and summary:
        texts, summary = [(rows[report["id"]].decision, report, summary)], ""
    flags = [] if all(ref in by_id for ref in report["object_refs"]) else ["missing-objects"]
    kept = {rows[ref].type for ref in report["object_refs"] if ref in rows and rows[ref].becomes == "kept"}
    flags += ["not-taken"] if kept else []
    return _draft(report["id"], str(report["name"]), summary, report, [rows[report["id"]].decision], texts, flags)


def _loose(objects: Sequence[Plain], rows: Mapping[str, Row]) -> list[Draft]:
    """One report out of everything that has words."""
    texts = []
    for one in objects:
        words = one.get("content") or one.get("description") or ""
        if one["type"] not in HELD and isinstance(words, str) and words.strip() and not one.get("revoked"):
            name = one.get("name")
            text = f"{name}: {words}" if isinstance(name, str) and name else words
            texts.append((rows[one["id"]].decision, one, text))
    if not texts:
        return []
    title = rows[texts[0][1]["id"]].name or texts[0][1]["type"]
    return [_draft(LOOSE, title, "", {}, [], texts, ["loose"])]


def _draft(
    source: str,
    title: str,
    summary: str,
    report: Plain,
    decisions: list[Decision],
    texts: list[tuple[Decision, Plain, str]],
    flags: list[str],
) -> Draft:
    whole = together([*decisions, *(decision for decision, _one, _text in texts)])
    paragraphs: list[Plain] = []
    for decision, one, text in texts:
        pieces = [text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)]
        graded = _grading(one)
        portion = level(decision)
        paragraphs += [{"text": piece, "portion": portion, "grading": graded} for piece in pieces if piece.strip()]
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
    return Draft(source, given, tuple(dict.fromkeys([*whole.flags, *flags])), whole.quarantined)


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
    rest = "".join(one if len(one) == 1 else f" {one}" for one in marking.codes(found.get("handling")))
    return {"scheme": scheme, "value": f"{source}{information}{rest}"}
