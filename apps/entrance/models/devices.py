"""From where a person has signed in."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.entrance.managers import OwnQuerySet


class Device(models.Model):
    """A browser in which a person has signed in, known again by a random mark in its cookie."""

    class State(TextChoices):
        KNOWN = "known"
        FORGOTTEN = "forgotten", "Removed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    mark_sha256 = models.CharField(max_length=64, help_text="of the cookie's random mark; the mark is kept nowhere")
    label = models.CharField(max_length=120, blank=True, help_text="what the browser calls itself")
    address = models.GenericIPAddressField(null=True, help_text="from where it was first used")
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.KNOWN)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entrance", "Device")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "mark_sha256"], name="one_device_per_person_and_mark")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What a notice calls it: it tells nothing of the person."""
        return f"D-{str(self.pk)[-6:].upper()}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this device."""
        return self.user.home_party_id or "", None
