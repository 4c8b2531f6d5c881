"""Many changes to the plan that were made at once, as they were made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record


class TaskBatch(Record):
    """A bulk edit, an imported sheet, or dates that were moved together: what it did to which task.

    `content` = [{"task": key, "reference", "title", "verb", "cells": [[column, before, after], ...]}]; of one that was
    refused [{"place": cell, "fault": sentence}].
    """

    class Kind(TextChoices):
        BULK = "bulk", "Changed together"
        SHEET = "sheet", "Imported from a spreadsheet"
        SLIP = "slip", "Dates moved with dependent tasks"

    class State(TextChoices):
        WAITING = "waiting", "Being taken over"
        APPLIED = "applied", "Applied"
        REFUSED = "refused", "Nothing was imported"

    kind = models.CharField(max_length=5, choices=Kind)
    count = models.PositiveIntegerField(help_text="tasks that were made or changed")
    content = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the workbook")
    state = models.CharField(max_length=7, choices=State, default=State.APPLIED)

    class Meta:
        verbose_name = _("Change of many tasks")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.count}"


class TaskBatchDeskGrant(DeskGrant):
    """Which desks see what was changed at once."""

    content_object = models.ForeignKey(TaskBatch, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
