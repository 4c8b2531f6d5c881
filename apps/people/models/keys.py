"""Keys of desks for programs."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.people.managers import TokenQuerySet
from apps.people.models.register import Seat, public_id


class DeskToken(models.Model):
    """A key of a desk for programs: one person asks, a second one of that desk approves; shown once, stored as SHA-256.

    What the operators' command line makes is live at once and has no second person.
    """

    class Scope(TextChoices):
        READ, WRITE = "read", "write"

    class State(TextChoices):
        PROPOSED = "proposed", "Waits for the desk"
        APPROVED = "approved", "Approved, not shown yet"
        LIVE = "live", "Live"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed"
        VOID = "void", "Void: changed since the request"
        REVOKED = "revoked", "Revoked"

    WAITING: ClassVar[frozenset[str]] = frozenset({State.PROPOSED, State.APPROVED})

    uid = public_id()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="the desk's service seat")
    prefix = models.CharField(max_length=12, blank=True, help_text="first letters, to tell keys apart; none before it")
    sha256 = models.CharField(max_length=64, unique=True, null=True, help_text="none before the key is shown")  # noqa: DJ001  (unique)
    label = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=5, choices=Scope)
    clearance = models.PositiveSmallIntegerField(default=1, help_text="the level up to which it reads; desk caps it")
    state = models.CharField(max_length=10, default=State.LIVE, choices=State)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    first_used_at = models.DateTimeField(null=True, help_text="none also for keys that were in use before it was noted")
    told_days = models.PositiveSmallIntegerField(null=True, help_text="days before its end of the last warning")
    maker_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", help_text="who asked for it")
    approver_seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", help_text="the second person, of the desk itself"
    )
    operator = models.CharField(max_length=60, blank=True, help_text="who ran the operators' command, on the machine")
    proof_key = models.CharField(
        max_length=43, db_default="", blank=True,
        help_text="RFC 7638 thumbprint of the program's own key, with a proof by which it is taken; none: bearer",
    )  # fmt: skip
    lapses_at = models.DateTimeField(null=True, help_text="when it lapses if it is not approved, or shown, before")
    decided_at = models.DateTimeField(null=True, help_text="approved, refused, withdrawn, lapsed or void")
    answer = models.CharField(max_length=200, blank=True, help_text="why it was refused or is void")
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="ends once this is shown"
    )
    overlap_days = models.PositiveSmallIntegerField(null=True, help_text="days until the one it succeeds ends")
    secret: str  # the key itself, on the row that made it and nowhere else
    limit: Any  # what apps.entrance says of it, read once for each use

    objects: ClassVar[Any] = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, people", "API key")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(state="live") | Q(sha256__isnull=False), name="live_key_has_a_digest"),
            models.CheckConstraint(condition=Q(clearance__lte=3), name="key_clearance_is_a_level"),
        ]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this key."""
        return self.seat.desk.party_id, None

    @property
    def maker_id(self) -> int | None:
        """The person who asked for it; None for a key from before two people were asked. No query if it is loaded."""
        return self.maker_seat.user_id if self.maker_seat else None

    @property
    def has_lapsed(self) -> bool:
        """Whether nobody has approved it, or had it shown, in time."""
        return self.lapses_at is not None and self.lapses_at <= timezone.now()
