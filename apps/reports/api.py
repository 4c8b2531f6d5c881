"""Reports, clearances and facts over the API."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.reports.managers import DRAFTERS
from apps.reports.models import Clearance, Fact, RenderedSentence, Report


class ReportSentenceSerializer(serializers.Serializer):
    """One sentence of the present draft. What only its drafters may know is empty for others."""

    key = serializers.CharField()
    section = serializers.CharField()
    text = serializers.CharField(source="said")
    computed = serializers.CharField(source="text_shown")
    gap: Any = serializers.CharField(source="gap_shown")
    sha256 = serializers.CharField()


class OutgoingReportSerializer(RecordSerializer):
    """A report with the sentences of its present draft."""

    collection = "reports-reports"
    party = serializers.CharField(source="party_id", allow_null=True)
    meeting = serializers.UUIDField(source="meeting_id", allow_null=True)
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)
    sentences = ReportSentenceSerializer(source="shown", many=True)

    class Meta:
        model = Report
        fields = (
            *RecordSerializer.BASE,
            *("reference", "kind", "title", "addressee", "covers", "as_of", "known_at", "draft", "party", "meeting"),
            *("corrects", "seal", "fictional", "sentences"),
        )


class ReportViewSet(ScopedViewSet):
    """Reports that leave the Community: drafts for the Secretariat, issued ones for their readers."""

    model, serializer_class, noun = Report, OutgoingReportSerializer, "report"
    creates = "create"
    filters: ClassVar = {"kind": "kind", "state": "state", "party": "party"}
    reads = "report.read"

    def prepared(self, rows: Rows) -> Rows:
        """Attach the readable sentences of a page of reports, in one query."""
        drafts = {(row.pk, row.draft) for row in rows}
        seen = RenderedSentence.objects.visible_to(self.actor).filter(report__in=rows)
        shown: dict[Any, list[RenderedSentence]] = {}
        drafting = self.actor.function in DRAFTERS
        for one in seen.order_by("position"):
            if (one.report_id, one.draft) in drafts:
                one.text_shown = one.text if drafting else ""
                one.gap_shown = one.gap_reason if drafting else ""
                shown.setdefault(one.report_id, []).append(one)
        for row in rows:
            row.shown = shown.get(row.pk, [])
        return rows


class ClearanceSerializer(RecordSerializer):
    """What a State is asked to clear: `texts` are pairs of a sentence's name and its text."""

    collection = "reports-clearances"
    party = serializers.CharField(source="party_id")
    report = serializers.UUIDField(source="report_id")
    due = serializers.DateField(source="due_on")
    texts = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))

    class Meta:
        model = Clearance
        fields = (*RecordSerializer.BASE, "party", "report", "draft", "texts", "due", "comment")


class ClearanceViewSet(ScopedViewSet):
    """Sentences that name a State, for its ministry and the Secretariat."""

    model, serializer_class, noun = Clearance, ClearanceSerializer, "clearance"
    filters: ClassVar = {"state": "state", "report": "report"}


class FactSerializer(RecordSerializer):
    """A dated fact with its source; `superseded_at` is when the register knew better."""

    collection = "reports-facts"
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)

    class Meta:
        model = Fact
        fields = (
            *RecordSerializer.BASE,
            *("code", "title", "content", "valid_from", "valid_to", "recorded_at", "superseded_at"),
            *("provenance", "source", "reason", "corrects"),
        )


class FactViewSet(ScopedViewSet):
    """Facts that reports rest on and no other register holds."""

    model, serializer_class, noun = Fact, FactSerializer, "fact"
    creates = "record"
    filters: ClassVar = {"code": "code", "state": "state"}
