"""Searches for people in the API: made with a purpose, kept, and reviewed."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.access.middleware import note_read
from apps.journeys.models import Traveller
from apps.jrcc.api.journeys import GateSerializer, gate_shown
from apps.jrcc.queries.gate import gates
from apps.travellers.models import Lookup
from apps.travellers.queries import lookups


class FoundSerializer(serializers.Serializer):
    """What a search finds: addresses of records, with the likeness as a probability."""

    type = serializers.CharField(help_text="traveller, entry or journey")
    url = serializers.URLField()
    score = serializers.FloatField(allow_null=True)
    gate = GateSerializer(allow_null=True, help_text="how a traveller or journey stands at the border")


class LookupSerializer(RecordSerializer):
    """A search; what was found stands in the answer to making it, and nowhere else."""

    collection = "jrcc-lookups"
    hit = serializers.SerializerMethodField()
    results = serializers.SerializerMethodField()

    class Meta:
        model = Lookup
        fields = (
            *RecordSerializer.BASE,
            *("reference", "person", "terms", "purpose", "case", "hit", "found", "reviewed_by", "reviewed_at"),
            *("said", "answer", "created_at", "results"),
        )

    def get_hit(self, row: Lookup) -> str | None:
        """The open case that it belongs to."""
        return record_url("jrcc-hits", row.hit_id, self.context.get("request")) if row.hit_id else None

    @extend_schema_field(FoundSerializer(many=True, allow_null=True))
    def get_results(self, row: Lookup) -> list[dict[str, Any]] | None:
        """What was found, in the answer to the search; null when it is read later."""
        found = self.context["view"].found
        if found is None:
            return None
        asked = self.context.get("request")
        people = [(one.it, one.it.journey) for one in found.people]
        how = gates(self.context["view"].actor, found.journeys, people)
        stand = {key: gate_shown(gate) for key, gate in {**how.of_journey, **how.of_person}.items()}
        lines = [("traveller", "jrcc-travellers", one.it.pk, one.comparison.score) for one in found.people]
        lines += [("entry", "screening-entries", one.it.pk, one.comparison.score) for one in found.entries]
        lines += [("journey", "jrcc-journeys", one.pk, None) for one in found.journeys]
        return [
            {"type": kind, "url": record_url(to, key, asked), "score": score, "gate": stand.get(key)}
            for kind, to, key, score in lines
        ]


class LookupViewSet(ScopedViewSet):
    """One's own searches; those of the desk for who decides there."""

    model, serializer_class, noun, creates = Lookup, LookupSerializer, "lookup", "make"
    filters: ClassVar = {"state": "state", "reference": "reference"}
    reads, lists = "lookup.read", "lookup.list"
    found: lookups.Found | None = None

    def answer(self, row: Lookup, status: int = 200) -> Any:
        """The answer to a search has what it found."""
        if status == 201:
            self.found = lookups.look_up(self.actor, row.terms)
            note_read(self.request, "traveller.list", Traveller, rows=len(self.found.people))
        return super().answer(row, status)
