"""The JRCC's collections in the API. A carrier's collections hold no word about screening."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.response import Response

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.access.problems import Problem
from apps.gateway.api import WithStands, with_stands
from apps.jrcc import actions, intake, interpol, progress  # noqa: F401  (routes are made from the declared verbs)
from apps.jrcc.models import Carrier, Hit, Journey, Leg, Regime, Submission, SubmissionContent, Traveller
from apps.people.api import PublicSerializer, PublicViewSet
from apps.screening.models import Entry

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MESSAGE_TYPES = ("application/edifact", "text/plain", "application/json", "text/csv", SHEET)


class RawParser(BaseParser):
    """Takes a body of one content type as bytes, unchanged."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body."""
        return stream.read()


RAW_PARSERS = [type(f"Raw{n}", (RawParser,), {"media_type": kind}) for n, kind in enumerate(MESSAGE_TYPES)]


class ReceiptSerializer(serializers.Serializer):
    """What a carrier gets at once."""

    id = serializers.UUIDField()
    receipt = serializers.CharField()
    url = serializers.URLField()


class SubmissionSerializer(RecordSerializer):
    """A carrier's message and how far it is read; nothing about screening."""

    collection = "jrcc-submissions"
    state: Any = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    response = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = (
            *RecordSerializer.BASE,
            *("receipt", "created_at", "channel", "size", "sha256", "grade", "flight", "findings", "journey", "counts"),
            *("response", "parts_missing", "is_test"),
        )

    def get_state(self, row: Submission) -> str:
        """received, read, screened or answered; a carrier is not told when it was screened."""
        return getattr(row, "told", row.state)

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_findings(self, row: Submission) -> list[dict[str, Any]]:
        """Findings of contract-paxlst.md, of every list in the message."""
        return [finding for obj in _content(row).reading or [] for finding in obj.get("findings", [])]

    def get_journey(self, row: Submission) -> str | None:
        """The journey that the list belongs to; null until read. A carrier may know its address, not open it."""
        if row.journey_id is None:
            return None
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    def get_counts(self, row: Submission) -> dict[str, int]:
        """Persons read."""
        return {"passengers": row.passengers, "crew": row.crew}

    def get_response(self, row: Submission) -> str | None:
        """CUSRES, once the message is read."""
        return _content(row).response or None


def _content(row: Submission) -> SubmissionContent:
    return getattr(row, "content_row", None) or SubmissionContent(submission=row)


class SubmissionViewSet(ScopedViewSet):
    """Messages that carriers sent. POST the raw message; the answer is a receipt."""

    model, serializer_class, noun = Submission, SubmissionSerializer, "submission"
    filters: ClassVar = {"state": progress.in_state, "grade": "grade", "receipt": "receipt"}
    parser_classes = (*RAW_PARSERS, JSONParser)
    reads = "submission.view"

    def get_queryset(self, before: Any = None) -> Any:
        """Visible submissions; for a carrier with the state that it may know."""
        rows, fake = super().get_queryset(before), getattr(self, "swagger_fake_view", False)
        return rows if fake or self.actor.function != "carrier" else progress.as_told(rows)

    def prepared(self, rows: Rows) -> Rows:
        """Attach the readings of a page in one query; the raw bytes stay where they are."""
        contents = SubmissionContent.objects.visible_to(self.actor).filter(submission__in=rows).defer("raw")
        found = {content.submission_id: content for content in contents}
        for row in rows:
            row.content_row = found.get(row.pk)
        return rows

    @extend_schema(request={kind: OpenApiTypes.BINARY for kind in MESSAGE_TYPES}, responses={202: ReceiptSerializer})
    def create(self, request: Any) -> Response:
        """Take in a message: 202 with the receipt. The same bytes again give the same receipt."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.SUBMISSION_LIMIT:
            raise Problem(413, "too-large", _("A message may have 10 MB. Send the list in parts."))
        kind = request.content_type.partition(";")[0].strip().lower()
        row = intake.receive(self.actor, request.data, channel="api", content_type=kind)
        url = record_url("jrcc-submissions", row.pk, request)
        body = {"id": str(row.pk), "receipt": row.receipt, "url": url}
        return Response(body, status=202, headers={"Location": url})


class LegSerializer(serializers.ModelSerializer):
    """One leg, local times as sent and UTC."""

    class Meta:
        model = Leg
        fields = ("seq", "from_port", "to_port", "departs_local", "arrives_local", "departs_at", "arrives_at")


class JourneySerializer(WithStands, RecordSerializer):
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
            *("arrival_party", "legs", "counts", "grade", "interpol"),
        )

    @extend_schema_field(LegSerializer(many=True))
    def get_legs(self, row: Journey) -> Any:
        """Legs in travel order."""
        return LegSerializer(getattr(row, "leg_rows", []), many=True).data

    def get_counts(self, row: Journey) -> dict[str, int | None]:
        """Persons listed, announced by the carrier, and compared with the lists so far."""
        counts = {"passengers": row.passengers, "crew": row.crew}
        return {**counts, "stated": row.stated_total, "screened": row.screened}


PLACES_AND_DAY = {"date": "date", "from": "origin", "to": "destination"}


class JourneyViewSet(ScopedViewSet):
    """Journeys of the States that the caller works for."""

    model, serializer_class, noun = Journey, JourneySerializer, "journey"
    filters: ClassVar = {"state": "state", "carrier": "carrier", "number": "number"} | PLACES_AND_DAY
    reads = "journey.view"

    def prepared(self, rows: Rows) -> Rows:
        """Attach the legs of a page in one query."""
        legs = Leg.objects.visible_to(self.actor).filter(journey__in=rows).order_by("journey", "seq")
        by_journey: dict[Any, list[Leg]] = {}
        for leg in legs:
            by_journey.setdefault(leg.journey_id, []).append(leg)
        for row in rows:
            row.leg_rows = by_journey.get(row.pk, [])
        return with_stands(rows, interpol.of_journeys(self.actor, rows))


class TravellerSerializer(WithStands, serializers.ModelSerializer):
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
            "interpol",
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
        """Changes when the list that names the traveller, his screening or his withdrawal changes."""
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


def _of_journey(rows: Any, value: str, actor: Any) -> Any:
    return rows.filter(journey_id=value.rstrip("/").rpartition("/")[2])


class TravellerViewSet(ScopedViewSet):
    """Persons on the journeys that the caller may see."""

    model, serializer_class, noun = Traveller, TravellerSerializer, "traveller"
    filters: ClassVar = {"journey": _of_journey, "surname": "surname", "document": "documents__number"}
    reads, lists = "traveller.view", "traveller.list"

    def get_queryset(self, before: Any = None) -> Any:
        """Visible travellers with their documents."""
        return super().get_queryset(before).select_related("journey").prefetch_related("documents")

    def prepared(self, rows: Rows) -> Rows:
        """Attach how the travellers of a page stand with INTERPOL."""
        return with_stands(rows, interpol.stands(self.actor, (), [(row, row.journey) for row in rows]).of_person)


class OutcomeSerializer(serializers.Serializer):
    """How a hit ended."""

    outcome = serializers.CharField()
    note = serializers.CharField()
    party = serializers.CharField()
    at = serializers.DateTimeField()


class HitSerializer(RecordSerializer):
    """A hit: the evidence adds up to the score (log-odds), signed."""

    collection = "jrcc-hits"
    claimed_by = serializers.SerializerMethodField()
    traveller = serializers.SerializerMethodField()
    entry = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()
    grade = serializers.CharField()
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Hit
        fields = (
            *RecordSerializer.BASE,
            *("reference", "traveller", "entry", "journey", "score", "grade", "prior", "evidence", "matcher"),
            *(
                "instruction",
                "list_name",
                "parties",
                "referred_to",
                "due_at",
                "claimed_by",
                "reason",
                "note",
                "outcome",
            ),
            "created_at",
        )

    def get_claimed_by(self, row: Hit) -> str:
        """User name of the JRCC's officer who took it, for the JRCC alone; a State deals with the desk."""
        return row.claimed_by if self.context["view"].actor.party_code == "JRCC" else ""

    def get_traveller(self, row: Hit) -> str:
        """The traveller."""
        return record_url("jrcc-travellers", row.traveller_id, self.context.get("request"))

    def get_entry(self, row: Hit) -> str | None:
        """The list entry; null when the caller may not see it."""
        if row.entry_id not in self.context["view"].seen_entries:
            return None
        return record_url("screening-entries", row.entry_id, self.context.get("request"))

    def get_journey(self, row: Hit) -> str:
        """The journey."""
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    @extend_schema_field(OutcomeSerializer(allow_null=True))
    def get_outcome(self, row: Hit) -> dict[str, Any] | None:
        """What the State did; null until it says so."""
        if not row.outcome:
            return None
        return {
            "outcome": row.outcome,
            "note": row.outcome_note,
            "party": row.outcome_party_id,
            "at": row.outcome_at,
        }


def _grade(rows: Any, value: str, actor: Any) -> Any:
    return rows.filter(**Hit.of_grade(value)) if value in Hit.GRADES else rows.none()


class HitViewSet(ScopedViewSet):
    """Hits that the caller works on, owns the entry of, or was referred."""

    model, serializer_class, noun = Hit, HitSerializer, "hit"
    filters: ClassVar = {
        "state": "state",
        "journey": _of_journey,
        "grade": _grade,
        "reference": "reference",
        "entry": "entry",
    }
    reads, lists = "hit.view", "hit.list"
    seen_entries: frozenset[Any] = frozenset()

    def prepared(self, rows: Rows) -> Rows:
        """Which of the page's entries the caller may see, in one query."""
        wanted = {row.entry_id for row in rows}
        visible = Entry.objects.visible_to(self.actor).filter(pk__in=wanted).values_list("pk", flat=True)
        self.seen_entries = frozenset(visible)
        return rows


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
    state = serializers.SerializerMethodField()

    class Meta:
        model = Carrier
        fields = (*RecordSerializer.BASE, "code", "name", "provisional")

    def get_state(self, row: Carrier) -> str:
        """known, or provisional when a list named a designator that nobody has confirmed."""
        return "provisional" if row.provisional else "known"


class CarrierViewSet(PublicViewSet):
    """Carriers that have sent lists: all for the JRCC and the States, itself alone for a carrier."""

    model, serializer_class, noun = Carrier, CarrierSerializer, "carrier"
    filters: ClassVar = {"code": "code"}
