"""Weekly digests for programs: pointers, each read through the caller's own rule at that moment."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet, has_version
from apps.access.middleware import note_read
from apps.rifc.queries import vocabulary
from apps.watch.models import Digest
from apps.watch.queries import digests as queries


class DigestPointerSerializer(serializers.Serializer):
    """What a digest points to: its number, title and marking, never its text. `subject`: its id in its collection."""

    id = serializers.UUIDField(allow_null=True, help_text="of the item, which `arrange` names; null: not an item")
    kind = serializers.ChoiceField(choices=["report", "bulletin"])
    subject = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    originator = serializers.CharField()
    classification = serializers.CharField()
    tlp = serializers.CharField()
    threats = serializers.ListField(child=serializers.CharField())
    until = serializers.DateTimeField(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)


class DigestSerializer(RecordSerializer):
    """A digest. `items` and `besides` (a ministry's own, found now) stand in a single one, not in lists."""

    collection = "rifc-digests"
    classification = serializers.SerializerMethodField()
    originator = serializers.CharField(source="originator_id", read_only=True)
    to = serializers.SerializerMethodField()
    items = DigestPointerSerializer(many=True, read_only=True, allow_null=True)
    besides = DigestPointerSerializer(many=True, read_only=True, allow_null=True)
    etag: Any = serializers.SerializerMethodField()

    class Meta:
        model = Digest
        fields = (
            *RecordSerializer.BASE,
            *("number", "week_from", "week_to", "intro", "classification", "tlp", "originator", "ministry", "to"),
            *("issued_at", "edition", "items", "besides"),
        )

    def get_classification(self, row: Any) -> str:
        """Its word."""
        return str(vocabulary.classification(row.level).code)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_to(self, row: Any) -> list[str]:
        """The audience as it was chosen, for the desk that made it; empty for readers."""
        return list(row.to) if row.own else []

    def get_etag(self, row: Any) -> str:
        """The version for its desk; for readers of what they see, which says nothing of others' acts."""
        if row.own:
            return str(row.etag)
        seen = "".join(sorted(f"{one['subject']}{one['number']}" for one in [*(row.items or []), *(row.besides or [])]))
        return f'"{row.edition}.{row.state}.{queries.mark_of(seen)}"'


class DigestViewSet(ScopedViewSet):
    """Digests that the caller sees."""

    model, serializer_class, noun, creates = Digest, DigestSerializer, "digest", "draft"
    related = ("owner", "originator")
    reads = "digest.read"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "week_to": "week_to", "number": "number"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """A single one with what it points to for the caller."""
        for row in rows:
            row.own, row.items, row.besides = row.owner_id == self.actor.desk_id, None, None
        if self.action != "list":
            for row in rows:
                shown = queries.list_digest_items(self.actor, row)
                more = queries.besides(self.actor, row, [entry for _item, entry in shown])
                row.items = [_pointer(entry, item) for item, entry in shown]
                row.besides = [_pointer(entry) for entry in more]
        return rows

    def retrieve(self, request: Any, pk: Any = None) -> Response:
        """One digest with what it points to for the caller now; 404 if it is absent or not visible."""
        row = self.named(pk)
        note_read(request, self.reads, row)
        answer = self.answer(row)
        if has_version(request, answer["ETag"]):
            return Response(status=304, headers={"ETag": answer["ETag"]})
        return answer


def _pointer(entry: queries.Entry, item: Any = None) -> dict[str, Any]:
    kind, subject = entry.key
    return {
        "id": item.pk if item else None,
        "kind": kind,
        "subject": subject,
        "number": entry.number,
        "title": entry.title,
        "originator": entry.originator,
        "classification": vocabulary.classification(entry.level).code,
        "tlp": entry.tlp,
        "threats": list(entry.threats),
        "until": entry.until,
        "sentence": item.sentence if item else "",
    }
