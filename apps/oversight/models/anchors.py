"""The day's seal over all chains of the audit."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.audit.anchors import AnchorFile, Head, in_groups
from apps.oversight.managers import AnchorQuerySet


class Anchor(models.Model):
    """The ends of all chains of the audit on one day, under one root. Append-only: triggers of migration 0001."""

    class State(TextChoices):
        MADE = "made", "Made"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField(unique=True, help_text="UTC")
    made_at = models.DateTimeField()
    before = models.CharField(max_length=52, blank=True, help_text="root of the anchor before this one")
    root = models.CharField(max_length=52, help_text="Merkle root, base32; see apps.audit.anchors")
    heads = models.JSONField(help_text="[[chain, number, seal in hexadecimal], …] in the order of the tree")
    key = models.CharField(max_length=44, help_text="public key of the signature, base64")
    signature = models.CharField(max_length=88, help_text="Ed25519, base64")
    faults = models.JSONField(
        default=list,
        help_text="[[day of an earlier anchor, chain, number], …] that no longer fitted when this was made",
    )
    state = models.CharField(max_length=4, choices=State, default=State.MADE)

    objects: ClassVar[Any] = AnchorQuerySet.as_manager()

    class Meta:
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
    def made(self) -> str:
        """As it is signed."""
        return self.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def file(self, heads: tuple[Head, ...], proofs: dict[str, tuple[str, ...]]) -> AnchorFile:
        """The anchor as a file with these of its chains."""
        return AnchorFile(self.day, self.made, self.before, self.root, self.key, self.signature, heads, proofs)
