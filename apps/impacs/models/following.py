"""What follows from a clause for each State: its action.

No colour and no count is stored: they follow from these dated rows on the day that somebody asks about.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.access.models import DeskGrant, Record
from apps.council.models import Clause, Decision


class StateAction(Record):
    """What one State has to do under one clause. Its owner is the State's ministry."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        IN_PROGRESS = "in_progress", "In progress"
        SUPERSEDED = "superseded", "Ended with its decision"

    OPEN: ClassVar[frozenset[str]] = frozenset({"not_started", "acknowledged", "in_progress"})

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    starts_on = models.DateField(help_text="day on which the decision came into force")
    due_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent, as last reported")
    state = models.CharField(max_length=12, choices=State, default=State.NOT_STARTED)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["clause", "party"], name="one_action_per_state"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_per_cent"),
        ]
        indexes = [
            models.Index("decision", name="actions_of_decision"),
            models.Index("party", "state", name="actions_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.clause_id}"


class StateActionDeskGrant(DeskGrant):
    """Which desks see an action: those who see its status."""

    content_object = models.ForeignKey(StateAction, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
