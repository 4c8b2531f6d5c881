"""Openings of sealed texts, and shares of their keys, for the page's scripts and for programs of holders."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.access.database_context import beyond
from apps.access.schema import input_serializer
from apps.rifc.actions import openings as actions
from apps.rifc.models import Opening, SealedShare
from apps.rifc.queries import sealed_texts


class ShareSerializer(serializers.Serializer):
    """A share of the key of a text, under the key of one holder. `check` says whether it is the one that was made."""

    key = serializers.UUIDField(source="key_id")
    public = serializers.CharField(source="key.public")
    fingerprint = serializers.CharField(source="key.fingerprint")
    x = serializers.IntegerField()
    check = serializers.CharField(source="check_hash")
    enc = serializers.CharField()
    share = serializers.CharField()


class OpeningSerializer(RecordSerializer):
    """That somebody asks to read a sealed text. `own_share` is the caller's, where they hold one of its State's."""

    collection = "rifc-openings"
    etag: Any = serializers.SerializerMethodField()
    text = serializers.UUIDField(source="text.text_id", read_only=True)
    party = serializers.CharField(source="party_id", read_only=True)
    desk = serializers.CharField(source="desk.code", read_only=True)
    number = serializers.CharField(source="report.number", read_only=True)
    originator = serializers.CharField(source="report.originator_id", read_only=True)
    own_share = serializers.SerializerMethodField()

    class Meta:
        model = Opening
        fields = (
            *RecordSerializer.BASE,
            *("text", "party", "desk", "number", "originator", "public", "why", "asked_at", "opened_at", "until"),
            *("answer", "own_share"),
        )

    def get_etag(self, row: Any) -> str:
        """Changes with the state."""
        return f'"{row.state}"'

    @extend_schema_field(ShareSerializer(allow_null=True))
    def get_own_share(self, row: Any) -> dict[str, Any] | None:
        """Null for who holds none, or is not of this State."""
        return dict(ShareSerializer(row.held).data) if row.held else None


class ReleasedSerializer(serializers.Serializer):
    """A share that a holder released for the reader's key."""

    x = serializers.IntegerField()
    check = serializers.CharField(source="check_hash")
    enc = serializers.CharField()
    share = serializers.CharField()


class OpenedSerializer(serializers.Serializer):
    """What the reader of an opening opens a text with."""

    text = serializers.UUIDField()
    party = serializers.CharField()
    body = serializers.CharField()
    shares: Any = ReleasedSerializer(many=True)


class GivenSerializer(serializers.Serializer):
    """The State whose holders have shares now."""

    party = serializers.CharField()


def _waiting(rows: Any, value: str, actor: Any) -> Any:
    """Those for which the caller has a share to release and has not; `true` is all that can be asked."""
    if value != "true":
        raise ValueError(value)
    return rows.filter(pk__in=sealed_texts.waiting_for(actor).values("pk"))


class OpeningViewSet(ScopedViewSet):
    """Openings that the caller asked for, holds a share of, or that are of reports of their own party."""

    model, serializer_class, noun = Opening, OpeningSerializer, "opening"
    filters: ClassVar[dict[str, Any]] = {
        "state": "state",
        "party": "party",
        "waits": _waiting,
    }
    related = ("text", "desk", "report")

    def get_queryset(self, before: Any = None) -> Any:
        """With the report's number and originator, which a holder sees of it and no more."""
        return beyond(super().get_queryset(before).defer(*sealed_texts.HEAVY), "sealed texts")

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With the caller's own share of each. One query."""
        return sealed_texts.with_own_shares(self.actor, rows)

    @extend_schema(request=None, responses=OpenedSerializer)
    @route(detail=True, methods=["post"], url_path="actions/open", url_name="do-open")
    def open(self, request: Any, pk: Any = None) -> Response:
        """The text and the two shares that were released for you; the reading is noted before they are sent."""
        row = actions.read_sealed_text(self.actor, self.named(pk))
        body = {
            "text": row.text.text_id,
            "party": row.party_id,
            "body": row.text.body,
            "shares": sealed_texts.released(row),
        }
        return Response(OpenedSerializer(body).data)

    @extend_schema(request=input_serializer(actions.give_key_shares.spec), responses=GivenSerializer)  # type: ignore[attr-defined]
    @route(detail=True, methods=["post"], url_path="actions/give", url_name="do-give")
    def give(self, request: Any, pk: Any = None) -> Response:
        """Give all holders of a State new shares of the text that is open for you."""
        row = self.named(pk)
        fields = self.validated(actions.give_key_shares.spec, request.data, None)  # type: ignore[attr-defined]
        made = actions.give_key_shares(self.actor, None, of=row, **fields)
        return Response(GivenSerializer({"party": made.party_id}).data)


class KeyShareSerializer(RecordSerializer):
    """The caller's own share of the key of a text."""

    collection = "rifc-key-shares"
    etag: Any = serializers.SerializerMethodField()
    text = serializers.UUIDField(source="text.text_id", read_only=True)
    party = serializers.CharField(source="party_id", read_only=True)
    key = serializers.UUIDField(source="key_id", read_only=True)
    public = serializers.CharField(source="key.public", read_only=True)
    fingerprint = serializers.CharField(source="key.fingerprint", read_only=True)
    replaced = serializers.SerializerMethodField()
    check = serializers.CharField(source="check_hash", read_only=True)

    class Meta:
        model = SealedShare
        fields = (
            *RecordSerializer.BASE,
            *("text", "party", "key", "public", "fingerprint", "replaced", "x", "check", "enc", "share"),
        )

    def get_etag(self, row: Any) -> str:
        """Changes with the key."""
        return f'"{row.key_id}"'

    def get_replaced(self, row: Any) -> bool:
        """Whether its holder has a newer key, to which it is to be carried over."""
        return bool(row.key.state == "replaced")


class KeyShareViewSet(ScopedViewSet):
    """One's own shares; a holder carries them over to a newer key."""

    model, serializer_class, noun = SealedShare, KeyShareSerializer, "sealed_share"
    filters: ClassVar[dict[str, Any]] = {"replaced": lambda rows, value, _actor: rows.filter(key__state="replaced")}
    related = ("text", "key")

    def get_queryset(self, before: Any = None) -> Any:
        """One's own alone."""
        rows = super().get_queryset(before)
        if getattr(self, "swagger_fake_view", False):
            return rows
        return beyond(rows.filter(holder_id=self.actor.user_id).defer(*sealed_texts.HEAVY), "sealed texts")
