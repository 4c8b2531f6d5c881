"""What a State proves, asks and needs: evidence, later due dates, assistance; and who was seconded by whom."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.council.models import AgendaItem, Decision
from apps.impacs.managers import SecondmentQuerySet
from apps.impacs.obligations.models.state_actions import StateAction
from apps.impacs.obligations.models.state_work import Difficulty


class Evidence(Record):
    """One proof of an action. A draft is the State's own; from its submission on the agency reads it too."""

    class State(TextChoices):
        DRAFT = "draft", pgettext_lazy("words, impacs", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("words, impacs", "Submitted")
        ACCEPTED = "accepted", pgettext_lazy("words, impacs", "Accepted")
        REJECTED = "rejected", pgettext_lazy("words, impacs", "Not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("words, impacs", "Withdrawn")
        EXPIRED = "expired", pgettext_lazy("words, impacs", "Expired")

    class Audience(TextChoices):
        STATE_AND_IMPACS = "STATE_AND_IMPACS", _("Our State and IMPACS")
        ALL_STATES = "ALL_STATES", _("All States that see the obligation")
        NAMED = "NAMED", _("States we choose")

    HELD: ClassVar[frozenset[str]] = frozenset({"draft", "submitted", "accepted"})
    """Counts for what the clause asks to be proved."""

    action = models.ForeignKey(StateAction, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="desk that brought it")
    author_id = models.BigIntegerField(help_text="user who wrote it last; approver and author differ")
    requirement = models.CharField(max_length=120, blank=True, help_text="which of the clause's demands it answers")
    kind = models.CharField(max_length=30, help_text="code of the list evidence_type")
    title = models.CharField(max_length=200)
    issued_on = models.DateField()
    authority = models.CharField(max_length=200, help_text="who issued it")
    citation = models.CharField(max_length=500, blank=True, help_text="where it stands, when there is no file")
    valid_until = models.DateField(null=True, help_text="last day on which it proves anything")
    audience = models.CharField(max_length=16, choices=Audience, default=Audience.STATE_AND_IMPACS)
    named = ArrayField(models.CharField(max_length=8), default=list, blank=True, help_text="codes of the named States")
    submitted_on = models.DateField(null=True)
    judged_on = models.DateField(null=True)
    reject_code = models.CharField(max_length=30, blank=True, help_text="code of the list reject_reason")
    reject_text = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Evidence")
        default_permissions = ("view",)
        indexes = [
            models.Index("action", name="evidence_of_action"),
            models.Index(
                "valid_until", condition=Q(state="accepted") & ~Q(valid_until=None), name="evidence_to_expire"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceDeskGrant(DeskGrant):
    """Which desks read a proof and its files."""

    content_object = models.ForeignKey(Evidence, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class ExtensionRequest(Record):
    """A State asks for a later due date. The original date always stays beside it."""

    class State(TextChoices):
        REQUESTED = "requested", pgettext_lazy("words, impacs", "Asked")
        GRANTED = "granted", pgettext_lazy("words, impacs", "Granted")
        REFUSED = "refused", pgettext_lazy("words, impacs", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("words, impacs", "Withdrawn")
        LAPSED = "lapsed", pgettext_lazy("words, impacs", "Lapsed")

    class Power(TextChoices):
        DIRECTOR = "director", _("The Director of IMPACS, under authority delegated by the Council")
        COUNCIL = "council", pgettext_lazy("words, impacs", "The Council")

    action = models.ForeignKey(StateAction, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="which request of the action, from 1")
    from_due = models.DateField(help_text="due date in force when it was asked")
    new_due_on = models.DateField(help_text="asked for; once granted, the day that was given")
    cause = models.TextField()
    requested_on = models.DateField()
    power = models.CharField(max_length=8, choices=Power, help_text="who decides")
    answer_by = models.DateField(help_text="ten working days; then the Council is asked")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="+", help_text="on the Council's agenda"
    )
    decided_on = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True, help_text="decision of the Council, or the delegation")
    decided_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True, help_text="why it was refused, or a remark")
    state = models.CharField(max_length=9, choices=State, default=State.REQUESTED)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Extension")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="one_request_per_number"),
            models.UniqueConstraint(fields=["action"], condition=Q(state="requested"), name="one_open_request"),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("from_due")), name="extension_is_later"),
        ]
        indexes = [models.Index("answer_by", condition=Q(state="requested"), name="extensions_open")]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.from_due} → {self.new_due_on}"


class ExtensionRequestDeskGrant(DeskGrant):
    """Which desks read why a later date is asked."""

    content_object = models.ForeignKey(ExtensionRequest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class AssistanceRequest(Record):
    """A State asks IMPACS for help with an action; it waits there until it is answered and closed."""

    class State(TextChoices):
        ASKED = "asked", pgettext_lazy("words, impacs", "Asked")
        ACCEPTED = "accepted", pgettext_lazy("words, impacs", "Taken up")
        ANSWERED = "answered", pgettext_lazy("words, impacs", "Answered")
        CLOSED = "closed", pgettext_lazy("words, impacs", "Closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("words, impacs", "Withdrawn")

    action = models.ForeignKey(StateAction, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="desk that asked")
    difficulty = models.ForeignKey(Difficulty, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30, help_text="code of the list assistance_kind")
    text = models.TextField()
    wanted_by = models.DateField(null=True)
    asked_on = models.DateField()
    accepted_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)

    OPEN: ClassVar[frozenset[str]] = frozenset({"asked", "accepted", "answered"})

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Assistance")
        default_permissions = ("view",)
        indexes = [models.Index("action", name="assistance_of_action")]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.text[:80]}"


class AssistanceRequestDeskGrant(DeskGrant):
    """Which desks see what help was asked for."""

    content_object = models.ForeignKey(AssistanceRequest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Secondment(models.Model):
    """That a person at the agency was sent by a State, from when to when: they never verify that State."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    sending_state = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField(help_text="who recorded it")
    state = models.CharField(max_length=7, default="entered", choices=[("entered", "entered")])

    objects: ClassVar[Any] = SecondmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Secondment")
        default_permissions = ()
        indexes = [models.Index("user", name="secondments_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} sent by {self.sending_state_id}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of it: the State that sent the person."""
        return self.sending_state_id, None
