"""Watchlists and their entries in the API."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.screening import actions, policy, queries  # noqa: F401  (routes are made from the declared verbs)
from apps.screening.models import Entry, WatchList


class WatchListSerializer(RecordSerializer):
    """A watchlist; `entries` are those in use that the caller may see."""

    collection = "screening-lists"
    party = serializers.CharField(source="originator_id", read_only=True)
    entries = serializers.IntegerField(source="active", read_only=True)

    class Meta:
        model = WatchList
        fields = (*RecordSerializer.BASE, "code", "name", "kind", "party", "entries", "changed_at")


class VisibilitySerializer(serializers.Serializer):
    """Who may screen with an entry, and who may be told of a hit."""

    screen_for = serializers.JSONField(help_text='codes of States, or "all"')
    hit_visible_to = serializers.ChoiceField(choices=Entry.HitVisibleTo.choices)


class EntrySerializer(RecordSerializer):
    """An entry. `reason` is null where the owner keeps it from the caller's party."""

    collection = "screening-entries"
    list = serializers.CharField(source="list.code", read_only=True)
    party = serializers.CharField(source="originator_id", read_only=True)
    subject = serializers.SerializerMethodField()
    visibility = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = (
            *RecordSerializer.BASE,
            *("list", "party", "reference", "kind", "subject", "instruction", "visibility"),
            *("valid_from", "valid_until", "quality", "reason", "created_at", "changed_at"),
        )

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_subject(self, row: Entry) -> dict[str, Any]:
        """IDENTITY of the matching contract, as given."""
        return row.subject

    @extend_schema_field(VisibilitySerializer)
    def get_visibility(self, row: Entry) -> dict[str, Any]:
        """As written by the owner; "all" for every State."""
        screen_for = "all" if row.screen_for is None else row.screen_for
        return {"screen_for": screen_for, "hit_visible_to": row.hit_visible_to}

    def get_reason(self, row: Entry) -> str | None:
        """Why the person is listed, or null."""
        return row.reason if policy.may_read_reason(self.context["view"].actor, row) else None


class WatchListViewSet(ScopedViewSet):
    """Lists of the caller's party, and all lists for the JRCC."""

    model, serializer_class, noun = WatchList, WatchListSerializer, "list"
    related = ("originator",)
    creates = "open"
    filters: ClassVar[dict[str, str]] = {"code": "code", "kind": "kind", "party": "originator_id", "state": "state"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each list with its number of active entries."""
        counts = queries.active_counts(self.actor, rows)
        for row in rows:
            row.active = counts.get(row.pk, 0)
        return rows


class EntryViewSet(ScopedViewSet):
    """Entries of the caller's party, all entries for the JRCC, and those that a hit was referred with."""

    model, serializer_class, noun = Entry, EntrySerializer, "entry"
    creates, reads, lists = "create", "entry.read", "entry.list"
    related = ("list",)
    filters: ClassVar[dict[str, str]] = {
        "list": "list__code",
        "reference": "reference",
        "instruction": "instruction",
        "party": "originator_id",
        "state": "state",
    }
