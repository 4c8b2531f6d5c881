"""What was changed about how a person signs in, of which they are told."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.entrance.managers import OwnQuerySet


class AccountChange(models.Model):
    """One change of a password, factor or address, or one code that was tried twice."""

    class What(TextChoices):
        PASSWORD = "password", "Password changed"
        TOTP_ADDED = "totp_added", "Authenticator app added"
        TOTP_REMOVED = "totp_removed", "Authenticator app removed"
        PASSKEY_ADDED = "passkey_added", "Passkey added"
        PASSKEY_REMOVED = "passkey_removed", "Passkey removed"
        CODES = "codes", "New recovery codes created"
        LINKED = "linked", "Linked to the directory"
        UNLINKED = "unlinked", "Link to the directory ended"
        ADDRESS = "address", "E-mail address changed"
        RENEWED = "renewed", "One-time password set by an administrator"
        CODE_AGAIN = "code_again", "Code used a second time"

    class State(TextChoices):
        NOTED = "noted"
        MAILED = "mailed"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    what = models.CharField(max_length=15, choices=What)
    device = models.CharField(max_length=40, blank=True, help_text="in words, see browsers.in_words")
    address = models.GenericIPAddressField(null=True, help_text="from where; null: not known")
    by_another = models.BooleanField(default=False, help_text="by an administrator, not by the person")
    former = models.TextField(blank=True, help_text="mail address until then, sealed; emptied once it was told")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=6, choices=State, default=State.NOTED)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entrance", "Sign-in change")
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-at"], name="changes_of_account")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What a notice calls it: it tells nothing of the person."""
        return f"A-{str(self.pk)[-6:].upper()}"

    @property
    def message_id(self) -> str:
        """The Message-ID of the mail beside the notice (RFC 5322, section 3.6.4)."""
        return f"<{self.pk.hex}.account@{urlsplit(settings.PORTAL_URL).hostname}>"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this change."""
        return self.user.home_party_id or "", None
