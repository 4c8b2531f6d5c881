"""Dated registers: deadlines of requests, levels of classification, how long what is kept, purposes of processing."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Level
from apps.carriers.models import RuleChange
from apps.people.models.register import public_id
from apps.protection.managers import PublishedQuerySet

ENDS_AFTER_START = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))


class Right(TextChoices):
    """What a person may ask for."""

    ACCESS = "access", "Access to their own data"
    CORRECTION = "correction", "Correction of wrong data"
    ERASURE = "erasure", "Erasure"
    OBJECTION = "objection", "Objection to processing"


class RequestRule(models.Model):
    """By when a request is answered, and how long it is kept then: by right and party; without party for all others."""

    right = models.CharField(max_length=10, choices=Right)
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    days = models.PositiveIntegerField(help_text="from the day it was received")
    keep_days = models.PositiveIntegerField(help_text="after the answer; then the person's data in it are erased")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    status = models.CharField(max_length=12, help_text="verified or unverified")
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["right", "party", "valid_from"], nulls_distinct=False, name="one_request_rule_per_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id or '*'} {self.right}"


class ClassLevel(models.Model):
    """A level of classification, for those who mark and those who hold: what it means and how it is handled."""

    uid = public_id()
    level = models.PositiveSmallIntegerField(choices=Level)
    label = models.CharField(max_length=40)
    meaning = models.TextField()
    examples = models.TextField()
    holders = models.TextField(help_text="who may hold it")
    handling = models.TextField()
    marking = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["level", "valid_from"], name="one_meaning_of_a_level_per_start")]

    def __str__(self) -> str:
        return self.label


class KeepingRule(models.Model):
    """How long a kind of data is kept anywhere in the portal. Where States have their own, `place` is their page."""

    uid = public_id()
    code = models.CharField(max_length=30, help_text="of apps.protection.queries.retention_due")
    room = models.CharField(max_length=40)
    what = models.CharField(max_length=120)
    days = models.PositiveIntegerField(null=True, help_text="null: as `since` says")
    since = models.CharField(max_length=120, help_text="from when they count")
    then = models.CharField(max_length=120, help_text="what happens")
    round = models.CharField(max_length=30, blank=True, help_text="name of the work of retention that does it")
    place = models.CharField(max_length=60, blank=True, help_text="url name of the rules, where they differ by State")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_keeping_rule_per_start")]

    def __str__(self) -> str:
        return self.code


class Purpose(models.Model):
    """For what a party processes personal data: one line of its register, from a day on."""

    uid = public_id()
    code = models.SlugField(max_length=40)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="who answers for it")
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=300)
    categories = models.CharField(max_length=300, help_text="of persons and data")
    recipients = models.CharField(max_length=300)
    retention = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.TextField()

    objects: ClassVar[Any] = PublishedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="purpose_ends_after_start"),
            models.UniqueConstraint(fields=["party", "code", "valid_from"], name="one_purpose_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.code}"


class PurposeChange(RuleChange):
    """A purpose that a party means to have from a day on, or to end."""

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=300)
    categories = models.CharField(max_length=300)
    recipients = models.CharField(max_length=300)
    retention = models.CharField(max_length=200)
    rule = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="+", help_text="the row that it made")

    class Meta(RuleChange.Meta):
        verbose_name = pgettext_lazy("kind, protection", "Purpose change")
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="purpose_change_ends_after_start"),
            models.UniqueConstraint(
                fields=["party", "code"], condition=Q(state="proposed"), name="one_purpose_change_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.code}"


class PurposeChangeDeskGrant(DeskGrant):
    """Which desks see a change: those of the party that keep the register."""

    content_object = models.ForeignKey(PurposeChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
