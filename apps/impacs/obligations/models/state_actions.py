"""What follows from a clause for each State: its action.

No colour and no count is stored: they follow from these dated rows on the day that somebody asks about.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.council.models import Clause, Decision


class StateAction(Record):
    """What one State has to do under one clause. Its owner is the State's ministry."""

    class State(TextChoices):
        NOT_STARTED = "not_started", pgettext_lazy("words, impacs", "Not started")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("words, impacs", "Acknowledged")
        IN_PROGRESS = "in_progress", pgettext_lazy("words, impacs", "In progress")
        SUBMITTED = "submitted", pgettext_lazy("words, impacs", "Evidence submitted")
        RETURNED = "returned", pgettext_lazy("words, impacs", "Evidence returned")
        VERIFIED = "verified", pgettext_lazy("words, impacs", "Verified")
        OPTED_OUT = "opted_out", _("Released by the Conference")
        NOT_APPLICABLE = "not_applicable", pgettext_lazy("status, impacs", "Exempt")
        SUPERSEDED = "superseded", _("Ended with its decision")

    WORKED: ClassVar[frozenset[str]] = frozenset({"not_started", "acknowledged", "in_progress", "returned"})
    """The State has still to do something."""

    OPEN: ClassVar[frozenset[str]] = WORKED | {"submitted"}
    """Not finished: the State works, or its evidence waits for the verifier."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    starts_on = models.DateField(help_text="day on which the decision came into force")
    due_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    desk = models.ForeignKey(
        "people.Desk", models.PROTECT, null=True, related_name="+", help_text="another desk of the State that does it"
    )
    focal_seat = models.ForeignKey(
        "people.Seat", models.PROTECT, null=True, related_name="+", help_text="who follows it in the State"
    )
    responsible = models.CharField(max_length=150, blank=True, help_text="ministry or body in the State's own words")
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent, as last reported or ticked")
    reported_on = models.DateField(null=True, help_text="day of the last report")
    claimed_on = models.DateField(null=True, help_text="the State says that the clause does not apply; undecided")
    state = models.CharField(max_length=14, choices=State, default=State.NOT_STARTED)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Obligation")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["clause", "party"], name="one_action_per_state"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_per_cent"),
        ]
        indexes = [
            models.Index("decision", name="actions_of_decision"),
            models.Index("party", "state", name="actions_of_party"),
            models.Index("claimed_on", condition=~Q(claimed_on=None), name="claims_open"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.decision}, {self.clause.number}"


class StateActionDeskGrant(DeskGrant):
    """Which desks see an action: those who see its status."""

    content_object = models.ForeignKey(StateAction, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
