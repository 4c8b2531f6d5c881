"""Meetings, their agenda items, and a ministry's own positions over the API."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.council.models import AgendaItem, Delegation, Meeting, Position
from apps.council.queries import meetings as queries


class AgendaLineSerializer(serializers.ModelSerializer):
    """An item as a line of its meeting's agenda; only items that the caller may see are there."""

    class Meta:
        model = AgendaItem
        fields = ("id", "position", "title", "kind", "state", "restricted", "starts_at")
        read_only_fields = fields


class DelegationSerializer(serializers.ModelSerializer):
    """A State at a meeting. `votes` is false for Associate Members."""

    party = serializers.CharField(source="party_id", read_only=True)

    class Meta:
        model = Delegation
        fields = ("party", "votes", "answer", "credentials", "credentials_until", "head")
        read_only_fields = fields


class MeetingSerializer(RecordSerializer):
    """A meeting with its agenda and delegations."""

    collection = "council-meetings"
    organ = serializers.CharField(source="organ_id", read_only=True)
    chair = serializers.CharField(source="chair_id", read_only=True, allow_null=True)
    rule_set = serializers.CharField(source="rule_set_id", read_only=True, allow_null=True)
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    agenda = AgendaLineSerializer(many=True, read_only=True)
    delegations = DelegationSerializer(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = (
            *RecordSerializer.BASE,
            *("organ", "number", "kind", "mode", "place", "time_zone", "starts_at", "ends_at", "chair", "rule_set"),
            *("notice_days", "notice_waiver", "agenda_deadline", "papers_deadline", "agenda_version", "languages"),
            *("convened_at", "corrections_until", "minutes", "minutes_hash", "agenda", "delegations", "changed_at"),
        )
        read_only_fields = fields


class MeetingViewSet(ScopedViewSet):
    """Meetings that the caller is called to; drafts for the Secretariat alone."""

    model, serializer_class, noun = Meeting, MeetingSerializer, "meeting"
    creates = "create"
    filters: ClassVar[dict[str, str]] = {"organ": "organ_id", "kind": "kind", "state": "state", "number": "number"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each meeting with the items that the caller sees and its delegations. Two queries."""
        return queries.with_agenda(self.actor, rows)


class AgendaItemSerializer(RecordSerializer):
    """An agenda item; `party` proposed it."""

    collection = "council-items"
    party = serializers.CharField(source="originator_id", read_only=True)
    meeting = serializers.UUIDField(source="meeting_id", read_only=True)
    carried_from = serializers.UUIDField(source="carried_from_id", read_only=True, allow_null=True)

    class Meta:
        model = AgendaItem
        fields = (
            *RecordSerializer.BASE,
            *("meeting", "position", "title", "kind", "summary", "party", "slot_minutes", "starts_at", "rapporteur"),
            *("restricted", "papers_waived", "carried_from", "outcome", "reason", "changed_at"),
        )
        read_only_fields = fields


class AgendaItemViewSet(ScopedViewSet):
    """Items and proposals that the caller may see."""

    model, serializer_class, noun = AgendaItem, AgendaItemSerializer, "item"
    creates = "propose"
    filters: ClassVar[dict[str, str]] = {
        "meeting": "meeting_id",
        "kind": "kind",
        "party": "originator_id",
        "state": "state",
    }


class PositionSerializer(RecordSerializer):
    """What the caller's own State means to say on an item."""

    collection = "council-positions"
    item = serializers.UUIDField(source="item_id", read_only=True)

    class Meta:
        model = Position
        fields = (*RecordSerializer.BASE, "item", "stance", "note", "speaking_note", "changed_at")
        read_only_fields = fields


class PositionViewSet(ScopedViewSet):
    """Positions of the caller's own ministry, and of nobody else."""

    model, serializer_class, noun = Position, PositionSerializer, "position"
    creates, reads, lists = "write", "position.read", "position.list"
    filters: ClassVar[dict[str, str]] = {"item": "item_id", "stance": "stance", "state": "state"}
