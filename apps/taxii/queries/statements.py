"""What a version of a report tells of persons and things, for the export."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.entities.models import Assertion, LinkEvidence, Sighting
from apps.entities.queries import statements
from apps.entities.queries.keyed_hashes import hash_of
from apps.rifc.models import Paragraph
from apps.taxii.stix.entities import Fact, Seen, Thing, Tie, Told


@dataclass(frozen=True, slots=True)
class Said:
    """All current statements that rest on a report, whichever its version."""

    facts: list[Assertion] = field(default_factory=list)
    links: list[LinkEvidence] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)


NOTHING = Said()


def said(thread: Any) -> Said:
    """Three queries."""
    return Said(*statements.of_report(thread))


def told(all_of: Said, paragraphs: Sequence[Paragraph]) -> Told:
    """Those that rest on paragraphs of one version in the words that it has.

    Links and sightings of things that no fact of this version names are left out: they are of several reports.
    """
    stands = {(one.pid, hash_of(one.text)) for one in paragraphs}
    facts: dict[Any, list[Assertion]] = {}
    for one in all_of.facts:
        if (one.pid, one.words) in stands:
            facts.setdefault(one.entity_id, []).append(one)
    things = [Thing(str(pk), rows[0].entity.type, tuple(_fact(row) for row in rows)) for pk, rows in facts.items()]
    links: dict[Any, list[LinkEvidence]] = {}
    for row in all_of.links:
        if (row.pid, row.words) in stands and {row.link.from_entity_id, row.link.to_entity_id} <= facts.keys():
            links.setdefault(row.link_id, []).append(row)
    seen = [row for row in all_of.sightings if (row.pid, row.words) in stands and row.entity_id in facts]
    return Told(tuple(things), tuple(_tie(rows) for rows in links.values()), tuple(_seen(row) for row in seen))


def _fact(row: Assertion) -> Fact:
    return Fact(str(row.pk), row.field, row.value, row.normal, str(row.pid), (row.from_on, row.to_on))


def _tie(rows: Sequence[LinkEvidence]) -> Tie:
    link = rows[0].link
    evidence = tuple((str(row.pk), str(row.pid), (row.from_on, row.to_on)) for row in rows)
    return Tie(str(link.pk), link.type, str(link.from_entity_id), str(link.to_entity_id), evidence)


def _seen(row: Sighting) -> Seen:
    position = (row.lat, row.lon, row.uncertainty_m) if row.lat is not None and row.lon is not None else None
    return Seen(
        id=str(row.pk),
        thing=str(row.entity_id),
        pid=str(row.pid),
        at=row.at,
        precision=row.precision,
        place=row.place,
        position=position,
        count=row.count,
    )
