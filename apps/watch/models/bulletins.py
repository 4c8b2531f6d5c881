"""Bulletins: what desks look out for or are warned of, until a day; and the receipts of those who got them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.watch.managers import BulletinQuerySet, BulletinReceiptQuerySet, BulletinThingQuerySet

SHORT = 480
"""Characters of the short form (field notes, 2.9: pager-type channels)."""


class Bulletin(Record):
    """A lookout, a warning or a picture of the situation, in force from `valid_from` until `valid_to`."""

    removed: ClassVar[str] = "retention: drafts that were given up"
    kept_rows: ClassVar[bool] = True

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        ISSUED = "issued", "In force"
        RENEWED = "renewed", "In force, renewed"
        EXPIRED = "expired", "Ended"
        CANCELLED = "cancelled", "Cancelled"

    IN_FORCE: ClassVar[frozenset[str]] = frozenset({State.ISSUED, State.RENEWED})

    number = models.CharField(max_length=40, blank=True, help_text="RIFC/BU/2026/RIFC/0001")
    kind = models.CharField(max_length=40, help_text="lookout, warning, situation")
    subject = models.CharField(max_length=40, blank=True, help_text="of a lookout: person, vehicle, vessel")
    instruction = models.CharField(max_length=40, help_text="what to do: stop, observe, inform")
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="Markdown")
    short_text = models.CharField(max_length=SHORT, help_text="without personal data")
    area = models.CharField(max_length=200)
    tlp = models.CharField(max_length=12)
    handling = ArrayField(models.CharField(max_length=12), default=list)
    eyes = ArrayField(models.CharField(max_length=8), default=list, help_text="closed list of parties; empty: none")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    to = ArrayField(models.CharField(max_length=40), help_text="desks, parties and groups, as chosen")
    edition = models.PositiveSmallIntegerField(default=1, help_text="of what recipients read")
    round = models.PositiveSmallIntegerField(default=0, help_text="how often receipts were asked for")
    renewals = models.PositiveSmallIntegerField(default=0)
    written_by = ArrayField(models.BigIntegerField(), help_text="ids of the persons who wrote any of it")
    issued_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True, help_text="of the last renewal, or why it is cancelled")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    objects: ClassVar[Any] = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, watch", "Bulletin")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="bulletin_ends_after_start"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_bulletin_per_number"),
        ]
        indexes = [
            models.Index("valid_to", condition=Q(state__in=["issued", "renewed"]), name="bulletins_in_force"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """(verb, who is told, which version they are told); `bulletin.issued` is the contract's word (section 3)."""
        said = {"bulletin.issue": "bulletin.issued"}.get(verb, verb)
        return said, groups, self.edition


class BulletinDeskGrant(DeskGrant):
    """Which desks have a bulletin: its own, and since it was issued its audience."""

    content_object = models.ForeignKey(Bulletin, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class BulletinThing(Part):
    """That a bulletin speaks of a person or thing. Of it each reader is shown what their own facts say, or nothing."""

    root_field: ClassVar[str] = "bulletin"
    removed: ClassVar[str] = "an act: a thing was named by mistake; with its bulletin"

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+")
    entity = models.ForeignKey("entities.Entity", models.PROTECT, related_name="+")
    by_seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = BulletinThingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["bulletin", "entity"], name="one_thing_per_bulletin")]

    def __str__(self) -> str:
        return str(self.pk)


class BulletinReceipt(Part):
    """That a desk was asked to say that it knows of a bulletin, or of its end, and how far it has come there."""

    root_field: ClassVar[str] = "bulletin"
    removed: ClassVar[str] = "with its bulletin"

    class State(TextChoices):
        SENT = "sent", "Sent"
        OPENED = "opened", "Opened"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        OVERDUE = "overdue", "Overdue"
        VOID = "void", "No longer needed"

    WAITING: ClassVar[frozenset[str]] = frozenset({State.SENT, State.OPENED, State.OVERDUE})

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    of_end = models.BooleanField(default=False, help_text="of the cancellation")
    sent_at = models.DateTimeField()
    due = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ack_at = models.DateTimeField(null=True)
    ack_by_seat_id = models.BigIntegerField(null=True)
    late = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.SENT)

    objects: ClassVar[Any] = BulletinReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receipt of a bulletin")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "desk", "round"], name="one_bulletin_receipt_per_desk_and_round"
            )
        ]
        indexes = [
            models.Index("due", condition=Q(state__in=["sent", "opened", "overdue"]), name="bulletin_receipts_due"),
            models.Index(
                "desk", condition=Q(state__in=["sent", "opened", "overdue"]), name="bulletin_receipts_of_desk"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The issuer's chain tells of what recipients do."""
        return self.bulletin.originator_id, self.bulletin.owner_id

    @property
    def level(self) -> int:
        """As high as its bulletin."""
        return self.bulletin.level
