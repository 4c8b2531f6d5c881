"""Who outside the portal watches over its trail: witnesses, what they co-signed, and anchors that too few did."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import Level
from apps.audit.anchors import Cosignature
from apps.oversight.managers import CosignatureQuerySet, MissedQuerySet, QuorumQuerySet, WitnessQuerySet
from apps.oversight.models.anchors import Anchor


class QuorumRule(models.Model):
    """How many parties have to co-sign an anchor, and how soon; dated data from seed/witnesses.toml."""

    valid_from = models.DateField(unique=True)
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    least = models.PositiveSmallIntegerField(help_text="parties whose witnesses co-signed, before an anchor counts")
    within_min = models.PositiveSmallIntegerField(help_text="minutes after which an anchor without them is told")
    source = models.CharField(max_length=200)

    objects: ClassVar[Any] = QuorumQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(least__gte=1), name="quorum_is_somebody")]

    def __str__(self) -> str:
        return f"{self.least} from {self.valid_from.isoformat()}"


class Witness(models.Model):
    """A program that a party runs on a machine of its own: it looks at each anchor and co-signs it with its own key.

    One administrator of the party asks for it, a second person of the party approves it.
    """

    class State(TextChoices):
        PROPOSED = "proposed", "Awaiting second approval"
        LIVE = "live", "Live"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=30, help_text="small letters, digits and hyphens; unique within the party")
    key = models.CharField(max_length=44, unique=True, help_text="public key, Ed25519, base64")
    contact = models.CharField(max_length=120, help_text="whom to call when it is late")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposer_id = models.BigIntegerField(help_text="the person who asked for it")
    proposer = models.CharField(max_length=150, help_text="user name")
    approver = models.CharField(max_length=150, blank=True, help_text="user name of the second person")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, help_text="approved or refused")
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, help_text="why it was refused or ended")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)

    level: ClassVar[int] = Level.OFFICIAL

    objects: ClassVar[Any] = WitnessQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, oversight", "Witness")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="one_witness_of_a_name_per_party")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it signs: the party, and its name there."""
        return f"{self.party_id}/{self.name}"

    @property
    def etag(self) -> str:
        """Entity tag of this version."""
        return f'"{self.version}"'

    def audited_as(self) -> tuple[str, None]:
        """The party whose witness it is."""
        return self.party_id, None


class AnchorCosignature(models.Model):
    """That a witness saw an anchor and found it to follow those before. Append-only: triggers of migration 0005."""

    class State(TextChoices):
        GIVEN = "given", "Given"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="+")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="+")
    seen = models.CharField(max_length=20, help_text="when, by the witness's clock, as it signed it")
    signature = models.CharField(max_length=88, help_text="Ed25519, base64; of what apps.audit.anchors says")
    given_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=5, choices=State, default=State.GIVEN)

    objects: ClassVar[Any] = CosignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("Co-signature of an anchor")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["anchor", "witness"], name="a_witness_cosigns_once")]

    def __str__(self) -> str:
        return f"{self.anchor_id} {self.witness_id}"

    @property
    def signed(self) -> Cosignature:
        """As it stands in a file."""
        return Cosignature(self.witness.code, self.witness.key, self.seen, self.signature)

    def audited_as(self) -> tuple[str, None]:
        """The party whose witness it is."""
        return self.witness.party_id, None


class MissedQuorum(models.Model):
    """That an anchor had too few co-signatures when its time was over. Later ones still count."""

    class State(TextChoices):
        MISSED = "missed", "Missed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    anchor = models.OneToOneField(Anchor, models.PROTECT, related_name="+")
    counted = models.PositiveSmallIntegerField(help_text="parties whose witnesses had co-signed")
    needed = models.PositiveSmallIntegerField()
    missed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=6, choices=State, default=State.MISSED)

    objects: ClassVar[Any] = MissedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Anchor without its witnesses")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.anchor_id} {self.counted} of {self.needed}"

    def audited_as(self) -> tuple[str, None]:
        """The portal's own chain."""
        return "PORTAL", None
