"""The hour's seal over all chains of the audit."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.audit import anchors
from apps.audit.anchors import AnchorFile, Cosignature, Head, in_groups
from apps.oversight.managers import AnchorQuerySet


class Anchor(models.Model):
    """The ends of all chains of the audit at one hour, under one root, a leaf of the log of anchors.

    Append-only: triggers of migration 0002. Those of format 1, one a day, are from before the log and have no number.
    """

    class State(TextChoices):
        MADE = "made", "Made"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveBigIntegerField(null=True, unique=True, help_text="place in the log, from 1")
    day = models.DateField(help_text="UTC")
    hour = models.DateTimeField(null=True, unique=True, help_text="the beginning of the hour whose anchor it is")
    made_at = models.DateTimeField()
    before = models.CharField(max_length=52, blank=True, help_text="root of the anchor before this one")
    root = models.CharField(max_length=52, help_text="Merkle root, base32; see apps.audit.anchors")
    log = models.CharField(
        max_length=52, blank=True, db_default="", help_text="root of the log of anchors up to this one, base32"
    )
    heads = models.JSONField(
        help_text="[[chain, number, seal, number and seal at the anchor before, root over the seals since], …],"
        " as far as the format has them, in the order of the tree"
    )
    key = models.CharField(max_length=44, help_text="public key of the signature, base64")
    signature = models.CharField(max_length=88, help_text="Ed25519, base64")
    faults = models.JSONField(
        default=list,
        help_text="[[day of an earlier anchor, chain, number], …] that no longer fitted when this was made",
    )
    state = models.CharField(max_length=4, choices=State, default=State.MADE)

    objects: ClassVar[Any] = AnchorQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, oversight", "Audit anchor")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(root=""), name="anchor_has_a_root")]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.root}"

    def audited_as(self) -> tuple[str, None]:
        """The portal's own chain."""
        return "PORTAL", None

    @property
    def ends(self) -> tuple[Head, ...]:
        """The ends of chains, as the tree has them."""
        return tuple(Head(*head) for head in self.heads)

    @property
    def root_in_groups(self) -> str:
        """As it is printed."""
        return in_groups(self.root)

    @property
    def hour_of_day(self) -> str:
        """Of its day, in UTC; "" for one from before the log."""
        return self.hour.astimezone(datetime.UTC).strftime("%H:%M") if self.hour else ""

    @property
    def made(self) -> str:
        """As it is signed."""
        return self.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def entry(self) -> bytes:
        """As a leaf of the log."""
        return anchors.entry(self.number or 0, self.day, self.made, self.before, self.root)

    def file(
        self,
        heads: tuple[Head, ...],
        proofs: dict[str, tuple[str, ...]],
        witnesses: tuple[Cosignature, ...] = (),
    ) -> AnchorFile:
        """The anchor as a file with these of its chains."""
        said = (self.day, self.made, self.before, self.root, self.key, self.signature)
        return AnchorFile(*said, heads, proofs, self.number or 0, self.log, witnesses)
