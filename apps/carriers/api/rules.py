"""Laws of the States and their changes in the API."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.carriers.models import BookingLawChange, PenaltyChange, PenaltyRule, RegimeChange
from apps.manifests.models import BookingLaw, Regime
from apps.people.api import PublicSerializer, PublicViewSet


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
