"""Persons and things, links between them, and what is held to be one: identities without a word of content."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import DeskGrant, Record
from apps.entities.managers import (
    EntityQuerySet,
    LinkQuerySet,
    ListedQuerySet,
    PolicyQuerySet,
    SilentHitQuerySet,
    TwinQuerySet,
)


class OwnChain(models.Model):
    """Audited in the chain of the party that acts: in the owner's it would tell them who works on what."""

    class Meta:
        abstract = True

    def audited_as(self) -> tuple[str, None]:
        """No owner."""
        return "", None


class Entity(OwnChain):
    """A person or thing: only that it is one, and of which type. What is known of it are assertions.

    Its id is random and it has no version or dates: each of these would tell of acts on material that is hidden.
    """

    class State(TextChoices):
        LIVE = "live", "Live"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=40)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="that began it; never shown")
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)

    objects: ClassVar[Any] = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entities", "Entity")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Link(OwnChain):
    """That one entity is linked to another in a way; it is there for those who see evidence of it and both ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    to_entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    type = models.CharField(max_length=40)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pair of linked entities")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["from_entity", "to_entity", "type"], name="one_link_of_a_type")]
        indexes = [models.Index("to_entity", name="links_to")]

    def __str__(self) -> str:
        return self.type


class Twin(OwnChain):
    """That two entities are held to be one. Nothing is merged: both stay, and the word can be taken back."""

    class State(TextChoices):
        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Duplicate"
        REFUSED = "refused", "Not a duplicate"
        UNDONE = "undone", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    other = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    proposer = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    parties = ArrayField(models.CharField(max_length=8), help_text="that keep one of the two")
    waiting = ArrayField(models.CharField(max_length=8), default=list, help_text="parties that have not confirmed yet")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    objects: ClassVar[Any] = TwinQuerySet.as_manager()

    class Meta:
        verbose_name = _("Two entities held to be one")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=models.Q(state__in=["proposed", "confirmed"]),
                name="one_open_word_on_two",
            )
        ]
        indexes = [models.Index("other", name="twins_of_other")]

    def __str__(self) -> str:
        return str(self.pk)


class Listed(OwnChain):
    """That an entity was put on a watchlist, and with which entry."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    entry = models.OneToOneField("screening.Entry", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="kept")

    objects: ClassVar[Any] = ListedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Entity on a watchlist")
        default_permissions = ()
        indexes = [models.Index("entity", name="entries_of_entity")]

    def __str__(self) -> str:
        return str(self.pk)


class MatchPolicy(models.Model):
    """What a party lets be said of an identifier that another party holds as well."""

    class Policy(TextChoices):
        NEVER = "never", _("No one learns that we hold an identifier. RIFC cannot put us in touch with others.")
        RIFC_ONLY = "rifc_only", _("Only the RIFC watch learns that we and another party hold the same identifier.")
        MUTUAL = (
            "mutual",
            _(
                "The RIFC watch learns it. If the other party has chosen this too, both points of "
                "contact learn that another party holds it. Only RIFC says which party."
            ),
        )

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    policy = models.CharField(max_length=10, choices=Policy)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=4, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rule for identifiers held twice")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["party", "valid_from"], name="one_match_policy_per_day")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.policy}"

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party whose choice it is."""
        return self.party_id, None


class SilentHit(Record):
    """That two parties hold one identifier in reports that neither sees of the other. It holds no content."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, entities", "Open")
        CLOSED = "closed", "Closed"

    parties = ArrayField(models.CharField(max_length=8), size=2, help_text="in the order of their codes")
    field = models.CharField(max_length=40, help_text="the kind of identifier")
    mark = models.CharField(max_length=64, help_text="keyed hash of the identifier; never shown")
    mutual = models.BooleanField(help_text="both parties' points of contact are told that there is another")
    note = models.CharField(max_length=300, blank=True, help_text="of RIFC's watch, for itself")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = SilentHitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Identifier held by two parties")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["mark", "parties"], name="one_silent_hit_per_pair")]

    def __str__(self) -> str:
        return self.field


class SilentHitDeskGrant(DeskGrant):
    """Which desks are told: RIFC's watch, and where both let it the two points of contact."""

    content_object = models.ForeignKey(SilentHit, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
