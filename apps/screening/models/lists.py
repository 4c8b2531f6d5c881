"""Watchlists, their entries and the keys by which entries are found."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.screening.managers import (
    EntryKeyQuerySet,
    EntryQuerySet,
    EntryVersionQuerySet,
    RulesQuerySet,
)


class ListRules(models.Model):
    """Numbers by which lists are kept, from a day on: what counted as too much last year stays what it was."""

    valid_from = models.DateField(unique=True)
    content = models.JSONField(help_text="names and numbers of apps.screening.queries.Limits")
    source = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = RulesQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class Instruction(TextChoices):
    """What the owner asks of whoever meets the person (CONTRACT.md)."""

    ARREST = "arrest", "Arrest"
    REFUSE = "refuse", "Refuse entry"
    QUESTION = "question", "Question"
    DISCREET = "discreet", "Discreet check: the traveller must not notice"
    INFORM = "inform", "Inform the owner"


class WatchList(Record):
    """A list of one party: national, regional, INTERPOL nominals, lost and stolen documents, sanctions."""

    floor: ClassVar[str | None] = "its name stands with entries, hits and clearances whose reader does not see the list"

    class Kind(TextChoices):
        NATIONAL = "national", "National list"
        REGIONAL = "regional", "Regional list"
        NOMINALS = "interpol_nominals", "INTERPOL nominals"
        DOCUMENTS = "interpol_sltd", "Stolen and lost travel documents"
        SANCTIONS = "sanctions", "Sanctions"
        RULES = "rule", "Targeting rules"

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, screening", "Open")
        CLOSED = "closed"

    code = models.CharField(max_length=30, unique=True, help_text="begins with the owner's party code")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    why_closed = models.CharField(max_length=300, blank=True, help_text="why its owner has closed it")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, screening", "Watchlist")
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

    unwalled: ClassVar[str] = "lists of 100,000 lines come by COPY, which row-level security refuses"

    class State(TextChoices):
        ACTIVE, EXPIRED, WITHDRAWN = "active", "expired", "withdrawn"
        SUSPENDED = "suspended", "Suspended: its review is overdue"

    class Kind(TextChoices):
        PERSON = "person", "Person"
        DOCUMENT = "document", "Document"
        VESSEL = "vessel", "Vessel"
        ORGANISATION = "organisation", "Organisation"
        CONTACT = "contact", "Telephone number or e-mail address"
        RULE = "rule", "Targeting rule"

    class HitVisibleTo(TextChoices):
        OWNER = "owner", "The owner and the JRCC only"
        OWNER_AND_ACTING = "owner_and_acting", "The owner, the JRCC and the State that a hit is referred to"
        ALL = "all", "As before, and the acting State may read the reason"

    class ReasonVisibleTo(TextChoices):
        OWNER = "owner", "The owner only"
        OWNER_AND_JRCC = "owner_and_jrcc", "The owner and the JRCC"
        ALL = "all", "Everyone who may see the entry"

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
    functions = ArrayField(
        models.CharField(max_length=20), null=True, help_text="functions of desks that may screen with it; null = all"
    )
    hit_visible_to = models.CharField(max_length=20, choices=HitVisibleTo, default=HitVisibleTo.OWNER_AND_ACTING)
    reason_visible_to = models.CharField(max_length=20, choices=ReasonVisibleTo, default=ReasonVisibleTo.OWNER_AND_JRCC)
    valid_from = models.DateField(null=True, help_text="first day; null = from the start")
    begins_on = models.DateField(
        null=True, help_text="first day that is to come; null once everybody still to arrive was compared with it then"
    )
    valid_until = models.DateField(null=True, help_text="last day; null = until withdrawn")
    review_on = models.DateField(null=True, help_text="by when the owner looks whether the entry is still needed")
    reminded_on = models.DateField(null=True, help_text="when the owner was last told that its review comes or is due")
    quality = models.CharField(max_length=1, blank=True, help_text="A (best) to D, as the source grades it")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)

    SCREENED: ClassVar[frozenset[str]] = frozenset({"person", "document"})
    """Kinds that travellers are compared with; the others are kept for search alone."""
    KEPT_UP: ClassVar[frozenset[str]] = frozenset({"active", "suspended"})
    """States of an entry that its owner still has to look after."""

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, screening", "Watchlist entry")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["list", "reference"], name="one_entry_per_reference")]
        indexes = [
            models.Index("list", "id", name="entries_of_list"),
            # the round of what has run out
            models.Index("valid_until", condition=models.Q(state="active"), name="entries_running_out"),
            # the round of those whose first day has come
            models.Index("begins_on", condition=models.Q(begins_on__isnull=False), name="entries_to_begin"),
            # counts of the page of lists
            models.Index("list", "review_on", condition=models.Q(state="active"), name="entries_to_review"),
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
    functions = ArrayField(models.CharField(max_length=20), null=True)
    reason_visible_to = models.CharField(
        max_length=20, choices=Entry.ReasonVisibleTo, default=Entry.ReasonVisibleTo.OWNER_AND_JRCC
    )
    reason = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    review_on = models.DateField(null=True)
    quality = models.CharField(max_length=1, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="why it was changed or withdrawn")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = EntryVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_row_per_version")]


class EntryKey(models.Model):
    """A key by which candidate search finds an active entry; written in the entry's own transaction.

    Its primary key answers candidate search alone: the index includes what limits the entry's use (migration 0002).
    """

    pk = models.CompositePrimaryKey("key", "entry")
    key = models.CharField(max_length=24)
    # no constraint: the keys are joined from the entry's own row, and asking for each again takes a fifth of an import
    # no index either: it would take a third of an import; what an entry has is found by its `EntryKeyList`
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    screen_for = ArrayField(models.CharField(max_length=8), null=True, help_text="copied from the entry")
    functions = ArrayField(models.CharField(max_length=20), null=True, help_text="copied from the entry")
    valid_from = models.DateField(null=True, help_text="copied from the entry")

    objects: ClassVar[Any] = EntryKeyQuerySet.as_manager()

    class Meta:
        default_permissions = ()


class EntryKeyList(models.Model):
    """All keys of an entry, a line each: by them its rows of `EntryKey` are found when it changes."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    keys = models.TextField()

    class Meta:
        default_permissions = ()


class ListImport(Record):
    """A file for a list: what it would change, and how far that is."""

    class State(TextChoices):
        RECEIVED = "received", "Processing"
        PREVIEWED = "previewed", "Read: review the changes"
        HELD = "held", "Held: it would withdraw too many entries"
        PROPOSED = "proposed", "Awaiting second approval"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        REFUSED = "refused", "Refused"
        DROPPED = "dropped", "Dropped"

    class Form(TextChoices):
        JSON_LINES = "jsonl", "JSON Lines"
        TABLE = "csv", "CSV"
        UN_XML = "un_xml", "United Nations, XML"
        OFAC_XML = "ofac_xml", "OFAC SDN, XML"
        OFAC_TABLE = "ofac_csv", "OFAC SDN, CSV"
        COMMAND = "command", "Operator's command"

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=10, choices=Form)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    replaces = models.BooleanField(default=False, help_text="what the file does not name is withdrawn")
    instruction = models.CharField(max_length=10, choices=Instruction, help_text="of lines that state none")
    seen = models.CharField(max_length=60, blank=True, help_text="the list as it was when the file was compared")
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    active_before = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True, help_text="why the file was refused")
    fault_line = models.PositiveIntegerField(default=0, help_text="where; 0 = no place")
    sent_by = models.CharField(max_length=150, blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    proposed_by_user_id = models.BigIntegerField(null=True)
    applied_by = models.CharField(max_length=150, blank=True)
    applied_by_seat_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True, help_text="why so much is withdrawn")
    applied_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)

    OPEN: ClassVar[frozenset[str]] = frozenset({"received", "previewed", "held", "proposed", "applying"})

    class Meta:
        verbose_name = _("Watchlist import file")
        default_permissions = ("view",)
        indexes = [models.Index("list", "id", name="imports_of_list")]

    def __str__(self) -> str:
        return self.file_name or self.form


class ListImportDeskGrant(DeskGrant):
    """Which desks see an import: those that see its list."""

    content_object = models.ForeignKey(ListImport, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class ListImportContent(Part):
    """The bytes of a file until it is applied or dropped; packed with zlib."""

    removed: ClassVar[str] = "an act: a list was applied or dropped"

    root_field: ClassVar[str] = "source"
    source = models.OneToOneField(ListImport, models.CASCADE, related_name="+")
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()


class ImportLine(Part):
    """What one line of a file does, for the preview; of each kind the first thousand."""

    removed: ClassVar[str] = "an act: a list was applied or dropped"

    class Change(TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        WITHDRAWN = "withdrawn", "Would be withdrawn"
        REJECTED = "rejected", "Rejected"

    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(ListImport, models.CASCADE, related_name="+")
    line = models.PositiveIntegerField(default=0)
    change = models.CharField(max_length=10, choices=Change)
    reference = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=list, help_text="[[what, before, after]] of a changed entry")
    reason = models.CharField(max_length=400, blank=True, help_text="why a line is rejected")
    entry_id = models.UUIDField(null=True, help_text="of an entry that would be withdrawn")

    class Meta:
        default_permissions = ()
        indexes = [models.Index("source", "change", "line", name="lines_of_import")]


class TravellerClearance(Record):
    """ "This traveller is not that entry": said by one State, for itself and for those with whom it shares it."""

    class State(TextChoices):
        ACTIVE = "active", "In force"
        REVOKED = "revoked", "Revoked"
        ENDED = "ended", "Ended"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    entry_version = models.PositiveIntegerField(help_text="it ends with the entry's next version")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="State for which it holds")
    shared_with = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    keys = ArrayField(models.CharField(max_length=64), help_text="hashes of document number, issuer and birth date")
    traveller = models.JSONField(help_text="IDENTITY of the traveller, as it was compared")
    name = models.CharField(max_length=200, help_text="of the traveller")
    hit_reference = models.CharField(max_length=20, help_text="the hit from which it was made")
    odds = models.FloatField(help_text="log-odds of that hit; a clearly stronger likeness is not cleared")
    reason = models.CharField(max_length=300)
    valid_until = models.DateField(help_text="last day")
    why_ended = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)

    class Meta:
        verbose_name = pgettext_lazy("kind, screening", "False match")
        default_permissions = ("view",)
        indexes = [
            # the question at each raising of hits
            models.Index("entry", condition=models.Q(state="active"), name="clearances_in_force"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def holds_for(self) -> list[str]:
        """Codes of the States for which it holds."""
        return [self.party_id, *self.shared_with]


class TravellerClearanceDeskGrant(DeskGrant):
    """Which desks see a clearance: those of the States for which it holds, and the JRCC."""

    content_object = models.ForeignKey(TravellerClearance, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
