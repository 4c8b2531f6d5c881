"""Persons in the API: which travellers a desk holds for one."""

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.travellers.models import Person
from apps.travellers.queries import persons


class JourneyPersonSerializer(RecordSerializer):
    """Appearances on journeys that a desk holds for one person, as far as the caller sees them; no name is kept."""

    collection = "jrcc-persons"
    into = serializers.SerializerMethodField()
    travellers = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = (*RecordSerializer.BASE, "reference", "into", "travellers")

    def get_into(self, row: Person) -> str | None:
        """The person that it was joined with."""
        return record_url("jrcc-persons", row.into_id, self.context.get("request")) if row.into_id else None

    @extend_schema_field(serializers.ListField(child=serializers.URLField()))
    def get_travellers(self, row: Person) -> list[str]:
        """The appearances that the caller may see."""
        seen = self.context["view"].seen.get(row.pk, [])
        return [record_url("jrcc-travellers", key, self.context.get("request")) for key in seen]


def _of_traveller(rows: Any, value: str, actor: Any) -> Any:
    return persons.of_traveller(rows, actor, uuid.UUID(value.rstrip("/").rpartition("/")[2]))


class PersonViewSet(ScopedViewSet):
    """Persons of the caller's desk; for the JRCC's watch those of all desks."""

    model, serializer_class, noun, creates = Person, JourneyPersonSerializer, "person", "join"
    filters: ClassVar = {"state": "state", "reference": "reference", "traveller": _of_traveller}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[Any, list[Any]] = {}

    def prepared(self, rows: Rows) -> Rows:
        """Attach the visible appearances of a page of persons, in one query."""
        self.seen = persons.seen_members(self.actor, [row.pk for row in rows])
        return rows
