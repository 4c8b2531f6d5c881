"""Changes of the States' rules: proposed by one person, confirmed by another; past rules are never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.carriers.models.cases import PenaltyRule
from apps.manifests.models.bookings import BookingLaw, elements_named
from apps.manifests.models.regimes import Regime

ENDS_AFTER_START = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))


class RuleChange(Record):
    """A rule that somebody means to set from a day on, or to end; it becomes a row of the rules when confirmed."""

    class State(TextChoices):
        PROPOSED = "proposed", "Awaiting second approval"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ends = models.BooleanField(default=False, help_text="the rule ends on the day, and none follows it")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.TextField(help_text="law, order or notice")
    proposed_by_user_id = models.BigIntegerField()
    proposed_by = models.CharField(max_length=150)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True, help_text="why it was given back or withdrawn")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        abstract = True
        default_permissions = ("view",)


class RegimeChange(RuleChange):
    """A deadline that a State means to set from a day on, or to end."""

    class Craft(TextChoices):
        COMMERCIAL, PRIVATE, ANY = "commercial", "private", "any"

    class Space(TextChoices):
        INSIDE, OUTSIDE, ANY = "inside", "outside", "any"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=[("air", "Air"), ("sea", "Sea")])
    craft = models.CharField(max_length=12, choices=Craft)
    direction = models.CharField(max_length=10, choices=[("arrival", "Arrival"), ("departure", "Departure")])
    space = models.CharField(max_length=8, choices=Space)
    event = models.CharField(max_length=10, choices=[("arrival", "Arrival"), ("departure", "Departure")])
    minutes = models.IntegerField(help_text="relative to the event, negative before it")
    status = models.CharField(max_length=12, help_text="verified or unverified")
    regime = models.ForeignKey(Regime, models.PROTECT, null=True, related_name="+", help_text="the row that it made")

    class Meta(RuleChange.Meta):
        verbose_name = pgettext_lazy("kind, jrcc", "Deadline change")
        app_label = "jrcc"
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="change_ends_after_start"),
            models.UniqueConstraint(
                fields=["party", "mode", "craft", "direction", "space"],
                condition=Q(state="proposed"),
                name="one_change_waits_for_each_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.mode} {self.direction}"


class RegimeChangeDeskGrant(DeskGrant):
    """Which desks see a change: border and ministry of the State, and the JRCC's watch."""

    content_object = models.ForeignKey(RegimeChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class PenaltyChange(RuleChange):
    """What a State's law is to be in the portal from a day on: a further rule, or one in place of another."""

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        PenaltyRule, models.PROTECT, null=True, related_name="+", help_text="the rule that ends on its first day"
    )
    who = models.CharField(max_length=80)
    act = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    most_minor = models.PositiveIntegerField(help_text="the highest fine, in minor units")
    status = models.CharField(max_length=12, help_text="verified or unverified")
    rule = models.ForeignKey(PenaltyRule, models.PROTECT, null=True, related_name="+", help_text="the row that it made")

    class Meta(RuleChange.Meta):
        verbose_name = _("Penalty law change")
        app_label = "jrcc"
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="penalty_change_ends_after_start"),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(state="proposed"), name="one_penalty_change_waits_for_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.act}"


class PenaltyChangeDeskGrant(DeskGrant):
    """Which desks see a change: border and ministry of the State."""

    content_object = models.ForeignKey(PenaltyChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class BookingLawChange(RuleChange):
    """Which airlines' bookings a State's law is to let it have from a day on, and for how long; or that it ends."""

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    elements = elements_named()
    keep_days = models.PositiveIntegerField(help_text="after the departure")
    law = models.ForeignKey(BookingLaw, models.PROTECT, null=True, related_name="+", help_text="the row that it made")

    class Meta(RuleChange.Meta):
        verbose_name = _("Change to a law on bookings")
        app_label = "jrcc"
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="booking_change_ends_after_start"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(state="proposed"), name="one_booking_change_waits_for_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} bookings"


class BookingLawChangeDeskGrant(DeskGrant):
    """Which desks see a change: border and ministry of the State."""

    content_object = models.ForeignKey(BookingLawChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False
