"""Whose keys a State's texts are sealed for."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.sealing.managers import HolderKeyQuerySet


class HolderKey(models.Model):
    """The public half of a key of one person, or program, of a State; the private half is never here.

    Proposed by who holds it, put into force by an administrator of the party. A further key of the same holder
    replaces the one before, whose shares they still carry over themselves.
    """

    class State(TextChoices):
        PROPOSED = "proposed", "Awaiting second approval"
        IN_FORCE = "in_force", "In force"
        REPLACED = "replaced", "Replaced by a newer key"
        ENDED = "ended", "Ended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kept(TextChoices):
        FILE = "file", _("in a key file under a passphrase")
        TOKEN = "token", _("in a token or hardware module (PKCS#11)")
        SERVICE = "service", _("by a service of the State")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+", help_text="who holds it")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="of the holder's seat")
    public = models.CharField(max_length=88, help_text="point of P-256, uncompressed, base64url without padding")
    fingerprint = models.CharField(max_length=39, help_text="128 bits of SHA-256 of the public key, in fours")
    kept = models.CharField(max_length=7, choices=Kept, help_text="where the private half is, as the holder says")
    why = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField(null=True, help_text="null: never was in force")
    valid_to = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)

    objects: ClassVar[Any] = HolderKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Key of a holder")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state="in_force"), name="one_key_in_force_per_holder"),
            models.UniqueConstraint(fields=["public"], name="one_holder_per_public_key"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"], valid_from=None) | Q(valid_from__isnull=False),
                name="holder_key_in_force_is_dated",
            ),
        ]
        indexes = [models.Index("party", condition=Q(state="in_force"), name="holder_keys_in_force")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.fingerprint[:9]}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this key."""
        return self.party_id, None
