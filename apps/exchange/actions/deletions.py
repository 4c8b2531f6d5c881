"""Requests that were thrown away before anybody was asked are removed after thirty days; hashes stay told."""

import datetime

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.database_context import removing
from apps.access.declared_actions import action
from apps.exchange import policy
from apps.exchange.models import Request
from apps.exchange.queries import deletions_due as queries
from apps.files.actions import purged
from apps.files.models import Purge

A_ROUND = 100


@action(
    "purge.requests",
    model=Purge,
    label=_("Delete discarded requests"),
    done=_("Deleted requests that were never sent"),
    policy=policy.is_clock,
    ends="done",
    automatic=True,
)
def delete_discarded_requests(actor: Actor, _row: None, *, desk_id: int, before: datetime.datetime) -> Purge:
    """Remove a desk's requests that were thrown away before a moment and never sent, with texts and subjects."""
    rows = list(queries.forgettable(actor, before).select_for_update().filter(owner_id=desk_id)[:A_ROUND])
    hashes = [queries.hash_of(row) for row in rows]
    with removing("retention"):
        Request.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return purged(Request._meta.label_lower, desk_id, len(rows), hashes, before)
