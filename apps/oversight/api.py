"""`/api/v1/oversight/`: anchors of the audit, cases of what looked unusual, who is about to leave."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.oversight import actions  # noqa: F401  (routes are made from the declared verbs)
from apps.oversight.evidence import taken_along
from apps.oversight.models import Anchor, Case, Leaver
from apps.oversight.queries.anchors import own_heads, rewritten
from apps.oversight.queries.cases import with_steps


class AnchorSerializer(RecordSerializer):
    """The day's root over all chains; the chains themselves stand in the file."""

    collection = "oversight-anchors"
    etag = serializers.SerializerMethodField()
    chains = serializers.SerializerMethodField(help_text="how many stand under the root")
    earlier_fit = serializers.SerializerMethodField(help_text="whether those of thirty days before still fitted then")

    class Meta:
        model = Anchor
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("day", "made_at", "before", "root", "key", "signature", "chains", "earlier_fit"),
        ]

    def get_etag(self, row: Anchor) -> str:
        """An anchor never changes: its id names its only version."""
        return f'"{row.pk}"'

    def get_chains(self, row: Anchor) -> int:
        """See the field."""
        return len(row.heads)

    def get_earlier_fit(self, row: Anchor) -> bool:
        """See the field."""
        return not row.faults


class HeadSerializer(serializers.Serializer[Any]):
    """The end of one chain."""

    chain = serializers.CharField(source="stream")
    entry = serializers.IntegerField(source="seq")


class CheckSerializer(serializers.Serializer[Any]):
    """Whether the trail still says what an anchor holds, of the chains that the caller may see."""

    fits = serializers.BooleanField()
    looked_at = serializers.IntegerField(help_text="chains")
    rewritten = HeadSerializer(many=True)


class AnchorViewSet(ScopedViewSet):
    """Anchors, for oversight, administration and the operators."""

    model, serializer_class, noun = Anchor, AnchorSerializer, "anchor"
    filters: ClassVar[dict[str, Any]] = {"day": "day"}

    @extend_schema(responses={(200, "text/plain"): OpenApiTypes.STR})
    @route(detail=True, methods=["get"])
    def file(self, request: Any, pk: Any = None) -> HttpResponse:
        """The signed file for `verify_audit --anchor`: whole, or the party's own chain with its proof."""
        return taken_along(self.named(pk), self.actor)

    @extend_schema(responses=CheckSerializer)
    @route(detail=True, methods=["get"])
    def check(self, request: Any, pk: Any = None) -> Response:
        """Compare the anchor with the trail as it is now."""
        row = self.named(pk)
        found = rewritten(row, self.actor)
        told = {"fits": not found, "looked_at": len(own_heads(row, self.actor)), "rewritten": found}
        return Response(CheckSerializer(told).data)


class CaseStepSerializer(serializers.Serializer[Any]):
    """What somebody did with a case, and why."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    desk = serializers.CharField()
    state = serializers.CharField()
    note = serializers.CharField()


class OversightCaseSerializer(RecordSerializer):
    """One finding about one person, or about one account at the entrance."""

    collection = "oversight-cases"
    rule = serializers.CharField(source="rule.code", read_only=True)
    label: Any = serializers.CharField(source="rule.label", read_only=True)
    party = serializers.CharField(source="party_id", read_only=True)
    outcome = serializers.CharField(read_only=True, help_text="of the closing; empty before")
    steps = CaseStepSerializer(many=True, read_only=True, source="told_steps")

    class Meta:
        model = Case
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("number", "rule", "label", "person", "party", "desk", "begins", "ends", "count", "usual", "outcome"),
            *("opened_at", "steps"),
        ]


class CaseViewSet(ScopedViewSet):
    """Cases of one's own party, for its oversight; all for the region's; never one about oneself."""

    model, serializer_class, noun = Case, OversightCaseSerializer, "conduct"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "rule": "rule__code", "party": "party_id"}
    related = ("rule",)

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With what was done. One query."""
        return with_steps(rows)


class LeaverSerializer(RecordSerializer):
    """That a person of one's own party is about to leave."""

    collection = "oversight-leavers"
    etag = serializers.SerializerMethodField()
    user = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.full_name", read_only=True)
    party = serializers.CharField(source="party_id", read_only=True)

    class Meta:
        model = Leaver
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("user", "name", "party", "leaves_on", "noted_at"),
        ]

    def get_etag(self, row: Leaver) -> str:
        """Nothing of it changes but its state."""
        return f'"{row.state}"'


class LeaverViewSet(ScopedViewSet):
    """Notices of leaving, for administration and oversight; never one's own."""

    model, serializer_class, noun = Leaver, LeaverSerializer, "leaver"
    creates = "note"
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "state": "state"}
    related = ("user",)
