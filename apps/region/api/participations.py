"""Participation over the API: the stage of each State in each system on a day, and the count of that day."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.people.queries import states_on
from apps.region.api.days import day_of, ignored, known_at
from apps.region.models import Participation, StagePeriod, System
from apps.region.queries import counts

__all__ = ["ParticipationViewSet"]


class SummaryRenderer(JSONRenderer):
    """`?format=summary`: one object in place of the list."""

    format = "summary"


class ParticipationSerializer(RecordSerializer):
    """One State in one system on the day asked for. `stage` is null where nothing is known of that day.

    `early`: it began before `since`, which is when it is first told of. `offered`: it was offered, the State has not
    asked. `provenance`: stated, document, inferred or demo; reports count only the first two.
    """

    collection = "region-participations"
    party = serializers.CharField(source="party_id", read_only=True)
    system = serializers.CharField(source="system_id", read_only=True)
    stage = serializers.CharField(source="told.stage", allow_null=True, default=None)
    since = serializers.DateField(source="told.valid_from", allow_null=True, default=None)
    until = serializers.DateField(source="told.valid_to", allow_null=True, default=None)
    early = serializers.BooleanField(source="told.early", default=False)
    offered = serializers.BooleanField(source="told.offered", default=False)
    provenance = serializers.CharField(source="told.provenance", allow_null=True, default=None)
    source: Any = serializers.CharField(source="told.source", allow_null=True, default=None)

    class Meta:
        model = Participation
        fields = (
            *RecordSerializer.BASE,
            *("party", "system", "stage", "since", "until", "early", "offered", "provenance", "source"),
        )


class SummarySerializer(serializers.Serializer):
    """How many Member States use a system on a day; `participating` is null for a gap, `parties` empty if unnamed."""

    system = serializers.CharField()
    as_of = serializers.DateField()
    members = serializers.IntegerField()
    participating = serializers.IntegerField(allow_null=True)
    parties = serializers.ListField(child=serializers.CharField())
    basis = serializers.CharField(help_text="ROWS, STATED or GAP")
    unknown = serializers.ListField(child=serializers.CharField())


class ParticipationViewSet(ScopedViewSet):
    """Who takes part in which system on a day (`as_of`, today), as known now or at the end of a day (`known_at`)."""

    model, serializer_class, noun = Participation, ParticipationSerializer, "participation"
    filters: ClassVar[dict[str, Any]] = {
        "system": "system",
        "party": "party",
        "state": "state",
        "as_of": ignored,
        "known_at": ignored,
    }

    def get_renderers(self) -> list[Any]:
        """For the list also the summary."""
        found: list[Any] = super().get_renderers()
        return [*found, SummaryRenderer()] if self.action == "list" else found

    @extend_schema(
        parameters=[
            *(OpenApiParameter(name, str, description=f"only records with this {name}") for name in filters),
            *(OpenApiParameter(name, str) for name in ("before", "after")),
            OpenApiParameter("page_size", int),
            OpenApiParameter("format", str, description="summary: one count in place of the list, for one system"),
        ],
        responses=ParticipationSerializer(many=True),
    )
    def list(self, request: Any) -> Response:
        """States and systems of the day, newest first; `format=summary` gives the count of one system."""
        if request.accepted_renderer.format == SummaryRenderer.format:
            return self.summary(request)
        return super().list(request)

    def get_queryset(self, before: Any = None) -> Any:
        """Participations of parties that were States on the day."""
        rows = super().get_queryset(before)
        if getattr(self, "swagger_fake_view", False) or self.action != "list":
            return rows
        return rows.filter(party__in=[each.code for each in states_on(day_of(self.request.query_params))])

    def prepared(self, rows: Rows) -> Rows:
        """Attach what is known of the day, in one query."""
        params = self.request.query_params
        facts = StagePeriod.objects.visible_to(self.actor).known(known_at(params)).on(day_of(params))
        told = {fact.participation_id: fact for fact in facts.filter(participation__in=rows)}
        for row in rows:
            row.told = told.get(row.pk, {})
        return rows

    def summary(self, request: Any) -> Response:
        """The count of one system on the day; 404 for a system that is not there."""
        params = request.query_params
        code, day = params.get("system", ""), day_of(params)
        if not System.objects.visible_to(self.actor).filter(code=code).exists():
            raise NotFound
        count = counts.count_participations(self.actor, code, day, known_at(params), counts.EVERY)
        body = {
            "system": code,
            "as_of": day,
            "members": count.members,
            "participating": count.n,
            "parties": count.parties,
            "basis": count.basis.value,
            "unknown": count.unknown,
        }
        return Response(SummarySerializer(body).data)
