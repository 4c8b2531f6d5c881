"""Carriers in the API."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer
from apps.journeys.models import Carrier
from apps.people.api import PublicSerializer, PublicViewSet


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
