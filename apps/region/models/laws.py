"""Model laws, and how far each State has come with its own law on each topic."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.people.models import public_id
from apps.region.managers import OfStateQuerySet, RegisterQuerySet
from apps.region.models.base import Fact, Head


class Topic(models.Model):
    """What the region wants every State to have a law on."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class ModelLaw(models.Model):
    """A version of the region's model provisions on a topic; a new version is a new row."""

    uid = public_id()
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    issued_on = models.DateField()
    source = models.CharField(max_length=300)
    fictional = models.BooleanField(default=False, help_text="demonstration")

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "version"], name="one_model_law_per_version")]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"


class Provision(models.Model):
    """One provision of a model law, that a national law is compared with."""

    law = models.ForeignKey(ModelLaw, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["law", "number"], name="one_provision_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Track(Head):
    """One State's law on one topic, from the policy to the gazette. `state` is the stage last reached."""

    class Stage(TextChoices):
        NOT_STARTED = "not_started", "Not started"
        POLICY = "policy_approved", "Policy approved"
        DRAFTING = "drafting", "Being drafted"
        ATTORNEY = "with_attorney_general", "With the Attorney General"
        CABINET = "cabinet_approved", "Approved by Cabinet"
        TABLED = "bill_tabled", "Bill tabled"
        SECOND = "second_reading", "Second reading"
        COMMITTEE = "committee", "In committee"
        PASSED = "passed", "Passed"
        ASSENTED = "assented", "Assented"
        GAZETTED = "gazetted", "Gazetted"
        IN_FORCE = "in_force", "In force"
        EXPIRED = "sunset_expired", "Expired"
        REPEALED = "repealed", "Repealed"
        REJECTED = "rejected", "Rejected"

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True, help_text="of the bill or Act")
    bill_no = models.CharField(max_length=40, blank=True)
    act_no = models.CharField(max_length=40, blank=True)
    gazette = models.CharField(max_length=80, blank=True)
    subsidiary = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="regulations under it"
    )
    reminded = models.CharField(max_length=40, blank=True, help_text="last reminder of a sunset that was given")
    state = models.CharField(max_length=22, choices=Stage, default=Stage.NOT_STARTED)

    objects: ClassVar[Any] = OfStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Law of a State")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "party"], name="one_track_per_state")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.topic_id}"

    @property
    def named(self) -> str:
        """Title and number of the Act or bill, as far as they are known; needs the topic."""
        return ", ".join(filter(None, [self.title or self.topic.name, self.act_no or self.bill_no]))

    def audited_as(self) -> tuple[str, None]:
        """The State whose audit chain tells of it."""
        return self.party_id, None


class TrackStep(Fact):
    """A stage that a law reached, on a day. Stages may be skipped: only those reached have a row."""

    root_field: ClassVar[str] = "track"
    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=22, choices=Track.Stage)
    on = models.DateField()
    until = models.DateField(null=True, help_text="of a law in force: last day before its sunset")
    reference = models.CharField(max_length=120, blank=True, help_text="Cabinet decision, bill, Act, gazette")

    class Meta:
        verbose_name = _("Step of a law")
        default_permissions = ()
        indexes = [models.Index(fields=["track", "on"], name="steps_of_track")]


class Coverage(Fact):
    """How far a State's law covers one provision of the model law."""

    root_field: ClassVar[str] = "track"

    class Level(TextChoices):
        FULL = "full", "Full"
        PARTIAL = "partial", "Partial"
        NONE = "none", "None"
        CONFLICT = "conflict", "In conflict"

    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    section = models.CharField(max_length=60, blank=True, help_text="section of the national law")
    on = models.DateField(help_text="day of the assessment")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["track", "provision"], condition=Q(superseded_at=None), name="one_level_per_provision"
            )
        ]
