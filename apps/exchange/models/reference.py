"""Dated lists of requests, and what each party wants to be known of the subjects that it asks about."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.exchange.managers import ReferenceQuerySet
from apps.people.models import DateRange


class Term(models.Model):
    """A word of a list: priority, kind of answer, reason of a refusal, feedback, kind of subject, period."""

    vocabulary = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    extra = models.JSONField(default=dict, help_text="what the rules read from it")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "code", "valid_from"], name="one_exchange_term_per_code_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"


class MatchPolicy(models.Model):
    """What a party lets be known when another one asks about a subject of its requests."""

    class Choice(TextChoices):
        NEVER = "never", _("No one learns that we ask. RIFC cannot connect us with others.")
        RIFC_ONLY = "rifc_only", _("Only RIFC's watch learns that we and another party ask about the same subject.")
        MUTUAL = (
            "mutual",
            _(
                "RIFC's watch learns it. If the other party has chosen this too, both learn that "
                "another party asks. Only RIFC says which party."
            ),
        )

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    policy = models.CharField(max_length=10, choices=Choice)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    state = models.CharField(max_length=4, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rule for overlapping requests")
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_match_policy_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.policy}"

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party whose choice it is."""
        return self.party_id, None
