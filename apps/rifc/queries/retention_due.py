"""Reports whose date to be looked at again has come, and drafts that were thrown away and can be forgotten."""

import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.access.actor import Actor
from apps.rifc.models import Report

A_ROUND = 50


def due(found: Any, today: datetime.date) -> Any:
    """Versions in force of which it is time to ask whether they are still needed.

    Their review date has come; or the last day for which they claim to hold is over, and nobody has looked since they
    were shared.
    """
    over = Q(valid_to__lt=today, reviewed_on=None)
    return found.filter(Q(retention_review__lte=today) | over, state=Report.State.SHARED)


def to_review(actor: Actor, today: datetime.date) -> Any:
    """Those of the actor's desk, unordered."""
    rows = Report.objects.visible_to(actor).filter(owner_id=actor.desk_id)
    return due(rows, today).select_related("owner", "originator")


def narrowed(found: Any, value: str, actor: Actor) -> Any:
    """For programs: `review=due`, those of the caller's desk. ValueError for any other value."""
    if value != "due":
        raise ValueError(value)
    return due(found.filter(owner_id=actor.desk_id), datetime.datetime.now(datetime.UTC).date())


def forgettable(before: datetime.datetime) -> Any:
    """Versions that were thrown away earlier than a moment, never shared, and not forgotten yet; for the clock."""
    thrown = Report.objects.filter(state=Report.State.WITHDRAWN, shared_at=None, purged_at=None, changed_at__lt=before)
    return thrown.order_by("pk")


def forget_sources(report: Report) -> None:
    """Remove what sources of a thrown-away version are really called; PostgreSQL asks once more whether it is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.rifc_forget_sources(%s)", [report.pk])
