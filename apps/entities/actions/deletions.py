"""What was read from a report that was thrown away goes with it; that it did, and hashes, stay told."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.entities import policy
from apps.entities.models import Assertion
from apps.entities.queries import deletions_due as queries
from apps.files.actions import purged
from apps.files.models import Purge


@action(
    "purge.facts",
    model=Purge,
    label=_("Delete facts from discarded reports"),
    done=_("Deleted what was read from discarded reports"),
    policy=policy.is_clock,
    ends="done",
    automatic=True,
)
def delete_unsupported_facts(
    actor: Actor, _row: None, *, threads: Sequence[Any], desk_id: int, before: datetime.datetime
) -> Purge:
    """Remove statements that no version of a desk's emptied reports says, and persons and things they alone told of.

    The hashes are those of the paragraphs: one of a short value could be guessed.
    """
    entities: set[Any] = set()
    links: set[Any] = set()
    hashes: set[str] = set()
    count = 0
    for kind in queries.KINDS:
        for row in queries.left_over(kind, threads, desk_id).select_for_update(of=("self",)):
            hashes.add(row.words)
            entities.add(getattr(row, "entity_id", None))
            links.add(getattr(row, "link_id", None))
            row.delete()
            count += 1
    _tidy(entities - {None}, links - {None})
    return purged(Assertion._meta.label_lower, desk_id, count, hashes, before)


def _tidy(entities: set[Any], links: set[Any]) -> None:
    """Remove links that rest on nothing, then persons and things of which nothing is left."""
    for link in queries.bare_links(list(links)):
        entities |= {link.from_entity_id, link.to_entity_id}
        link.delete()
    bare = list(queries.bare_entities(list(entities)))
    queries.words_on([row.pk for row in bare]).delete()
    for row in bare:
        row.delete()
