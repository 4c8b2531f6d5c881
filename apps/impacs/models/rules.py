"""Dated limits and rules: data, so that what was reckoned last year stays what it was."""

from typing import Any, ClassVar

from django.db import models

from apps.council.managers import ReferenceQuerySet


class StatusRules(models.Model):
    """The limits by which colours are reckoned, from a day on: last year's colours stay what they were."""

    valid_from = models.DateField(unique=True)
    content = models.JSONField(help_text="names and numbers of apps.impacs.obligations.rules.rag.Parameters")
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class TaskRules(models.Model):
    """The limits of the work plan, from a day on: when somebody is overloaded, how long a task can be reopened."""

    valid_from = models.DateField(unique=True)
    content = models.JSONField(help_text="days, and names and numbers of planning.workload.Limits")
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class ExtensionRules(models.Model):
    """Who may give how much more time, from a day on: the Council's delegation as dated data."""

    valid_from = models.DateField(unique=True)
    content = models.JSONField(help_text="names and numbers of apps.impacs.obligations.rules.extensions.Limits")
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class Term(models.Model):
    """A word of a code list: kinds of evidence, of difficulty, of assistance; reasons not to accept."""

    list = models.CharField(max_length=20)
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    renewed = models.BooleanField(default=False, help_text="a kind of evidence that has to be renewed when it expires")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it can no longer be chosen")

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="one_term_per_code")]

    def __str__(self) -> str:
        return self.label
