"""What carriers mean to operate, and what is expected of each day: so a list is seen to be missing."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.carriers.managers import ChaseQuerySet
from apps.journeys.models.carriers import Carrier
from apps.journeys.models.journeys import Journey

MODES = [("air", "Air"), ("sea", "Sea")]


class Schedule(Record):
    """A service that a carrier operates on some days of the week, in local times of its places."""

    floor: ClassVar[str | None] = "the timetable stands with each journey that is expected by it"

    class State(TextChoices):
        ACTIVE = "active", "In force"
        ENDED = "ended", "Ended"

    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=MODES)
    number = models.CharField(max_length=20, help_text="flight or voyage number as lists have it, without zeros before")
    days = ArrayField(models.PositiveSmallIntegerField(), help_text="days of departure, 1 is Monday (ISO 8601)")
    origin = models.CharField(max_length=5, help_text="IATA code or UN/LOCODE")
    destination = models.CharField(max_length=5)
    departs = models.TimeField(help_text="local time of the origin")
    arrives = models.TimeField(help_text="local time of the destination")
    arrives_day = models.PositiveSmallIntegerField(default=0, help_text="days after the day of departure")
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="last day of departure")
    planned_until = models.DateField(null=True, help_text="its journeys are expected up to this day")
    said = models.CharField(max_length=200, blank=True, help_text="why it was ended")
    state = models.CharField(max_length=6, choices=State, default=State.ACTIVE)

    class Meta:
        verbose_name = _("Schedule of a carrier")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="schedule_ends_after_start"),
            models.CheckConstraint(condition=Q(arrives_day__lte=30), name="schedule_arrives_within_a_month"),
        ]
        indexes = [models.Index("valid_until", condition=Q(state="active"), name="schedules_in_force")]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.number}"


class ScheduleDeskGrant(DeskGrant):
    """Which desks see a schedule: the carrier's and the JRCC's."""

    content_object = models.ForeignKey(Schedule, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class ExpectedJourney(Record):
    """One departure of a schedule, with the journey that its list made, or with the clock that runs without one."""

    class State(TextChoices):
        EXPECTED = "expected", "Expected"
        IN_TIME = "in_time", "Manifest on time"
        LATE = "late", "Manifest late"
        MISSING = "missing", "Manifest missing"
        NOT_OPERATED = "not_operated", "Not operated"
        WITHDRAWN = "withdrawn", "Schedule ended"

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=MODES)
    number = models.CharField(max_length=20)
    date = models.DateField(help_text="local date of departure")
    origin = models.CharField(max_length=5)
    destination = models.CharField(max_length=5)
    departs_at = models.DateTimeField(help_text="UTC")
    arrives_at = models.DateTimeField(help_text="UTC")
    deadline_at = models.DateTimeField(help_text="UTC, the earliest of the States concerned")
    reminded_at = models.DateTimeField(null=True, help_text="when the carrier was reminded")
    missed_at = models.DateTimeField(null=True, help_text="when the alarm was raised; stays when the list comes later")
    received_at = models.DateTimeField(null=True, help_text="when the first list came")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=200, blank=True, help_text="why it was not operated, or not expected any more")
    state = models.CharField(max_length=12, choices=State, default=State.EXPECTED)

    WAITED_FOR: ClassVar[frozenset[str]] = frozenset({"expected", "missing"})

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Expected journey")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["mode", "carrier", "number", "date", "origin", "destination"],
                condition=~Q(state="withdrawn"),
                name="expected_once",
            )
        ]
        indexes = [
            # the clock: whose list is due
            models.Index("deadline_at", condition=Q(state__in=["expected", "missing"]), name="expected_by_deadline"),
            models.Index("carrier", "date", name="expected_of_carrier"),
            models.Index("journey", name="expected_of_journey"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier_id} {self.number}"


class ExpectedJourneyDeskGrant(DeskGrant):
    """Which desks see it: the JRCC's, the carrier's, and the border desk of each State that wants the list."""

    content_object = models.ForeignKey(ExpectedJourney, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class ExpectedParty(Part):
    """By when one State wants the list of an expected journey. A State without a rule has no row, and no alarm."""

    root_field: ClassVar[str] = "expected"
    removed: ClassVar[str] = "an act: a State expects a journey no longer"
    expected = models.ForeignKey(ExpectedJourney, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, help_text="departure or arrival")
    deadline_at = models.DateTimeField(help_text="UTC")

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["expected", "party", "role"], name="one_deadline_per_role")]


class Chase(Part):
    """A call to a carrier about a missing list, noted by the watch."""

    root_field: ClassVar[str] = "expected"
    expected = models.ForeignKey(ExpectedJourney, models.CASCADE, related_name="+")
    whom = models.CharField(max_length=100, help_text="desk or function that was called")
    said = models.CharField(max_length=300, help_text="what came out of it")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = ChaseQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
