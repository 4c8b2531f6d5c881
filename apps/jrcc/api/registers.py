"""Deadlines and carriers in the API."""

from typing import ClassVar

from django.utils import timezone
from rest_framework import serializers

from apps.access.api import RecordSerializer
from apps.jrcc.models import Carrier, Regime
from apps.people.api import PublicSerializer, PublicViewSet


class RegimeSerializer(PublicSerializer):
    """When a State wants a list."""

    collection = "jrcc-regimes"
    state = serializers.SerializerMethodField()
    party = serializers.CharField(source="party_id")

    class Meta:
        model = Regime
        fields = (
            *RecordSerializer.BASE,
            *("party", "mode", "craft", "direction", "space", "event", "minutes", "valid_from", "valid_to"),
            *("status", "source"),
        )

    def get_state(self, row: Regime) -> str:
        """in_force, ended or coming, by today's date."""
        today = timezone.now().date()
        if row.valid_from > today:
            return "coming"
        return "ended" if row.valid_to and row.valid_to <= today else "in_force"


class RegimeViewSet(PublicViewSet):
    """Deadlines of the States, dated."""

    model, serializer_class, noun = Regime, RegimeSerializer, "regime"
    filters: ClassVar = {"party": "party", "mode": "mode", "direction": "direction"}


class CarrierSerializer(PublicSerializer):
    """A carrier by its designator."""

    collection = "jrcc-carriers"
    provisional = serializers.BooleanField(read_only=True, help_text="nobody has confirmed it")
    merged_into = serializers.CharField(source="merged_into_id", allow_null=True, read_only=True)

    class Meta:
        model = Carrier
        fields = (*RecordSerializer.BASE, "code", "name", "provisional", "merged_into")


class CarrierViewSet(PublicViewSet):
    """Carriers that have sent lists: all for the JRCC and the States, itself alone for a carrier."""

    model, serializer_class, noun = Carrier, CarrierSerializer, "carrier"
    filters: ClassVar = {"code": "code"}
