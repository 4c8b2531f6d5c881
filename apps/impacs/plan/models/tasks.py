"""The work plan: tasks, what they wait for, who works on them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import IntegerChoices, TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.models import Clause, Paper
from apps.files.models import Attachment
from apps.impacs.managers import CommentQuerySet, DependencyQuerySet, InsideQuerySet
from apps.impacs.models.mandates import Mandate
from apps.impacs.models.money import BudgetLine
from apps.impacs.obligations.models.state_actions import StateAction
from apps.impacs.plan.models.plans import Programme, TaskTemplate
from apps.people.models import Seat, User


class Task(Record):
    """Something to be done, a milestone, or the head of a tree of tasks. Its owner is the desk that does it.

    Two views of it are shared: `view` shows title, dates, state, owner and what it waits for; `work` also shows what
    the people who work on it say among themselves, its money and its files.
    """

    class Kind(TextChoices):
        TASK = "task", "Task"
        MILESTONE = "milestone", "Milestone"

    class State(TextChoices):
        BACKLOG = "backlog", "Not planned yet"
        PLANNED = "planned", "Planned"
        READY = "ready", "Ready to start"
        IN_PROGRESS = "in_progress", "Under way"
        WAITING = "waiting", "Waiting"
        BLOCKED = "blocked", "Blocked"
        IN_REVIEW = "in_review", "In review"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    class Priority(IntegerChoices):
        LOW, NORMAL, HIGH, URGENT = 1, 2, 3, 4

    class Repeats(TextChoices):
        NEVER = "never", "Never"
        WEEKLY = "weekly", "Weekly"
        MONTHLY = "monthly", "Monthly"
        QUARTERLY = "quarterly", "Quarterly"
        YEARLY = "yearly", "Yearly"

    OPEN: ClassVar[frozenset[str]] = frozenset(State.values) - {"done", "cancelled"}
    STARTED: ClassVar[frozenset[str]] = frozenset({"in_progress", "waiting", "blocked", "in_review"})

    reference = models.CharField(max_length=14, unique=True, help_text="TSK-2026-00042")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="Markdown; for those who work on it")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.TASK)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", help_text="none: internal work")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="of the work plan")
    reviewer = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", help_text="never one of those who do it"
    )
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    actual_start = models.DateField(null=True)
    actual_end = models.DateField(null=True)
    estimate_days = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, help_text="days of one person's work"
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    cost_minor = models.BigIntegerField(default=0, help_text="expected cost, in minor units")
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    budget_line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="+")
    desks = ArrayField(models.IntegerField(), default=list, help_text="desks of those assigned")
    waiting_for = ArrayField(models.CharField(max_length=8), default=list, help_text="codes of parties")
    waiting_for_other = models.CharField(max_length=120, blank=True, help_text="a donor or a supplier")
    asked_on = models.DateField(null=True)
    submitted_by_seat_id = models.BigIntegerField(null=True)
    repeats = models.CharField(max_length=9, choices=Repeats, default=Repeats.NEVER)
    repeats_until = models.DateField(null=True)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text="the one before it")
    made_from = models.ForeignKey(TaskTemplate, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=600, blank=True, help_text="why it was cancelled, returned or reopened")
    state = models.CharField(max_length=11, choices=State, default=State.BACKLOG)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Task")
        default_permissions = ("view",)
        permissions = [("work_task", "Can see the inside of a task")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="task_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(estimate_days=None) | Q(estimate_days__gte=0), name="estimate_is_positive"
            ),
            models.CheckConstraint(condition=Q(cost_minor=0) | ~Q(currency=""), name="cost_has_a_currency"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_is_not_its_own_parent"),
            models.UniqueConstraint(fields=["repeat_of"], name="repeated_once"),
        ]
        indexes = [
            models.Index("mandate", name="tasks_of_mandate"),
            models.Index("parent", name="tasks_of_parent"),
            models.Index("owner", "state", name="tasks_of_desk"),
            models.Index("year", "programme", name="tasks_of_plan"),
            models.Index("due_on", condition=~Q(state__in=["done", "cancelled"]), name="tasks_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class TaskDeskGrant(DeskGrant):
    """Which desks see a task, and which of them see its inside."""

    content_object = models.ForeignKey(Task, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Dependency(Part):
    """What cannot begin (or end) before something else has begun or ended.

    The successor is a task, a State's action or the actions of a whole clause; the predecessor is a task, or the
    State actions of a clause: `threshold` of them handed in, or the day `or_on`, whichever comes first.
    """

    removed: ClassVar[str] = "an act: a task waits no longer"

    class Kind(TextChoices):
        FS = "FS", "finish to start"
        SS = "SS", "start to start"
        FF = "FF", "finish to finish"

    successor_task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    successor_action = models.ForeignKey(StateAction, models.CASCADE, null=True, related_name="+")
    successor_clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    predecessor_task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    predecessor_clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=2, choices=Kind, default=Kind.FS)
    lag_days = models.SmallIntegerField(default=0, help_text="calendar days after the predecessor")
    missing_allowed = models.PositiveSmallIntegerField(
        default=0, help_text="so many State actions may still be missing: the threshold shrinks with the States"
    )
    or_on = models.DateField(null=True, help_text="the successor may begin on this day in any case")

    objects: ClassVar[Any] = DependencyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(successor_task__isnull=False, successor_action=None, successor_clause=None)
                | Q(successor_task=None, successor_action__isnull=False, successor_clause=None)
                | Q(successor_task=None, successor_action=None, successor_clause__isnull=False),
                name="one_successor",
            ),
            models.CheckConstraint(
                condition=Q(predecessor_task__isnull=False, predecessor_clause=None)
                | Q(predecessor_task=None, predecessor_clause__isnull=False, successor_task__isnull=False),
                name="one_predecessor",
            ),
            models.UniqueConstraint(
                fields=[
                    *("successor_task", "successor_action", "successor_clause"),
                    *("predecessor_task", "predecessor_clause"),
                ],
                nulls_distinct=False,
                name="one_dependency_of_a_pair",
            ),
        ]


class TaskPart(Part):
    """A part of a task that those see who see the task."""

    root_field: ClassVar[str] = "task"
    task = models.ForeignKey(Task, models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()


class InnerPart(TaskPart):
    """A part of a task for those who work on it."""

    objects: ClassVar[Any] = InsideQuerySet.as_manager()

    class Meta(TaskPart.Meta):
        abstract = True


class Deliverable(TaskPart):
    """What the task brings forth; accepted when the task is closed."""

    title = models.CharField(max_length=200)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", help_text="file of the task"
    )
    accepted_on = models.DateField(null=True)

    class Meta(TaskPart.Meta):
        abstract = False


class TaskBlocker(TaskPart):
    """What stops the task. Everybody who sees the task sees how grave it is; `text` is for those who work on it."""

    class Severity(TextChoices):
        MINOR, MAJOR, CRITICAL = "minor", "major", "critical"

    class Kind(TextChoices):
        LEGAL, FUNDING, STAFF, TECHNICAL = "legal", "funding", "staff", "technical"
        POLITICAL = "political"
        UPSTREAM = "upstream", "Work it depends on"
        TRANSLATION, DISASTER = "translation", "disaster"

    severity = models.CharField(max_length=8, choices=Severity)
    kind = models.CharField(max_length=11, choices=Kind)
    since = models.DateField()
    cleared_on = models.DateField(null=True)
    text = models.CharField(max_length=600, blank=True)

    class Meta(TaskPart.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_on=None) | Q(cleared_on__gte=F("since")), name="cleared_after_it_began"
            ),
            models.UniqueConstraint(fields=["task"], condition=Q(cleared_on=None), name="one_blocker_at_a_time"),
        ]


class Assignment(InnerPart):
    """Who does it."""

    removed: ClassVar[str] = "an act: somebody is taken off a task"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta(InnerPart.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["task", "seat"], name="assigned_once")]


class ChecklistItem(InnerPart):
    """A step of the work, or a criterion by which the reviewer accepts it."""

    removed: ClassVar[str] = "an act: a point is taken off the list"

    class Kind(TextChoices):
        STEP = "step", "Step"
        ACCEPTANCE = "acceptance", "Acceptance criterion"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STEP)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta(InnerPart.Meta):
        abstract = False


class TaskComment(InnerPart):
    """What somebody says about the task, or answers to it; never edited. Persons named with @ are told."""

    text = models.TextField(help_text="Markdown")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    mentions = ArrayField(models.BigIntegerField(), default=list, help_text="seats of those named")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta(InnerPart.Meta):
        abstract = False
        indexes = [models.Index(fields=["task", "at"], name="comments_of_task")]


class Watcher(InnerPart):
    """Who is told what becomes of it."""

    removed: ClassVar[str] = "an act: somebody follows no longer"

    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta(InnerPart.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="watched_once")]


class EffortEntry(InnerPart):
    """Hours that somebody worked on it on a day."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(InnerPart.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="hours_of_a_day"),
        ]
