"""Texts under the key of their State: what the portal keeps of them, and who opens them with whom."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Level, Part
from apps.rifc.managers import OpeningQuerySet, SealedShareQuerySet
from apps.rifc.models.reports import Report


class SealedText(Part):
    """Summary, paragraphs and references of sources of a version, encrypted by the browser or program of its author.

    The portal has no key to it. Its paragraphs are there as rows with marking and grading, and PLACEHOLDER for text.
    """

    root_field: ClassVar[str] = "report"
    removed: ClassVar[str] = "an act: a draft is sealed anew; retention"
    PLACEHOLDER: ClassVar[str] = "[sealed text]"
    """What stands wherever the text would; in English, as records are."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="+")
    text_id = models.UUIDField(help_text="made by who sealed it; all that is encrypted is bound to it")
    body = models.TextField(help_text="AES-256-GCM: nonce and ciphertext, base64url")
    author = models.JSONField(null=True, help_text="the key for the author's own browser; gone once it is approved")
    made_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Sealed text")
        default_permissions = ()
        indexes = [models.Index("text_id", name="sealed_texts_by_id")]

    def __str__(self) -> str:
        return str(self.text_id)


class SealedShare(Part):
    """One holder's share of the key of a text, under that holder's own key. Two of one party give the key."""

    root_field: ClassVar[str] = "text"
    removed: ClassVar[str] = "an act: shares are given anew"
    text = models.ForeignKey(SealedText, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    key = models.ForeignKey("sealing.HolderKey", models.PROTECT, related_name="+")
    holder = models.ForeignKey("people.User", models.PROTECT, related_name="+", help_text="whose the key is")
    x = models.PositiveSmallIntegerField(help_text="place on the line, 1 to 255")
    check_hash = models.CharField(max_length=64, help_text="by which the opened share is known to be the one made")
    enc = models.CharField(max_length=88, help_text="encapsulated key (RFC 9180), base64url")
    share = models.CharField(max_length=70, help_text="the share under it, base64url")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=4, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = SealedShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("Share of a key")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["text", "key"], name="one_share_per_key"),
            models.UniqueConstraint(fields=["text", "party", "x"], name="one_share_per_place"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this share."""
        return self.party_id, None


class Opening(Part):
    """That a person asks to read a sealed text, and what two holders of their State released for them alone."""

    root_field: ClassVar[str] = "report"
    removed: ClassVar[str] = "an act: goes with its text"

    class State(TextChoices):
        ASKED = "asked", "Waits for two holders"
        OPEN = "open", "Open"
        REFUSED = "refused", "Refused"
        OVER = "over", "Ended"

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    text = models.ForeignKey(SealedText, models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    public = models.CharField(max_length=88, help_text="key that the reader's browser made for this opening")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    until = models.DateTimeField(help_text="until when it can be answered, then until when it can be read")
    answer = models.CharField(max_length=300, blank=True, help_text="why a holder refused")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    held: Any  # the share of who reads the row, where it was looked up (queries.sealed_texts.with_own_shares)

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("Opening of a sealed text")
        default_permissions = ()
        indexes = [models.Index("until", condition=models.Q(state__in=["asked", "open"]), name="openings_to_end")]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party whose holders open it tells of it; the originator's of the reading."""
        return self.party_id, None

    @property
    def level(self) -> int:
        """Confidential: holders need not be cleared for the text itself, and nothing of it stands here."""
        return Level.CONFIDENTIAL


class ReleasedShare(Part):
    """A share that a holder opened and encrypted anew for the reader of one opening; removed when that is over."""

    root_field: ClassVar[str] = "opening"
    removed: ClassVar[str] = "an act: an opening is over"
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    holder = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    x = models.PositiveSmallIntegerField()
    check_hash = models.CharField(max_length=64)
    enc = models.CharField(max_length=88)
    share = models.CharField(max_length=70)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["opening", "holder"], name="one_release_per_holder")]

    def __str__(self) -> str:
        return str(self.pk)
