"""Tasks over the API (CONTRACT.md, impacs)."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.actor import Actor
from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.impacs.api.of_clause import due_before
from apps.impacs.models import Task
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.queries import task_rows


class WaitSerializer(serializers.Serializer):
    """What a task waits for: another task, or so many States under a clause."""

    id = serializers.UUIDField(source="row.pk")
    task = serializers.SerializerMethodField()
    clause = serializers.SerializerMethodField()
    kind = serializers.CharField(source="row.kind")
    lag_days = serializers.IntegerField(source="row.lag_days")
    needed = serializers.IntegerField()
    of = serializers.IntegerField(source="n")
    answered = serializers.IntegerField(source="met")
    or_on = serializers.DateField(source="row.or_on", allow_null=True)
    over = serializers.BooleanField()

    def get_task(self, one: Any) -> str | None:
        """Address of the task that comes before."""
        key = one.row.predecessor_task_id
        return record_url("impacs-tasks", key, self.context.get("request")) if key else None

    def get_clause(self, one: Any) -> str | None:
        """Address of the clause: the decision's, with the clause's number."""
        clause = one.row.predecessor_clause
        if clause is None:
            return None
        address = record_url("council-decisions", clause.decision_id, self.context.get("request"))
        return f"{address}#clause-{clause.number}"


class DeliverableSerializer(serializers.Serializer):
    """What the task brings forth."""

    title = serializers.CharField()
    paper = serializers.CharField(source="number", allow_null=True)
    accepted_on = serializers.DateField(allow_null=True)


class BlockerSerializer(serializers.Serializer):
    """How grave the open blocker is; its words are for those who work on the task."""

    severity = serializers.CharField()
    kind = serializers.CharField()
    since = serializers.DateField()


class PersonSerializer(serializers.Serializer):
    """Somebody who does the task; `key` names the seat in other calls."""

    key = serializers.UUIDField()
    name = serializers.CharField()
    desk = serializers.CharField()


class ItemSerializer(serializers.Serializer):
    """A line of the checklist."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    text = serializers.CharField()
    done_on = serializers.DateField(allow_null=True)


class InnerField(serializers.ReadOnlyField):
    """A column for those who work on the task; null for others."""

    def __init__(self, kind: str, **more: Any) -> None:
        self.kind = kind
        super().__init__(**more)

    def get_attribute(self, row: Any) -> Any:
        """The value, or null."""
        return super().get_attribute(row) if row.seen.inside else None

    def to_representation(self, value: Any) -> Any:
        """As text where it is a number with decimals."""
        return None if value is None else value if self.kind in {"int", "text"} else str(value)


class TaskSerializer(RecordSerializer):
    """One task. Columns and lists for those who work on it are null or empty for others."""

    collection = "impacs-tasks"
    mandate = serializers.SerializerMethodField()
    parent: Any = serializers.SerializerMethodField()
    programme = serializers.CharField(source="programme.code", allow_null=True, default=None)
    owner = serializers.CharField(source="owner.code")
    starts = serializers.DateField(source="starts_on", allow_null=True)
    due = serializers.DateField(source="due_on", allow_null=True)
    late_days = serializers.IntegerField(source="seen.late_days")
    description = InnerField("text")
    cost_minor = InnerField("int")
    currency = InnerField("text")
    reason = InnerField("text")
    depends_on = WaitSerializer(source="seen.before", many=True)
    deliverables = DeliverableSerializer(source="seen.deliverables", many=True)
    blocker = BlockerSerializer(source="seen.blocker", allow_null=True)
    assigned = PersonSerializer(source="seen.assigned", many=True)
    checklist = ItemSerializer(source="seen.checklist", many=True)

    class Meta:
        model = Task
        fields = (
            *RecordSerializer.BASE,
            *("reference", "title", "kind", "mandate", "parent", "programme", "year", "owner", "starts", "due"),
            *("actual_start", "actual_end", "late_days", "estimate_days", "priority", "repeats", "repeats_until"),
            *("waiting_for", "asked_on", "depends_on", "deliverables", "blocker"),
            *("description", "reason", "cost_minor", "currency", "assigned", "checklist"),
        )

    def get_mandate(self, row: Any) -> str | None:
        """Address of the mandate; null for internal work, and for those who do not see it."""
        return record_url("impacs-mandates", row.mandate_id, self.context.get("request")) if row.seen.mandate else None

    def get_parent(self, row: Any) -> str | None:
        """Address of the task that this one is part of."""
        return record_url(self.collection, row.parent_id, self.context.get("request")) if row.parent_id else None


def _waiting_for(rows: Any, value: str, _actor: Actor) -> Any:
    return rows.filter(waiting_for__contains=[value])


class TaskViewSet(ScopedViewSet):
    """The work plan of the agency: what all Member States see of it, and the inside for those who work on it."""

    model, serializer_class, noun = Task, TaskSerializer, "task"
    creates = "create"
    related = task_rows.RELATED
    filters: ClassVar = {
        "state": "state",
        "mandate": "mandate",
        "parent": "parent",
        "owner": "owner__code",
        "programme": "programme__code",
        "year": "year",
        "waiting_for": _waiting_for,
        "due_before": due_before,
    }

    def get_queryset(self, before: Any = None) -> Any:
        """Tasks with the parts that the caller may see."""
        rows = super().get_queryset(before)
        return rows if getattr(self, "swagger_fake_view", False) else task_rows.find_tasks_with_parts(rows, self.actor)

    def prepared(self, rows: Rows) -> Rows:
        """Attach what the caller sees of each task, in a constant number of queries."""
        views = task_rows.seen(self.actor, rows, today_of(self.actor))
        for row in rows:
            row.seen = views[row.pk]
        return rows
