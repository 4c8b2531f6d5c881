"""Addresses of programs that notices are sent to, and each call of one."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.notices.models.notices import Notice


class Webhook(Record):
    """An address of a desk's own program that is told of each notice: signed, and with ids alone."""

    class State(TextChoices):
        LIVE = "live", "In use"
        DISABLED = "disabled", "Disabled: it did not answer"
        ENDED = "ended", "Ended"

    url = models.CharField(max_length=300, help_text="https")
    sealed = models.TextField(help_text="the secret of its signatures, under the portal's key; shown once")
    failed = models.PositiveSmallIntegerField(default=0, help_text="calls in a row that failed for good")
    state = models.CharField(max_length=8, choices=State, default=State.LIVE)
    secret: str  # on the row that made it and nowhere else

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Webhook")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.url


class WebhookDeskGrant(DeskGrant):
    """Which desks see a webhook: its own, and the portal's."""

    content_object = models.ForeignKey(Webhook, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class WebhookCall(Part):
    """One call of a webhook about one notice."""

    class State(TextChoices):
        QUEUED = "queued", "Waiting"
        SENT = "sent", "Taken"
        FAILED = "failed", "Failed"

    root_field: ClassVar[str] = "webhook"
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", help_text="null: a trial")
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="of the last answer (RFC 9110)")
    error = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Webhook call")
        default_permissions = ()
        indexes = [models.Index(fields=["webhook", "-id"], name="calls_of_webhook")]

    @property
    def etag(self) -> str:
        """Entity tag of the call as it stands (RFC 9110, section 8.8.3): it changes with each try and at the end."""
        return f'"{self.state}-{self.attempts}"'
