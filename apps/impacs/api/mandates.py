"""Mandates of bodies over the API (CONTRACT.md, Council)."""

from typing import ClassVar

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.impacs import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.impacs.api.of_clause import OfClauseSerializer, due_before
from apps.impacs.models import Mandate


class MandateSerializer(OfClauseSerializer):
    """What a clause gave a body to do."""

    collection = "impacs-mandates"

    class Meta:
        model = Mandate
        fields = (*RecordSerializer.BASE, "body", "title", "decision", "clause", "due")


class MandateViewSet(ScopedViewSet):
    """What bodies of the Community have to do under decisions in force."""

    model, serializer_class, noun = Mandate, MandateSerializer, "mandate"
    related = ("clause",)
    filters: ClassVar = {"body": "body", "decision": "decision", "state": "state", "due_before": due_before}
