"""The OpenAPI description of declared actions, made from their own forms."""

from functools import lru_cache
from typing import Any, cast

from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.access.declared_actions import REGISTRY, Spec

PLAIN: list[tuple[type[forms.Field], type[serializers.Field]]] = [
    (forms.IntegerField, serializers.IntegerField),
    (forms.FloatField, serializers.FloatField),
    (forms.BooleanField, serializers.BooleanField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.TimeField, serializers.TimeField),
    (forms.JSONField, serializers.JSONField),
    (forms.CharField, serializers.CharField),
]


class FaultSerializer(serializers.Serializer):
    """One fault of a request, with its place as an RFC 6901 pointer."""

    pointer = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """What every error says (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField()
    errors: Any = FaultSerializer(many=True)


class Pages:
    """How the description tells of a page of records."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page around an array of records."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[Any]:
        """None beside those that the collections name themselves."""
        return []


class ActionSchema(AutoSchema):
    """Groups operations by `app/collection`, pages the lists, and says how errors look."""

    def _get_paginator(self) -> Pages | None:
        return Pages() if getattr(self.view, "action", "") == "list" else None

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(ProblemSerializer, "default", ["application/problem+json"], direction)
        return {**bodies, "default": problem}

    def get_tags(self) -> list[str]:
        """The collection, e.g. jrcc/hits."""
        parts = self.path.removeprefix("/api/v1/").split("/")
        return ["/".join(parts[:2])]

    def get_override_parameters(self) -> list[Any]:
        """Every record is named by a UUID, also where its own key is a code or a number."""
        named = "{id}" in self.path
        return [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)] if named else []


def input_serializer(spec: Spec) -> type[serializers.Serializer] | None:
    """A serializer that describes an action's input; None when it takes nothing."""
    return _serializer(spec.verb) if spec.takes else None


@lru_cache
def _serializer(verb: str) -> type[serializers.Serializer]:
    spec = REGISTRY[verb]
    name = spec.verb.title().replace(".", "").replace("_", "") + "Input"
    return type(name, (serializers.Serializer,), {field: described(form) for field, form in spec.takes.items()})


def described(field: forms.Field) -> serializers.Field:
    """The serializer field that describes a form field."""
    common: dict[str, Any] = {"required": field.required, "help_text": str(field.help_text or field.label or "")}
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=serializers.CharField(), **common)
    if isinstance(field, forms.ChoiceField) and field.choices:
        return serializers.ChoiceField(choices=list(cast("Any", field.choices)), **common)
    kind = next((mine for theirs, mine in PLAIN if isinstance(field, theirs)), serializers.CharField)
    return kind(**common)
