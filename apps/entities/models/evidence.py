"""What every fact, link and sighting rests on: one paragraph of one report, by the words that it has."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.entities.managers import AssertionQuerySet, LinkEvidenceQuerySet, SightingQuerySet
from apps.entities.models.entities import Entity, Link


class Evidence(models.Model):
    """A statement of a paragraph. It stands where a version that the viewer sees has the paragraph in these words.

    Paragraphs are named by report and `pid`, since a draft's rows are written anew with each change; the words are
    kept as their SHA-256, so that a changed paragraph lets go of what was read from its former words.
    """

    class State(TextChoices):
        CURRENT = "current", "Current"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.UUIDField(help_text="the report, whichever its version")
    pid = models.UUIDField(help_text="the paragraph, over the versions")
    words = models.CharField(max_length=64, help_text="SHA-256 of the paragraph's text")
    originator = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="of the report")
    report_desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="that wrote the report")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="that recorded it")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="that recorded it")
    kept_by = models.ForeignKey(
        "people.Desk", models.PROTECT, null=True, related_name="+", help_text="the one desk that sees it; none: all"
    )
    by_seat_id = models.BigIntegerField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was withdrawn")
    state = models.CharField(max_length=10, choices=State, default=State.CURRENT)

    class Meta:
        abstract = True

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party that acts: another's would tell it who works on what."""
        return "", None


class Assertion(Evidence):
    """A fact: a field of an entity has a value, says a paragraph; from when to when, where that is known."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    normal = models.CharField(max_length=500, help_text="the value in its one form")
    mark = models.CharField(max_length=64, blank=True, help_text="keyed hash of an identifier that is compared")
    keys = ArrayField(models.CharField(max_length=24), default=list, help_text="search keys of a name")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    objects: ClassVar[Any] = AssertionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fact about an entity")
        default_permissions = ()
        indexes = [
            models.Index("entity", "field", name="facts_of_entity"),
            models.Index("thread", "pid", name="facts_of_paragraph"),
            models.Index("normal", name="facts_by_value"),
            models.Index("mark", condition=~models.Q(mark=""), name="facts_by_mark"),
            GinIndex(fields=["keys"], name="facts_by_key"),
            GinIndex(SearchVector("value", config="simple"), name="facts_by_words"),
        ]

    def __str__(self) -> str:
        return self.field


class LinkEvidence(Evidence):
    """That a paragraph says of two entities that they are linked, from when to when."""

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    objects: ClassVar[Any] = LinkEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Link between entities")
        default_permissions = ()
        indexes = [
            models.Index("link", name="evidence_of_link"),
            models.Index("thread", "pid", name="links_of_paragraph"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Sighting(Evidence):
    """That an entity was seen: when as exactly as it is known, and where."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    precision = models.CharField(max_length=10)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    uncertainty_m = models.PositiveIntegerField(default=0)
    count = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[Any] = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sighting of an entity")
        default_permissions = ()
        indexes = [
            models.Index("entity", name="sightings_of_entity"),
            models.Index("thread", "pid", name="sightings_of_paragraph"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
