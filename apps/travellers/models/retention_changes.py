"""Changes of the rules of retention."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.access.models import DeskGrant
from apps.carriers.models.changes import ENDS_AFTER_START, RuleChange
from apps.travellers.models.retention import RetentionRule


class RetentionChange(RuleChange):
    """How long a class of data is to be kept from a day on: for a State, or without one for all that have no rule."""

    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30, choices=RetentionRule.Kind)
    keep_days = models.PositiveIntegerField(help_text="after the end of the journey")
    delete_days = models.PositiveIntegerField(null=True, help_text="masked until then, afterwards deleted")
    rule = models.ForeignKey(
        RetentionRule, models.PROTECT, null=True, related_name="+", help_text="the row that it made"
    )

    class Meta(RuleChange.Meta):
        verbose_name = _("Retention rule change")
        app_label = "jrcc"
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="retention_change_ends_after_start"),
            models.UniqueConstraint(
                Coalesce("party", models.Value("*")),
                "kind",
                condition=Q(state="proposed"),
                name="one_retention_change_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id or '*'} {self.kind}"


class RetentionChangeDeskGrant(DeskGrant):
    """Which desks see a change: border and ministry of the State, and the JRCC's watch."""

    content_object = models.ForeignKey(RetentionChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False
