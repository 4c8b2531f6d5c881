"""Sources and queries in the API, and how other records stand with the sources."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.gateway.models import Query, Source
from apps.gateway.policy import knows_hits
from apps.gateway.queries import questions


class StandSerializer(serializers.Serializer):
    """How a person or a journey stands with one source of INTERPOL."""

    source: Any = serializers.CharField()
    kind = serializers.CharField(help_text="answered, hit, waiting, unavailable, off, nothing (to ask with) or never")
    since = serializers.DateTimeField(allow_null=True, help_text="answered at, or in this condition since")
    waiting = serializers.IntegerField(help_text="persons of a journey without an answer")
    hits = serializers.IntegerField(help_text="for the JRCC alone")


class WithStands(serializers.Serializer):
    """For serializers of records that `with_stands` prepared."""

    interpol = serializers.SerializerMethodField()

    @extend_schema_field(StandSerializer(many=True))
    def get_interpol(self, row: Any) -> Any:
        """How it stands with each source that is connected; clear is only what every source has answered."""
        return StandSerializer(getattr(row, "stands", []), many=True).data


def with_stands(rows: Rows, stands: dict[Any, Any]) -> Rows:
    """Attach standings, by key, to the rows of a page."""
    for row in rows:
        row.stands = stands.get(row.pk, [])
    return rows


class SourceSerializer(RecordSerializer):
    """A database of INTERPOL and how it does."""

    collection = "gateway-sources"
    condition = serializers.SerializerMethodField()
    condition_since = serializers.SerializerMethodField()
    waiting = serializers.IntegerField(help_text="questions without an answer")
    oldest_waiting = serializers.DateTimeField(source="oldest", allow_null=True)
    asked_last_hour = serializers.IntegerField(source="asked")
    answered_last_hour = serializers.IntegerField(source="answered")
    keep_minutes = serializers.IntegerField(
        source="rule.keep_minutes", allow_null=True, help_text="how long an answer may be kept"
    )

    class Meta:
        model = Source
        fields = (
            *RecordSerializer.BASE,
            *("code", "name", "kind", "since", "why", "condition", "condition_since", "waiting", "oldest_waiting"),
            *("asked_last_hour", "answered_last_hour", "keep_minutes"),
        )

    def get_condition(self, row: Any) -> str:
        """unconnected, off, no_address, down, slow or up."""
        return str(row.condition[0])

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_condition_since(self, row: Any) -> Any:
        """Since when; of one that is up, its last answer."""
        return row.condition[1]


class SourceViewSet(ScopedViewSet):
    """Databases of INTERPOL that travellers are asked about in."""

    model, serializer_class, noun = Source, SourceSerializer, "source"
    filters: ClassVar = {"state": "state", "code": "code"}

    def prepared(self, rows: Rows) -> Rows:
        """Attach health, rule and counts."""
        known = {row.pk: row for row in questions.overview(self.actor)}
        return [known.get(row.pk, row) for row in rows]


class QuerySerializer(serializers.ModelSerializer):
    """A question that was put to a source: for whom, when, what came back; without names and numbers."""

    url = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    etag = serializers.SerializerMethodField()
    source: Any = serializers.CharField(source="source.code")
    desk = serializers.CharField(source="round.desk", help_text="who asked")
    purpose = serializers.CharField(source="round.purpose")

    class Meta:
        model = Query
        fields = (
            *RecordSerializer.BASE,
            *("source", "desk", "purpose", "subject_kind", "subject_id", "asked_at", "answered_at", "ms"),
        )

    def get_url(self, row: Query) -> str:
        """Address of the record in the API."""
        return record_url("gateway-queries", row.pk, self.context.get("request"))

    def get_state(self, row: Query) -> str:
        """The outcome, or the fault; other desks than the JRCC read `answered` of every answer."""
        is_secret = row.outcome in {"record", "no_record", "kept"}
        return "answered" if is_secret and not knows_hits(self.context["view"].actor) else row.outcome

    def get_etag(self, row: Query) -> str:
        """Changes when it is answered."""
        return f'"{self.get_state(row)}"'


class QueryViewSet(ScopedViewSet):
    """What was asked of the sources."""

    model, serializer_class, noun = Query, QuerySerializer, "query"
    filters: ClassVar = {"source": "source__code", "subject": "subject_id"}
    related = ("source", "round")
