"""Where the money of the work comes from. Amounts are whole minor units of an ISO 4217 currency, never floats."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.managers import ReferenceQuerySet


class SpendingCategory(models.Model):
    """What money may be spent on; a donor names those that it pays for."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class ExchangeRate(models.Model):
    """How many units of `quote` one unit of `base` is worth, from a day on until the next row."""

    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    valid_from = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "valid_from"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.valid_from}"


class Fund(Record):
    """Assessed contributions, or a donor's grant with its period and its conditions."""

    class Kind(TextChoices):
        ASSESSED = "assessed", "Assessed contributions"
        GRANT = "grant", "Grant"

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, impacs", "Open")
        CLOSED = "closed", "Closed"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Kind)
    donor = models.CharField(max_length=160, blank=True, help_text="of a grant")
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which nothing can be committed any more")
    eligible_categories = ArrayField(models.CharField(max_length=20), default=list, help_text="empty: all")
    earmark = models.CharField(max_length=300, blank=True, help_text="what the donor gives it for")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Fund")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="fund_period"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FundDeskGrant(DeskGrant):
    """Which desks see a fund."""

    content_object = models.ForeignKey(Fund, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class BudgetLine(Record):
    """What was approved for a programme in a year from a fund, in the fund's currency."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("budget line, impacs", "Open")
        CLOSED = "closed", "Closed"

    year = models.PositiveSmallIntegerField()
    programme = models.ForeignKey("impacs.Programme", models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    approved_minor = models.BigIntegerField(help_text="in the fund's currency")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Budget line")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["year", "programme", "fund", "title"], name="one_line_of_a_title"),
            models.CheckConstraint(condition=Q(approved_minor__gte=0), name="approved_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class BudgetLineDeskGrant(DeskGrant):
    """Which desks see a budget line and what was spent from it."""

    content_object = models.ForeignKey(BudgetLine, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Amount(Part):
    """Money that leaves a budget line: as it was agreed, and what that is in the line's currency that day."""

    root_field: ClassVar[str] = "line"
    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="+")
    task = models.ForeignKey("impacs.Task", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    category = models.ForeignKey(SpendingCategory, models.PROTECT, related_name="+")
    text = models.CharField(max_length=200, help_text="what for, and the document's number")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    rate = models.DecimalField(max_digits=18, decimal_places=8, default=1, help_text="line's currency for one unit")
    rate_on = models.DateField(help_text="day from which the rate holds")
    line_minor = models.BigIntegerField(help_text="in the line's currency")
    seat_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        default_permissions = ()


class Commitment(Amount):
    """Money promised to somebody: an order, a contract."""

    class Meta(Amount.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="commitment_is_positive")]


class Expenditure(Amount):
    """Money paid, out of a commitment or without one."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="+")

    class Meta(Amount.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="expenditure_is_positive")]
