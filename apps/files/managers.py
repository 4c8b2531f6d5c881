"""`visible_to` of files: an attachment is seen exactly when its record is; bytes by themselves by nobody."""

from typing import Any, Self

from django.db import models

from apps.access.actor import Actor
from apps.files import policy
from apps.files.rules import owners


class BlobQuerySet(models.QuerySet[Any]):
    """Stored bytes: only the portal's own service reads them by themselves, to check them."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for the service, none for people and programs."""
        return self.all() if actor is not None and policy.tends(actor) else self.none()


class PurgeQuerySet(models.QuerySet[Any]):
    """What was removed for good: the portal's own services write it; people read of it in the audit of their party."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for the portal's own seats, none for people and programs."""
        return self.all() if actor is not None and policy.is_service(actor) else self.none()


class AttachmentQuerySet(models.QuerySet[Any]):
    """Files of records of other apps."""

    def visible_to(self, actor: Actor | None, object_type: str = "", before: Any = None) -> Self:
        """Attachments whose record the actor may see now; with `object_type` only that type is asked for."""
        if actor is None:
            return self.none()
        condition = owners.seen_by(actor, object_type)
        if condition is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(condition)


class UploadQuerySet(models.QuerySet[Any]):
    """Files sent ahead of the record that they are for."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Those of the actor's own desk; all for the portal's own service."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.all() if policy.tends(actor) else rows.filter(desk_id=actor.desk_id)
