"""Targeting rules: their text, their trials, and when they were in force."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.screening.models.lists import Entry, Instruction


class Rule(Record):
    """A targeting rule: what a traveller does, carries or books that deserves a look, beside the lists of persons.

    In force it has a line of its own on its party's list of rules (`entry`): a hit of a rule is a hit like any other.
    """

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Awaiting second approval"
        ACTIVE = "active", "In force"
        SUSPENDED = "suspended", "Suspended"
        ENDED = "ended", "Ended"

    reference = models.CharField(max_length=30, unique=True, help_text="JAM-R-2026-001")
    name = models.CharField(max_length=100)
    condition = models.JSONField(help_text="the language of apps.screening.rules")
    why = models.CharField(max_length=1000, help_text="what the rule is for, and on what ground it was made")
    legal_basis = models.CharField(max_length=200)
    instruction = models.CharField(max_length=10, choices=Instruction)
    screen_for = ArrayField(
        models.CharField(max_length=8), null=True, help_text="States whose travellers it is asked of; null = all"
    )
    valid_until = models.DateField(help_text="last day")
    revision = models.PositiveIntegerField(default=1, help_text="counts the texts of the rule; a trial is of one text")
    proposed_by_user_id = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="why it was given back, suspended or ended")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        verbose_name = pgettext_lazy("kind, screening", "Targeting rule")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.reference


class RuleDeskGrant(DeskGrant):
    """Which desks see a rule."""

    content_object = models.ForeignKey(Rule, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class RuleVersion(Part):
    """A rule as it was in force: one row each time it was put into force, closed when that ended."""

    root_field: ClassVar[str] = "rule"
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    condition = models.JSONField()
    instruction = models.CharField(max_length=10, choices=Instruction)
    screen_for = ArrayField(models.CharField(max_length=8), null=True)
    proposed_by = models.CharField(max_length=150)
    activated_by = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, help_text="null = in force")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=models.Q(ends_at=None), name="one_version_in_force")
        ]


class RuleTrial(Part):
    """A rule asked of the travellers of the past: numbers alone, nobody is named and no hit is raised."""

    root_field: ClassVar[str] = "rule"
    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(help_text="of the rule's text")
    first_day = models.DateField()
    last_day = models.DateField()
    travellers = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    days = models.JSONField(help_text="[[day, matched]] of days with travellers")
    states = models.JSONField(help_text="{State: matched}; one traveller counts for each of his States")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    EVERYBODY: ClassVar[float] = 0.5
    """Share of the travellers from which a rule picks out no one in particular."""

    @property
    def picks_everybody(self) -> bool:
        """Whether it stops so many that it says nothing of anybody."""
        return self.travellers > 0 and self.matched >= self.EVERYBODY * self.travellers

    @property
    def per_1000(self) -> float:
        """Alerts for each thousand travellers; 0 where there were none."""
        return 1000 * self.matched / self.travellers if self.travellers else 0.0
