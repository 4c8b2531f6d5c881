"""Persons and things for programs: each statement with the paragraph that it rests on."""

from typing import Any

from rest_framework import serializers

from apps.access.api import record_url


class SourceSerializer(serializers.Serializer):
    """The paragraph behind a statement: report, version, place, marking, grade."""

    report: Any = serializers.UUIDField(source="report.thread")
    number: Any = serializers.CharField()
    version: Any = serializers.IntegerField(source="report.edition")
    paragraph = serializers.SerializerMethodField()
    order: Any = serializers.IntegerField()
    portion: Any = serializers.CharField(source="mark")
    grading = serializers.SerializerMethodField()

    def get_paragraph(self, row: Any) -> str:
        """Its pid."""
        return str(row.pid)

    def get_grading(self, row: Any) -> dict[str, str] | None:
        """Scheme and value; null for none."""
        return {"scheme": row.scheme, "value": row.grade.value} if row.grade else None


class StatementSerializer(serializers.Serializer):
    """What facts, links and sightings have in common."""

    id: Any = serializers.UUIDField()
    source: Any = serializers.SerializerMethodField()
    kept: Any = serializers.BooleanField(source="kept_by_id")

    def get_source(self, row: Any) -> Any:
        """The paragraph."""
        found = self.context["sources"].get((row.thread, row.pid, row.words))
        return SourceSerializer(found).data if found else None


class FactSerializer(StatementSerializer):
    """A fact."""

    entity: Any = serializers.UUIDField(source="entity_id")
    field: Any = serializers.CharField()
    value: Any = serializers.CharField()
    from_on: Any = serializers.DateField()
    to_on: Any = serializers.DateField()


class LinkSerializer(StatementSerializer):
    """The evidence of a link."""

    link: Any = serializers.UUIDField(source="link_id")
    type: Any = serializers.CharField(source="link.type")
    to: Any = serializers.UUIDField(source="link.to_entity_id")
    from_: Any = serializers.UUIDField(source="link.from_entity_id")
    from_on: Any = serializers.DateField()
    to_on: Any = serializers.DateField()

    def get_fields(self) -> Any:
        """`from` is no name in Python."""
        fields = super().get_fields()
        fields["from"] = fields.pop("from_")
        return fields


class SightingSerializer(StatementSerializer):
    """A sighting."""

    entity: Any = serializers.UUIDField(source="entity_id")
    at: Any = serializers.DateTimeField()
    precision: Any = serializers.CharField()
    place: Any = serializers.CharField()
    lat: Any = serializers.FloatField()
    lon: Any = serializers.FloatField()
    uncertainty_m: Any = serializers.IntegerField()
    count: Any = serializers.IntegerField()


class EntitySerializer(serializers.Serializer):
    """A person or thing as the caller knows it; the ETag changes with what they see and with nothing else."""

    id: Any = serializers.UUIDField(source="pk")
    url = serializers.SerializerMethodField()
    state: Any = serializers.CharField()
    type: Any = serializers.CharField()
    title: Any = serializers.CharField(source="title.text")
    etag: Any = serializers.CharField()
    facts = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    sightings = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """Address in the API."""
        return record_url("rifc-entities", row.pk, self.context.get("request"))

    def get_facts(self, row: Any) -> Any:
        """Facts with their sources."""
        return FactSerializer(row.facts, many=True, context={"sources": row.sources}).data

    def get_links(self, row: Any) -> Any:
        """Evidence of links with its sources."""
        return LinkSerializer(row.links, many=True, context={"sources": row.sources}).data

    def get_sightings(self, row: Any) -> Any:
        """Sightings with their sources."""
        return SightingSerializer(row.sightings, many=True, context={"sources": row.sources}).data


class TwinSerializer(serializers.Serializer):
    """What is held to be one; who still has to confirm is known to those who have a word in it."""

    id: Any = serializers.UUIDField(source="pk")
    url = serializers.SerializerMethodField()
    state: Any = serializers.CharField()
    one: Any = serializers.UUIDField(source="one_id")
    other: Any = serializers.UUIDField(source="other_id")
    reason = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """Address in the API."""
        return record_url("rifc-twins", row.pk, self.context.get("request"))

    def get_reason(self, row: Any) -> str:
        """Why, for the parties that keep one of the two and the one that proposed it."""
        actor = self.context["request"]._request.actor
        return row.reason if actor.party_code in {*row.parties, row.proposer_id} else ""


class WithdrawnSerializer(serializers.Serializer):
    """A statement of a collection of its own."""

    id: Any = serializers.UUIDField(source="pk")
    state: Any = serializers.CharField()
    entity: Any = serializers.SerializerMethodField()

    def get_entity(self, row: Any) -> str:
        """Whose it is; of a link, where it begins."""
        return str(row.link.from_entity_id if hasattr(row, "link_id") else row.entity_id)


class SilentHitSerializer(serializers.Serializer):
    """The same held twice: for RIFC's watch with the parties, for a point of contact without."""

    id: Any = serializers.UUIDField(source="pk")
    url = serializers.SerializerMethodField()
    state: Any = serializers.CharField()
    field: Any = serializers.CharField()
    parties = serializers.SerializerMethodField()
    own = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """Address in the API."""
        return record_url("rifc-silent-hits", row.pk, self.context.get("request"))

    def get_parties(self, row: Any) -> list[str]:
        """Both, for RIFC's watch alone."""
        actor = self.context["request"]._request.actor
        return row.parties if actor.desk_code == "RIFC.watch" else []

    def get_own(self, row: Any) -> list[str]:
        """Entities of one's own party with this identifier."""
        return [str(fact.entity_id) for fact in row.own]
