"""What the API shows of reports and what follows from them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, record_url
from apps.rifc.models import ReleaseRequest, Report
from apps.rifc.queries import vocabulary
from apps.rifc.rules.gradings import shown_in_common


class GradingSerializer(serializers.Serializer):
    """A grade in its own scheme; `in_6x6` shows it in the common one, null where it is that already."""

    scheme = serializers.CharField()
    value = serializers.CharField()
    in_6x6: Any = serializers.CharField(allow_null=True)


class ParagraphSerializer(serializers.Serializer):
    """A paragraph. `source_ref` is there for the handler of the desk's own sources alone."""

    pid = serializers.UUIDField()
    order = serializers.IntegerField()
    text = serializers.CharField()
    portion = serializers.CharField()
    grading = GradingSerializer(allow_null=True)
    source_type = serializers.CharField()
    releasable = serializers.BooleanField()
    source_ref = serializers.CharField(required=False)


class AckSerializer(serializers.Serializer):
    """The receipt that is asked of the caller; null for a report that was not sent to them."""

    required: Any = serializers.BooleanField()
    due = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)


class SharedReportSerializer(RecordSerializer):
    """A report: its version for the caller. `paragraphs` come with one report, not with a list or after an act."""

    collection = "rifc-reports"
    id: Any = serializers.UUIDField(source="thread", read_only=True)
    etag: Any = serializers.SerializerMethodField()
    version: Any = serializers.IntegerField(source="edition", read_only=True)
    number = serializers.SerializerMethodField()
    classification = serializers.SerializerMethodField()
    title_portion = serializers.SerializerMethodField()
    originator = serializers.CharField(source="originator_id", read_only=True)
    desk = serializers.CharField(source="owner.code", read_only=True)
    paragraphs = serializers.SerializerMethodField()
    ack = serializers.SerializerMethodField()
    ack_state = serializers.SerializerMethodField()
    conditions = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = (
            *RecordSerializer.BASE,
            *("number", "version", "kind", "title", "title_portion", "classification", "tlp", "orcon", "handling"),
            *("eyes", "originator", "desk", "threat_categories", "summary", "language", "info_cutoff", "event_from"),
            *("event_to", "event_precision", "event_place", "valid_to", "change_note", "shared_at", "paragraphs"),
            *("ack", "ack_state", "conditions", "reason", "sealed", "kept_open"),
        )

    def _own(self, row: Any) -> bool:
        return bool(self.context["view"].actor.party_code == row.originator_id)

    def get_url(self, row: Any) -> str:
        """Address of the report, whatever its version."""
        return record_url(self.collection, row.thread, self.context.get("request"))

    def get_etag(self, row: Any) -> str:
        """For the originator the record's; others are told the version alone, not how often somebody acted."""
        return str(row.etag) if self._own(row) else f'"{row.edition}"'

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_number(self, row: Any) -> str | None:
        """The number as its register knows it, or as recipients do; null before it is shared."""
        return (row.register_number if self._own(row) else row.number) or None

    def get_classification(self, row: Any) -> str:
        """UNCLASSIFIED to SECRET."""
        return vocabulary.classification(row.level).code

    def get_title_portion(self, row: Any) -> str:
        """U, R, C or S."""
        return vocabulary.portion_mark(row.title_level)

    @extend_schema_field(ParagraphSerializer(many=True, required=False))
    def get_paragraphs(self, row: Any) -> list[dict[str, Any]]:
        """In order."""
        return [paragraph(one, row.sources) for one in row.paragraphs or []]

    @extend_schema_field(AckSerializer(allow_null=True))
    def get_ack(self, row: Any) -> dict[str, Any] | None:
        """What is asked of the caller."""
        mine = row.mine
        return {"required": mine.ack_required, "due": mine.ack_due, "at": mine.ack_at} if mine else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_ack_state(self, row: Any) -> str | None:
        """State of the caller's own entry."""
        return row.mine.state if row.mine else None

    @extend_schema_field(serializers.CharField())
    def get_conditions(self, row: Any) -> str:
        """Conditions of the release by which the caller has it."""
        return row.mine.conditions if row.mine else ""

    @extend_schema_field(serializers.CharField(required=False))
    def get_reason(self, row: Any) -> str:
        """Why it was returned or reopened: for the desk that wrote it."""
        return str(row.reason)

    def to_representation(self, row: Any) -> dict[str, Any]:
        """Without the paragraphs where they are not asked for, and without what is the desk's or the party's alone."""
        body: dict[str, Any] = super().to_representation(row)
        if row.paragraphs is None:
            del body["paragraphs"]
        if self.context["view"].actor.desk_id != row.owner_id:
            del body["reason"]
        if not self._own(row):
            del body["kept_open"]
        return body


def paragraph(one: Any, sources: dict[Any, tuple[str, str]]) -> dict[str, Any]:
    """A paragraph as the API shows it."""
    grade = vocabulary.grade(one.scheme, one.grade) if one.grade else None
    shown: dict[str, Any] = {
        "pid": str(one.pid),
        "order": one.order,
        "text": one.text,
        "portion": vocabulary.portion_mark(one.portion),
        "grading": {"scheme": one.scheme, "value": one.grade, "in_6x6": shown_in_common(grade) or None}
        if grade
        else None,
        "source_type": one.source_type,
        "releasable": one.releasable,
    }
    if one.pk in sources:
        shown["source_ref"] = sources[one.pk][1]
    return shown


class TombstoneSerializer(serializers.Serializer):
    """What stands in place of a report that was taken back (410)."""

    recalled = serializers.BooleanField()
    number = serializers.CharField()
    originator = serializers.CharField()
    recalled_at = serializers.DateTimeField(allow_null=True)
    text = serializers.CharField()
    ack_due = serializers.DateTimeField(allow_null=True)


class RecipientSerializer(serializers.Serializer):
    """One entry of a version, for its originator. `target` is a desk, or a person by user name."""

    target = serializers.CharField()
    state = serializers.CharField()
    basis = serializers.CharField()
    ack_required = serializers.BooleanField()
    ack_due = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    first_opened_at = serializers.DateTimeField(allow_null=True)
    ack_at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField()


class ReadingSerializer(serializers.Serializer):
    """One reading, for the originator. `person` where the reader's party shows it."""

    party = serializers.CharField()
    desk = serializers.CharField()
    at = serializers.DateTimeField()
    channel = serializers.CharField()
    version: Any = serializers.IntegerField()
    person = serializers.CharField(required=False)


class RecallAckSerializer(serializers.Serializer):
    """What a recipient of a recalled report said."""

    id = serializers.UUIDField()
    target = serializers.CharField()
    state = serializers.CharField()
    to: Any = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class UseSerializer(serializers.Serializer):
    """What a desk says a report was good for."""

    desk = serializers.CharField(source="desk.code")
    version: Any = serializers.IntegerField(source="report.edition")
    usefulness = serializers.CharField()
    used_for: Any = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    at = serializers.DateTimeField()


class ReceiptGivenSerializer(serializers.Serializer):
    """The receipt that was given; the first one counts."""

    id = serializers.UUIDField()
    version: Any = serializers.IntegerField()
    state = serializers.CharField()
    at = serializers.DateTimeField()


class ReceiptInput(serializers.Serializer):
    """The version that is acknowledged."""

    version: Any = serializers.IntegerField()
    note = serializers.CharField(required=False)


class OriginatorAnswerSerializer(serializers.Serializer):
    """What one originator says. `reason` is there for their own party alone."""

    party = serializers.CharField()
    answer = serializers.CharField()
    code = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(required=False)


class ReleaseRequestSerializer(RecordSerializer):
    """A request to pass a report on; visible to who asks and to the originators."""

    collection = "rifc-release-requests"
    report = serializers.SerializerMethodField()
    requester = serializers.CharField(source="owner.code", read_only=True)
    to: Any = serializers.ListField(source="targets", child=serializers.CharField())
    decisions = serializers.SerializerMethodField()

    class Meta:
        model = ReleaseRequest
        fields = (
            *RecordSerializer.BASE,
            *("report", "requester", "to", "external", "purpose", "note", "portion", "due_at", "originators"),
            *("decisions", "conditions", "reason", "decided_at"),
        )

    def get_report(self, row: Any) -> str:
        """Address of the report."""
        return record_url("rifc-reports", row.report.thread, self.context.get("request"))

    @extend_schema_field(OriginatorAnswerSerializer(many=True))
    def get_decisions(self, row: Any) -> list[dict[str, Any]]:
        """For who asked all answers, for an originator their own."""
        own = self.context["view"].actor.party_code
        return [
            {"party": one.party_id, "answer": one.answer, "code": one.code, "at": one.at}
            | ({"reason": one.reason} if one.party_id == own else {})
            for one in row.answers
        ]
