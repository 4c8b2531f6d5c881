"""Proofs, requests for time and for help over the API."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.reverse import reverse

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest
from apps.impacs.obligations.queries.page_parts import files_of

FILES = "attached"
"""Attribute of a prepared proof that holds its attachments."""


class OfActionSerializer(RecordSerializer):
    """What all of them say of the action that they belong to."""

    party = serializers.CharField(source="party_id")
    action = serializers.SerializerMethodField()

    def get_action(self, row: Any) -> str:
        """Address of the State action."""
        return record_url("impacs-state-actions", row.action_id, self.context.get("request"))


class EvidenceSerializer(OfActionSerializer):
    """One proof. `files` are the addresses of its attachments."""

    collection = "impacs-evidence"
    issued = serializers.DateField(source="issued_on")
    files = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = (
            *RecordSerializer.BASE,
            *("action", "party", "kind", "requirement", "title", "issued", "authority", "citation", "valid_until"),
            *("audience", "named", "submitted_on", "judged_on", "reject_code", "reject_text", "files"),
        )

    def get_files(self, row: Any) -> list[str]:
        """Addresses of the files."""
        request = self.context.get("request")
        return [reverse("api:files-attachments-detail", args=[one.pk], request=request) for one in getattr(row, FILES)]


class ExtensionSerializer(OfActionSerializer):
    """One request for a later due date."""

    collection = "impacs-extensions"
    until = serializers.DateField(source="new_due_on")
    reason = serializers.CharField(source="cause")

    class Meta:
        model = ExtensionRequest
        fields = (
            *RecordSerializer.BASE,
            *("action", "party", "number", "from_due", "until", "reason", "requested_on", "power", "answer_by"),
            *("decided_on", "basis", "answer"),
        )


class AssistanceSerializer(OfActionSerializer):
    """One request for help."""

    collection = "impacs-assistance"

    class Meta:
        model = AssistanceRequest
        fields = (
            *RecordSerializer.BASE,
            *("action", "party", "kind", "text", "wanted_by", "asked_on", "accepted_on", "answered_on", "answer"),
        )


class EvidenceViewSet(ScopedViewSet):
    """Proofs of State actions that the caller may read."""

    model, serializer_class, noun, reads = Evidence, EvidenceSerializer, "evidence", "evidence.read"
    filters: ClassVar = {"party": "party", "action": "action", "state": "state"}

    def prepared(self, rows: Rows) -> Rows:
        """Attach the files of a page of rows, in one query."""
        files = files_of(self.actor, rows)
        for row in rows:
            setattr(row, FILES, files.get(row.pk, []))
        return rows


class ExtensionViewSet(ScopedViewSet):
    """Requests for later due dates: one's own, all of them for IMPACS."""

    model, serializer_class, noun = ExtensionRequest, ExtensionSerializer, "extension"
    filters: ClassVar = {"party": "party", "action": "action", "state": "state"}


class AssistanceViewSet(ScopedViewSet):
    """Requests for help with an action: one's own, all of them for IMPACS."""

    model, serializer_class, noun = AssistanceRequest, AssistanceSerializer, "assistance"
    filters: ClassVar = {"party": "party", "action": "action", "state": "state"}
