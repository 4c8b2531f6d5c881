"""The OpenAPI description of declared actions, made from their own forms."""

from functools import lru_cache
from typing import Any, cast

from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.access.doors import REGISTRY, Spec

PLAIN: list[tuple[type[forms.Field], type[serializers.Field]]] = [
    (forms.IntegerField, serializers.IntegerField),
    (forms.FloatField, serializers.FloatField),
    (forms.BooleanField, serializers.BooleanField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.JSONField, serializers.JSONField),
    (forms.CharField, serializers.CharField),
]


class ActionSchema(AutoSchema):
    """Groups operations by `app/collection`."""

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
