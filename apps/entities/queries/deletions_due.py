"""Statements that no version of their report says any more, and what rested on them alone; for the clock."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from apps.entities.managers import WordsHash
from apps.entities.models import Assertion, Entity, Evidence, Link, LinkEvidence, Listed, Sighting, Twin
from apps.rifc.models import Paragraph

KINDS: tuple[type[Evidence], ...] = (Assertion, LinkEvidence, Sighting)


def left_over(kind: Any, threads: Sequence[Any], desk_id: int) -> Any:
    """Statements of one kind of these reports of a desk whose paragraph stands in no version in these words."""
    said = Paragraph.objects.annotate(hashed=WordsHash(F("text"))).filter(
        report__thread=OuterRef("thread"), pid=OuterRef("pid"), hashed=OuterRef("words")
    )
    return kind.objects.filter(~Exists(said), thread__in=threads, report_desk=desk_id)


def bare_links(ids: Sequence[Any]) -> Any:
    """Those of these links that rest on nothing."""
    return Link.objects.filter(~_says(LinkEvidence, "link"), pk__in=ids)


def bare_entities(ids: Sequence[Any]) -> Any:
    """Those of these persons and things of which nothing is said, and that are on no watchlist."""
    said = _says(Assertion, "entity") | _says(Sighting, "entity") | _says(Listed, "entity")
    linked = _says(Link, "from_entity") | _says(Link, "to_entity")
    return Entity.objects.filter(~said, ~linked, pk__in=ids)


def words_on(ids: Sequence[Any]) -> Any:
    """What was held of these being the same as another."""
    return Twin.objects.filter(Q(one__in=ids) | Q(other__in=ids))


def _says(model: Any, column: str) -> Any:
    return Exists(model.objects.filter(**{column: OuterRef("pk")}))
