"""How a party lets its people sign in."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.entrance.managers import SignInRuleQuerySet


class SignInRule(models.Model):
    """A party's rule for signing in, dated: a change is a new row, and the old one ends."""

    class State(TextChoices):
        IN_FORCE = "in_force", "In force"
        ENDED = "ended"

    class Factor(TextChoices):
        TOTP = "totp", "One-time code"
        WEBAUTHN = "webauthn", "Passkey"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    factors = ArrayField(models.CharField(max_length=10, choices=Factor), help_text="kinds of second factor allowed")
    session_minutes = models.PositiveSmallIntegerField(help_text="how long a session lasts at most")
    idle_minutes = models.PositiveSmallIntegerField(help_text="how long it lasts without use")
    networks = ArrayField(models.CharField(max_length=43), default=list, help_text="CIDR; none: from anywhere")
    directory_only = models.BooleanField(
        default=False,
        help_text="who is linked to the party's directory signs in by it alone; administrators by passkey too",
    )
    why = models.CharField(max_length=200)
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.IN_FORCE)

    objects: ClassVar[Any] = SignInRuleQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entrance", "Sign-in policy")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(valid_to=None), name="one_sign_in_rule_in_force"),
            models.CheckConstraint(
                condition=Q(
                    session_minutes__gte=15, session_minutes__lte=720, idle_minutes__gte=5, idle_minutes__lte=30
                ),
                name="sign_in_rule_only_narrows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} from {self.valid_from.isoformat()}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this rule."""
        return self.party_id, None
