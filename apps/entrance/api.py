"""`/api/v1/entrance/directories/`, by which people sign in, and `/api/v1/people/keys/`, for their programs."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.response import Response

from apps.access import declared_actions
from apps.access.api import GivenOnce, RecordSerializer, ScopedViewSet, verb_route
from apps.entrance import actions
from apps.entrance.models import Directory, KeyLimit
from apps.entrance.queries import sign_in
from apps.people.api import PublicSerializer, PublicViewSet
from apps.people.models import DeskToken
from apps.people.queries import hand_of


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
    """A key of a desk for programs; never the key itself but in the answer that shows it.

    People are named by user name in their own party, by their desk in others.
    """

    collection = "people-keys"
    desk = serializers.CharField(source="seat.desk.code", read_only=True)
    since = serializers.DateTimeField(source="created_at", read_only=True)
    until = serializers.DateTimeField(source="expires_at", read_only=True)
    networks = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: from anywhere")
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: all of its scope")
    collections = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="none: all")
    proof_key = serializers.CharField(
        read_only=True, help_text="thumbprint of the program's own key, with a proof by which alone it is taken"
    )
    key = serializers.CharField(
        read_only=True, default="", source="key_shown", help_text="in the answer that shows it; empty in all others"
    )
    asked_by = serializers.SerializerMethodField(help_text="who asked for it; empty for keys of before two people")
    answered_by = serializers.SerializerMethodField(help_text="the second person, of the desk itself; empty for none")
    lapses = serializers.DateTimeField(
        source="lapses_at", read_only=True, allow_null=True, help_text="while it waits for its approval or to be shown"
    )

    class Meta:
        model = DeskToken
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("desk", "scope", "label", "prefix", "since", "until", "last_used_at"),
            *("networks", "verbs", "collections", "proof_key", "key"),
            *("clearance", "asked_by", "answered_by", "lapses", "answer"),
        ]

    def get_asked_by(self, row: Any) -> str:
        """See the field."""
        return hand_of(self.context["request"]._request.actor, row.maker_seat)

    def get_answered_by(self, row: Any) -> str:
        """See the field."""
        return hand_of(self.context["request"]._request.actor, row.approver_seat)


class KeyViewSet(GivenOnce, PublicViewSet):
    """Keys of one's own party, for its administration and oversight; of one's own desk, for who decides there.

    POST asks for a key (202): somebody else who decides at the desk approves it, and one of the two shows it, once.
    """

    model, serializer_class, noun = DeskToken, KeySerializer, "token"
    creates, created = "propose", 202
    filters: ClassVar[dict[str, Any]] = {"desk": "seat__desk__code", "state": "state", "scope": "scope"}
    related = ("seat__desk", *(f"{who}_seat__{what}" for who in ("maker", "approver") for what in ("user", "desk")))
    given_as = "key"
    do_rotate = verb_route(actions.rotate_api_key.spec, KeySerializer)  # type: ignore[attr-defined]
    do_set = verb_route(actions.set_key_limit.spec, KeySerializer)  # type: ignore[attr-defined]

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With what each may be used for. One query."""
        known = sign_in.limits_of(rows)
        for row in rows:
            for name in KeyLimit.LIMITS:
                setattr(row, name, getattr(known.get(row.pk), name, []))
        return rows

    def perform(self, request: Any, spec: declared_actions.Spec, row: Any, status: int) -> Response:
        """A successor is asked for, as every key: 202."""
        asked = spec.verb == "token.rotate"
        return super().perform(request, spec, row, self.created if asked else status)

    def carried_out(self, spec: declared_actions.Spec, row: Any, fields: dict[str, Any], version: int | None) -> Any:
        """A successor is asked for, and a limit made, for the key of the address."""
        if not spec.creates or row is None:
            return super().carried_out(spec, row, fields, version)
        made = spec.run(self.actor, None, token=row, **fields)
        return made if isinstance(made, DeskToken) else row
