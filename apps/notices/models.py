"""Notices to desks, how people are told of them, deadlines, and the calendars that working days follow."""

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
from apps.access.models import DeskGrant, Part, Record
from apps.notices.managers import (
    DeadlineQuerySet,
    DeliveryQuerySet,
    EventQuerySet,
    FeedQuerySet,
    HolidayQuerySet,
    NoticeQuerySet,
    OwnQuerySet,
)


class Event(models.Model):
    """Something that the portal tells of, and how; dated data from seed/events.toml."""

    class Kind(TextChoices):
        NEEDS = "needs", "Needs you"
        DEADLINE = "deadline", "Deadline"
        LATE = "late", "Late"
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
        ACKNOWLEDGED = "acknowledged", "Receipt given"

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
    """That one person has read a notice of his desk."""

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
        HIGH = "high", "Of the high grade"
        MID = "mid", "Of the high and the middle grade"
        LOW = "low", "All"

    class Way(TextChoices):
        AT_ONCE = "at_once", "By mail, at once"
        DIGEST = "digest", "By mail, in the morning's digest"
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
        BOUNCED = "bounced", "Came back"
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


class Webhook(Record):
    """An address of a desk's own program that is told of each notice: signed, and with ids alone."""

    class State(TextChoices):
        LIVE = "live", "In use"
        DISABLED = "disabled", "Disabled: it did not answer"
        ENDED = "ended", "Ended"

    url = models.CharField(max_length=300, help_text="https")
    sealed = models.TextField(help_text="the secret of its signatures, under the portal's key; shown once")
    failed = models.PositiveSmallIntegerField(default=0, help_text="calls in a row that failed for good")
    state = models.CharField(max_length=8, choices=State, default=State.LIVE)
    secret: str  # on the row that made it and nowhere else

    class Meta:
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.url


class WebhookDeskGrant(DeskGrant):
    """Which desks see a webhook: its own, and the portal's."""

    content_object = models.ForeignKey(Webhook, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class WebhookCall(Part):
    """One call of a webhook about one notice."""

    class State(TextChoices):
        QUEUED = "queued", "Waiting"
        SENT = "sent", "Taken"
        FAILED = "failed", "Failed"

    root_field: ClassVar[str] = "webhook"
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", help_text="null: a trial")
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="of the last answer (RFC 9110)")
    error = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["webhook", "-id"], name="calls_of_webhook")]

    @property
    def etag(self) -> str:
        """Entity tag of the call as it stands (RFC 9110, section 8.8.3): it changes with each try and at the end."""
        return f'"{self.state}-{self.attempts}"'


class AlarmTest(Record):
    """An alarm that somebody who decides sends to his own desk, to see who answers and how soon."""

    reference = models.CharField(max_length=20, unique=True, help_text="TA-2026-00042")
    sent_by = models.CharField(max_length=150)
    seats = ArrayField(models.BigIntegerField(), help_text="seats at the desk when it was sent")
    state = models.CharField(max_length=4, default="sent", choices=[("sent", "Sent")])

    class Meta:
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.reference


class AlarmTestDeskGrant(DeskGrant):
    """Which desks see a test alarm: the one that it was sent to, and the portal's."""

    content_object = models.ForeignKey(AlarmTest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class AlarmAnswer(Part):
    """That one person has answered a test alarm."""

    root_field: ClassVar[str] = "alarm"
    alarm = models.ForeignKey(AlarmTest, models.CASCADE, related_name="+")
    seat_id = models.BigIntegerField()
    person = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alarm", "seat_id"], name="one_answer_per_alarm_and_seat")]


class Deadline(models.Model):
    """What a desk must do with a record, and by when."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("state", "Open")
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, help_text="what has to be done, in two or three words; no secret")
    number = models.CharField(max_length=60, help_text="the record's reference")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    reminders = models.BooleanField(default=True, help_text="false: the room tells by itself")
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = DeadlineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "kind", "desk"], name="one_deadline_per_task")
        ]
        indexes = [models.Index(fields=["desk", "due_at"], condition=Q(state="open"), name="deadlines_open")]


class CalendarFeed(models.Model):
    """The secret address of a seat's calendar: stored as SHA-256, shown once, dead with the seat."""

    class State(TextChoices):
        LIVE, REVOKED = "live", "revoked"

    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=7, choices=State, default=State.LIVE)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    secret: str  # the token itself, on the row that made it and nowhere else

    objects: ClassVar[Any] = FeedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(state="live"), name="one_calendar_address_per_seat")
        ]


class Holiday(models.Model):
    """A public holiday of one State. Removed rows stay, so that the seed does not bring them back."""

    class State(TextChoices):
        CURRENT, REMOVED = "current", "removed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=100, help_text="where the day comes from")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was added or removed by hand")
    edited_by = models.CharField(max_length=40, blank=True, help_text="desk that added or removed it")
    edited_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.CURRENT)

    objects: ClassVar[Any] = HolidayQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party", "day"], condition=Q(state="current"), name="one_holiday_per_day")
        ]
        indexes = [models.Index(fields=["day"], condition=Q(state="current"), name="holidays_by_day")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.day}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this day."""
        return self.party_id, None
