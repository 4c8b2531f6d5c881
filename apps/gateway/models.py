"""Sources of INTERPOL, the questions put to them, and what they answered for as long as that may be kept."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.gateway.managers import StandingQuerySet
from apps.gateway.rules.wire import FAULTS


class Source(Record):
    """A database of INTERPOL that the national central bureau's gateway lets us ask."""

    class Kind(TextChoices):
        DOCUMENTS = "documents", "Stolen and lost travel documents"
        PERSONS = "persons", "Nominals"

    class State(TextChoices):
        UNCONNECTED = "unconnected", "Not connected"
        ON = "on", "On"
        OFF = "off", "Switched off"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    list = models.ForeignKey("screening.WatchList", models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(null=True, help_text="in this state since")
    why = models.CharField(max_length=300, blank=True, help_text="why it was switched")
    state = models.CharField(max_length=12, choices=State, default=State.UNCONNECTED)

    class Meta:
        verbose_name = _("Source of INTERPOL")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name


class SourceDeskGrant(DeskGrant):
    """Which desks see a source and the queries put to it: the JRCC's watch, and the portal's operators."""

    content_object = models.ForeignKey(Source, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class SourceRule(Part):
    """How a source is asked and how long an answer may be kept, from a day on."""

    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    address = models.CharField(max_length=200, blank=True, help_text='base address; "" = INTERPOL_URL of the operator')
    timeout_s = models.FloatField(help_text="seconds for one request, answer included")
    slow_ms = models.PositiveIntegerField(help_text="milliseconds from which the source counts as slow")
    batch = models.PositiveSmallIntegerField(help_text="questions in one request")
    concurrency = models.PositiveSmallIntegerField(help_text="requests at once")
    keep_minutes = models.PositiveIntegerField(help_text="minutes that an answer may be kept")
    purposes = ArrayField(models.CharField(max_length=30), help_text="what it may be asked for")
    excluded = ArrayField(models.CharField(max_length=8), default=list, help_text="parties that must not be told")
    instructions = models.JSONField(help_text="status of a document or colour of a notice: instruction of the entry")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=12, help_text="verified or assumed")
    basis = models.TextField(help_text="where the numbers come from")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "valid_from"], name="one_source_rule_per_start")]


class Health(Part):
    """How a source does at the moment."""

    root_field: ClassVar[str] = "source"
    source = models.OneToOneField(Source, models.CASCADE, related_name="+")
    failing_since = models.DateTimeField(null=True, help_text="no answer since; null = it answers")
    failures = models.PositiveIntegerField(default=0, help_text="rounds without any answer, in a row")
    next_try_at = models.DateTimeField(null=True)
    slow_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="its last answer")
    ms = models.PositiveIntegerField(default=0, help_text="milliseconds of its slowest request in the last round")
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()


class Check(Part):
    """That a source is to be asked one thing about one person, and how far that is."""

    class State(TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        NO_RECORD = "no_record", "Answered: no record"
        HIT = "hit", "Answered: record found"
        UNASKABLE = "unaskable", "Not enough data to query"
        LAPSED = "lapsed", "Answered; answer no longer stored"
        GONE = "gone", "No longer needed"

    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    group_id = models.UUIDField(help_text="of subjects that belong together: a journey")
    digest = models.CharField(max_length=64, blank=True, help_text="of the question; its words are not kept")
    arrives_at = models.DateTimeField(null=True, help_text="UTC; the order of work")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="when it is asked next; null = not")
    attempts = models.PositiveIntegerField(default=0, help_text="since the last answer")
    answered_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True, help_text="why the last attempt was no answer")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    ASKED: ClassVar[frozenset[str]] = frozenset({"waiting", "no_record", "hit"})

    class Meta:
        verbose_name = _("Check of a person at a source")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "subject_id", "digest"], name="one_check_per_question")
        ]
        indexes = [
            # what is to be asked, in the order of arrival
            models.Index("source", "arrives_at", condition=models.Q(due_at__isnull=False), name="checks_to_ask"),
            models.Index("group_id", name="checks_of_group"),
            models.Index("subject_id", name="checks_of_subject"),
            # answers that run out
            models.Index("keep_until", condition=models.Q(state__in=["no_record", "hit"]), name="checks_running_out"),
        ]


class Answer(Part):
    """That a source holds no record for a question, until this may no longer be kept; then the row is deleted."""

    root_field: ClassVar[str] = "source"
    removed: ClassVar[str] = "an act: a newer answer, or its time is over"
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    answered_at = models.DateTimeField()
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="one_answer_per_question")]


class Finding(Part):
    """A record that an answer gave, as an entry of the JRCC's INTERPOL list, for as long as the answer stands."""

    root_field: ClassVar[str] = "check_row"
    check_row = models.ForeignKey(Check, models.CASCADE, related_name="+")
    entry = models.ForeignKey("screening.Entry", models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["check_row", "entry"], name="one_finding_per_record")]


class Round(Part):
    """One asking of a source: by which seat, for what, how many questions, how many answers."""

    class State(TextChoices):
        ASKED, ANSWERED = "asked", "answered"

    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    desk = models.CharField(max_length=40)
    purpose = models.CharField(max_length=30)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, help_text="null = under way, or its worker was lost")
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)

    class Meta:
        verbose_name = _("Asking of a source")
        default_permissions = ()


class Query(Part):
    """One question put to a source: for whom, when, and what came back. Without names and numbers."""

    class Outcome(TextChoices):
        ASKED = "asked", "Asked"
        NO_RECORD = "no_record", "No record"
        RECORD = "record", "Record found"
        KEPT = "kept", "Answered from a stored answer"
        GONE = "gone", "No longer needed"

    FAULTS: ClassVar[tuple[str, ...]] = FAULTS
    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    check_row = models.ForeignKey(Check, models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(db_index=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ms = models.PositiveIntegerField(null=True, help_text="milliseconds of its request")
    outcome = models.CharField(max_length=20, default=Outcome.ASKED, help_text="an Outcome, or a fault")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("source", "id", name="queries_of_source"),
            models.Index("asked_at", name="queries_by_time"),  # queries of the last hour
        ]


class Standing(Part):
    """How far the subjects of a group (the travellers of a journey) are with a source: counts of persons."""

    root_field: ClassVar[str] = "source"
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    group_id = models.UUIDField()
    people = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    unaskable = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="the oldest of the answers that stand")

    objects: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "group_id"], name="one_standing_per_group")]
        indexes = [models.Index("group_id", name="standings_of_group")]
