"""Airlines' booking data, State by State: a State has a copy of what its law lets it have, and nobody else sees it."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.manifests.managers import BookingQuerySet, RegimeQuerySet
from apps.manifests.models.submissions import Submission
from apps.manifests.pnrgov import ELEMENTS
from apps.people.models import DateRange, public_id


def elements_named() -> ArrayField:
    """A column of the elements of a booking that a law names."""
    names = models.CharField(max_length=12, choices=[(name, name) for name in ELEMENTS])
    return ArrayField(names, help_text="beside locator, day and names of travellers")


class BookingLaw(models.Model):
    """That a State's law lets it have airlines' bookings, which elements of them, and for how long: dated rule.

    Without a row in force a State has none, and none are kept for it.
    """

    uid = public_id()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    elements = elements_named()
    keep_days = models.PositiveIntegerField(help_text="after the departure; deleted then")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.TextField()

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(keep_days__gt=0), name="bookings_are_not_kept_for_ever"),
            ExclusionConstraint(
                name="one_booking_law_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Booking(Record):
    """One State's copy of a booking on a flight that touches it, narrowed to what its law names."""

    removed: ClassVar[str] = "retention, and a newer message about the same booking"
    kept_rows: ClassVar[bool] = True

    class State(TextChoices):
        KEPT = "kept", "Kept"

    law = models.ForeignKey(BookingLaw, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=3)
    number = models.CharField(max_length=8)
    date = models.DateField(help_text="local date of departure")
    origin = models.CharField(max_length=5)
    destination = models.CharField(max_length=5)
    locator = models.CharField(max_length=20)
    created_on = models.DateField(null=True, help_text="day of the reservation")
    itinerary = models.JSONField(default=list, help_text="[{from, to, departs, arrives, carrier, number}] as sent")
    contacts = models.JSONField(default=list, help_text="[{kind: phone or mail, value}] as sent")
    agency = models.JSONField(null=True, help_text="{number, office, city, country} as sent")
    payment = ArrayField(models.CharField(max_length=3), default=list, help_text="kinds, as CC or CA; never a number")
    keep_until = models.DateField(help_text="deleted on this day")
    state = models.CharField(max_length=4, choices=State, default=State.KEPT)

    objects: ClassVar[Any] = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Booking on a flight")
        app_label = "jrcc"
        default_permissions = ("view",)
        indexes = [
            # the newest message about a flight takes the place of the one before
            models.Index("owner", "carrier", "number", "date", name="bookings_of_flight"),
            models.Index("keep_until", name="bookings_by_end"),
        ]

    def __str__(self) -> str:
        return self.locator


class BookingDeskGrant(DeskGrant):
    """Which desks see a booking: the border desk of its State, and the JRCC's automatic work."""

    content_object = models.ForeignKey(Booking, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class BookedTraveller(Part):
    """One traveller of a booking."""

    removed: ClassVar[str] = "with its booking"

    root_field: ClassVar[str] = "booking"
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="+")
    seq = models.PositiveSmallIntegerField()
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, help_text="adult, child, infant or group")
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    nationality = models.CharField(max_length=8, blank=True)
    documents = models.JSONField(default=list, help_text="[{type, number, issuer, expires}] as read")
    seat = models.CharField(max_length=4, blank=True)
    bags = models.PositiveSmallIntegerField(null=True)

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
