"""Questions inside a hit: the owner of the entry asks a State that acts, or the State asks the owner."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.jrcc.models.hits import Hit


class HitQuestion(Record):
    """One question in the case of a hit, and its answer; between the two parties, and known to the JRCC's watch."""

    class State(TextChoices):
        ASKED = "asked", "Not answered yet"
        ANSWERED = "answered", "Answered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    hit = models.ForeignKey(Hit, models.PROTECT, related_name="+")
    of = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="party that is asked")
    text = models.TextField(blank=True, help_text="retention empties it with the words of the hit")
    asked_by = models.CharField(max_length=150, help_text="for the asking party alone")
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True, help_text="for the answering party alone")
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)

    class Meta:
        verbose_name = _("Question about a hit")
        default_permissions = ("view",)
        indexes = [
            models.Index("hit", name="questions_of_hit"),
            # what waits for a party, for My work
            models.Index("of", condition=Q(state="asked"), name="questions_to_answer"),
        ]

    def __str__(self) -> str:
        return self.hit.reference


class HitQuestionDeskGrant(DeskGrant):
    """Which desks see a question: those of both sides that see the hit, and the JRCC's watch."""

    content_object = models.ForeignKey(HitQuestion, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
