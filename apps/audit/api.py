"""`/api/v1/audit/records/`: the audit as the caller may see it. Read-only, with the filters of the page."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.response import Response
from rest_framework.reverse import reverse

from apps.audit import queries
from apps.audit.forms import RecordFilter, narrowed
from apps.audit.models import AuditRecord
from apps.audit.row_places import knows_seq, number_of, public_id
from apps.audit.sentences import key_of, knows_name

LARGEST_PAGE, USUAL_PAGE = 200, 50
FILTERS = tuple(RecordFilter.base_fields)
PAGING = ("before", "after", "page_size", "format")


class RecordSerializer(serializers.ModelSerializer[AuditRecord]):
    """One row. `person` and `role` are null for another party's officer, unless an oversight desk asks."""

    id = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    state = serializers.CharField(source="outcome", read_only=True)
    etag = serializers.SerializerMethodField()
    person = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    seq = serializers.SerializerMethodField()
    emergency = serializers.SerializerMethodField(help_text="whether it was done from an emergency seat")
    times = serializers.SerializerMethodField(
        help_text="refusals that this row stands for: 1, or how often the same was refused again"
    )
    key = serializers.SerializerMethodField(help_text="first letters of the key by which a program acted")
    key_made_by = serializers.SerializerMethodField(help_text="user name of who asked for that key")
    key_approved_by = serializers.SerializerMethodField(help_text="user name of the second person; empty for none")

    class Meta:
        model = AuditRecord
        fields: ClassVar[list[str]] = [
            *("id", "url", "state", "etag", "at", "person", "role", "desk", "party", "via", "verb"),
            *("object_type", "object_id", "owner_party", "level", "outcome", "reason", "before", "after", "changed"),
            *("stream", "seq", "emergency", "key", "key_made_by", "key_approved_by", "times"),
        ]

    @extend_schema_field(serializers.UUIDField())
    def get_id(self, row: AuditRecord) -> str:
        """See public_id."""
        return str(public_id(row.pk))

    def get_url(self, row: AuditRecord) -> str:
        """Address of the row."""
        return reverse("api:audit-records-detail", args=[public_id(row.pk)], request=self.context.get("request"))

    def get_etag(self, row: AuditRecord) -> str:
        """A row never changes: its id names its only version."""
        return f'"{public_id(row.pk)}"'

    def get_seq(self, row: AuditRecord) -> int | None:
        """Place in the chain, where the chain is the caller's."""
        return row.seq if knows_seq(row, self.context["request"]._request.actor) else None

    def get_emergency(self, row: AuditRecord) -> bool:
        """See the field."""
        return row.detail.get("emergency") is True

    def get_times(self, row: AuditRecord) -> int:
        """See the field."""
        return int(row.detail.get("times", 1))

    def get_person(self, row: AuditRecord) -> str | None:
        """User name, where the caller may know it."""
        return row.person if self._named(row) else None

    def get_role(self, row: AuditRecord) -> str | None:
        """Role, where the caller may know the person."""
        return row.role if self._named(row) else None

    def get_key(self, row: AuditRecord) -> str | None:
        """See the field; null where the caller may not know who acted."""
        return self._key_of(row)[0]

    def get_key_made_by(self, row: AuditRecord) -> str | None:
        """See the field; null as above."""
        return self._key_of(row)[1]

    def get_key_approved_by(self, row: AuditRecord) -> str | None:
        """See the field; null as above."""
        return self._key_of(row)[2]

    def _key_of(self, row: AuditRecord) -> tuple[str | None, ...]:
        return key_of(row) if self._named(row) else (None, None, None)

    def _named(self, row: AuditRecord) -> bool:
        return knows_name(row, self.context["request"]._request.actor)


class RecordViewSet(viewsets.GenericViewSet[AuditRecord]):
    """Rows of the audit."""

    serializer_class = RecordSerializer
    queryset = None
    noun = "audit"

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in (*FILTERS, "before", "after")]
        + [OpenApiParameter("page_size", int)]
    )
    def list(self, request: Any) -> Response:
        """Newest first; an unknown parameter is an error, since a filter that is overlooked shows too much."""
        params = request.query_params
        unknown = [name for name in params if name not in FILTERS and name not in PAGING]
        if unknown:
            raise ValidationError({name: _("There is no filter with this name.") for name in unknown})
        rows = narrowed(params, request._request.actor)
        before, after = _key(params, "before"), _key(params, "after")
        found, newer, older = queries.page(rows, before, after, _size(params))
        here = request.build_absolute_uri(request.path)
        rest = {name: params[name] for name in params if name not in PAGING[:2]}
        return Response(
            {
                "next": f"{here}?{urlencode({**rest, 'before': public_id(found[-1].pk)})}" if older and found else None,
                "previous": f"{here}?{urlencode({**rest, 'after': public_id(found[0].pk)})}"
                if newer and found
                else None,
                "results": self.get_serializer(found, many=True).data,
            }
        )

    @extend_schema(parameters=[OpenApiParameter("id", str, OpenApiParameter.PATH)])
    def retrieve(self, request: Any, pk: str = "") -> Response:
        """One row; 404 if it is absent or not visible."""
        try:
            row = AuditRecord.objects.visible_to(request._request.actor).get(pk=number_of(pk))
        except (ValueError, AuditRecord.DoesNotExist):
            raise Http404 from None
        body = self.get_serializer(row).data
        return Response(body, headers={"ETag": body["etag"]})


def _key(params: Any, name: str) -> int | None:
    text = params.get(name)
    if not text:
        return None
    try:
        return number_of(text)
    except ValueError:
        raise ValidationError(
            {name: _("This position in the list is not known. Start again from the first page.")}
        ) from None


def _size(params: Any) -> int:
    text = params.get("page_size", str(USUAL_PAGE))
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= LARGEST_PAGE:
        raise ValidationError({"page_size": _("Request 1 to %(most)s records.") % {"most": LARGEST_PAGE}})
    return int(text)
