"""Requests to pass reports on, with what the originators said."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apps.access.actor import Actor
from apps.rifc.models import ReleaseDecision, ReleaseRequest

OPEN = sorted(ReleaseRequest.OPEN)


def rows(actor: Actor | None) -> Any:
    """Requests that the actor sees, with report and desk."""
    found = ReleaseRequest.objects.visible_to(actor)
    return found.select_related("report", "owner__party", "report_desk", "report_originator", "variant", "asked_by")


def answers(actor: Actor, requests: Sequence[ReleaseRequest]) -> dict[Any, list[ReleaseDecision]]:
    """Answers to requests that the actor may know, by request. One query."""
    found: dict[Any, list[ReleaseDecision]] = defaultdict(list)
    keys = [row.pk for row in requests]
    for one in ReleaseDecision.objects.visible_to(actor).filter(request__in=keys).order_by("party"):
        found[one.request_id].append(one)
    return found


def lapsed(actor: Actor, now: datetime.datetime) -> list[ReleaseRequest]:
    """Requests that nobody answered in time."""
    return list(ReleaseRequest.objects.visible_to(actor).filter(state__in=OPEN, due_at__lte=now).order_by("pk")[:200])
