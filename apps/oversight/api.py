"""`/api/v1/oversight/`: anchors of the audit and their witnesses, cases, leavers, who could have seen a record."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.access.middleware import note_read
from apps.audit.models import AuditRecord
from apps.oversight.models import Anchor, AnchorCosignature, Case, Leaver, Witness
from apps.oversight.queries.anchor_files import taken_along
from apps.oversight.queries.anchor_log import growth_between
from apps.oversight.queries.anchors import own_heads, rewritten
from apps.oversight.queries.cases import with_steps
from apps.oversight.queries.receipts import receipt_of
from apps.oversight.queries.sight import asked_about, named, who_could_see
from apps.oversight.queries.witnesses import with_standings

LONGEST_NUMBER = 18


class AnchorSerializer(RecordSerializer):
    """The hour's root over all chains; the chains themselves stand in the file."""

    collection = "oversight-anchors"
    etag = serializers.SerializerMethodField()
    chains = serializers.SerializerMethodField(help_text="how many stand under the root")
    witnessed = serializers.SerializerMethodField(help_text="parties whose witnesses co-signed it")
    counts = serializers.SerializerMethodField(help_text="whether they are as many as its day's rule asks for")
    earlier_fit = serializers.SerializerMethodField(help_text="whether those of thirty days before still fitted then")

    class Meta:
        model = Anchor
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("day", "made_at", "before", "root", "key", "signature", "chains", "earlier_fit"),
            *("number", "log", "witnessed", "counts"),
        ]

    def get_etag(self, row: Anchor) -> str:
        """An anchor never changes: its id names its only version."""
        return f'"{row.pk}"'

    def get_chains(self, row: Anchor) -> int:
        """See the field."""
        return len(row.heads)

    def get_witnessed(self, row: Anchor) -> int | None:
        """See the field; null for one from before the log."""
        return row.standing.counted if row.standing else None  # type: ignore[attr-defined]

    def get_counts(self, row: Anchor) -> bool | None:
        """See the field; null as above."""
        return row.standing.counts if row.standing else None  # type: ignore[attr-defined]

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


class GrowthSerializer(serializers.Serializer[Any]):
    """That the log of anchors only grew."""

    since = serializers.IntegerField(help_text="anchors of the earlier log")
    number = serializers.IntegerField(help_text="anchors of this one")
    proof = serializers.ListField(child=serializers.CharField(), help_text="nodes in hexadecimal, in their order")


class AnchorViewSet(ScopedViewSet):
    """Anchors, for oversight, administration and the operators."""

    model, serializer_class, noun = Anchor, AnchorSerializer, "anchor"
    filters: ClassVar[dict[str, Any]] = {"day": "day", "number": "number"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With how each is witnessed. Two queries."""
        return list(with_standings(rows))

    @extend_schema(responses={(200, "text/plain"): OpenApiTypes.STR})
    @route(detail=True, methods=["get"])
    def file(self, request: Any, pk: Any = None) -> HttpResponse:
        """The signed file for `verify_audit --anchor`: whole, or the party's own chain with its proof."""
        return taken_along(self.named(pk), self.actor)

    @extend_schema(responses=GrowthSerializer, parameters=[OpenApiParameter("since", int, required=True)])
    @route(detail=True, methods=["get"])
    def growth(self, request: Any, pk: Any = None) -> Response:
        """The proof that the log with `since` anchors is the beginning of the log at this one (RFC 6962, 2.1.2)."""
        row, since = self.named(pk), request.query_params.get("since", "")
        if not since.isdecimal() or len(since) > LONGEST_NUMBER or not 1 <= int(since) <= (row.number or 0):
            raise ValidationError({"since": _("Give the number of an anchor of the log, at most that of this one.")})
        told = {"since": int(since), "number": row.number, "proof": growth_between(row, int(since))}
        return Response(GrowthSerializer(told).data)

    @extend_schema(
        responses={(200, "text/plain"): OpenApiTypes.STR},
        parameters=[OpenApiParameter("entry", OpenApiTypes.UUID, required=True)],
    )
    @route(detail=False, methods=["get"])
    def receipt(self, request: Any) -> HttpResponse:
        """One entry of the audit as it was sealed, with the way to a signed anchor; for who oversees its chain."""
        kept, _level = receipt_of(self.actor, request.query_params.get("entry", ""))
        note_read(request, "audit.export", AuditRecord, rows=1)
        return HttpResponse(kept.file(), content_type="text/plain; charset=utf-8")

    @extend_schema(responses=CheckSerializer)
    @route(detail=True, methods=["get"])
    def check(self, request: Any, pk: Any = None) -> Response:
        """Compare the anchor with the trail as it is now."""
        row = self.named(pk)
        found = rewritten(row, self.actor)
        told = {"fits": not found, "looked_at": len(own_heads(row, self.actor)), "rewritten": found}
        return Response(CheckSerializer(told).data)


class CosignatureSerializer(RecordSerializer):
    """That a witness saw an anchor and found it to follow those before."""

    collection = "oversight-cosignatures"
    etag = serializers.SerializerMethodField()
    anchor = serializers.IntegerField(source="anchor.number", read_only=True, help_text="number in the log")
    witness = serializers.CharField(source="witness.code", read_only=True)
    key = serializers.CharField(source="witness.key", read_only=True)

    class Meta:
        model = AnchorCosignature
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("anchor", "witness", "key", "seen", "signature", "given_at"),
        ]

    def get_etag(self, row: AnchorCosignature) -> str:
        """It never changes: its id names its only version."""
        return f'"{row.pk}"'


class CosignatureViewSet(ScopedViewSet):
    """What witnesses have co-signed; a witness's program hands it in with a key of its party's desk."""

    model, serializer_class, noun = AnchorCosignature, CosignatureSerializer, "cosignature"
    creates = "give"
    filters: ClassVar[dict[str, Any]] = {"anchor": "anchor__number", "party": "witness__party_id"}
    related = ("anchor", "witness")


class WitnessSerializer(RecordSerializer):
    """A program by which a party watches over the audit."""

    collection = "oversight-witnesses"
    party = serializers.CharField(source="party_id", read_only=True)

    class Meta:
        model = Witness
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("party", "name", "key", "contact", "proposer", "approver", "proposed_at", "decided_at", "ended_at"),
            "answer",
        ]


class WitnessViewSet(ScopedViewSet):
    """Witnesses of all parties; what another party has only asked for is its own matter."""

    model, serializer_class, noun = Witness, WitnessSerializer, "witness"
    creates = "propose"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "party": "party_id"}


class SightSerializer(serializers.Serializer[Any]):
    """One who could have seen a record at the moment asked for, and why."""

    desk = serializers.CharField(source="seat.desk.code")
    user = serializers.SerializerMethodField(help_text="user name; empty for a person of another party")
    role = serializers.CharField(source="seat.role")
    seat = serializers.CharField(source="seat.kind", help_text="standing, acting, emergency or service")
    clearance = serializers.IntegerField(source="level")
    why = serializers.CharField(help_text="owner, shared, or rule: that of this kind of record as it is today")
    since = serializers.DateTimeField(source="held.since", default=None, help_text="of the grant; null for a rule")
    basis = serializers.CharField(source="held.basis", default="")
    given_by = serializers.CharField(source="held.by_desk", default="", help_text="desk")
    key = serializers.CharField(help_text="first letters of a program's key; empty for people")
    by_rule_today = serializers.BooleanField(source="today", allow_null=True, help_text="null: no rule but the grant")

    def get_user(self, one: Any) -> str:
        """See the field."""
        return named(self.context["actor"], one)


class SightViewSet(viewsets.ViewSet):
    """Who could have seen a record at a moment: for oversight, and for who decides at the desk that keeps it."""

    @extend_schema(
        parameters=[
            OpenApiParameter("type", str, required=True, description="of the record, for example jrcc.hit"),
            OpenApiParameter("id", OpenApiTypes.UUID, required=True),
            OpenApiParameter("at", OpenApiTypes.DATETIME, description="now without it"),
        ],
        responses=SightSerializer(many=True),
    )
    def list(self, request: Any) -> Response:
        """Everybody who could have seen it, by desk; a page of its own, since who reads half of it reads nothing."""
        params, actor = request.query_params, request._request.actor
        if unknown := [name for name in params if name not in {"type", "id", "at", "format"}]:
            raise ValidationError({name: _("There is no filter with this name.") for name in unknown})
        if missing := [name for name in ("type", "id") if not params.get(name)]:
            raise ValidationError({name: _("Enter the record.") for name in missing})
        at = timezone.now()
        if params.get("at"):
            at = serializers.DateTimeField().to_internal_value(params["at"])
        record = asked_about(actor, params["type"], params["id"])
        note_read(request, "record.sight", record)
        found = who_could_see(record, at)
        body = SightSerializer(found, many=True, context={"actor": actor}).data
        return Response({"next": None, "previous": None, "results": body})


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
