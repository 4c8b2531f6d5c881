"""Readings by programs are noted before anything is sent."""

from collections.abc import Collection as Many
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.rifc.actions.receipts import note_many
from apps.taxii import policy
from apps.taxii.models import Collection, Fetch
from apps.taxii.queries.pages import visible


@action(
    "taxii.fetch",
    model=Fetch,
    label=pgettext_lazy("button, taxii", "Fetch"),
    done=_("Fetched reports by program"),
    policy=policy.may_fetch,
    ends="fetched",
    automatic=True,
    by_readers=True,
)
def record_taxii_fetch(
    actor: Actor, _row: None, *, collection: Collection, reports: Many[Any], peeked: Many[Any]
) -> Fetch:
    """Note the reading of the reports on a page; `seen` of the row returned are those that may be sent."""
    seen = note_many(actor, reports, "taxii", peeked=peeked)
    row: Any = Fetch.objects.create(desk_id=actor.desk_id, collection=collection, reports=len(seen & set(reports)))
    row.seen = seen
    return row  # type: ignore[no-any-return]


def note(actor: Actor, collection: Collection, reports: Many[Any], peeked: Many[Any]) -> set[Any]:
    """Those of these versions that may be sent, their reading noted; and those of `peeked` that are seen at all."""
    if not reports:
        return visible(actor, peeked)
    done: Any = record_taxii_fetch(actor, None, collection=collection, reports=reports, peeked=peeked)
    return set(done.seen)
