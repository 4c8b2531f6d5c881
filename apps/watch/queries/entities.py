"""Persons and things of bulletins, as one reader knows them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.marking import Banner, of
from apps.entities.queries import entities, sources
from apps.rifc.queries import vocabulary
from apps.watch.models import BulletinThing


@dataclass(frozen=True, slots=True)
class Named:
    """A person or thing under the name that the reader sees, and the paragraph from which they have it."""

    title: entities.Title
    source: sources.Source | None

    @property
    def classification(self) -> str:
        """Of the report that the name comes from."""
        return str(vocabulary.classification(self.source.report.level).code) if self.source else ""


def of_bulletins(actor: Actor, keys: Iterable[Any]) -> dict[Any, list[Named]]:
    """{bulletin: what it speaks of} of bulletins that the actor sees; what they see no fact of is not there.

    One query; three where there is anything.
    """
    pairs = list(BulletinThing.objects.filter(bulletin__in=list(keys)).order_by("pk").values_list("bulletin", "entity"))
    titles = entities.titles(actor, {entity for _bulletin, entity in pairs})
    found = sources.sources(actor, titles.values())
    named: dict[Any, list[Named]] = defaultdict(list)
    for bulletin, entity in pairs:
        if entity in titles:
            title = titles[entity]
            named[bulletin].append(Named(title, found.get(sources.key_of(title))))
    return named


def offered(actor: Actor, asked: str, taken: Iterable[Any]) -> list[Named]:
    """What a search for an identifier or a name finds, but for what is taken. Five queries at most."""
    gone = set(taken)
    titles = [one for one in entities.search_entities(actor, asked) if one.pk not in gone] if asked else []
    found = sources.sources(actor, titles)
    return [Named(one, found.get(sources.key_of(one))) for one in titles]


def marking(bulletin: Any, named: Iterable[Named]) -> Banner:
    """The banner of a page: of the bulletin and of the reports from which the names beside it come."""
    return of(bulletin, *(one.source.report for one in named if one.source))
