"""An assessment: its terms of reference, who takes part, its sections, and what parties contributed."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.assessments.managers import AssessmentQuerySet, ContributionQuerySet
from apps.assessments.rules.yardsticks import YARDSTICKS


class Assessment(Record):
    """What several States judge together. `level` is the ceiling of its classification.

    Members, answers and parties stand here as lists, so that who reads and who may is known from one row; the parts
    say when and by whom.
    """

    class State(TextChoices):
        PROPOSED = "proposed", "Proposed"
        TERMS_AGREED = "terms_agreed", "Terms agreed"
        CALL_OPEN = "call_open", "Call open"
        DRAFTING = "drafting", "Drafting"
        COORDINATION = "coordination", "Coordination"
        POSITIONS = "positions", "Positions"
        SIGN_OFF = "sign_off", "Sign-off"
        RELEASED = "released", "Released"
        UNDER_REVIEW = "under_review", "Under review"
        SUPERSEDED = "superseded", "Superseded"
        RECALLED = "recalled", "Recalled"
        CANCELLED = "cancelled", "Cancelled"

    WORKING: ClassVar[tuple[str, ...]] = (
        *(State.PROPOSED, State.TERMS_AGREED, State.CALL_OPEN, State.DRAFTING, State.COORDINATION),
        *(State.POSITIONS, State.SIGN_OFF),
    )
    """States before its release, in their order."""

    FROZEN: ClassVar[frozenset[str]] = frozenset({State.POSITIONS, State.SIGN_OFF})
    """States in which nobody changes a word."""

    OUT: ClassVar[frozenset[str]] = frozenset({State.RELEASED, State.UNDER_REVIEW})
    """States in which its report is in force."""

    made: Any  # the part that an act has made or changed, for who called it
    seq: int  # of the section that an act has written

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=2000)
    scope = models.CharField(max_length=2000)
    out_of_scope = models.CharField(max_length=2000)
    period_from = models.DateField()
    period_to = models.DateField()
    area = ArrayField(models.CharField(max_length=60), default=list)
    audience = models.CharField(max_length=500)
    tlp = models.CharField(max_length=12)
    yardstick = models.CharField(max_length=8, choices=[(code, title) for code, title in YARDSTICKS.items()])
    review_months = models.PositiveSmallIntegerField(default=6)
    lead = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    invited = ArrayField(models.CharField(max_length=8), default=list, help_text="parties that have still to answer")
    accepted = ArrayField(models.CharField(max_length=8), default=list)
    declined = ArrayField(models.CharField(max_length=8), default=list)
    drafters = ArrayField(models.BigIntegerField(), default=list, help_text="ids of persons")
    commenters = ArrayField(models.BigIntegerField(), default=list)
    readers = ArrayField(models.BigIntegerField(), default=list)
    terms_sha256 = models.CharField(max_length=64, blank=True, help_text="of the terms of reference as agreed")
    due = models.JSONField(default=dict, help_text="{state: last day, ISO 8601} of each step that has one")
    reminded = ArrayField(models.CharField(max_length=40), default=list, help_text="steps whose lateness was told")
    state_since = models.DateTimeField()
    request = models.UUIDField(null=True, help_text="the request for information by which the call went out")
    content_sha256 = models.CharField(max_length=64, blank=True, help_text="of what is signed; empty before sign-off")
    withdrawn = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="contributions taken back before it was released; signed with the text",
    )
    report = models.UUIDField(null=True, help_text="thread of the report as which it was released")
    released_at = models.DateTimeField(null=True)
    review_date = models.DateField(null=True)
    reason = models.CharField(max_length=1000, blank=True, help_text="of the last step that needs one")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=14, choices=State, default=State.PROPOSED)

    objects: ClassVar[Any] = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Joint threat assessment")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gte=models.F("period_from")), name="assessment_period")
        ]
        indexes = [models.Index(fields=["owner", "-id"], name="assessments_of_desk")]

    def __str__(self) -> str:
        return self.number

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """The stream's name for a change of state is `jta.state`; other acts keep their verb."""
        return ("jta.state" if verb.startswith("assessment.") else verb), groups, self.version


class AssessmentDeskGrant(DeskGrant):
    """Which desks an assessment is open to; at the desk the rule of reading says to whom."""

    content_object = models.ForeignKey(Assessment, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Participant(Part):
    """A party that was asked to take part, and what it answered."""

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, default="", help_text="accept, decline, or nothing yet")
    answered_at = models.DateTimeField(null=True)
    by_seat_id = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["assessment", "party"], name="one_answer_per_party")]


class Member(Part):
    """A person who works on it by name."""

    class Role(TextChoices):
        DRAFTER = "drafter", "Drafter"
        COMMENTER = "commenter", "Commenter"
        READER = "reader", "Reader"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("assessment", "user", condition=Q(ended_at=None), name="one_role_per_member")
        ]


class Section(Part):
    """A section. Its text is kept by the co-editing of texts under the section's id; `level` is its usual marking."""

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(help_text="marking of paragraphs that carry none of their own")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["assessment", "order"], name="sections_in_order")]


class Contribution(Part):
    """What a party answered to the call: a report of its own, words, or that it has nothing."""

    class Release(TextChoices):
        LEAD = "lead", "Lead only"
        PARTICIPANTS = "participants", "All participating parties"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    nil = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    level = models.PositiveSmallIntegerField()
    release = models.CharField(max_length=12, choices=Release, default=Release.PARTICIPANTS)
    report = models.UUIDField(null=True, help_text="thread of a report of that party")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was withdrawn")

    objects: ClassVar[Any] = ContributionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("assessment", name="contributions"),
            # which assessments a report that is recalled went into
            models.Index("report", condition=Q(report__isnull=False), name="contributed_reports"),
        ]
