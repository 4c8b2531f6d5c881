"""Whose files these are: each room that takes attachments says which of its records an actor may see.

    owners.register("council.paper", lambda actor: Paper.objects.visible_to(actor))     # in the room's AppConfig.ready

A type that nobody registered is visible to nobody. `opened` is called before the bytes of a file are sent, outside
of any transaction; what it raises is the answer.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor

Visible = Callable[[Actor], Any]
Opened = Callable[[Actor, Any], None]
_OWNERS: dict[str, Visible] = {}
_OPENED: dict[str, Opened] = {}


def register(object_type: str, visible: Visible, *, opened: Opened | None = None) -> None:
    """Let records of this type (`app.model`, key a UUID) have attachments; `visible(actor)` is their reading door."""
    _OWNERS[object_type] = visible
    if opened is not None:
        _OPENED[object_type] = opened


def opening(actor: Actor, attachment: Any) -> None:
    """Tell the room of the record, if it wants to know, that somebody is about to get the bytes of a file."""
    opened = _OPENED.get(attachment.object_type)
    if opened is not None:
        opened(actor, attachment)


def registered(object_type: str) -> bool:
    """Whether a room answers for this type."""
    return object_type in _OWNERS


def seen_by(actor: Actor, object_type: str = "") -> Q | None:
    """The condition on attachments, one EXISTS per type asked for; None when nobody answers for it."""
    types = [object_type] if object_type else sorted(_OWNERS)
    condition: Q | None = None
    for name in types:
        if name in _OWNERS:
            own = Q(object_type=name) & Q(Exists(_OWNERS[name](actor).filter(pk=OuterRef("object_id"))))
            condition = own if condition is None else condition | own
    return condition
