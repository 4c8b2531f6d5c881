"""The people on a journey, as carriers declared them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.models import Part
from apps.journeys.managers import DocumentQuerySet, TravellerQuerySet
from apps.journeys.models.journeys import Journey
from apps.manifests.models.submissions import Submission


def party_codes(**more: Any) -> Any:
    """A column of party codes."""
    return ArrayField(models.CharField(max_length=8), default=list, blank=True, **more)


class Traveller(Part):
    """A person on a journey, as the carrier declared them."""

    root_field: ClassVar[str] = "journey"
    removed: ClassVar[str] = "retention: masked ones of whom no hit speaks"
    kept_rows: ClassVar[bool] = True
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="+", help_text="the list that named him last"
    )
    seq = models.PositiveIntegerField(help_text="place in that list, from 1")
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, default="U")
    birth_date = models.CharField(max_length=10, blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    birth_date_other = models.CharField(max_length=10, blank=True, help_text="with the other century that it may mean")
    nationality = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=20, help_text="passenger, crew, transit_passenger or transit_crew")
    from_port = models.CharField(max_length=5, blank=True)
    to_port = models.CharField(max_length=5, blank=True)
    seat = models.CharField(max_length=8, blank=True)
    pnr = models.CharField(max_length=35, blank=True)
    carrier_reference = models.CharField(max_length=35, blank=True)
    parties = party_codes(help_text="States where he boards, lands or is cleared")
    transit_parties = party_codes(help_text="States where he is on board at a stop")
    keys = ArrayField(models.CharField(max_length=24), default=list, help_text="probe keys of the matcher")
    screened_at = models.DateTimeField(null=True, help_text="null = not yet compared with the lists")
    withdrawn_at = models.DateTimeField(null=True, help_text="no longer on the list")
    age_band = models.CharField(max_length=7, blank=True, help_text="30-39; all that is left of a birth date")
    masked_at = models.DateTimeField(null=True, help_text="when the rules of retention took his names")

    papers: list[dict[str, str]]  # documents of a list that is being filed, see apps.journeys.actions.travellers

    objects: ClassVar[Any] = TravellerQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Traveller")
        app_label = "jrcc"
        default_permissions = ()
        indexes = [
            models.Index("journey", "seq", name="travellers_of_journey"),
            # reverse screening: a new entry against everybody still to arrive
            GinIndex(fields=["keys"], name="travellers_by_key", fastupdate=True),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def states(self) -> list[str]:
        """States that may screen them with the lists open to them: where they board, lands or is on board at a stop."""
        return [*self.parties, *self.transit_parties]


class Document(Part):
    """A travel document that a traveller declared."""

    root_field: ClassVar[str] = "traveller"
    removed: ClassVar[str] = "an act: a newer list of the carrier; retention"
    traveller = models.ForeignKey(Traveller, models.CASCADE, related_name="documents")
    type = models.CharField(max_length=4, blank=True)
    number = models.CharField(max_length=40, blank=True)
    issuer = models.CharField(max_length=3, blank=True)
    expires = models.CharField(max_length=10, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        indexes = [models.Index("number", name="documents_by_number")]
