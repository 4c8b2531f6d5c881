"""Papers in the API. Bodies are given with one record, not with a list: who reads a text is to be seen from the log."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.council.models import Paper
from apps.council.papers.queries import papers as queries
from apps.council.papers.queries import receipts as receipts_queries


class PaperTextSerializer(serializers.Serializer):
    """The current version. `body` is Markdown, null in lists; `sha256` is of the body and of its files' hashes."""

    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    body = serializers.CharField(allow_null=True)


class PaperTranslationSerializer(serializers.Serializer):
    """A language of the paper; `stale` when it is of another text than the current one."""

    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=["official", "courtesy", "machine"])
    title = serializers.CharField()
    reviewed = serializers.BooleanField()
    stale = serializers.BooleanField()


class PaperReceiptSerializer(serializers.Serializer):
    """When a State's ministry first opened and downloaded the paper; null for not yet."""

    party = serializers.CharField()
    opened_at = serializers.DateTimeField(allow_null=True)
    downloaded_at = serializers.DateTimeField(allow_null=True)


class PaperSerializer(RecordSerializer):
    """A paper. `receipts`: all States for its sender and the Secretariat, one's own line for a State, null for none."""

    collection = "council-papers"
    organ = serializers.CharField(source="organ_id", read_only=True)
    meeting = serializers.SerializerMethodField()
    item = serializers.UUIDField(source="item_id", read_only=True, allow_null=True)
    party = serializers.CharField(source="originator_id", read_only=True)
    current = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()
    supersedes = serializers.SerializerMethodField()
    receipts = serializers.SerializerMethodField()

    class Meta:
        model = Paper
        fields = (
            *RecordSerializer.BASE,
            *("number", "title", "organ", "meeting", "item", "party", "language", "current", "translations", "level"),
            *("caveat", "embargo_until", "issued_at", "late", "supersedes", "reason", "receipts", "changed_at"),
        )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_meeting(self, row: Any) -> str | None:
        """Address of the meeting."""
        if row.meeting_id is None:
            return None
        return record_url("council-meetings", row.meeting_id, self.context.get("request"))

    @extend_schema_field(PaperTextSerializer(allow_null=True))
    def get_current(self, row: Any) -> dict[str, Any] | None:
        """The version that holds."""
        if row.text is None:
            return None
        body = None if self.context["view"].action == "list" else row.words
        return {"number": row.text.number, "sha256": row.text.sha256, "body": body}

    @extend_schema_field(PaperTranslationSerializer(many=True))
    def get_translations(self, row: Any) -> list[dict[str, Any]]:
        """By language."""
        now = row.text.sha256 if row.text else ""
        return [
            {
                "language": each.language,
                "kind": each.kind,
                "title": each.title,
                "reviewed": each.reviewed,
                "stale": each.source_hash != now,
            }
            for each in row.tongues
        ]

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_supersedes(self, row: Any) -> str | None:
        """Address of the paper in whose place this one stands."""
        return (
            record_url(self.collection, row.supersedes_id, self.context.get("request")) if row.supersedes_id else None
        )

    @extend_schema_field(PaperReceiptSerializer(many=True, allow_null=True))
    def get_receipts(self, row: Any) -> list[dict[str, Any]] | None:
        """See the class."""
        if row.lines is None:
            return None
        return [
            {"party": line.party, "opened_at": line.opened_at, "downloaded_at": line.downloaded_at}
            for line in row.lines
        ]


class PaperViewSet(ScopedViewSet):
    """Papers: drafts of one's own desk, and what was issued to one's State."""

    model, serializer_class, noun = Paper, PaperSerializer, "paper"
    creates, reads = "draft", "paper.read"
    filters: ClassVar[dict[str, Any]] = {
        "state": "state",
        "organ": "organ_id",
        "meeting": "meeting_id",
        "item": "item_id",
        "language": "language",
        "number": "number",
        "q": lambda rows, value, _actor: queries.found(rows, value),
    }

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each paper with its current version, translations and receipts, in five queries for the page."""
        texts = queries.current_texts(self.actor, rows)
        tongues = queries.translations(self.actor, rows)
        lines = receipts_queries.receipts(self.actor, rows)
        for row in rows:
            row.text, row.tongues, row.lines = texts.get(row.pk), tongues[row.pk], lines.get(row.pk)
        return rows
