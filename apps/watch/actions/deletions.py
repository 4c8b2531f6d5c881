"""What was thrown away is removed after thirty days; that it was, and hashes, stay told."""

import datetime

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.database_context import removing
from apps.access.declared_actions import action
from apps.files.actions import purged
from apps.files.models import Purge
from apps.watch import policy
from apps.watch.models import Bulletin, Digest
from apps.watch.queries import deletions_due as queries

A_ROUND = 100


@action(
    "purge.bulletins",
    model=Purge,
    label=_("Delete discarded bulletins"),
    done=_("Deleted discarded bulletins"),
    policy=policy.is_clock,
    ends="done",
    automatic=True,
)
def delete_discarded_bulletins(actor: Actor, _row: None, *, desk_id: int, before: datetime.datetime) -> Purge:
    """Remove a desk's bulletins that were thrown away before a moment and that nobody else ever saw."""
    rows = list(queries.bulletins(before).select_for_update().filter(owner_id=desk_id)[:A_ROUND])
    hashes = [queries.hash_of_bulletin(row) for row in rows]
    with removing("retention"):
        Bulletin.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return purged(Bulletin._meta.label_lower, desk_id, len(rows), hashes, before)


@action(
    "purge.digests",
    model=Purge,
    label=_("Delete discarded digests"),
    done=_("Deleted discarded digests"),
    policy=policy.is_clock,
    ends="done",
    automatic=True,
)
def delete_discarded_digests(actor: Actor, _row: None, *, desk_id: int, before: datetime.datetime) -> Purge:
    """Remove a desk's digests that were thrown away before a moment, with their sentences."""
    rows = list(queries.digests(before).select_for_update().filter(owner_id=desk_id)[:A_ROUND])
    hashes = [queries.hash_of_digest(row) for row in rows]
    with removing("retention"):
        Digest.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return purged(Digest._meta.label_lower, desk_id, len(rows), hashes, before)
