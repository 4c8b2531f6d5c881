"""Issued documents in the API."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action as route

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.documents.models import IssuedDocument
from apps.documents.queries.downloads import as_file


class IssuedDocumentSerializer(RecordSerializer):
    """A document that left the portal; `sha256` is of its exact bytes, `content_hash` is printed on it."""

    collection = "documents-issued"
    desk = serializers.CharField(source="owner.code", read_only=True)
    issued_to = serializers.CharField(source="issued_to.code", read_only=True, allow_null=True, default=None)

    class Meta:
        model = IssuedDocument
        fields = (
            *RecordSerializer.BASE,
            *("kind", "object_type", "object_id", "number", "title", "format", "sha256", "size", "content_hash"),
            *("desk", "issued_at", "issued_to", "copy_mark", "public", "level", "revoked_at", "revoke_reason"),
        )


class IssuedDocumentViewSet(ScopedViewSet):
    """Documents shared with the caller's desk."""

    model, serializer_class, noun = IssuedDocument, IssuedDocumentSerializer, "document"
    related = ("owner", "issued_to")
    reads = "document.read"
    filters: ClassVar[dict[str, str]] = {
        name: name for name in ("kind", "object_type", "object_id", "number", "sha256", "content_hash", "state")
    }

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @route(detail=True, methods=["get"])
    def file(self, request: Any, pk: Any = None) -> HttpResponse:
        """The exact bytes."""
        row = visible_or_404(self.get_queryset(), self.actor, pk)
        note_read(request, "document.download", row, number=row.number)
        return as_file(row)
