"""Collections and what stands in them, in the order in which it was added."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.taxii.managers import ClockQuerySet, CollectionQuerySet, OwnDeskQuerySet


class Collection(models.Model):
    """A list of objects that programs fetch from (TAXII 2.1, section 5). Each desk has its own two."""

    class Kind(TextChoices):
        SUBMIT = "submit", "What the desk sent"
        REGIONAL = "regional", "Open to the whole Community"
        OUT = "out", "What the desk may see"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    desk = models.ForeignKey("people.Desk", models.PROTECT, null=True, related_name="+", help_text="null: of all")
    last_added = models.DateTimeField(null=True, help_text="counts `date_added`; its row lock puts writers in order")

    objects: ClassVar[Any] = CollectionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "desk"], nulls_distinct=False, name="one_collection_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.desk_id or ''}"


class ObjectVersion(models.Model):
    """One version of an object, as its text. Never changed.

    `payload` is text, since jsonb would order keys anew and knows no NUL, and since a page is made by joining texts.
    """

    stix_id = models.CharField(max_length=120)
    stix_type = models.CharField(max_length=80)
    version = models.CharField(max_length=100, help_text="modified, else created, as it was written; may be empty")
    version_at = models.DateTimeField(null=True)
    payload = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="of the canonical JSON")
    report = models.ForeignKey("rifc.Report", models.CASCADE, null=True, related_name="+", help_text="told of here")
    intake = models.ForeignKey("taxii.Intake", models.CASCADE, null=True, related_name="+", help_text="came with it")
    plain = models.BooleanField(default=False, help_text="of the report without its persons and things")
    rests_on = ArrayField(
        models.UUIDField(), default=list, help_text="statements that must all stand for whoever is given it"
    )

    objects: ClassVar[Any] = ClockQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("stix_id", name="versions_of_object")]


class Entry(models.Model):
    """That a version stands in a collection since a moment that no other entry of it has."""

    id = models.BigAutoField(primary_key=True)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    date_added = models.DateTimeField()
    object = models.ForeignKey(ObjectVersion, models.CASCADE, related_name="+")
    stix_id = models.CharField(max_length=120)
    stix_type = models.CharField(max_length=80)
    version = models.CharField(max_length=100)
    version_at = models.DateTimeField()
    is_last = models.BooleanField(default=True)
    is_first = models.BooleanField(default=True)
    thread = models.UUIDField(null=True, help_text="the report it is about, also where it says that it was taken back")
    report = models.ForeignKey(
        "rifc.Report", models.CASCADE, null=True, related_name="+", help_text="whoever may not see it gets no entry"
    )

    objects: ClassVar[Any] = ClockQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["collection", "date_added"], name="one_entry_per_moment"),
            models.UniqueConstraint(fields=["collection", "stix_id", "version"], name="one_entry_per_version"),
        ]
        indexes = [
            models.Index(fields=["collection", "date_added"], condition=Q(is_last=True), name="last_versions"),
            models.Index(
                fields=["collection", "stix_type", "date_added"],
                condition=Q(is_last=True),
                name="last_versions_of_type",
            ),
            models.Index("thread", condition=Q(thread__isnull=False), name="entries_of_report"),
        ]


class Publication(models.Model):
    """A report that programs may fetch, or could before it was taken back; its row lock orders what is done with it."""

    thread = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=9, default="published", choices=[("published", "published")])
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("Report for the API")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.thread)


class Fetch(models.Model):
    """That a program of a desk was given a page with reports on it; which they are says the log of readings."""

    id = models.BigAutoField(primary_key=True)
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", db_index=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    reports = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, default="fetched", choices=[("fetched", "fetched")])

    objects: ClassVar[Any] = OwnDeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("Page of STIX objects")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
