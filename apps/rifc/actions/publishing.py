"""A report that a room of the portal made from what several people signed: written, approved and shared in one act."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.sharing import share as grant
from apps.people.models import Desk
from apps.rifc import policy
from apps.rifc.actions import sharing
from apps.rifc.actions.told import about
from apps.rifc.actions.writing import keep_parts, written
from apps.rifc.models import Report
from apps.rifc.queries import texts

R = Report.State


@action(
    "rifc_report.let_out",
    model=Report,
    label=_("Let out"),
    policy=policy.may_publish,
    ends=R.SHARED,
    automatic=True,
)
def publish(
    actor: Actor,
    _row: None,
    *,
    author_id: int,
    desks: Iterable[int],
    variant_of: uuid.UUID | None = None,
    **given: Any,
) -> Report:
    """Share a report with desks (ids) that can all receive it, as a part of the room's own act."""
    now = timezone.now()
    row = Report(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        author_id=author_id,
        approved_by_id=actor.user_id,
        approved_at=now,
        shared_at=now,
        variant_of=Report.objects.filter(thread=variant_of).order_by("-edition").first() if variant_of else None,
    )
    paragraphs, persons = written(actor, row, given)
    row.written_by = [author_id]
    sharing.number_of(row, now)
    row.retention_review = sharing.retention_of(row, now)
    row.save(force_insert=True)
    grant(actor, row, [actor.desk_id])
    keep_parts(actor, row, paragraphs, persons)
    row.content_sha256 = texts.digest(row)
    wanted = list(Desk.objects.filter(pk__in=list(desks), active=True).exclude(pk=row.owner_id).order_by("code"))
    sharing.send(actor, row, wanted, sharing.ORIGINATOR, now, None)
    emit("rifc.shared", row, about(row, [desk.pk for desk in wanted], due=""))
    return row
