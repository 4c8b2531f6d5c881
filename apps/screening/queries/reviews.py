"""Entries whose owners have to look whether they are still needed."""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from apps.screening.models import Entry, WatchList
from apps.screening.queries.lists import Limits, by_list, limits


def to_remind_of(today: datetime.date) -> Any:
    """Entries in use whose owner is to be told: their review comes, or was due since they were told. Any order."""
    soon = today + datetime.timedelta(days=limits(today).review_notice_days)
    not_told = Q(reminded_on=None) | Q(review_on__lt=today, reminded_on__lte=F("review_on"))
    return Entry.objects.filter(not_told, state=Entry.State.ACTIVE, review_on__lte=soon).exclude(kind=Entry.Kind.RULE)


def lists_to_remind(actor: Any, today: datetime.date) -> list[Any]:
    """Lists with such entries. One query beside the rules."""
    rows = WatchList.objects.visible_to(actor).filter(pk__in=to_remind_of(today).order_by().values("list"))
    return list(rows.order_by("code"))


def to_suspend(today: datetime.date) -> Any:
    """Entries in use that nobody has looked at in the days that the rules give, and whose owner was told in time."""
    rules: Limits = limits(today)
    overdue = Q(pk__in=[])
    for kind, days in rules.grace_days.items():
        overdue |= Q(list__kind=kind, review_on__lt=today - datetime.timedelta(days=days))
    told_by = today - datetime.timedelta(days=rules.suspension_notice_days)
    return Entry.objects.filter(overdue, state=Entry.State.ACTIVE, reminded_on__lte=told_by)


def lists_to_suspend_in(today: datetime.date) -> Iterator[tuple[WatchList, list[UUID]]]:
    """(list, ids of such entries), some hundreds at a time. One query."""
    return by_list(to_suspend(today))
