"""State actions over the API (CONTRACT.md, Council), with the proofs that the caller may read."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.actor import Actor
from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.impacs.api.of_clause import OfClauseSerializer, due_before
from apps.impacs.models import Difficulty, Evidence, Report, StateAction, Step
from apps.impacs.obligations.api.proof import FILES, EvidenceSerializer
from apps.impacs.obligations.queries import status as status_queries
from apps.impacs.obligations.queries.cells import word_of
from apps.impacs.obligations.queries.page_parts import files_of
from apps.impacs.obligations.queries.progress import today_of


class StatusSerializer(serializers.Serializer):
    """The colour of the day, its word on the pages, and why: the sentences, and their codes, gravest first."""

    colour = serializers.CharField()
    word = serializers.CharField()
    reason = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class ReportSerializer(serializers.Serializer):
    """What the State reported."""

    text: Any = serializers.CharField()
    progress = serializers.IntegerField()
    day = serializers.DateField()


class StepSerializer(serializers.Serializer):
    """A step of the State's own list."""

    id = serializers.UUIDField()
    title: Any = serializers.CharField()
    weight = serializers.IntegerField()
    due = serializers.DateField(source="due_on", allow_null=True)
    done = serializers.DateField(source="done_on", allow_null=True)


class DifficultySerializer(serializers.Serializer):
    """What stands in the way; `text` is empty for whoever may not read it."""

    id = serializers.UUIDField()
    severity = serializers.CharField()
    kind = serializers.CharField()
    text: Any = serializers.CharField(source="words")
    since = serializers.DateField()
    cleared = serializers.DateField(source="cleared_on", allow_null=True)


class StateActionSerializer(OfClauseSerializer):
    """One State's action. Reports, steps and evidence are those that the caller may read.

    `due` is the original due date, `due_now` the one in force after extensions.
    """

    collection = "impacs-state-actions"
    party = serializers.CharField(source="party_id")
    starts = serializers.DateField(source="starts_on")
    due_now = serializers.DateField(allow_null=True)
    acknowledged = serializers.DateField(source="acknowledged_on", allow_null=True)
    progress = serializers.IntegerField(source="reached")
    status = StatusSerializer(source="told")
    demands = serializers.ListField(source="clause.evidence_required", child=serializers.CharField())
    reports = ReportSerializer(source="readable.reports", many=True)
    steps = StepSerializer(source="readable.steps", many=True)
    difficulties = DifficultySerializer(source="readable.difficulties", many=True)
    evidence = EvidenceSerializer(source="readable.evidence", many=True)

    class Meta:
        model = StateAction
        fields = (
            *RecordSerializer.BASE,
            *("party", "decision", "clause", "starts", "due", "due_now", "acknowledged", "status", "progress"),
            *("demands", "reports", "steps", "difficulties", "evidence"),
        )


class Readable:
    """What the caller may read of one action."""

    def __init__(self) -> None:
        self.reports: list[Any] = []
        self.steps: list[Any] = []
        self.difficulties: list[Any] = []
        self.evidence: list[Any] = []


class StateActionViewSet(ScopedViewSet):
    """What States have to do under decisions in force, with the status of today."""

    model, serializer_class, noun = StateAction, StateActionSerializer, "state_action"
    related = ("clause",)
    filters: ClassVar = {"party": "party", "decision": "decision", "state": "state", "due_before": due_before}

    def prepared(self, rows: Rows) -> Rows:
        """Attach the status and what the caller may read of a page of rows, in nine queries."""
        at = status_queries.of_rows(self.actor, rows, today_of(self.actor))
        readable = readable_of(self.actor, rows)
        for row in rows:
            _row, one = at[row.pk]
            row.told = {
                "colour": one.status.colour,
                "word": word_of(one),
                "reason": " ".join(one.sentences),
                "reasons": list(one.status.reasons),
            }
            row.due_now, row.reached, row.readable = one.facts.due(one.day), one.facts.progress_pct, readable[row.pk]
        return rows


def readable_of(actor: Actor, rows: Rows) -> dict[Any, Readable]:
    """{action: what the actor may read of it}. Five queries."""
    found = {row.pk: Readable() for row in rows}
    kinds: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("reports", Report, ("-day", "-at")),
        ("steps", Step, ("due_on", "pk")),
        ("difficulties", Difficulty, ("since", "pk")),
        ("evidence", Evidence, ("pk",)),
    )
    for name, model, order in kinds:
        seen = model.objects.visible_to(actor).filter(action__in=list(found)).order_by(*order)
        if name == "steps":
            seen = seen.filter(removed_on=None)
        for one in seen:
            getattr(found[one.action_id], name).append(one)
    proofs = [proof for each in found.values() for proof in each.evidence]
    files = files_of(actor, proofs)
    for proof in proofs:
        setattr(proof, FILES, files.get(proof.pk, []))
    return found
