"""What a sender's desk keeps before and beside its lists: drafts, and how its sheets are laid out."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.manifests.managers import DeskQuerySet


class OfDesk(models.Model):
    """A thing of one desk, which nobody else sees."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = DeskQuerySet.as_manager()

    class Meta:
        abstract = True


class Draft(OfDesk):
    """A list that is not sent yet: a file that was looked at, or a form being filled in. Kept for a few days."""

    class Kind(TextChoices):
        FILE, FORM = "file", "form"

    class State(TextChoices):
        OPEN, SENT, DROPPED = "open", "sent", "dropped"

    kind = models.CharField(max_length=4, choices=Kind)
    title = models.CharField(max_length=120, blank=True, help_text="file name, or craft and route")
    content_type = models.CharField(max_length=100, blank=True)
    raw = models.BinaryField(null=True, help_text="the file as it came; gone once it is sent or dropped")
    content = models.JSONField(default=dict, help_text="the form as typed: craft, legs, people")
    amends = models.ForeignKey("jrcc.Submission", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(help_text="forgotten then")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("Draft of a manifest")
        app_label = "jrcc"
        default_permissions = ()
        indexes = [
            models.Index("desk", "state", name="drafts_of_a_desk"),
            models.Index("expires_at", name="drafts_by_end"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SheetLayout(OfDesk):
    """What the columns of one kind of sheet mean, and the order of its dates, as its sender's desk has said."""

    signature = models.CharField(max_length=16, help_text="of the headings, see apps.manifests.paxlst.layout")
    content = models.JSONField(default=dict, help_text="columns {heading: field}, orders {heading: order}")
    state = models.CharField(max_length=4, default="kept", choices=[("kept", "Kept")])

    class Meta:
        verbose_name = _("Layout of a sheet")
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["desk", "signature"], name="one_layout_per_headings")]

    def __str__(self) -> str:
        return self.signature
