"""Indicators over the API: what is measured, and the values known."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.region.api.days import day_of, ignored, known_at
from apps.region.models import Indicator
from apps.region.queries import indicators


class ValueSerializer(serializers.Serializer):
    """A number of a day, of a State or (null) of the region."""

    party = serializers.CharField(allow_null=True)
    on: Any = serializers.DateField()
    value = serializers.DecimalField(max_digits=16, decimal_places=4)
    source: Any = serializers.CharField()


class IndicatorSerializer(RecordSerializer):
    """What is measured, its unit and source, and the values up to the day asked for."""

    collection = "region-indicators"
    keeper = serializers.CharField(source="keeper_id", read_only=True)
    values = ValueSerializer(source="series", many=True)

    class Meta:
        model = Indicator
        fields = (
            *RecordSerializer.BASE,
            *("code", "name", "definition", "unit", "source", "keeper", "per", "computed", "values"),
        )


class IndicatorViewSet(ScopedViewSet):
    """Indicators with their series up to a day (`as_of`, today), as known now or at `known_at`."""

    model, serializer_class, noun = Indicator, IndicatorSerializer, "indicator"
    creates = "create"
    filters: ClassVar[dict[str, Any]] = {
        "code": lambda rows, value, _actor: rows.filter(code=value),
        "per": "per",
        "as_of": ignored,
        "known_at": ignored,
    }

    def prepared(self, rows: Rows) -> Rows:
        """Attach the series of each."""
        params = self.request.query_params
        series = indicators.series(self.actor, rows, day_of(params), known_at(params))
        for row in rows:
            row.series = series[row.pk]
        return rows
