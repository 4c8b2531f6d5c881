"""Recipients of versions, their receipts, and who read."""

import datetime
from collections.abc import Sequence
from typing import Any

from apps.access.actor import Actor
from apps.rifc.managers import addressed_to
from apps.rifc.models import ReadLog, Receipt, Report

S = Receipt.State


def recipients_of(report: Report) -> list[int]:
    """Ids of the desks that have a version now."""
    rows = Receipt.objects.filter(report=report, user=None).exclude(state=S.WITHDRAWN)
    return list(rows.values_list("desk", flat=True))


def receipts(actor: Actor, report: Report) -> list[Receipt]:
    """For the originator all entries of a version, in the order of their desks; for others none. One query."""
    if actor.party_code != report.originator_id:
        return []
    rows = Receipt.objects.visible_to(actor).filter(report=report)
    return list(rows.select_related("desk__party", "desk__function", "user").order_by("desk__code", "pk"))


def own_receipts(actor: Actor, reports: Sequence[Report]) -> dict[Any, Receipt]:
    """One's own desk's entry, or one's own by name, of each version. One query."""
    rows = Receipt.objects.visible_to(actor).filter(addressed_to(actor), report__in=[one.pk for one in reports])
    return {row.report_id: row for row in rows}


def own_receipt(actor: Actor, report: Report) -> Receipt | None:
    """One's own entry of a version."""
    return own_receipts(actor, [report]).get(report.pk)


def undelivered(actor: Actor, reports: Sequence[Report]) -> list[Receipt]:
    """Own entries of these versions that were never delivered."""
    rows = Receipt.objects.visible_to(actor).filter(
        addressed_to(actor), report__in=[one.pk for one in reports], state=S.SENT
    )
    return list(rows.filter(delivered_at=None).order_by("pk"))


def read_log(actor: Actor, report: Report) -> Any:
    """For the originator, who read any version of the report, newest first; for others nothing. One query."""
    if actor.party_code != report.originator_id:
        return ReadLog.objects.none()
    rows = ReadLog.objects.visible_to(actor).filter(report__thread=report.thread)
    rows = rows.exclude(desk_id=report.owner_id)
    return rows.select_related("report", "desk", "user").order_by("-pk")


def overdue(actor: Actor, now: datetime.datetime) -> list[Receipt]:
    """Entries whose receipt is late and not noted so yet."""
    rows = Receipt.objects.visible_to(actor).filter(
        ack_required=True,
        ack_at=None,
        ack_due__lte=now,
        state__in=[S.SENT, S.DELIVERED, S.OPENED],
        report__state="shared",
    )
    return list(rows.order_by("pk")[:200])


def to_remind(actor: Actor, now: datetime.datetime, every: datetime.timedelta, times: int) -> list[Receipt]:
    """Late entries of which it is time to remind again."""
    rows = Receipt.objects.visible_to(actor).filter(
        state=S.OVERDUE, reminded__lt=times, reminded_at__lte=now - every, report__state="shared"
    )
    return list(rows.order_by("pk")[:200])
