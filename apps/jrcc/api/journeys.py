"""Journeys and their travellers in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.gateway.api import WithStands, with_stands
from apps.journeys.models import Journey, Leg, Traveller
from apps.jrcc.queries import interpol
from apps.jrcc.queries.gate import gates
from apps.jrcc.queries.gate_words import Gate
from apps.jrcc.rules.gate import CODES


class GateSerializer(serializers.Serializer):
    """Whether somebody may be let pass, for the caller."""

    code = serializers.ChoiceField(
        choices=CODES,
        help_text="hold: the JRCC has not answered on this person; deciding: it has not on somebody of the journey",
    )
    settled = serializers.BooleanField(help_text="whether nothing speaks against it; nothing else means clear")
    answer_by = serializers.DateTimeField(allow_null=True, help_text="by when the JRCC answers, where it is deciding")


class WithGate(serializers.Serializer):
    """Records of which `prepared` has attached the gate."""

    gate = serializers.SerializerMethodField()

    @extend_schema_field(GateSerializer)
    def get_gate(self, row: Any) -> dict[str, Any]:
        """How it stands at the border."""
        return gate_shown(row.gate)


def gate_shown(gate: Gate) -> dict[str, Any]:
    """A gate as the API says it."""
    due = gate.answer_clock.due_at if gate.answer_clock else None
    return {"code": gate.code, "settled": gate.settled, "answer_by": due}


class LegSerializer(serializers.ModelSerializer):
    """One leg, local times as sent and UTC."""

    class Meta:
        model = Leg
        fields = ("seq", "from_port", "to_port", "departs_local", "arrives_local", "departs_at", "arrives_at")


class JourneySerializer(WithStands, WithGate, RecordSerializer):
    """A flight or voyage."""

    collection = "jrcc-journeys"
    carrier = serializers.CharField(source="carrier_id", allow_null=True)
    vessel = serializers.DictField(allow_null=True, help_text="name, imo, call_sign, flag of a ship")
    legs = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    arrival_party = serializers.CharField(source="arrival_party_id", allow_null=True)

    class Meta:
        model = Journey
        fields = (
            *RecordSerializer.BASE,
            *("mode", "carrier", "number", "date", "vessel", "origin", "destination", "departs_at", "arrives_at"),
            *("arrival_party", "legs", "counts", "grade", "interpol", "gate"),
        )

    @extend_schema_field(LegSerializer(many=True))
    def get_legs(self, row: Journey) -> Any:
        """Legs in travel order."""
        return LegSerializer(getattr(row, "leg_rows", []), many=True).data

    def get_counts(self, row: Journey) -> dict[str, int | None]:
        """Persons listed, announced by the carrier, and compared with the lists so far."""
        return {
            "passengers": row.passengers,
            "crew": row.crew,
            "stated": row.stated_total,
            "screened": row.screened,
        }


class JourneyViewSet(ScopedViewSet):
    """Journeys of the States that the caller works for."""

    model, serializer_class, noun = Journey, JourneySerializer, "journey"
    filters: ClassVar = {
        "state": "state",
        "carrier": "carrier",
        "number": "number",
        "date": "date",
        "from": "origin",
        "to": "destination",
    }
    reads = "journey.view"

    def prepared(self, rows: Rows) -> Rows:
        """Attach the legs of a page in one query."""
        legs = Leg.objects.visible_to(self.actor).filter(journey__in=rows).order_by("journey", "seq")
        by_journey: dict[Any, list[Leg]] = {}
        for leg in legs:
            by_journey.setdefault(leg.journey_id, []).append(leg)
        for row in rows:
            row.leg_rows = by_journey.get(row.pk, [])
        stands = interpol.of_journeys(self.actor, rows)
        how = gates(self.actor, rows, stands=stands).of_journey
        for row in rows:
            row.gate = how[row.pk]
        return with_stands(rows, stands)


class TravellerSerializer(WithStands, WithGate, serializers.ModelSerializer):
    """A person as declared. In transit through the caller's State: without address, seat and booking."""

    url = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    etag = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()

    class Meta:
        model = Traveller
        fields = (
            *("id", "url", "state", "etag", "journey", "surname", "given_names", "sex", "birth_date", "nationality"),
            *("status", "from_port", "to_port", "seat", "pnr", "documents", "screened_at", "withdrawn_at"),
            *("interpol", "gate"),
        )

    def to_representation(self, row: Traveller) -> dict[str, Any]:
        """Leave out what a State of mere transit may not see."""
        shown = super().to_representation(row)
        party = self.context["view"].actor.party_code
        if party in row.transit_parties and party not in row.parties:
            shown |= {"seat": "", "pnr": ""}
        return shown

    def get_url(self, row: Traveller) -> str:
        """Address of the record in the API."""
        return record_url("jrcc-travellers", row.pk, self.context.get("request"))

    def get_state(self, row: Traveller) -> str:
        """listed or withdrawn."""
        return "withdrawn" if row.withdrawn_at else "listed"

    def get_etag(self, row: Traveller) -> str:
        """Changes when the list that names the traveller, their screening or their withdrawal changes."""
        stamp = max(filter(None, (row.screened_at, row.withdrawn_at)), default=None)
        return f'"{row.submission_id.hex[:12]}-{int(stamp.timestamp() * 1000) if stamp else 0}"'

    def get_journey(self, row: Traveller) -> str:
        """The journey."""
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_documents(self, row: Traveller) -> list[dict[str, str]]:
        """Documents as declared."""
        return [
            {"type": d.type, "number": d.number, "issuer": d.issuer, "expires": d.expires} for d in row.documents.all()
        ]


def of_journey(rows: Any, value: str, actor: Any) -> Any:
    return rows.filter(journey_id=value.rstrip("/").rpartition("/")[2])


def of_hit(rows: Any, value: str, actor: Any) -> Any:
    return rows.filter(hit_id=value.rstrip("/").rpartition("/")[2])


class TravellerViewSet(ScopedViewSet):
    """Persons on the journeys that the caller may see."""

    model, serializer_class, noun = Traveller, TravellerSerializer, "traveller"
    filters: ClassVar = {"journey": of_journey, "surname": "surname", "document": "documents__number"}
    reads, lists = "traveller.view", "traveller.list"

    def get_queryset(self, before: Any = None) -> Any:
        """Visible travellers with their documents."""
        return super().get_queryset(before).select_related("journey").prefetch_related("documents")

    def prepared(self, rows: Rows) -> Rows:
        """Attach how the travellers of a page stand with INTERPOL."""
        people = [(row, row.journey) for row in rows]
        stands = interpol.stands(self.actor, (), people).of_person
        how = gates(self.actor, (), people, stands=stands).of_person
        for row in rows:
            row.gate = how[row.pk]
        return with_stands(rows, stands)
