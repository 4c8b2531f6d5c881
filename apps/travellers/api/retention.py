"""Rules of retention, their changes, and what was erased, in the API."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.carriers.api.rules import CHANGE, DatedSerializer
from apps.people.api import PublicViewSet
from apps.travellers.models import Erasure, RetentionChange, RetentionRule

KINDS = ", ".join(RetentionRule.Kind.values)


class RetentionRuleSerializer(DatedSerializer):
    """How long a State has a class of data kept; without a State the rule for all that have none."""

    collection = "jrcc-retention-rules"
    kind = serializers.CharField(read_only=True, help_text=KINDS)

    class Meta:
        model = RetentionRule
        fields = (
            *RecordSerializer.BASE,
            *("party", "kind", "keep_days", "delete_days", "valid_from", "valid_to", "source"),
        )


class RetentionRuleViewSet(PublicViewSet):
    """Rules of retention, dated."""

    model, serializer_class, noun = RetentionRule, RetentionRuleSerializer, "retention_rule"
    filters: ClassVar = {"party": "party", "kind": "kind"}


class RetentionChangeSerializer(RecordSerializer):
    """A change of a rule of retention."""

    collection = "jrcc-retention-changes"
    kind = serializers.CharField(read_only=True, help_text=KINDS)
    party = serializers.CharField(source="party_id", allow_null=True)

    class Meta:
        model = RetentionChange
        fields = (*RecordSerializer.BASE, *CHANGE, "kind", "keep_days", "delete_days")


class RetentionChangeViewSet(ScopedViewSet):
    """Changes of rules of retention, by two persons."""

    model, serializer_class, noun = RetentionChange, RetentionChangeSerializer, "retention_change"
    creates, filters = "propose", {"state": "state", "party": "party", "kind": "kind"}


class ErasureSerializer(RecordSerializer):
    """What was erased by rule: counts and hashes, never a name."""

    collection = "jrcc-erasures"
    state = serializers.SerializerMethodField()
    etag = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()

    class Meta:
        model = Erasure
        fields = (*RecordSerializer.BASE, "step", "journey", "counts", "hashes", "states", "at")

    def get_state(self, row: Erasure) -> str:
        """done: it is never taken back."""
        return "done"

    def get_etag(self, row: Erasure) -> str:
        """Never changes."""
        return f'"{row.pk.hex[:16]}"'

    def get_journey(self, row: Erasure) -> str | None:
        """The journey; null of a message that made none."""
        if row.journey_id is None:
            return None
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))


class ErasureViewSet(ScopedViewSet):
    """The record of the night's work, for the JRCC's watch and oversight."""

    model, serializer_class, noun = Erasure, ErasureSerializer, "erasure"
    filters: ClassVar = {"step": "step", "journey": "journey"}
