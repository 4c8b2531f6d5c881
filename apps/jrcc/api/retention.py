"""Dated rules, changes of them by two persons, holds, and what was erased, in the API."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.jrcc.actions import booking_rules, holds, penalty_rules, regimes, retention_rules  # noqa: F401  (declare verbs)
from apps.jrcc.models import (
    BookingLaw,
    BookingLawChange,
    Erasure,
    PenaltyChange,
    PenaltyRule,
    Regime,
    RegimeChange,
    RetentionChange,
    RetentionHold,
    RetentionRule,
)
from apps.people.api import PublicSerializer, PublicViewSet

KINDS = ", ".join(RetentionRule.Kind.values)


class DatedSerializer(PublicSerializer):
    """A dated rule: in force, ended or coming, by today's date."""

    state = serializers.SerializerMethodField()
    party = serializers.CharField(source="party_id", allow_null=True)

    def get_state(self, row: Any) -> str:
        """in_force, ended or coming, by today's date."""
        today = timezone.now().date()
        if row.valid_from > today:
            return "coming"
        return "ended" if row.valid_to and row.valid_to <= today else "in_force"


class RegimeSerializer(DatedSerializer):
    """When a State wants a list."""

    collection = "jrcc-regimes"
    party = serializers.CharField(source="party_id")

    class Meta:
        model = Regime
        fields = (
            *RecordSerializer.BASE,
            *("party", "mode", "craft", "direction", "space", "event", "minutes", "valid_from", "valid_to"),
            *("status", "source"),
        )


class RegimeViewSet(PublicViewSet):
    """Deadlines of the States, dated."""

    model, serializer_class, noun = Regime, RegimeSerializer, "regime"
    filters: ClassVar = {"party": "party", "mode": "mode", "direction": "direction"}


class BookingLawSerializer(DatedSerializer):
    """Which airlines' bookings the law of a State lets it have, and for how long after the departure."""

    collection = "jrcc-booking-laws"
    party = serializers.CharField(source="party_id")

    class Meta:
        model = BookingLaw
        fields = (*RecordSerializer.BASE, "party", "elements", "keep_days", "valid_from", "valid_to", "source")


class BookingLawViewSet(PublicViewSet):
    """Laws on airlines' bookings, dated."""

    model, serializer_class, noun = BookingLaw, BookingLawSerializer, "booking_law"
    filters: ClassVar = {"party": "party"}


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


class PenaltyRuleSerializer(DatedSerializer):
    """What a State's law provides for when lists do not come."""

    collection = "jrcc-penalty-rules"

    class Meta:
        model = PenaltyRule
        fields = (
            *RecordSerializer.BASE,
            *("party", "who", "act", "currency", "most_minor", "valid_from", "valid_to", "status", "source"),
        )


class PenaltyRuleViewSet(PublicViewSet):
    """Laws on penalties, dated."""

    model, serializer_class, noun = PenaltyRule, PenaltyRuleSerializer, "penalty_rule"
    filters: ClassVar = {"party": "party"}


CHANGE = ("party", "ends", "valid_from", "valid_to", "source", "proposed_by", "decided_by", "decided_at", "said")


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


class PenaltyChangeSerializer(RecordSerializer):
    """A change of a law on penalties."""

    collection = "jrcc-penalty-changes"
    party = serializers.CharField(source="party_id")
    replaces = serializers.UUIDField(source="replaces.uid", allow_null=True, default=None)

    class Meta:
        model = PenaltyChange
        fields = (*RecordSerializer.BASE, *CHANGE, "replaces", "who", "act", "currency", "most_minor", "status")


class PenaltyChangeViewSet(ScopedViewSet):
    """Changes of laws on penalties, by two persons."""

    model, serializer_class, noun = PenaltyChange, PenaltyChangeSerializer, "penalty_change"
    creates, filters, related = "propose", {"state": "state", "party": "party"}, ("replaces",)


class RegimeChangeSerializer(RecordSerializer):
    """A change of a deadline."""

    collection = "jrcc-regime-changes"
    party = serializers.CharField(source="party_id")
    mode = serializers.CharField(read_only=True, help_text="air or sea")
    direction = serializers.CharField(read_only=True, help_text="arrival or departure")
    event = serializers.CharField(read_only=True, help_text="arrival or departure")

    class Meta:
        model = RegimeChange
        fields = (
            *RecordSerializer.BASE,
            *CHANGE,
            *("mode", "craft", "direction", "space", "event", "minutes", "status"),
        )


class RegimeChangeViewSet(ScopedViewSet):
    """Changes of deadlines, by two persons of the State."""

    model, serializer_class, noun = RegimeChange, RegimeChangeSerializer, "regime_change"
    creates, filters = "propose", {"state": "state", "party": "party", "mode": "mode", "direction": "direction"}


class BookingLawChangeSerializer(RecordSerializer):
    """A change of a law on airlines' bookings."""

    collection = "jrcc-booking-law-changes"
    party = serializers.CharField(source="party_id")

    class Meta:
        model = BookingLawChange
        fields = (*RecordSerializer.BASE, *CHANGE, "elements", "keep_days")


class BookingLawChangeViewSet(ScopedViewSet):
    """Changes of laws on airlines' bookings, by two persons of the State."""

    model, serializer_class, noun = BookingLawChange, BookingLawChangeSerializer, "booking_law_change"
    creates, filters = "propose", {"state": "state", "party": "party"}


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
