"""From where, and for what, a key of a program may be used."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.ids import uuid7
from apps.entrance.managers import LimitQuerySet


class KeyLimit(models.Model):
    """Networks, verbs and collections of a key. Without one, or with none named: anything from anywhere."""

    LIMITS = ("networks", "verbs", "collections")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token = models.OneToOneField("people.DeskToken", models.PROTECT, related_name="+")
    networks = ArrayField(models.CharField(max_length=43), default=list, help_text="CIDR; none: from anywhere")
    verbs = ArrayField(models.CharField(max_length=60), default=list, help_text="none: all that its scope allows")
    collections = ArrayField(
        models.CharField(max_length=60), default=list, help_text="as in the API's addresses, taxii, stream; none: all"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=3, default="set", choices=[("set", "set")])

    objects: ClassVar[Any] = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key networks")
        default_permissions = ()

    def __str__(self) -> str:
        return f"key {self.token_id}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this key."""
        return self.token.seat.desk.party_id, None
