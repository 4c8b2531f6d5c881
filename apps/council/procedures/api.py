"""Written procedures in the API (CONTRACT.md, Council)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.council.models import Circulation, Reply, WrittenProcedure
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence


class CirculationSerializer(serializers.Serializer):
    """The text on its way to one State."""

    party = serializers.CharField()
    sent_at = serializers.DateTimeField()
    receipt_at = serializers.DateTimeField(allow_null=True)
    kind = serializers.CharField(allow_blank=True)
    bounced = serializers.BooleanField()


class StateReplySerializer(serializers.Serializer):
    """A reply that the caller may read. `code` says why it has no effect, "" when it counts.

    `receipt` is the portal's mark on a reply of the caller's own State, null for others.
    """

    party = serializers.CharField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    code = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    receipt = serializers.CharField(allow_null=True)


class ProcedureSerializer(RecordSerializer):
    """A written procedure. Replies of other States are shown when it has ended, objections at once."""

    collection = "council-procedures"
    decision = serializers.SerializerMethodField()
    organ = serializers.CharField(source="organ_id", read_only=True)
    members = serializers.SerializerMethodField()
    entitled = serializers.SerializerMethodField()
    required: Any = serializers.SerializerMethodField()  # also the name of an option of every field
    receipts = serializers.SerializerMethodField()
    replies = serializers.SerializerMethodField()
    result: Any = serializers.JSONField(read_only=True)

    class Meta:
        model = WrittenProcedure
        fields = (
            *RecordSerializer.BASE,
            *("reference", "decision", "organ", "urgent", "urgent_basis", "period_hours", "dispatched_at"),
            *("started_at", "original_deadline", "deadline", "text_hash", "members", "entitled", "required"),
            *("receipts", "replies", "result", "fictional"),
        )

    @extend_schema_field(serializers.URLField)
    def get_decision(self, row: WrittenProcedure) -> str:
        """Address of the decision."""
        return record_url("council-decisions", row.decision_id, self.context.get("request"))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_members(self, row: WrittenProcedure) -> list[str]:
        """Member States of the day of dispatch, in roll-call order."""
        return list((row.poll or {}).get("members", []))

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_entitled(self, row: WrittenProcedure) -> int | None:
        """How many of them have a vote on the matter."""
        return (row.poll or {}).get("entitled")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_required(self, row: WrittenProcedure) -> int | None:
        """How many of them are needed."""
        return (row.poll or {}).get("required")

    @extend_schema_field(CirculationSerializer(many=True))
    def get_receipts(self, row: Any) -> list[dict[str, Any]]:
        """When each State was sent the text, and when and how it was received."""
        return [_receipt(way) for way in row.ways]

    @extend_schema_field(StateReplySerializer(many=True))
    def get_replies(self, row: Any) -> list[dict[str, Any]]:
        """The replies that the caller may read, in the order in which they came."""
        return [_reply(row, reply, row.reader) for reply in row.answers]


def _receipt(way: Circulation) -> dict[str, Any]:
    kind, bounced = way.receipt_kind, way.bounced_at is not None
    found = {
        "party": way.party_id,
        "sent_at": way.sent_at,
        "receipt_at": way.receipt_at,
        "kind": kind,
        "bounced": bounced,
    }
    return dict(CirculationSerializer(found).data)


def _reply(row: WrittenProcedure, reply: Reply, reader: str) -> dict[str, Any]:
    found = {
        "party": reply.party_id,
        "kind": reply.kind,
        "at": reply.at,
        "code": reply.code,
        "note": f"Recorded without effect: {silence.IGNORED_REPLIES[reply.code]}" if reply.code else "",
        "reason": reply.reason,
        "receipt": queries.signature(reply, row.reference) if reply.party_id == reader else None,
    }
    return dict(StateReplySerializer(found).data)


class ProcedureViewSet(ScopedViewSet):
    """Written procedures: prepare, send, receive, answer."""

    model, serializer_class, noun = WrittenProcedure, ProcedureSerializer, "procedure"
    creates = "prepare"
    filters = {"state": "state", "organ": "organ_id", "decision": "decision_id"}

    def prepared(self, rows: Rows) -> Rows:
        """Attach receipts and visible replies in two queries."""
        ways, answers = queries.circulations_of(self.actor, rows), queries.replies_to(self.actor, rows)
        for row in rows:
            row.ways = [way for way in ways if way.procedure_id == row.pk]
            row.answers = [reply for reply in answers if reply.procedure_id == row.pk]
            row.reader = self.actor.party_code
        return rows
