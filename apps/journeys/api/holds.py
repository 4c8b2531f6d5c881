"""Holds in the API."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.journeys.models import RetentionHold


class HoldSerializer(RecordSerializer):
    """Data kept by order beyond their time."""

    collection = "jrcc-holds"
    party = serializers.CharField(source="originator_id", help_text="whose desk placed it")
    journey = serializers.SerializerMethodField()
    traveller = serializers.UUIDField(source="traveller_id", allow_null=True, help_text="null: everybody on it")

    class Meta:
        model = RetentionHold
        fields = (
            *RecordSerializer.BASE,
            *("party", "journey", "traveller", "ground", "reference", "reason", "until", "placed_by", "created_at"),
            *("released_by", "released_at", "said"),
        )

    def get_journey(self, row: RetentionHold) -> str:
        """The journey."""
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))


class HoldViewSet(ScopedViewSet):
    """Holds of the caller's desk; all for the JRCC's watch."""

    model, serializer_class, noun, creates = RetentionHold, HoldSerializer, "hold", "place"
    filters: ClassVar = {"state": "state", "journey": "journey", "ground": "ground"}
