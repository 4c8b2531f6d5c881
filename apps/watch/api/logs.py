"""Watch logs for programs of the desk itself."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.watch.models import Watch
from apps.watch.queries import log as queries

MOST = 5000


class WatchSerializer(RecordSerializer):
    """A watch; `head_sha256` is the hash of its last entry."""

    collection = "watch-logs"
    desk = serializers.CharField(source="owner.code", read_only=True)
    officer = serializers.CharField(source="officer.username", read_only=True)

    class Meta:
        model = Watch
        fields = (
            *RecordSerializer.BASE,
            *("number", "desk", "officer", "opened_at", "closed_at", "last_serial", "head_sha256"),
        )


class WatchEntrySerializer(serializers.Serializer):
    """An entry of a log with its place in the chain."""

    id = serializers.UUIDField()
    serial = serializers.IntegerField()
    event_at = serializers.DateTimeField()
    entered_at = serializers.DateTimeField()
    person = serializers.CharField(source="person.username")
    category = serializers.CharField()
    channel = serializers.CharField()
    from_whom = serializers.CharField()
    text = serializers.CharField()
    action_taken = serializers.CharField()
    to_do = serializers.BooleanField()
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)
    closes = serializers.UUIDField(source="closes_id", allow_null=True)
    prev_sha256 = serializers.CharField()
    sha256 = serializers.CharField()


class WatchChainSerializer(serializers.Serializer):
    """Whether the chain holds, and the entries, oldest first."""

    verified = serializers.BooleanField()
    fault = serializers.CharField(allow_blank=True)
    results = WatchEntrySerializer(many=True)


class WatchViewSet(ScopedViewSet):
    """Watches of the caller's desk."""

    model, serializer_class, noun, creates = Watch, WatchSerializer, "watch", "open"
    related = ("owner", "officer")
    filters: ClassVar[dict[str, Any]] = {"state": "state", "number": "number"}

    @extend_schema(responses=WatchChainSerializer, filters=False)
    @route(detail=True, methods=["get"], url_path="entries", url_name="entries")
    def entries(self, request: Any, pk: Any = None) -> Response:
        """All entries of a watch, recomputed."""
        row = self.named(pk)
        rows = list(queries.entries(self.actor, row).order_by("serial")[:MOST])
        checked = queries.check_watch_entries(row, rows)
        fault = f"{checked.serial}: {checked.fault}" if checked.fault else ""
        return Response(WatchChainSerializer({"verified": not fault, "fault": fault, "results": rows}).data)
