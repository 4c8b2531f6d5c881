"""Escalations over the API: what was raised to the caller's desk or about its matters, and the answers."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.impacs.models import Escalation


class EscalationSerializer(RecordSerializer):
    """One rung of the ladder for one matter: for which office, who is told, what was answered."""

    collection = "impacs-escalations"
    party = serializers.CharField(source="party_id")
    due = serializers.DateField(source="due_on")
    raised = serializers.DateField(source="raised_on")
    acknowledged = serializers.DateField(source="acknowledged_on", allow_null=True)
    meeting = serializers.UUIDField(source="meeting_id", allow_null=True)

    class Meta:
        model = Escalation
        fields = (
            *RecordSerializer.BASE,
            *("party", "subject_type", "subject_id", "number", "due", "rung", "office", "told", "vacant"),
            *("raised", "passed_on", "acknowledged", "answer", "meeting"),
        )


class EscalationViewSet(ScopedViewSet):
    """What was raised because it is due or overdue, as far as the caller sees it."""

    model, serializer_class, noun = Escalation, EscalationSerializer, "escalation"
    filters: ClassVar = {"party": "party", "state": "state", "office": "office", "subject_id": "subject_id"}
