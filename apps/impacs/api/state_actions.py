"""State actions over the API (CONTRACT.md, Council)."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.impacs import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.impacs.api.of_clause import OfClauseSerializer, due_before
from apps.impacs.models import Report, StateAction
from apps.impacs.queries import standing
from apps.impacs.queries.progress import today_of


class StatusSerializer(serializers.Serializer):
    """The colour of the day and why: the sentences, and their codes, gravest first."""

    colour = serializers.CharField()
    reason = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class ReportSerializer(serializers.Serializer):
    """What the State reported."""

    text: Any = serializers.CharField()
    progress = serializers.IntegerField()
    day = serializers.DateField()


class StateActionSerializer(OfClauseSerializer):
    """One State's action. `reports` are those that the caller may read; `evidence` is empty so far."""

    collection = "impacs-state-actions"
    party = serializers.CharField(source="party_id")
    starts = serializers.DateField(source="starts_on")
    acknowledged = serializers.DateField(source="acknowledged_on", allow_null=True)
    status = StatusSerializer(source="told")
    reports = ReportSerializer(source="readable", many=True)
    evidence = serializers.ListField(source="none_yet", child=serializers.DictField())

    class Meta:
        model = StateAction
        fields = (
            *RecordSerializer.BASE,
            *("party", "decision", "clause", "starts", "due", "acknowledged", "status", "progress"),
            *("reports", "evidence"),
        )


class StateActionViewSet(ScopedViewSet):
    """What States have to do under decisions in force, with the status of today."""

    model, serializer_class, noun = StateAction, StateActionSerializer, "state_action"
    related = ("clause",)
    filters: ClassVar = {"party": "party", "decision": "decision", "state": "state", "due_before": due_before}

    def prepared(self, rows: Rows) -> Rows:
        """Attach the status and the readable reports of a page of rows, in four queries."""
        at = standing.of_rows(self.actor, rows, today_of(self.actor))
        readable: dict[Any, list[Report]] = {}
        for report in Report.objects.visible_to(self.actor).filter(action__in=rows).order_by("-day", "-at"):
            readable.setdefault(report.action_id, []).append(report)
        for row in rows:
            _row, one = at[row.pk]
            row.told = {
                "colour": one.status.colour,
                "reason": " ".join(one.sentences),
                "reasons": list(one.status.reasons),
            }
            row.readable, row.none_yet = readable.get(row.pk, []), []
        return rows
