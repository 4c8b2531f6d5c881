"""Files for programs: send one ahead of the action that names it, read one that a record has."""

from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action as route
from rest_framework.parsers import FileUploadParser, MultiPartParser
from rest_framework.response import Response

from apps.access.api import record_url
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.files import actions, policy
from apps.files.models import Attachment, Upload
from apps.files.queries import attachments, downloads
from apps.files.rules.intake import store_upload

PART = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}


class UploadSerializer(serializers.ModelSerializer):
    """A file sent ahead. `id` is what a later action of the same desk names, once and within a day."""

    url = serializers.SerializerMethodField()
    sha256 = serializers.CharField(source="blob.sha256", allow_null=True, default=None)
    size = serializers.IntegerField(source="blob.size", allow_null=True, default=None, help_text="bytes")
    media_type = serializers.CharField(source="blob.media_type", allow_null=True, default=None, help_text="by content")
    scan = serializers.CharField(
        source="blob.state", allow_null=True, default=None, help_text="unscanned, waiting, clean, refused, unavailable"
    )
    state: Any = serializers.CharField(help_text="open, used or expired; an expired one has no bytes")

    class Meta:
        model = Upload
        fields = (
            *("id", "url", "state", "sha256", "size", "media_type", "name", "scan", "at"),
            *("original_sha256", "removed"),
        )

    def get_url(self, row: Upload) -> str:
        """Its address."""
        return record_url("files-uploads", row.pk, self.context["request"])


class AttachmentSerializer(serializers.ModelSerializer):
    """A file of a record that the caller may see."""

    sha256 = serializers.CharField(source="blob.sha256")
    size = serializers.IntegerField(source="blob.size", help_text="bytes")
    media_type = serializers.CharField(source="blob.media_type", help_text="by content")
    scan = serializers.CharField(source="blob.state", help_text="unscanned, waiting, clean, refused, unavailable")
    state: Any = serializers.CharField(help_text="current, superseded or withdrawn")

    class Meta:
        model = Attachment
        fields = (
            *("id", "object_type", "object_id", "name", "number", "supersedes", "state"),
            *("sha256", "size", "media_type", "scan", "at", "original_sha256", "removed"),
        )


class _Scoped(viewsets.GenericViewSet):
    model: ClassVar[Any]
    queryset = None

    @property
    def actor(self) -> Any:
        """Who asks."""
        return cast("Any", self.request._request).actor

    def get_queryset(self) -> Any:
        """Rows that the caller may see, with their bytes' facts."""
        actor = None if getattr(self, "swagger_fake_view", False) else self.actor
        return self.model._default_manager.visible_to(actor).select_related("blob")

    def retrieve(self, request: Any, pk: Any = None) -> Response:
        """One row; 404 if it is absent or not visible."""
        return Response(self.get_serializer(visible_or_404(self.get_queryset(), self.actor, pk)).data)


def _ask(actor: Any) -> None:
    """Refuse before any byte is stored what the action would refuse afterwards."""
    if not actor.may_write:
        raise Refused("read-only")
    verdict = policy.may_send(actor, None)
    if verdict is not True:
        raise Refused("may-not", getattr(verdict, "code", ""))


class UploadViewSet(_Scoped):
    """Files that the caller's desk sent ahead."""

    model, serializer_class, noun = Upload, UploadSerializer, "upload"
    parser_classes = (MultiPartParser, FileUploadParser)

    @extend_schema(
        request={"multipart/form-data": PART, "application/octet-stream": OpenApiTypes.BINARY},
        responses={201: UploadSerializer},
    )
    def create(self, request: Any) -> Response:
        """Send a file: multipart with the part `file`, or the bytes with `Content-Disposition: attachment; filename=…`.

        The same bytes under the same name give the same upload again until it is used.
        """
        _ask(self.actor)
        sent = request.FILES.get("file")
        if sent is None:
            raise ValidationError({"file": _("Send the file in the form field `file`.")})
        try:
            stored = store_upload(sent)
        except ValidationError as wrong:
            raise ValidationError({"file": wrong.messages}) from wrong
        row = attachments.same_upload(self.actor, stored)
        if row is None:
            row = self.get_queryset().get(pk=actions.add_upload(self.actor, None, stored=stored).pk)
        body = self.get_serializer(row).data
        return Response(body, status=201, headers={"Location": body["url"]})


class AttachmentViewSet(_Scoped):
    """Files of records that the caller may see."""

    model, serializer_class, noun = Attachment, AttachmentSerializer, "attachment"

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @route(detail=True, methods=["get"], url_path="content", url_name="content")
    def content(self, request: Any, pk: Any = None) -> FileResponse:
        """The bytes, to be saved; the ETag is their SHA-256."""
        return downloads.serve_file(request, self.actor, visible_or_404(self.get_queryset(), self.actor, pk))
