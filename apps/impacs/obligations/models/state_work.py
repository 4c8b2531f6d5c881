"""What States and the agency do with an action: its turns, steps and obstacles, and the State's private notes."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.impacs.managers import DifficultyQuerySet, OwnStateQuerySet, OwnWordsQuerySet
from apps.impacs.obligations.models.state_actions import StateAction


class Turn(Part):
    """A dated turn in the life of an action, from which its colour on any day is reckoned; never edited."""

    root_field: ClassVar[str] = "action"

    class Kind(TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("words, impacs", "Evidence submitted")
        TAKEN_BACK = "taken_back", pgettext_lazy("words, impacs", "Evidence withdrawn")
        RETURNED = "returned", pgettext_lazy("words, impacs", "Evidence returned")
        VERIFIED = "verified", pgettext_lazy("words, impacs", "Verified")
        REOPENED = "reopened", pgettext_lazy("words, impacs", "Reopened")
        EXPIRED = "expired", pgettext_lazy("words, impacs", "Evidence expired")
        CLAIMED = "claimed", pgettext_lazy("words, impacs", "Exemption claimed")
        CLAIM_REFUSED = "claim_refused", pgettext_lazy("words, impacs", "Exemption refused")
        NOT_APPLICABLE = "not_applicable", pgettext_lazy("status, impacs", "Exempt")

    action = models.ForeignKey(StateAction, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    day = models.DateField(help_text="on which it counts, where the actor is")
    completed_on = models.DateField(null=True, help_text="of a submission: the day the work was done")
    text = models.TextField(blank=True, help_text="the reason; read by the State and the agency")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = OwnWordsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["action", "day", "at"], name="turns_of_action")]


class Step(Part):
    """One of the steps by which a State does its action; their weights make the progress.

    A step counts from the day it was added to the day it was removed, so that the past stays as it was.
    """

    root_field: ClassVar[str] = "action"
    action = models.ForeignKey(StateAction, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(null=True)
    added_on = models.DateField()
    done_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)

    objects: ClassVar[Any] = OwnWordsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="step_weight")]
        indexes = [models.Index("action", name="steps_of_action")]

    def __str__(self) -> str:
        return self.title


class Difficulty(Part):
    """What stands in the way of an action. Who sees the action sees how grave it is, not the words."""

    root_field: ClassVar[str] = "action"

    class Severity(TextChoices):
        MINOR = "MINOR", pgettext_lazy("words, impacs", "Minor")
        MAJOR = "MAJOR", pgettext_lazy("words, impacs", "Major")
        CRITICAL = "CRITICAL", pgettext_lazy("words, impacs", "Critical")

    action = models.ForeignKey(StateAction, models.CASCADE, related_name="+")
    severity = models.CharField(max_length=8, choices=Severity)
    kind = models.CharField(max_length=30, help_text="code of the list difficulty_kind")
    text = models.TextField()
    since = models.DateField()
    cleared_on = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = DifficultyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("action", name="difficulties_of_action")]


class NationalNote(Part):
    """A State's note to itself: it never leaves the State, not even to IMPACS."""

    root_field: ClassVar[str] = "action"
    action = models.ForeignKey(StateAction, models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = OwnStateQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["action", "-at"], name="notes_of_action")]
