"""Watchlists and their entries in the API."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.access.declared_actions import REGISTRY
from apps.access.parsers import StorableJSONParser
from apps.access.problems import Problem
from apps.screening import actions, policy, queries
from apps.screening import rules as language
from apps.screening.models import (
    Entry,
    ImportLine,
    ListImport,
    Rule,
    RuleTrial,
    Thresholds,
    TravellerClearance,
    WatchList,
)
from apps.screening.queries import import_progress
from apps.screening.queries import rules as rule_queries
from apps.screening.queries.visibility import as_written


class WatchListSerializer(RecordSerializer):
    """A watchlist; `entries` are those in use that the caller may see."""

    collection = "screening-lists"
    party = serializers.CharField(source="originator_id", read_only=True)
    entries = serializers.IntegerField(source="active", read_only=True)

    class Meta:
        model = WatchList
        fields = (*RecordSerializer.BASE, "code", "name", "kind", "party", "entries", "why_closed", "changed_at")


class VisibilitySerializer(serializers.Serializer):
    """Who may screen with an entry, and who may be told of a hit."""

    screen_for = serializers.JSONField(help_text='codes of States, or "all"')
    functions = serializers.JSONField(required=False, help_text="codes of functions of desks; without it all")
    hit_visible_to = serializers.ChoiceField(choices=Entry.HitVisibleTo.choices)
    reason_visible_to = serializers.ChoiceField(
        required=False, choices=Entry.ReasonVisibleTo.choices, help_text="without it, as hit_visible_to says"
    )


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
            *("valid_from", "valid_until", "review_on", "quality", "reason", "created_at", "changed_at"),
        )

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_subject(self, row: Entry) -> dict[str, Any]:
        """IDENTITY of the matching contract, as given."""
        return row.subject

    @extend_schema_field(VisibilitySerializer)
    def get_visibility(self, row: Entry) -> dict[str, Any]:
        """As written by the owner; "all" for every State; its further parts only where they are unusual."""
        return as_written(row)

    def get_reason(self, row: Entry) -> str | None:
        """Why the person is listed, or null."""
        return row.reason if policy.may_read_reason(self.context["view"].actor, row) else None


class WatchListViewSet(ScopedViewSet):
    """Lists of the caller's party, and all lists for the JRCC."""

    model, serializer_class, noun = WatchList, WatchListSerializer, "list"
    related = ("originator",)
    creates = "open"
    filters: ClassVar[dict[str, str]] = {"code": "code", "kind": "kind", "party": "originator_id", "state": "state"}

    def prepared(self, rows: Rows) -> Rows:
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


class RawParser(BaseParser):
    """Takes a body of one content type as bytes, unchanged."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body."""
        return stream.read()


class ImportLineSerializer(serializers.ModelSerializer):
    """What one line of a file does; `changes` are [what, before, after]."""

    changes = serializers.JSONField()

    class Meta:
        model = ImportLine
        fields = ("line", "change", "reference", "name", "changes", "reason")


class ListImportSerializer(RecordSerializer):
    """A file for a list: what it changes. `lines` are the first two hundred of each kind."""

    collection = "screening-imports"
    list = serializers.CharField(source="list.code", read_only=True)
    party = serializers.CharField(source="originator_id", read_only=True)
    lines_done = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()

    class Meta:
        model = ListImport
        fields = (
            *RecordSerializer.BASE,
            *("list", "party", "file_name", "form", "sha256", "size", "replaces", "instruction"),
            *("read", "created", "updated", "unchanged", "withdrawn", "rejected", "active_before"),
            *("fault", "fault_line", "sent_by", "proposed_by", "why", "applied_by", "applied_at", "created_at"),
            *("lines_done", "lines"),
        )

    def get_lines_done(self, row: ListImport) -> int:
        """Lines read or applied so far, while that goes on."""
        return import_progress.lines_done(row)

    @extend_schema_field(ImportLineSerializer(many=True))
    def get_lines(self, row: ListImport) -> Any:
        """Only where one import is read."""
        return ImportLineSerializer(getattr(row, "lines_shown", []), many=True).data


FILE_TYPES = (
    *("application/x-ndjson", "application/jsonl", "text/csv", "application/xml", "text/xml", "text/plain"),
    *("application/octet-stream", "application/zip"),
)
FILE_PARSERS = [type(f"RawFile{n}", (RawParser,), {"media_type": kind}) for n, kind in enumerate(FILE_TYPES)]
SENT_WITH = ("list", "replaces", "instruction", "file_name")


class ListImportViewSet(ScopedViewSet):
    """Files for lists. POST the file itself; nothing is changed before it is applied."""

    model, serializer_class, noun = ListImport, ListImportSerializer, "import"
    reads = "import.view"
    related = ("list",)
    filters: ClassVar[dict[str, str]] = {"list": "list__code", "state": "state", "sha256": "sha256"}
    parser_classes = (*FILE_PARSERS, StorableJSONParser)

    def prepared(self, rows: Rows) -> Rows:
        """One import comes with its lines."""
        if len(rows) == 1 and self.action != "list":
            groups = queries.import_lines(self.actor, rows[0])
            rows[0].lines_shown = [line for _kind, _words, lines in groups for line in lines]
        return rows

    @extend_schema(
        request={kind: OpenApiTypes.BINARY for kind in FILE_TYPES},
        responses={202: ListImportSerializer},
        parameters=[OpenApiParameter(name, str, required=name == "list") for name in SENT_WITH],
    )
    def create(self, request: Any) -> Response:
        """Hand in a file for the list `?list=`: 202, and it is read at once. `?replaces=true`: it is the whole list."""
        data = request.data
        if not isinstance(data, bytes):
            raise Problem(
                415, "unsupported-media-type", _("Send the file in one of these formats: %s.") % ", ".join(FILE_TYPES)
            )
        if len(data) > settings.LIST_LIMIT:
            raise Problem(413, "too-large", _("A file may have up to %d MB.") % (settings.LIST_LIMIT // 2**20))
        named = {name: value for name, value in request.query_params.items() if name != "file_name"}
        fields = self.validated(REGISTRY["import.send"], named, None)
        name = request.query_params.get("file_name", "")
        row = actions.send_list_file(self.actor, None, data=data, file_name=name, **fields)
        return self.answer(self.fresh(row), 202)


class TravellerClearanceSerializer(RecordSerializer):
    """ "This traveller is not that entry", for the States of `holds_for`; `entry` is null where it is not visible."""

    collection = "screening-clearances"
    entry = serializers.SerializerMethodField()
    party = serializers.CharField(source="party_id", read_only=True)
    made_by = serializers.CharField(source="originator_id", read_only=True)
    holds_for = serializers.ListField(child=serializers.CharField(), read_only=True)
    traveller = serializers.SerializerMethodField()

    class Meta:
        model = TravellerClearance
        fields = (
            *RecordSerializer.BASE,
            *("entry", "entry_version", "party", "made_by", "holds_for", "traveller", "hit_reference", "reason"),
            *("valid_until", "why_ended", "created_at", "changed_at"),
        )

    def get_entry(self, row: TravellerClearance) -> str | None:
        """Address of the entry."""
        opens = row.entry_id in getattr(row, "open_entries", ())
        return record_url("screening-entries", row.entry_id, self.context.get("request")) if opens else None

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_traveller(self, row: TravellerClearance) -> dict[str, Any]:
        """IDENTITY of the matching contract, as they were compared."""
        return row.traveller


class TravellerClearanceViewSet(ScopedViewSet):
    """Clearances of the caller's State and those shared with it; all for the JRCC. Made by `clear` of a hit."""

    model, serializer_class, noun = TravellerClearance, TravellerClearanceSerializer, "traveller_clearance"
    reads, lists = "traveller_clearance.view", "traveller_clearance.list"
    filters: ClassVar[dict[str, str]] = {"state": "state", "party": "party_id", "hit": "hit_reference"}

    def prepared(self, rows: Rows) -> Rows:
        """Say which entries the caller may see. One query."""
        entries = Entry.objects.visible_to(self.actor).filter(pk__in=[row.entry_id for row in rows])
        seen = set(entries.values_list("pk", flat=True))
        for row in rows:
            row.open_entries = seen
        return rows


class TrialSerializer(serializers.ModelSerializer):
    """What the last trial of the rule's text counted."""

    per_1000 = serializers.FloatField(read_only=True, help_text="alerts for each thousand travellers")

    class Meta:
        model = RuleTrial
        fields = ("first_day", "last_day", "travellers", "matched", "per_1000", "days", "states", "at")


class RuleSerializer(RecordSerializer):
    """A targeting rule. `sentence` is its condition in words, `trial` the last one of the present text, or null."""

    collection = "screening-rules"
    party = serializers.CharField(source="originator_id", read_only=True)
    condition = serializers.JSONField(read_only=True)
    sentence = serializers.SerializerMethodField()
    trial = TrialSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Rule
        fields = (
            *RecordSerializer.BASE,
            *("reference", "party", "name", "condition", "sentence", "why", "legal_basis", "instruction", "screen_for"),
            *("valid_until", "revision", "trial", "created_at", "changed_at"),
        )

    def get_sentence(self, row: Rule) -> str:
        """The condition in plain English."""
        return language.sentence(language.read_condition(row.condition))


class RuleViewSet(ScopedViewSet):
    """Targeting rules of the caller's party; all for the JRCC."""

    model, serializer_class, noun = Rule, RuleSerializer, "rule"
    reads, creates = "rule.read", "draft"
    filters: ClassVar[dict[str, str]] = {"state": "state", "party": "originator_id", "reference": "reference"}

    def prepared(self, rows: Rows) -> Rows:
        """Each rule with the last trial of its text. One query."""
        last = rule_queries.last_trials(rows)
        for row in rows:
            row.trial = last.get(row.pk)
        return rows


class ThresholdsSerializer(RecordSerializer):
    """Thresholds of the portal, as probabilities; `starts_at` is null where they never came into force."""

    collection = "screening-thresholds"
    party = serializers.CharField(source="originator_id", read_only=True)

    class Meta:
        model = Thresholds
        fields = (
            *RecordSerializer.BASE,
            *("party", "review", "match", "budget", "why", "matcher", "proposed_by", "activated_by", "said"),
            *("starts_at", "ends_at", "created_at"),
        )


class ThresholdsViewSet(ScopedViewSet):
    """From which likeness a hit is shown and counts as a match: those in force, earlier ones, proposals."""

    model, serializer_class, noun = Thresholds, ThresholdsSerializer, "thresholds"
    creates = "propose"
    filters: ClassVar[dict[str, str]] = {"state": "state", "party": "originator_id"}
