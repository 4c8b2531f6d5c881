"""What search finds of persons and things: names, other names and identifiers, of facts that the seat sees."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy

from apps.entities.models import Entity
from apps.entities.policy import CISNET
from apps.entities.queries import text_search, words
from apps.search.queries.kinds import Kind


def list_entities_kinds() -> Iterator[Kind]:
    """They. An entity has no title, time, owner or marking of its own: its heading fact gives them."""
    yield Kind(
        *("entity", pgettext_lazy("heading, entities", "Entities"), "user", "entities:thing"),
        rows=Entity.objects.visible_to,
        match=text_search.match,
        kept=True,
        narrows=text_search.NARROWS,
        heads=text_search.heads,
        at=None,
        level="",
        party="",
        works=CISNET,
    )


def name_things() -> dict[str, str]:
    """What the values of the facet are called."""
    return dict(words.types())
