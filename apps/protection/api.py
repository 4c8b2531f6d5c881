"""Data protection in the API: requests of persons, and the registers."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.carriers.api.rules import CHANGE, DatedSerializer
from apps.people.api import PublicViewSet
from apps.protection.models import ClassLevel, KeepingRule, Purpose, PurposeChange, SubjectRequest


class RequestSerializer(RecordSerializer):
    """A person's request and its answer. What a desk sees on the person is on the pages alone."""

    collection = "protection-requests"
    party = serializers.CharField(source="originator_id")
    right = serializers.CharField(read_only=True, help_text="access, correction, erasure or objection")
    outcome = serializers.CharField(read_only=True, help_text="given, done, refused, or empty")
    identity = serializers.CharField(read_only=True, help_text="seen, certified, representative or court")

    class Meta:
        model = SubjectRequest
        fields = (
            *RecordSerializer.BASE,
            *("number", "party", "right", "surname", "given_names", "birth_date", "document", "asked_by", "ground"),
            *("identity", "received_on", "due_on", "outcome", "answer", "prepared_by", "released_by", "released_at"),
            *("said", "forget_on"),
        )


class RequestViewSet(ScopedViewSet):
    """Requests to the caller's party."""

    model, serializer_class, noun, creates = SubjectRequest, RequestSerializer, "subject_request", "record"
    filters: ClassVar = {"state": "state", "right": "right", "number": "number"}
    related = ("rule",)
    reads, lists = "subject_request.read", "subject_request.list"


class ClassLevelSerializer(DatedSerializer):
    """A level of classification."""

    collection = "protection-classification"
    party = None  # type: ignore[assignment]  # levels are the region's

    class Meta:
        model = ClassLevel
        fields = (
            *RecordSerializer.BASE,
            *("level", "label", "meaning", "examples", "holders", "handling", "marking"),
            *("valid_from", "valid_to", "source"),
        )


class LevelViewSet(PublicViewSet):
    """The classification guide, dated."""

    model, serializer_class, noun = ClassLevel, ClassLevelSerializer, "class_level"
    filters: ClassVar = {"level": "level"}


class KeepingRuleSerializer(DatedSerializer):
    """How long a kind of data is kept."""

    collection = "protection-keeping-rules"
    party = None  # type: ignore[assignment]  # where States differ, their own rules say so

    class Meta:
        model = KeepingRule
        fields = (
            *RecordSerializer.BASE,
            *("code", "room", "what", "days", "since", "then", "valid_from", "valid_to", "source"),
        )


class KeepingRuleViewSet(PublicViewSet):
    """Rules of retention of the whole portal, dated."""

    model, serializer_class, noun = KeepingRule, KeepingRuleSerializer, "keeping_rule"
    filters: ClassVar = {"code": "code"}


class PurposeSerializer(DatedSerializer):
    """For what a party processes personal data."""

    collection = "protection-purposes"
    party = serializers.CharField(source="party_id")

    class Meta:
        model = Purpose
        fields = (
            *RecordSerializer.BASE,
            *("code", "party", "name", "legal_basis", "categories", "recipients", "retention"),
            *("valid_from", "valid_to", "source"),
        )


class PurposeViewSet(PublicViewSet):
    """The register of purposes, dated."""

    model, serializer_class, noun = Purpose, PurposeSerializer, "purpose"
    filters: ClassVar = {"party": "party", "code": "code"}


class PurposeChangeSerializer(RecordSerializer):
    """A change of the register."""

    collection = "protection-purpose-changes"
    party = serializers.CharField(source="party_id")

    class Meta:
        model = PurposeChange
        fields = (
            *RecordSerializer.BASE,
            *CHANGE,
            *("code", "name", "legal_basis", "categories", "recipients", "retention"),
        )


class PurposeChangeViewSet(ScopedViewSet):
    """Changes of the register of purposes, by two persons of the party."""

    model, serializer_class, noun = PurposeChange, PurposeChangeSerializer, "purpose_change"
    creates, filters = "propose", {"state": "state", "party": "party", "code": "code"}
