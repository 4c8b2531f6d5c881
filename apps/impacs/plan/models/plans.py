"""What plans are made of besides tasks: programmes, templates, and a person's own saved filters."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import DeskGrant, Record
from apps.impacs.managers import OwnQuerySet


class Programme(Record):
    """A strand of the agency's work over years."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, impacs", "Open")
        CLOSED = "closed", "Closed"

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer runs")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Programme")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="programme_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ProgrammeDeskGrant(DeskGrant):
    """Which desks see a programme."""

    content_object = models.ForeignKey(Programme, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class TaskTemplate(Record):
    """Tasks that are made together again and again.

    `content` = {"tasks": [{"key", "title", "kind", "start": days after the first day, "days": length, "estimate":
    days of work, "under": key of the parent or "", "after": [keys], "checklist": [{"kind", "text"}]}]}.
    """

    class State(TextChoices):
        CURRENT = "current", "Current"
        WITHDRAWN = "withdrawn", "Withdrawn"

    name = models.CharField(max_length=120, unique=True)
    summary = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    state = models.CharField(max_length=9, choices=State, default=State.CURRENT)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Template")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name


class TaskTemplateDeskGrant(DeskGrant):
    """Which desks see a template."""

    content_object = models.ForeignKey(TaskTemplate, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class SavedFilter(models.Model):
    """A person's own choice of tasks under a name; nobody else sees it."""

    class State(TextChoices):
        KEPT = "kept", "Kept"
        DROPPED = "dropped", "Dropped"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    view = models.CharField(max_length=20, help_text="board, list, calendar, timeline, workload")
    query = models.CharField(max_length=1000, blank=True, help_text="the address's query string")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=7, choices=State, default=State.KEPT)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("Saved choice of tasks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], condition=Q(state="kept"), name="one_filter_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
