"""Remarks in the margin of a text, while it is written and while it goes round."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.assessments.models.assessments import Assessment, Section


class Remark(Part):
    """What a person says of words of a section, or suggests in their place; an answer to another remark has none."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("remark, assessments", "Open")
        RESOLVED = "resolved", "Resolved"
        ACCEPTED = "accepted", "Accepted"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", help_text="the remark it answers")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    text = models.CharField(max_length=3000)
    quote = models.CharField(max_length=500, blank=True, help_text="the words it is about; empty: the whole section")
    pid = models.CharField(max_length=64, blank=True, help_text="the paragraph in which they stood")
    anchor_from = models.BinaryField(default=bytes, help_text="Yjs relative position of their first letter")
    anchor_to = models.BinaryField(default=bytes, help_text="Yjs relative position after their last letter")
    suggests = models.BooleanField(default=False, help_text="other words in the place of the quoted ones")
    suggestion = models.CharField(max_length=2000, blank=True, help_text="empty: they are left out")
    mentions = ArrayField(models.CharField(max_length=24), default=list, help_text="whom it names: user:ID or desk:ID")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    closed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    closed_party = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="+", help_text="at whose desk he closed it"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(suggests=False) | ~Q(quote=""), name="suggestion_of_words"),
        ]
        indexes = [models.Index("section", name="remarks_of_section")]
