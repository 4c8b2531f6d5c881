"""A watch with its officer in charge, the log that only grows, and the hand-over between two officers."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record


class Watch(Record):
    """A period of duty of one desk. Its row is the lock of the log: serial and head of the chain are counted here."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, watch", "Open")
        HANDOVER, CLOSED = "handover", "closed"

    RUNNING: ClassVar[frozenset[str]] = frozenset({State.OPEN, State.HANDOVER})

    number = models.CharField(max_length=40, unique=True, help_text="RIFC/W/2026/0001")
    officer = models.ForeignKey("people.User", models.PROTECT, related_name="+", help_text="in charge")
    outgoing = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", help_text="who signed the hand-over"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    last_serial = models.PositiveIntegerField(default=0)
    start_sha256 = models.CharField(max_length=64, help_text="head of the chain where this watch began")
    head_sha256 = models.CharField(max_length=64, help_text="hash of the last entry")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, watch", "Watch")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state__in=["open", "handover"]), name="one_watch_on_duty_per_desk"
            )
        ]
        indexes = [models.Index(fields=["owner", "-id"], name="watches_of_desk")]

    def __str__(self) -> str:
        return self.number


class WatchDeskGrant(DeskGrant):
    """Whose log it is: the desk on duty alone."""

    content_object = models.ForeignKey(Watch, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class WatchEntry(Part):
    """One line of a log. Nothing changes or removes a row: a correction, or that a thing is done, is the next entry.

    `sha256` is over the canonical JSON of the row with `prev_sha256` of the entry before (apps.watch.rules.chain).
    """

    root_field: ClassVar[str] = "watch"
    unwalled: ClassVar[str] = "looked up in a GIN index, which PostgreSQL leaves aside behind a policy"

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField(help_text="in its watch, from 1")
    event_at = models.DateTimeField(help_text="when it happened")
    entered_at = models.DateTimeField()
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    category = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, blank=True)
    from_whom = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=2000)
    action_taken = models.CharField(max_length=1000, blank=True)
    links = models.JSONField(default=list, help_text="[[type, id, number as written]]")
    to_do = models.BooleanField(default=False, help_text="open until an entry says that it is done")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    closes = models.OneToOneField("self", models.PROTECT, null=True, related_name="+", help_text="what is done")
    prev_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["watch", "serial"], name="one_entry_per_serial")]
        indexes = [
            models.Index("watch", condition=Q(to_do=True), name="entries_to_do"),
            GinIndex(SearchVector("text", "action_taken", "from_whom", config="english"), name="entries_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.serial}"


class Handover(Part):
    """What the outgoing officer signed, and who took it over; one that was broken off is kept with the reason."""

    root_field: ClassVar[str] = "watch"

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+")
    items = models.JSONField(help_text="[{watch, serial, at, text}] of the open items, frozen")
    brief = models.JSONField(help_text="{heading: [{title, due, url}]}, frozen")
    remarks = models.CharField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64, help_text="of items, brief and remarks: what both sign")
    started_at = models.DateTimeField()
    outgoing = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    outgoing_seat_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    incoming = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    incoming_seat_id = models.BigIntegerField(null=True)
    broken_off = models.CharField(max_length=1000, blank=True, help_text="why")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["watch"], condition=Q(ended_at=None), name="one_handover_at_a_time")
        ]

    def __str__(self) -> str:
        return str(self.pk)
