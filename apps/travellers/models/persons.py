"""Appearances on several journeys that a desk holds for one person: a grouping, which never holds a name."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.journeys.models.travellers import Traveller


class Person(Record):
    """Travellers of several journeys whom an officer has found to be one person; names are the travellers' alone."""

    class State(TextChoices):
        KEPT = "kept", "Kept"
        MERGED = "merged", "Merged with another person"
        DISSOLVED = "dissolved", "Separated"

    class Ground(TextChoices):
        DOCUMENT = "document", "The same document, or its renewal"
        SEEN = "seen", "Seen at passport control"
        BIOMETRIC = "biometric", "Photograph or fingerprints"
        ENQUIRY = "enquiry", "Answer from a State"
        CONTACT = "contact", "Address, telephone or booking"
        ERROR = "error", "Linked or separated by mistake"

    reference = models.CharField(max_length=20, unique=True, help_text="P-2026-00042")
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text="what it was joined with")
    state = models.CharField(max_length=9, choices=State, default=State.KEPT)

    class Meta:
        verbose_name = _("Person across journeys")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="merged", into__isnull=False)
                | (~models.Q(state="merged") & models.Q(into=None)),
                name="merged_person_names_another",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class PersonDeskGrant(DeskGrant):
    """Which desks see a grouping: the desk that made it, and the JRCC's watch."""

    content_object = models.ForeignKey(Person, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class PersonMember(Part):
    """That a traveller is an appearance of a person, for one desk; retention deletes it with their names."""

    root_field: ClassVar[str] = "person"
    removed: ClassVar[str] = "an act: somebody was joined by mistake; retention"
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="whose view this is")
    traveller = models.ForeignKey(Traveller, models.CASCADE, related_name="+")

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["desk", "traveller"], name="one_person_of_a_traveller_per_desk")]


class PersonChange(Part):
    """What an officer did to a person, and all that is needed to take it back."""

    class Kind(TextChoices):
        JOINED = "joined", "Matched as one person"
        MERGED = "merged", "Linked more records"
        SPLIT = "split", "Separated"

    root_field: ClassVar[str] = "person"
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    moves = models.JSONField(
        default=list, help_text="[{traveller, from, to}]: keys of travellers and persons; null is nobody's"
    )
    ground = models.CharField(max_length=9, choices=Person.Ground)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        indexes = [models.Index(fields=["person", "-id"], name="changes_of_person")]
