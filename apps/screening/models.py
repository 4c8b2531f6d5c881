"""Watchlists, their entries and the keys by which entries are found."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.access.models import DeskGrant, Part, Record
from apps.screening.managers import EntryKeyQuerySet, EntryVersionQuerySet


class Instruction(models.TextChoices):
    """What the owner asks of whoever meets the person (CONTRACT.md)."""

    ARREST = "arrest", "Arrest"
    REFUSE = "refuse", "Refuse entry"
    QUESTION = "question", "Question"
    DISCREET = "discreet", "Discreet check: the traveller must notice nothing"
    INFORM = "inform", "Inform the owner"


class WatchList(Record):
    """A list of one party: national, regional, INTERPOL nominals, lost and stolen documents, sanctions."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "National list"
        REGIONAL = "regional", "Regional list"
        NOMINALS = "interpol_nominals", "INTERPOL nominals"
        DOCUMENTS = "interpol_sltd", "Stolen and lost travel documents"
        SANCTIONS = "sanctions", "Sanctions"

    class State(models.TextChoices):
        OPEN, CLOSED = "open", "closed"

    code = models.CharField(max_length=30, unique=True, help_text="begins with the owner's party code")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.code


class WatchListDeskGrant(DeskGrant):
    """Which desks see a list."""

    content_object = models.ForeignKey(WatchList, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Entry(Record):
    """A line of a watchlist: whom to look for, what to do, who may screen with it and who may be told."""

    class State(models.TextChoices):
        ACTIVE, EXPIRED, WITHDRAWN = "active", "expired", "withdrawn"

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        DOCUMENT = "document", "Document"
        VESSEL = "vessel", "Vessel"
        ORGANISATION = "organisation", "Organisation"
        CONTACT = "contact", "Telephone number or e-mail address"

    class HitVisibleTo(models.TextChoices):
        OWNER = "owner", "The owner and the JRCC only"
        OWNER_AND_ACTING = "owner_and_acting", "The owner, the JRCC and the State that a hit is referred to"
        ALL = "all", "As before, and the acting State may read the reason"

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, help_text="the owner's own number, unique within the list")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    subject = models.JSONField(help_text="IDENTITY of the matching contract, section 1, as given")
    display_name = models.CharField(max_length=200)
    instruction = models.CharField(max_length=10, choices=Instruction)
    reason = models.TextField(blank=True, help_text="why the person is listed; the owner decides who reads it")
    screen_for = ArrayField(
        models.CharField(max_length=8), null=True, help_text="parties that may screen with it; null = all"
    )
    hit_visible_to = models.CharField(max_length=20, choices=HitVisibleTo, default=HitVisibleTo.OWNER_AND_ACTING)
    valid_from = models.DateField(null=True, help_text="first day; null = from the start")
    valid_until = models.DateField(null=True, help_text="last day; null = until withdrawn")
    quality = models.CharField(max_length=1, blank=True, help_text="A (best) to D, as the source grades it")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)

    SCREENED: ClassVar[frozenset[str]] = frozenset({"person", "document"})
    """Kinds that travellers are compared with; the others are kept for search alone."""

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["list", "reference"], name="one_entry_per_reference")]
        indexes = [
            models.Index("list", "id", name="entries_of_list"),
            # the round of what has run out
            models.Index("valid_until", condition=models.Q(state="active"), name="entries_running_out"),
        ]

    def __str__(self) -> str:
        return self.reference


class EntryDeskGrant(DeskGrant):
    """Which desks see an entry."""

    content_object = models.ForeignKey(Entry, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class EntryVersion(Part):
    """An entry as it was: one row per change, never edited. A hit names the version it was found with."""

    root_field: ClassVar[str] = "entry"
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="the entry's version")
    subject = models.JSONField()
    instruction = models.CharField(max_length=10, choices=Instruction)
    state = models.CharField(max_length=10, choices=Entry.State)
    valid_until = models.DateField(null=True)
    screen_for = ArrayField(models.CharField(max_length=8), null=True)
    hit_visible_to = models.CharField(
        max_length=20, choices=Entry.HitVisibleTo, default=Entry.HitVisibleTo.OWNER_AND_ACTING
    )
    why = models.CharField(max_length=300, blank=True, help_text="why it was changed or withdrawn")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = EntryVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_row_per_version")]


class EntryKey(models.Model):
    """A key by which candidate search finds an active entry; written in the entry's own transaction."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    key = models.CharField(max_length=24)
    screen_for = ArrayField(models.CharField(max_length=8), null=True, help_text="copied from the entry")

    objects: ClassVar[Any] = EntryKeyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("key", include=["entry", "screen_for"], name="entries_by_key")]  # candidate search
