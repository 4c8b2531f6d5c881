"""Mandates of bodies over the API (CONTRACT.md, Council)."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.impacs.api.of_clause import OfClauseSerializer, due_before
from apps.impacs.models import Mandate


class MandateSerializer(OfClauseSerializer):
    """What a clause gave a body to do. The clause's own day stays beside one that was moved."""

    collection = "impacs-mandates"
    clause_due = serializers.DateField(source="clause.due_on", allow_null=True)
    lead = serializers.SerializerMethodField()
    paper = serializers.CharField(source="paper.number", allow_null=True, default=None)

    class Meta:
        model = Mandate
        fields = (
            *RecordSerializer.BASE,
            *("body", "title", "decision", "clause", "due", "clause_due", "lead", "reports_to", "paper"),
        )

    def get_lead(self, row: Any) -> str | None:
        """The desk of the officer in charge."""
        return row.lead.desk.code if row.lead is not None else None


class MandateViewSet(ScopedViewSet):
    """What bodies of the Community have to do under decisions in force."""

    model, serializer_class, noun = Mandate, MandateSerializer, "mandate"
    related = ("clause", "lead__desk", "paper")
    filters: ClassVar = {"body": "body", "decision": "decision", "state": "state", "due_before": due_before}
