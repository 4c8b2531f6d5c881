"""`/api/v1/sealing/holder-keys/`: for whom texts are sealed. Private halves are nowhere in it."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.sealing.models import HolderKey


class HolderKeySerializer(RecordSerializer):
    """The public half of a holder's key."""

    collection = "sealing-holder-keys"
    party = serializers.CharField(source="party_id", read_only=True)
    desk = serializers.CharField(source="desk.code", read_only=True)

    class Meta:
        model = HolderKey
        fields = (
            *RecordSerializer.BASE,
            *("party", "desk", "public", "fingerprint", "kept", "proposed_at", "valid_from", "valid_to"),
        )


class HolderKeyViewSet(ScopedViewSet):
    """Keys in force of all States, and all keys of one's own party for its administration and oversight."""

    model, serializer_class, noun, creates = HolderKey, HolderKeySerializer, "holder_key", "propose"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "party": "party"}
    related = ("desk",)
