"""Bulletins for programs: those that the caller's desk has, their verbs, and receipts."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet, has_version
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc.queries import vocabulary
from apps.watch.actions import receipts as acting
from apps.watch.models import Bulletin
from apps.watch.queries import bulletins as queries
from apps.watch.queries import entities as named


class BulletinReceiptSerializer(serializers.Serializer):
    """What a desk was last asked, and its answer. `of_end`: it is about the cancellation."""

    target = serializers.CharField(source="desk.code")
    state: Any = serializers.CharField()
    of_end = serializers.BooleanField()
    due = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    ack_at = serializers.DateTimeField(allow_null=True)


class BulletinThingSerializer(serializers.Serializer):
    """A person or thing under the name that the caller sees, and the marking of the report that they have it from."""

    id = serializers.UUIDField(source="title.pk")
    type = serializers.CharField(source="title.type")
    title = serializers.CharField(source="title.text")
    classification = serializers.CharField()


class BulletinSerializer(RecordSerializer):
    """A bulletin. `ack` is what the caller's desk was last asked; null for a desk that was not asked."""

    collection = "rifc-bulletins"
    classification = serializers.SerializerMethodField()
    originator = serializers.CharField(source="originator_id", read_only=True)
    handling = serializers.ListField(child=serializers.CharField(), read_only=True)
    eyes = serializers.ListField(child=serializers.CharField(), read_only=True)
    things = BulletinThingSerializer(many=True, read_only=True)
    ack = serializers.SerializerMethodField()
    etag: Any = serializers.SerializerMethodField()

    class Meta:
        model = Bulletin
        fields = (
            *RecordSerializer.BASE,
            *("number", "kind", "subject", "instruction", "title", "text", "short_text", "area", "classification"),
            *(
                "tlp",
                "handling",
                "eyes",
                "things",
                "originator",
                "valid_from",
                "valid_to",
                "edition",
                "issued_at",
                "ended_at",
                "reason",
                "ack",
            ),
        )

    def get_classification(self, row: Any) -> str:
        """Its word."""
        return str(vocabulary.classification(row.level).code)

    def get_etag(self, row: Any) -> str:
        """The version for its desk; for readers what they see, which says nothing of the issuer's acts."""
        if row.own:
            return str(row.etag)
        return f'"{row.edition}.{row.round}.{row.state}.{row.mine.state if row.mine else ""}"'

    @extend_schema_field(BulletinReceiptSerializer(allow_null=True))
    def get_ack(self, row: Any) -> dict[str, Any] | None:
        """The own desk's receipt."""
        return BulletinReceiptSerializer(row.mine).data if row.mine is not None else None


class BulletinViewSet(ScopedViewSet):
    """Bulletins that the caller sees."""

    model, serializer_class, noun, creates = Bulletin, BulletinSerializer, "bulletin", "draft"
    related = ("owner", "originator")
    reads = "bulletin.read"
    filters: ClassVar[dict[str, Any]] = {"box": queries.boxed, "kind": "kind", "state": "state", "number": "number"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each with the own desk's receipt; a single one that is read has been opened."""
        mine = queries.own_receipts(self.actor, rows) if rows else {}
        known = named.of_bulletins(self.actor, [row.pk for row in rows])
        for row in rows:
            row.things = known[row.pk]
            row.mine, row.own = mine.get(row.pk), row.owner_id == self.actor.desk_id
        return rows

    def retrieve(self, request: Any, pk: Any = None) -> Response:
        """One bulletin; the caller's desk has opened it then."""
        row = self.named(pk)
        acting.note_opened(self.actor, queries.own_receipt(self.actor, row))
        note_read(request, self.reads, row)
        body = self.get_serializer(self.prepared([row])[0]).data
        if has_version(request, body["etag"]):
            return Response(status=304, headers={"ETag": body["etag"]})
        return Response(body, headers={"ETag": body["etag"]})

    @extend_schema(request=None, responses=BulletinReceiptSerializer)
    @route(detail=True, methods=["post"], url_path="actions/ack", url_name="do-ack")
    def ack(self, request: Any, pk: Any = None) -> Response:
        """Say for the desk that it knows; again it is the same receipt."""
        mine = queries.own_receipt(self.actor, self.named(pk))
        if mine is None:
            raise Refused(ExchangeRefusals.NOT_ADDRESSEE)
        return Response(BulletinReceiptSerializer(acting.acknowledge_bulletin(self.actor, mine)).data)

    @extend_schema(responses=BulletinReceiptSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="receipts", url_name="receipts")
    def receipts(self, request: Any, pk: Any = None) -> Response:
        """Who has opened it and who knows; for the desk that issued it alone."""
        row = self.named(pk)
        if row.owner_id != self.actor.desk_id:
            raise Refused("not-visible")
        found = BulletinReceiptSerializer(queries.receipts(self.actor, row), many=True).data
        return Response({"next": None, "previous": None, "results": found})
