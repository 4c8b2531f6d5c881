"""Looking after access: rounds in which every seat is kept or ended, and emergency seats that are judged afterwards."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.people.managers import EmergencyQuerySet, ReviewItemQuerySet, ReviewQuerySet
from apps.people.models.register import Party, Seat, User, public_id


class ClearanceChange(models.Model):
    """That a person's clearance became another: from which, to which, when, by whom."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    former = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["user", "at"], name="clearances_of_person")]


class AccessReview(models.Model):
    """One round of a party: every seat in force on its first day is kept, changed or ended until its last."""

    class State(TextChoices):
        RUNNING, CLOSED = "running", "closed"

    uid = public_id()
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="seats that nobody has answered for end then")
    reminded = models.CharField(max_length=10, blank=True, help_text="the last reminder: first or last")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("Review of appointments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(state="running"), name="one_round_at_a_time"),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="review_period"),
        ]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this round."""
        return self.party_id, None


class ReviewItem(models.Model):
    """One seat in a round, with what was known of its use on the round's first day."""

    class State(TextChoices):
        OPEN = "open", "Awaiting answer"
        KEPT = "kept", "Kept"
        CHANGED = "changed", "To be changed"
        REMOVED = "removed", "Removed"
        ENDED = "ended", "Ended: not answered in time"
        SPARED = "spared", "Kept unanswered: last administrator"

    uid = public_id()
    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    dormant = models.BooleanField(help_text="no sign-in within the time of the dormancy rule")
    unused = models.BooleanField(help_text="no act by this seat since the last round, or in its whole life")
    conflicting = models.BooleanField(help_text="the person holds functions that do not go together, waived or not")
    note = models.CharField(max_length=200, blank=True)
    by_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Seat under review")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="one_item_per_seat")]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this answer."""
        return self.review.party_id, None


class EmergencyUse(models.Model):
    """Why somebody took an emergency seat, and what the desk's head found afterwards."""

    class State(TextChoices):
        DUE = "due", "Awaiting review"
        JUSTIFIED = "justified", "Justified"
        REMARKS = "remarks", "Justified, with remarks"
        UNJUSTIFIED = "unjustified", "Not justified"

    class Cause(TextChoices):
        LIFE = "life", "Danger to life"
        CRIME = "crime", "A serious crime under way"
        ABSENCE = "absence", "No one at the desk can be reached"
        OUTAGE = "outage", "The desk's own systems are down"

    uid = public_id()
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.DUE)
    cause = models.CharField(max_length=10, choices=Cause)
    why = models.TextField(help_text="at least 40 characters")
    case = models.CharField(max_length=60, blank=True, help_text="reference of the case")
    frequent = models.BooleanField(default=False, help_text="the third or a later one within the days of the rule")
    due_at = models.DateTimeField(help_text="until then a head of the desk judges it; then oversight does, too")
    told_overdue = models.BooleanField(default=False, help_text="the oversight was told that it is overdue")
    judged_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    finding = models.TextField(blank=True)

    objects: ClassVar[Any] = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Use of emergency access")
        default_permissions = ()

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this use."""
        return self.seat.desk.party_id, None

    @property
    def is_overdue(self) -> bool:
        """Whether nobody has judged it in time."""
        return self.state == self.State.DUE and self.due_at <= timezone.now()
