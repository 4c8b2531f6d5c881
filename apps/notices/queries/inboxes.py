"""The inbox of a desk and its bell; what rooms read back of what they told."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.database_context import portal_context
from apps.access.manifest import registry
from apps.access.marking import Mark, mark_columns
from apps.access.short_cache import forget, remembered
from apps.notices.models import Delivery, Notice, NoticeReading

ON_A_PAGE = 50
BELL_S, BELL_MOST = 30, 100


def inbox(actor: Actor, kind: str = "") -> models.QuerySet[Any]:
    """Notices addressed to the actor's desk (of one kind), with `event` and `seen`, whether they have read them."""
    rows = Notice.objects.visible_to(actor).filter(owner_id=actor.desk_id).select_related("event")
    rows = rows.filter(event__kind=kind) if kind else rows
    return rows.with_seen(actor.user_id)


def unread(actor: Actor, kind: str = "") -> models.QuerySet[Any]:
    """Those that the actor has not read themselves."""
    return inbox(actor, kind).filter(seen=False)


def inbox_page(actor: Actor, kind: str, params: Any) -> tuple[list[Any], str, str]:
    """(notices, cursor of the older page, cursor of the newer page): unread first, newest first within each part.

    A cursor is "0.KEY" among the unread or "1.KEY" among the read; ValidationError at the parameter otherwise.
    """
    rows = inbox(actor, kind)
    before, after = _cursor(params, "before"), _cursor(params, "after")
    if after is not None:
        seen, key = after
        nearer = Q(seen=seen, pk__gt=key) | Q(seen=False) if seen else Q(seen=False, pk__gt=key)
        found = list(rows.filter(nearer).order_by("-seen", "pk")[: ON_A_PAGE + 1])
        more, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE][::-1]
        return found, _place(found[-1:], bool(found)), _place(found[:1], more)
    if before is not None:
        seen, key = before
        rows = rows.filter(Q(seen=True, pk__lt=key) if seen else Q(seen=False, pk__lt=key) | Q(seen=True))
    found = list(rows.order_by("seen", "-pk")[: ON_A_PAGE + 1])
    more, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    return found, _place(found[-1:], more), _place(found[:1], before is not None)


def _place(row: list[Any], wanted: bool) -> str:
    return f"{int(row[0].seen)}.{row[0].pk}" if row and wanted else ""


def _cursor(params: Any, name: str) -> tuple[bool, Any] | None:
    text = params.get(name, "")
    if not text:
        return None
    part, _dot, key = text.partition(".")
    try:
        return {"0": False, "1": True}[part], Notice._meta.pk.to_python(key)
    except (KeyError, ValidationError):
        raise ValidationError(
            {name: _("This position in the list is not known. Start again from the first page.")}
        ) from None


def openable(actor: Actor, notices: Iterable[Any]) -> dict[tuple[str, str], Mark]:
    """{(type, id): its marking} of the records behind the notices that the actor may see. At most one query.

    A record of a type that is not read through a door counts as openable: its notice was addressed to the desk.
    """
    wanted: dict[str, set[str]] = {}
    for notice in notices:
        wanted.setdefault(notice.object_type, set()).add(notice.object_id)
    asked = [_visible(actor, kind, ids) for kind, ids in wanted.items() if _door(kind) is not None]
    free = {(kind, pk): Mark(0) for kind, ids in wanted.items() if _door(kind) is None for pk in ids}
    rows = reduce(lambda one, other: one.union(other, all=True), asked) if asked else []
    return free | {(kind, pk): Mark(**({"level": 0} | facts)) for kind, pk, facts in rows}


def _door(kind: str) -> Any:
    """The manager of a record type by its name ("council.decision") if it reads through visible_to, else None."""
    try:
        manager = apps.get_model(kind)._default_manager
    except (LookupError, ValueError):
        return None
    return manager if hasattr(manager, "visible_to") else None


def _visible(actor: Actor, kind: str, ids: Collection[str]) -> models.QuerySet[Any]:
    door = _door(kind)
    # accounts, seats and keys are told of by the id that pages and programs know
    key = "uid" if any(field.name == "uid" for field in door.model._meta.concrete_fields) else "pk"
    rows = door.visible_to(actor).filter(**{f"{key}__in": ids}).order_by()
    facts = JSONObject(**{name: F(column) for name, column in mark_columns(door.model).items()})
    return rows.values_list(Value(kind, output_field=CharField()), Cast(key, CharField()), facts)


def bell(actor: Actor) -> int:
    """How many notices the actor has not read, at most BELL_MOST; up to half a minute old. At most one query."""
    return remembered(f"notices:bell:{actor.seat_id}", BELL_S, lambda: int(unread(actor)[:BELL_MOST].count()))


def forget_bell(actor: Actor) -> None:
    """Let the number be counted anew, because this seat has just read something."""
    forget(f"notices:bell:{actor.seat_id}")


def read_by(user_id: int, notices: Collection[Any]) -> set[Any]:
    """Which of the notices (by id) this person has read."""
    rows = NoticeReading.objects.filter(user_id=user_id, notice__in=notices)
    return set(rows.values_list("notice_id", flat=True))


@dataclass(frozen=True, slots=True)
class Told:
    """How one desk was told of a record: per person, without their name or address."""

    desk: str
    event: str
    step: str
    channel: str
    state: str
    error: str
    at: datetime.datetime


def deliveries_of(record: Any, event: str = "") -> list[Told]:
    """What was sent of a record (of one event), by desk, oldest first; for the app that sent it. One query.

    The caller has read the record through its door and decides who of its side may see this.
    """
    rows = Delivery.objects.filter(notice__object_type=record._meta.label_lower, notice__object_id=str(record.pk))
    rows = rows.filter(notice__code=event) if event else rows
    columns = ("notice__owner__code", "notice__code", "notice__step", "channel", "state", "error", "changed_at")
    with portal_context("told of a record"):
        return [Told(*row) for row in rows.order_by("pk").values_list(*columns)]


def receipts_of(record: Any, event: str = "") -> dict[str, datetime.datetime]:
    """{desk code: when its receipt was given} for a record (for one event); the first counts. One query."""
    rows = Notice.objects.filter(object_type=record._meta.label_lower, object_id=str(record.pk))
    rows = rows.filter(code=event) if event else rows
    given = rows.exclude(acknowledged_at=None).order_by("-acknowledged_at")
    with portal_context("told of a record"):
        return dict(given.values_list("owner__code", "acknowledged_at"))


def page_name(object_type: str) -> str:
    """The url name of a record type's page."""
    return registry.page_of(object_type)
