"""Laws of States over the API: the stages reached, and how far they cover the model law."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.region.api.days import day_of, ignored, known_at
from apps.region.models import Track
from apps.region.queries import laws


class StageSerializer(serializers.Serializer):
    """A stage and its day."""

    stage = serializers.CharField()
    on: Any = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    reference = serializers.CharField()
    source: Any = serializers.CharField()


class CoverageSerializer(serializers.Serializer):
    """How far the law covers one provision of the model law."""

    provision = serializers.CharField(source="provision.number")
    title = serializers.CharField(source="provision.title")
    level = serializers.CharField()
    section = serializers.CharField()
    on: Any = serializers.DateField()


class MeasureSerializer(RecordSerializer):
    """A State's law on a topic: the stage on the day asked for, all stages, coverage of the model law."""

    collection = "region-measures"
    party = serializers.CharField(source="party_id", read_only=True)
    topic = serializers.CharField(source="topic_id", read_only=True)
    stage = serializers.CharField(source="at.stage")
    in_force = serializers.BooleanField(source="at.in_force")
    since = serializers.DateField(source="at.since", allow_null=True)
    until = serializers.DateField(source="at.until", allow_null=True)
    stages = StageSerializer(source="at.steps", many=True)
    coverage = CoverageSerializer(source="at.coverage", many=True)
    covered = serializers.IntegerField(source="at.covered", allow_null=True, help_text="per cent; partial counts half")

    class Meta:
        model = Track
        fields = (
            *RecordSerializer.BASE,
            *("party", "topic", "title", "bill_no", "act_no", "gazette", "stage", "in_force", "since", "until"),
            *("stages", "coverage", "covered"),
        )


class MeasureViewSet(ScopedViewSet):
    """National laws on the topics of the region, as of a day (`as_of`, today), as known now or at `known_at`."""

    model, serializer_class, noun = Track, MeasureSerializer, "measure"
    related = ("topic", "party")
    filters: ClassVar[dict[str, Any]] = {
        "party": "party",
        "topic": "topic",
        "state": "state",
        "as_of": ignored,
        "known_at": ignored,
    }

    def prepared(self, rows: Rows) -> Rows:
        """Attach the standing of each, in two queries."""
        params = self.request.query_params
        at = laws.read_law_standings(self.actor, rows, day_of(params), known_at(params))
        for row in rows:
            row.at = at[row.pk]
        return rows
