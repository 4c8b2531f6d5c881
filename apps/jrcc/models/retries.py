"""Work that had failed and was begun anew by a person."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.ids import uuid7
from apps.carriers.managers import RetryQuerySet


class Retry(models.Model):
    """That somebody had failed work done again: which, why it had failed, and who."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dispatch_id = models.BigIntegerField()
    topic = models.CharField(max_length=60)
    listener = models.CharField(max_length=80)
    error = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=7, default="ordered", choices=[("ordered", "Ordered")])

    objects: ClassVar[Any] = RetryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Work done again")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.topic} {self.dispatch_id}"
