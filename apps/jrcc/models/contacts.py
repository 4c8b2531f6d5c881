"""How a carrier is reached, and from where its lists come."""

from typing import Any, ClassVar

from django.db import models

from apps.access.ids import uuid7
from apps.jrcc.managers import ContactQuerySet
from apps.jrcc.models.rules import Carrier


class CarrierContact(models.Model):
    """A telephone, a mail address or a channel of a carrier; never changed, ended and entered anew."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Telephone, day and night"
        MAIL = "mail", "Mail address"
        TYPEB = "typeb", "Type-B address"
        SFTP = "sftp", "SFTP"
        AS2 = "as2", "AS2"

    class State(models.TextChoices):
        CURRENT, ENDED = "current", "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    role = models.CharField(max_length=80, help_text="desk or function, as Operations control")
    value = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.CURRENT)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("carrier", name="contacts_of_carrier")]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.kind}"
