"""How a carrier is reached, from where its lists come, and what it was mailed."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.carriers.managers import ContactQuerySet, RetryQuerySet
from apps.journeys.models.carriers import Carrier


class CarrierContact(models.Model):
    """A telephone, a mail address or a channel of a carrier; never changed, ended and entered anew."""

    class Kind(TextChoices):
        PHONE = "phone", "Telephone, day and night"
        MAIL = "mail", "Email address"
        TYPEB = "typeb", "Type B address"
        SFTP = "sftp", "SFTP"
        AS2 = "as2", "AS2"

    class State(TextChoices):
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
        verbose_name = _("Contact of a carrier")
        app_label = "jrcc"
        default_permissions = ()
        indexes = [models.Index("carrier", name="contacts_of_carrier")]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.kind}"


class CarrierMail(models.Model):
    """A mail to a carrier that has no desk here: what it was about, and whether it arrived."""

    class About(TextChoices):
        RECEIPT = "receipt", "Manifest receipt"
        DUE = "due", "Manifest due soon"
        MISSING = "missing", "Manifest missing"

    class State(TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not accepted"
        BOUNCED = "bounced", "Bounced"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(CarrierContact, models.PROTECT, related_name="+")
    about = models.CharField(max_length=7, choices=About)
    number = models.CharField(max_length=60, help_text="receipt, or flight and day")
    grade = models.CharField(max_length=22, blank=True, help_text="of the list that was received")
    due_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True, help_text="reply code of SMTP, or status by RFC 3463")
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)

    objects: ClassVar[Any] = RetryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mail to a carrier")
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["contact", "about", "number"], name="carrier_mailed_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def message_id(self) -> str:
        """The Message-ID of the mail: the same however often it is tried."""
        return f"<{self.pk.hex}.carrier@{urlsplit(settings.PORTAL_URL).hostname}>"
