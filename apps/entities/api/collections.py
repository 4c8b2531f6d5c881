"""Persons and things for programs. Verbs are those of the pages; a version to compare with there is none."""

import hashlib
from typing import Any, ClassVar

from apps.access.api import ScopedViewSet
from apps.entities.api import shapes
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting, SilentHit, Twin
from apps.entities.queries import entities, shared_identifiers, sources


class EntityViewSet(ScopedViewSet):
    """Persons and things: `?q=` an identifier or a name, `?type=`, `?report=`. In no order that says anything."""

    model, serializer_class, noun, creates = Entity, shapes.EntitySerializer, "entity", "create"
    reads, lists = "entity.read", "entity.list"
    filters: ClassVar[dict[str, Any]] = {
        "type": "type",
        "q": lambda rows, value, actor: rows.filter(
            pk__in=[one.pk for one in entities.search_entities(actor, value[:200])]
        ),
        "report": lambda rows, value, actor: rows.filter(pk__in=entities.facts(actor, thread=value).values("entity")),
    }

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each with its facts, links and sightings. Four queries for any number."""
        ids = [row.pk for row in rows]
        facts, links = entities.of_entity(self.actor, ids), entities.links_of(self.actor, ids)
        sightings = entities.sightings_of(self.actor, ids)
        found = sources.sources(self.actor, [*facts, *links, *sightings])
        for row in rows:
            row.sources = found
            row.facts = [one for one in facts if one.entity_id == row.pk]
            row.links = [one for one in links if row.pk in {one.link.from_entity_id, one.link.to_entity_id}]
            row.sightings = [one for one in sightings if one.entity_id == row.pk]
            row.title = entities.title_of(row.facts)
            row.etag = _etag([*row.facts, *row.links, *row.sightings])
        return rows


def _etag(rows: list[Any]) -> str:
    """A tag of what is seen: hidden statements do not change it."""
    return f'"{hashlib.sha256("".join(sorted(str(row.pk) for row in rows)).encode()).hexdigest()[:20]}"'


class FactViewSet(ScopedViewSet):
    """Facts, to be withdrawn."""

    model, serializer_class, noun = Assertion, shapes.WithdrawnSerializer, "entity_fact"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "entity": "entity"}


class LinkEvidenceViewSet(ScopedViewSet):
    """Evidence of links, to be withdrawn."""

    model, serializer_class, noun = LinkEvidence, shapes.WithdrawnSerializer, "link_evidence"
    related = ("link",)
    filters: ClassVar[dict[str, Any]] = {"state": "state"}


class SightingViewSet(ScopedViewSet):
    """Sightings, to be withdrawn."""

    model, serializer_class, noun = Sighting, shapes.WithdrawnSerializer, "sighting"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "entity": "entity"}


class TwinViewSet(ScopedViewSet):
    """What is held to be one."""

    model, serializer_class, noun, creates = Twin, shapes.TwinSerializer, "twin", "propose"
    filters: ClassVar[dict[str, Any]] = {"state": "state"}


class SilentHitViewSet(ScopedViewSet):
    """The same identifier held by two parties."""

    model, serializer_class, noun = SilentHit, shapes.SilentHitSerializer, "silent_hit"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "field": "field"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each with the facts of the caller's own party."""
        found = shared_identifiers.own_facts(self.actor, rows) if rows else {}
        for row in rows:
            row.own = found.get(row.mark, [])
        return rows
