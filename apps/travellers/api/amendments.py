"""Corrections of facts held on travellers in the API."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.journeys.models import Amendment


class TravellerCorrectionSerializer(RecordSerializer):
    """A correction: what was held, what is held since, who had received the former value and was told."""

    collection = "jrcc-corrections"
    etag = serializers.SerializerMethodField()
    traveller = serializers.SerializerMethodField()
    was = serializers.JSONField(read_only=True, help_text="{fact: former value}; empty once the traveller is erased")
    now = serializers.JSONField(read_only=True, help_text="{fact: value since}")
    told = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="codes of desks")

    class Meta:
        model = Amendment
        fields = (*RecordSerializer.BASE, "traveller", "was", "now", "proof", "request", "told", "by", "desk", "at")

    def get_etag(self, row: Amendment) -> str:
        """Changes once: when the traveller is erased."""
        return f'"{row.pk.hex[:16]}-{int(bool(row.now))}"'

    def get_traveller(self, row: Amendment) -> str | None:
        """The traveller; null once deleted."""
        if row.traveller_id is None:
            return None
        return record_url("jrcc-travellers", row.traveller_id, self.context.get("request"))


def of_traveller(rows: Any, value: str, actor: Any) -> Any:
    """By a traveller's id or address."""
    return rows.filter(traveller_id=value.rstrip("/").rpartition("/")[2])


class AmendmentViewSet(ScopedViewSet):
    """Corrections on the journeys that the caller may see."""

    model, serializer_class, noun, creates = Amendment, TravellerCorrectionSerializer, "amendment", "make"
    filters: ClassVar = {"traveller": of_traveller, "request": "request"}
    related = ("journey",)
    reads, lists = "amendment.read", "amendment.list"
