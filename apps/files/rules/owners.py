"""Whose files these are: each app that takes attachments says which of its records an actor may see.

    offers={"files.owners": {"council.paper": "models.Paper.objects.visible_to"}}     # in the app's manifest

`files.owners` are the `visible_to` of records (`app.model`, key a UUID) that may have attachments: visible(actor).
A type that nobody offers is visible to nobody. What is offered to `files.opened` is called before the bytes of a file
are sent, outside of any transaction; what it raises is the answer.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.manifest import registry

Visible = Callable[[Actor], Any]
Opened = Callable[[Actor, Any], None]
OWNERS, OPENED = "files.owners", "files.opened"


def opening(actor: Actor, attachment: Any) -> None:
    """Tell the app of the record, if it wants to know, that somebody is about to get the bytes of a file."""
    opened: Opened | None = registry.offered(OPENED).get(attachment.object_type)
    if opened is not None:
        opened(actor, attachment)


def record_of(actor: Actor, attachment: Any) -> Any:
    """The record that an attachment belongs to, as the actor sees it; None where they do not. One query."""
    owners: dict[str, Visible] = registry.offered(OWNERS)
    if attachment.object_type not in owners:
        return None
    return owners[attachment.object_type](actor).filter(pk=attachment.object_id).first()


def registered(object_type: str) -> bool:
    """Whether an app answers for this type."""
    return object_type in registry.offered(OWNERS)


def seen_by(actor: Actor, object_type: str = "") -> Q | None:
    """The condition on attachments, one EXISTS per type asked for; None when nobody answers for it."""
    owners: dict[str, Visible] = registry.offered(OWNERS)
    types = [object_type] if object_type else sorted(owners)
    condition: Q | None = None
    for name in types:
        if name in owners:
            own = Q(object_type=name) & Q(Exists(owners[name](actor).filter(pk=OuterRef("object_id"))))
            condition = own if condition is None else condition | own
    return condition
