"""What a second person hands over, so that nobody alone holds both halves of a way into somebody else's account."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.people.managers import HandoverQuerySet
from apps.people.models.register import Desk, Party, User, public_id


class Handover(models.Model):
    """The code of an invitation, or the second half of a one-time password, until another person has it shown, once."""

    class What(TextChoices):
        CODE = "code", "Code of an invitation"
        HALF = "half", "Second half of a one-time password"

    class State(TextChoices):
        WAITS = "waits", "Waits to be handed over"
        SHOWN = "shown", "Shown"
        OVER = "over", "Over: there is a newer one, or none is needed"

    uid = public_id()
    user = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="whose account it opens")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", help_text="the person's own")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", help_text="who decides there may, too")
    what = models.CharField(max_length=4, choices=What)
    state = models.CharField(max_length=5, choices=State, default=State.WAITS)
    sealed = models.CharField(
        max_length=200, blank=True, help_text="under FIELD_KEY; empty once it was shown or is over"
    )
    first = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="who invited, or gave the first half")
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="who changed the address since, if it was another"
    )
    made_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True)
    secret: str  # what is handed over, on the row that the action showed and nowhere else
    free: int  # administrators of the party with no hand in it: annotated

    objects: ClassVar[Any] = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("Code or half of a password")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(state="waits"), name="one_handover_waits")
        ]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of it."""
        return self.party_id, None
