"""Carriers' lists in the API: received, read, answered. They hold no word about screening."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.response import Response

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.access.problems import Problem
from apps.manifests.actions import intake
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.queries import import_progress

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MESSAGE_TYPES = ("application/edifact", "text/plain", "application/json", "text/csv", SHEET, "application/xml")


class RawParser(BaseParser):
    """Takes a body of one content type as bytes, unchanged."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body."""
        return stream.read()


RAW_PARSERS = [type(f"Raw{n}", (RawParser,), {"media_type": kind}) for n, kind in enumerate(MESSAGE_TYPES)]


class ReceiptSerializer(serializers.Serializer):
    """What a carrier gets at once."""

    id = serializers.UUIDField()
    receipt = serializers.CharField()
    url = serializers.URLField()


class SubmissionSerializer(RecordSerializer):
    """A carrier's message and how far it is read; nothing about screening."""

    collection = "jrcc-submissions"
    state: Any = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    response = serializers.SerializerMethodField()
    corrects = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = (
            *RecordSerializer.BASE,
            *("receipt", "created_at", "channel", "size", "sha256", "grade", "flight", "findings", "journey", "counts"),
            *("response", "parts_missing", "is_test", "corrects", "edition"),
        )

    def get_state(self, row: Submission) -> str:
        """received, read, screened or answered; a carrier is not told when it was screened."""
        return getattr(row, "told", row.state)

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_findings(self, row: Submission) -> list[dict[str, Any]]:
        """Findings of contract-paxlst.md, of every list in the message."""
        return [finding for obj in _content(row).reading or [] for finding in obj.get("findings", [])]

    def get_journey(self, row: Submission) -> str | None:
        """The journey that the list belongs to; null until read. A carrier may know its address, not open it."""
        if row.journey_id is None:
            return None
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    def get_counts(self, row: Submission) -> dict[str, int]:
        """Persons read."""
        return {"passengers": row.passengers, "crew": row.crew}

    def get_corrects(self, row: Submission) -> str | None:
        """Address of the version before, of which this one is a correction; null for a first version."""
        if row.corrects_id is None:
            return None
        return record_url(self.collection, row.corrects_id, self.context.get("request"))

    def get_response(self, row: Submission) -> str | None:
        """CUSRES, ACKRES for bookings, or both, once the message is read."""
        return _content(row).response or None


def _content(row: Submission) -> SubmissionContent:
    return getattr(row, "content_row", None) or SubmissionContent(submission=row)


class SubmissionViewSet(ScopedViewSet):
    """Messages that carriers sent. POST the raw message; the answer is a receipt."""

    model, serializer_class, noun = Submission, SubmissionSerializer, "submission"
    filters: ClassVar = {"state": import_progress.in_state, "grade": "grade", "receipt": "receipt"}
    parser_classes = (*RAW_PARSERS, JSONParser)
    reads = "submission.view"

    def get_queryset(self, before: Any = None) -> Any:
        """Visible submissions; for a carrier with the state that it may know."""
        rows, fake = super().get_queryset(before), getattr(self, "swagger_fake_view", False)
        return rows if fake or self.actor.function != "carrier" else import_progress.as_told(rows)

    def prepared(self, rows: Rows) -> Rows:
        """Attach the readings of a page in one query; the raw bytes stay where they are."""
        contents = SubmissionContent.objects.visible_to(self.actor).filter(submission__in=rows).defer("raw")
        found = {content.submission_id: content for content in contents}
        for row in rows:
            row.content_row = found.get(row.pk)
        return rows

    @extend_schema(request={kind: OpenApiTypes.BINARY for kind in MESSAGE_TYPES}, responses={202: ReceiptSerializer})
    def create(self, request: Any) -> Response:
        """Take in a message: 202 with the receipt. The same bytes again give the same receipt."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.SUBMISSION_LIMIT:
            raise Problem(413, "too-large", _("A message can be up to 10 MB. Send the manifest in parts."))
        kind = request.content_type.partition(";")[0].strip().lower()
        row = intake.receive(self.actor, request.data, channel="api", content_type=kind)
        url = record_url("jrcc-submissions", row.pk, request)
        body = {"id": str(row.pk), "receipt": row.receipt, "url": url}
        return Response(body, status=202, headers={"Location": url})
