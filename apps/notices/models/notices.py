"""What happened, who is told of it, and how far that has come."""

import hashlib
import json
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import DeskGrant, Record
from apps.notices.managers import (
    DeliveryQuerySet,
    EventQuerySet,
    NoticeQuerySet,
    OwnQuerySet,
)


class Event(models.Model):
    """Something that the portal tells of, and how; dated data from the apps' manifests."""

    class Kind(TextChoices):
        NEEDS = "needs", "Action needed"
        DEADLINE = "deadline", "Deadline"
        LATE = "late", "Overdue"
        DIGEST = "digest", "For your information"
        SECURITY = "security", "Security"

    FIXED: ClassVar[frozenset[str]] = frozenset({"needs", "security"})
    """Kinds that nobody can switch off."""

    code = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    group = models.CharField(max_length=20, help_text="what people choose a way of being told for")
    label = models.CharField(max_length=80, help_text="in the inbox")
    subject = models.CharField(max_length=80, help_text="of the mail; {party} and nothing else may be filled in")
    kind = models.CharField(max_length=10, choices=Kind)
    mail = models.BooleanField(help_text="false: in the portal only")
    digest = models.BooleanField(help_text="true: in the morning's digest rather than at once")
    body_rule = models.CharField(max_length=30, help_text="what a mail may carry: the number only")

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_event_per_code_and_day")]

    def __str__(self) -> str:
        return self.code


class Notice(Record):
    """One event of one record, told to one desk (its owner). A mail may carry its number, never its title."""

    class State(TextChoices):
        UNREAD = "unread", "Unread"
        READ = "read", "Read"
        ACKNOWLEDGED = "acknowledged", "Receipt acknowledged"

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60, help_text="the event's code")
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    url_name = models.CharField(max_length=60, blank=True, help_text="the record's page, by its object_id")
    number = models.CharField(max_length=60, help_text="the record's reference")
    title = models.CharField(max_length=200, blank=True, help_text="shown in the portal to who may open the record")
    step = models.CharField(max_length=80, blank=True, help_text="which of several tellings of the same event")
    due_at = models.DateTimeField(null=True)
    needs_receipt = models.BooleanField(default=False)
    grade = models.CharField(
        max_length=4, blank=True, help_text="of an alarm: high, mid or low; empty: it waits for the end of quiet hours"
    )
    seats = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="seats at the desk that are mailed; none: all"
    )
    state = models.CharField(max_length=12, choices=State, default=State.UNREAD)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True, help_text="user name of who gave the receipt")

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Notice")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["code", "object_type", "object_id", "owner", "step"], name="one_notice_per_event_desk_and_step"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="notices_of_desk"),
            models.Index(fields=["object_type", "object_id"], name="notices_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"

    @property
    def page(self) -> str:
        """The address of the record's page; empty where there is none."""
        try:
            return reverse(self.url_name, args=[self.object_id]) if self.url_name else ""
        except NoReverseMatch:
            return ""


class NoticeDeskGrant(DeskGrant):
    """Which desks see a notice: the one it is addressed to, and the portal's own."""

    content_object = models.ForeignKey(Notice, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class NoticeReading(models.Model):
    """That one person has read a notice of their desk."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="one_reading_per_person")]


class Subscription(models.Model):
    """How a person wants to be told, by group of events; what is not in it follows the event."""

    class Passes(TextChoices):
        NONE = "none", "None"
        HIGH = "high", "High alarms only"
        MID = "mid", "High and medium alarms"
        LOW = "low", "All"

    class Way(TextChoices):
        AT_ONCE = "at_once", "By mail, at once"
        DIGEST = "digest", "By mail, in the morning digest"
        PORTAL = "portal", "In the portal only"

    user = models.OneToOneField("people.User", models.CASCADE, primary_key=True, related_name="+")
    ways = models.JSONField(default=dict, help_text="{group: at_once, digest or portal}")
    quiet_from = models.TimeField(null=True, help_text="local time of the seat's party; mails wait from then on")
    quiet_until = models.TimeField(null=True)
    passes = models.CharField(
        max_length=4, choices=Passes, default=Passes.HIGH, help_text="alarms that come in quiet hours, too"
    )
    state = models.CharField(max_length=10, default="chosen", choices=[("chosen", "chosen")])

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Notification setting")
        default_permissions = ()

    @property
    def etag(self) -> str:
        """Entity tag of the choice (RFC 9110, section 8.8.3): a hash of what is chosen."""
        chosen = [sorted(self.ways.items()), str(self.quiet_from), str(self.quiet_until), self.passes]
        return f'"{hashlib.sha256(json.dumps(chosen).encode()).hexdigest()[:16]}"'


class Delivery(models.Model):
    """How one person was told of one notice. Rows are never removed; only the state moves."""

    class Channel(TextChoices):
        MAIL = "mail", "Mail"
        DIGEST = "digest", "Digest"
        PORTAL = "portal", "Portal"

    class State(TextChoices):
        QUEUED = "queued", "Waiting"
        SENT = "sent", "Sent"
        SKIPPED = "skipped", "Not needed"
        BOUNCED = "bounced", "Bounced"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel)
    address_hash = models.CharField(max_length=64, blank=True, help_text="keyed SHA-256 of the address")
    state = models.CharField(max_length=8, choices=State)
    batch = models.UUIDField(null=True, help_text="the mail that it goes out with; its Message-ID")
    not_before = models.DateTimeField(null=True, help_text="the end of the person's quiet hours")
    error = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Notification delivery")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="one_delivery_per_notice_and_person")]
        indexes = [
            models.Index(
                fields=["user", "at"], condition=Q(state="queued", channel="digest", batch=None), name="digest_due"
            ),
            models.Index(fields=["batch"], name="deliveries_of_mail", condition=~Q(batch=None)),
            models.Index(
                fields=["not_before"], condition=Q(state="queued", channel="mail", batch=None), name="mails_after_night"
            ),
        ]

    @property
    def message_id(self) -> str:
        """The Message-ID (RFC 5322, section 3.6.4) of its mail: the same however often the mail is tried."""
        return f"<{self.batch.hex if self.batch else ''}.notice@{urlsplit(settings.PORTAL_URL).hostname}>"
