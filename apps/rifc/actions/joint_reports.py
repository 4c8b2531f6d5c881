"""A report that an app of the portal made from what several people signed: written, approved and shared in one act."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share as grant
from apps.people.models import Desk
from apps.rifc import policy
from apps.rifc.actions import shares
from apps.rifc.actions.drafts import keep_parts, written
from apps.rifc.actions.event_facts import about
from apps.rifc.models import Report
from apps.rifc.queries import texts

R = Report.State


@action(
    "rifc_report.let_out",
    model=Report,
    label=pgettext_lazy("button, rifc", "Let out"),
    done=_("Shared a report with desks by rule"),
    policy=policy.may_publish,
    ends=R.SHARED,
    automatic=True,
)
def publish_joint_report(
    actor: Actor,
    _row: None,
    *,
    author_id: int,
    desks: Iterable[int],
    variant_of: uuid.UUID | None = None,
    **given: Any,
) -> Report:
    """Share a report with desks (ids) that can all receive it, as a part of the app's own act."""
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
    given["kept_open"] = _now("A joint assessment: several desks have written it in the portal.")
    paragraphs, persons = written(actor, row, given)
    row.written_by = [author_id]
    shares.number_of(row, now)
    row.retention_review = shares.retention_of(row, now)
    row.save(force_insert=True)
    grant(actor, row, [actor.desk_id])
    keep_parts(actor, row, paragraphs, persons)
    row.content_sha256 = texts.digest(row)
    wanted = list(Desk.objects.filter(pk__in=list(desks), active=True).exclude(pk=row.owner_id).order_by("code"))
    shares.send(actor, row, wanted, shares.ORIGINATOR, now, None)
    emit("rifc.shared", row, about(row, [desk.pk for desk in wanted], due=""))
    return row
