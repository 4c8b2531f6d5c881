"""What mandates and State actions say of the clause that they come from."""

from typing import Any

from django.utils.dateparse import parse_date
from rest_framework import serializers

from apps.access.actor import Actor
from apps.access.api import RecordSerializer, record_url


class OfClauseSerializer(RecordSerializer):
    """What both kinds say of the clause that they come from."""

    decision = serializers.SerializerMethodField()
    clause = serializers.SerializerMethodField()
    due = serializers.DateField(source="due_on", allow_null=True)

    def get_decision(self, row: Any) -> str:
        """Address of the decision."""
        return record_url("council-decisions", row.decision_id, self.context.get("request"))

    def get_clause(self, row: Any) -> str:
        """Address of the clause: the decision's, with the clause's number."""
        return f"{self.get_decision(row)}#clause-{row.clause.number}"


def due_before(rows: Any, value: str, _actor: Actor) -> Any:
    day = parse_date(value)
    if day is None:
        raise ValueError(value)
    return rows.filter(due_on__lt=day)
