"""Deadlines of desks, noted by the apps' listeners."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.notices import policy
from apps.notices.models import Deadline
from apps.people.models import Desk


@action(
    "deadline.set",
    model=Deadline,
    label=_("Set a deadline"),
    done=_("Set the deadline of a desk"),
    policy=policy.may_tell,
    ends="open",
    automatic=True,
)
def set_deadline(
    actor: Actor,
    _row: None,
    *,
    object_type: str,
    object_id: Any,
    kind: str,
    number: str,
    desks: Iterable[str],
    due_at: datetime.datetime,
    reminders: bool = True,
) -> Deadline:
    """Note what desks (codes) must do with a record, by when; a deadline that is there is moved and opened again.

    `kind` says it in two or three words that may stand in a calendar outside of the portal. LookupError if no desk
    is known.
    """
    rows = [
        Deadline.objects.update_or_create(
            object_type=object_type,
            object_id=str(object_id),
            kind=kind,
            desk=desk,
            defaults={"number": number, "due_at": due_at, "reminders": reminders, "done_at": None, "state": "open"},
        )[0]
        for desk in Desk.objects.filter(code__in=list(desks), active=True).order_by("pk")
    ]
    if not rows:
        raise LookupError("no desk for the deadline")
    return rows[0]


@action(
    "deadline.close",
    model=Deadline,
    label=pgettext_lazy("button, notices", "Close deadlines"),
    done=_("Closed the deadline of a desk"),
    policy=policy.may_tell,
    ends="done",
    automatic=True,
)
def close_deadlines(
    actor: Actor, _row: None, *, object_type: str, object_id: Any, kind: str = "", desks: Iterable[str] = ()
) -> Deadline:
    """Close the open deadlines of a record, of one kind, of some desks (codes); Refused if none is open."""
    rows = Deadline.objects.filter(object_type=object_type, object_id=str(object_id), state="open")
    if kind:
        rows = rows.filter(kind=kind)
    codes = list(desks)
    if codes:
        rows = rows.filter(desk__code__in=codes)
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    if not found:
        raise Refused("wrong-state")
    now = timezone.now()
    Deadline.objects.filter(pk__in=[row.pk for row in found]).update(done_at=now, state="done")
    found[0].done_at = now
    return found[0]
