"""`/api/v1/entrance/directories/`, by which people sign in, and `/api/v1/people/keys/`, for their programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access import doors
from apps.access.api import GivenOnce, RecordSerializer, ScopedViewSet, verb_route
from apps.entrance import actions, queries
from apps.entrance.models import Directory, KeyLimit
from apps.people.api import PublicSerializer, PublicViewSet
from apps.people.models import DeskToken


class DirectorySerializer(RecordSerializer):
    """A directory; never its client secret."""

    collection = "entrance-directories"
    party = serializers.CharField(source="party_id", read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.username", read_only=True)
    confirmed_by = serializers.CharField(source="confirmed_by.username", read_only=True, default="")

    class Meta:
        model = Directory
        fields = (
            *RecordSerializer.BASE,
            *("party", "issuer", "client_id", "shown_claim", "second_factors", "why", "proposed_by", "proposed_at"),
            *("confirmed_by", "valid_from", "valid_to"),
        )


class DirectoryViewSet(ScopedViewSet):
    """Directories of one's own party, for its administration and oversight desks."""

    model, serializer_class, noun, creates = Directory, DirectorySerializer, "directory", "propose"
    filters: ClassVar[dict[str, Any]] = {"state": "state"}
    related = ("proposed_by", "confirmed_by")


class KeySerializer(PublicSerializer):
    """A key of a desk for programs; never the key itself but in the answer that made it."""

    collection = "people-keys"
    desk = serializers.CharField(source="seat.desk.code", read_only=True)
    since = serializers.DateTimeField(source="created_at", read_only=True)
    until = serializers.DateTimeField(source="expires_at", read_only=True)
    networks = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: from anywhere")
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: all of its scope")
    collections = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: all")
    key = serializers.CharField(
        read_only=True, default="", source="key_shown", help_text="in the answer that made it; empty in all others"
    )

    class Meta:
        model = DeskToken
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("desk", "scope", "label", "prefix", "since", "until", "last_used_at"),
            *("networks", "verbs", "collections", "key"),
        ]


class KeyViewSet(GivenOnce, PublicViewSet):
    """Keys of one's own party, for its administration and oversight; all for the platform desk."""

    model, serializer_class, noun = DeskToken, KeySerializer, "token"
    creates = "create"
    filters: ClassVar[dict[str, Any]] = {"desk": "seat__desk__code", "state": "state", "scope": "scope"}
    related = ("seat__desk",)
    given_as = "key"
    do_rotate = verb_route(actions.rotate.spec, KeySerializer)  # type: ignore[attr-defined]
    do_set = verb_route(actions.limit_key.spec, KeySerializer)  # type: ignore[attr-defined]

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With what each may be used for. One query."""
        known = queries.limits_of(rows)
        for row in rows:
            for name in KeyLimit.LIMITS:
                setattr(row, name, getattr(known.get(row.pk), name, []))
        return rows

    def carried_out(self, spec: doors.Spec, row: Any, fields: dict[str, Any], version: int | None) -> Any:
        """A successor and a limit are made for the key of the address."""
        if not spec.creates or row is None:
            return super().carried_out(spec, row, fields, version)
        made = spec.run(self.actor, None, token=row, **fields)
        return made if isinstance(made, DeskToken) else row
