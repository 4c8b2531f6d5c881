"""`/api/v1/people/`: oneself, parties at a date, desks, seats, accounts."""

import datetime
import hashlib
import json
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.people import actions
from apps.people.models import AccountProposal, Desk, Party, Seat, User
from apps.people.queries import register_of


class KeyScheme(OpenApiAuthenticationExtension):
    """How the API's description tells of keys."""

    target_class = "apps.people.authentication.DeskToken"
    name = "deskKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """RFC 6750."""
        return {"type": "http", "scheme": "bearer", "description": "a desk's key, `ccp_…`"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the API's description tells of the browser session."""

    target_class = "apps.people.authentication.SeatSession"
    name = "browserSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The session cookie; unsafe methods also send X-CSRFToken."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class PublicSerializer(RecordSerializer):
    """A row whose own key is a code or a number: named by its public id; its ETag is a digest of what is shown."""

    id = serializers.UUIDField(source="uid", read_only=True)
    etag = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """Address of the record in the API."""
        return record_url(self.collection, row.uid, self.context.get("request"))

    def get_etag(self, row: Any) -> str:
        """Filled in when everything else is known."""
        return ""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The record with its ETag."""
        body = super().to_representation(instance)
        shown = json.dumps(body, default=str, sort_keys=True)
        return {**body, "etag": f'"{hashlib.sha256(shown.encode()).hexdigest()[:16]}"'}


class PublicViewSet(ScopedViewSet):
    """A collection whose records are named by `uid`."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks, let the handlers find the record by its own key."""
        super().initial(request, *args, **kwargs)
        if "pk" in self.kwargs:
            self.kwargs["pk"] = self._own_key(self.kwargs["pk"])

    def _own_key(self, public: str) -> Any:
        try:
            return self.get_queryset().filter(uid=UUID(public)).values_list("pk", flat=True).first()
        except ValueError:
            return None


class ProposalSerializer(PublicSerializer):
    """A change that waits for a second person, or what became of it."""

    collection = "people-proposals"
    party = serializers.CharField(source="party_id", read_only=True)
    user = serializers.CharField(source="subject.username", read_only=True)
    name = serializers.CharField(source="subject.full_name", read_only=True)
    email = serializers.SerializerMethodField(help_text="of a person who is invited: approved with the rest")
    desk = serializers.CharField(source="desk.code", read_only=True, default="")
    role = serializers.SerializerMethodField()
    clearance = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    home = serializers.CharField(
        source="home_id", read_only=True, default="", help_text="the person's own party, once it is asked to send him"
    )
    first_day = serializers.SerializerMethodField()
    last_day = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="proposer.username", read_only=True)
    since = serializers.DateTimeField(source="made_at", read_only=True)
    until = serializers.DateTimeField(source="expires_at", read_only=True)

    class Meta:
        model = AccountProposal
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("party", "verb", "user", "name", "desk", "role", "clearance", "asked_by", "since", "until", "answer"),
            *("home", "first_day", "last_day", "reason", "email"),
        ]

    def get_email(self, row: Any) -> str:
        """See the field; empty for everybody else."""
        return row.subject.email if row.subject.state == User.State.INVITED else ""

    def get_first_day(self, row: Any) -> datetime.date | None:
        """Of a seat asked for, where one is named."""
        return row.payload.get("first_day")

    def get_last_day(self, row: Any) -> datetime.date | None:
        """Of a seat asked for, where one is named."""
        return row.payload.get("last_day")

    def get_reason(self, row: Any) -> str:
        """Of a seat asked for; empty for everything else."""
        return str(row.payload.get("reason", ""))

    def get_role(self, row: Any) -> str:
        """The role of a seat asked for; empty for everything else."""
        return str(row.payload.get("role", ""))

    def get_clearance(self, row: Any) -> int | None:
        """The level asked for; null for everything else."""
        return row.payload.get("clearance")


class TwoPersons:
    """A collection of which some verbs wait for a second person: 202 with the proposal in place of the change."""

    def perform(self: Any, request: Any, spec: Any, row: Any, status: int) -> Any:
        """As everywhere, unless it takes two people."""
        fields = self.validated(spec, request.data, row)
        if not actions.approvals.waits(self.actor, spec.verb, row, fields):
            return super().perform(request, spec, row, status)  # type: ignore[misc]
        proposal = actions.do_or_ask(self.actor, spec.verb, row, **fields)
        body = ProposalSerializer(proposal, context=self.get_serializer_context()).data
        return Response(body, status=202, headers={"Location": body["url"]})


def _day(params: Any) -> datetime.date:
    """`?as_of=`, today without one."""
    text = params.get("as_of")
    if not text:
        return timezone.now().date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"as_of": _("Enter the date as 2008-02-12.")}) from None


def _of_kind(rows: Any, value: str, _actor: Any) -> Any:
    if value not in Party.Kind.values:
        raise ValueError(value)
    return rows.filter(kind=value)


class PartySerializer(PublicSerializer):
    """A party as it was on the day asked for."""

    collection = "people-parties"
    kind = serializers.ChoiceField(choices=Party.Kind.choices, read_only=True)
    since = serializers.DateField(read_only=True, help_text="day from which it is of this kind")
    state = serializers.SerializerMethodField()

    class Meta:
        model = Party
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("code", "name", "short_name", "kind", "since", "alpha2", "time_zone", "languages", "roll_call_order"),
        ]

    def get_state(self, row: Any) -> str:
        """Only parties in force on the day are shown."""
        return "in_force"


class PartyViewSet(PublicViewSet):
    """Member States, Associate Members, bodies and carriers, as of a day."""

    model, serializer_class, noun = Party, PartySerializer, "party"
    filters: ClassVar[dict[str, Any]] = {"kind": _of_kind, "as_of": lambda rows, _value, _actor: rows}

    def get_queryset(self, before: Any = None) -> Any:
        """Parties that were something on the day."""
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.as_of(_day(self.request.query_params))


class DeskSerializer(PublicSerializer):
    """A desk of the address book."""

    collection = "people-desks"
    state = serializers.SerializerMethodField()
    party = serializers.CharField(source="party_id", read_only=True)
    function = serializers.CharField(source="function_id", read_only=True)
    name = serializers.CharField(source="function.name", read_only=True)
    roles = serializers.ListField(source="function.roles", child=serializers.CharField(), read_only=True)

    class Meta:
        model = Desk
        fields: ClassVar[list[str]] = [*RecordSerializer.BASE, "code", "party", "function", "name", "roles"]

    def get_state(self, row: Any) -> str:
        """active or closed."""
        return "active" if row.active else "closed"


class DeskViewSet(PublicViewSet):
    """Desks that grants and messages can be addressed to."""

    model, serializer_class, noun = Desk, DeskSerializer, "desk"
    filters: ClassVar[dict[str, Any]] = {"party": "party_id", "function": "function_id", "code": "code"}
    related = ("function",)


class SeatSerializer(PublicSerializer):
    """An appointment."""

    collection = "people-seats"
    user = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.full_name", read_only=True)
    desk = serializers.CharField(source="desk.code", read_only=True)
    party = serializers.CharField(source="desk.party_id", read_only=True)
    function = serializers.CharField(source="desk.function_id", read_only=True)
    since = serializers.DateTimeField(source="valid_from", read_only=True)
    until = serializers.DateTimeField(source="valid_to", read_only=True, allow_null=True)
    seconded_from = serializers.CharField(
        read_only=True, help_text="the person's own party, where another one has sent him to this desk; empty at home"
    )

    class Meta:
        model = Seat
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("user", "name", "desk", "party", "function", "role", "rank", "kind", "since", "until"),
            "seconded_from",
        ]


class SeatViewSet(TwoPersons, PublicViewSet):
    """One's own seats; the party's for its administration and oversight desks."""

    model, serializer_class, noun = Seat, SeatSerializer, "seat"
    creates = "appoint"
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "desk": "desk__code", "state": "state"}
    related = ("user", "desk")


class AccountSerializer(PublicSerializer):
    """A person's account in the register."""

    collection = "people-accounts"
    name = serializers.CharField(source="full_name", read_only=True)
    party = serializers.CharField(source="home_party_id", read_only=True, allow_null=True)
    last_sign_in = serializers.DateTimeField(source="last_login", read_only=True, allow_null=True)
    second_factor = serializers.BooleanField(read_only=True)
    one_time_password = serializers.CharField(
        read_only=True,
        default="",
        help_text="its first half, in the answer that gave it; another person is shown the second one (handovers)",
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("username", "name", "party", "clearance", "last_sign_in", "second_factor", "must_change_password"),
            "one_time_password",
        ]


class AccountViewSet(TwoPersons, PublicViewSet):
    """One's own account; the party's for its administration and oversight desks."""

    model, serializer_class, noun = User, AccountSerializer, "account"
    creates = "open"
    filters: ClassVar[dict[str, Any]] = {"username": "username", "state": "state"}
    given = ""

    def get_queryset(self, before: Any = None) -> Any:
        """The register, without programs."""
        return super().get_queryset() if getattr(self, "swagger_fake_view", False) else register_of(self.actor)

    def fresh(self, row: Any) -> Any:
        """As everywhere; remembers the one-time password that only the changed row knows."""
        self.given = getattr(row, "secret", "")
        return super().fresh(row)

    def perform(self, request: Any, spec: Any, row: Any, status: int) -> Any:
        """As everywhere; the password goes into this answer, not into the one kept for an Idempotency-Key."""
        answer = super().perform(request, spec, row, status)
        if self.given and answer.status_code < 202:
            answer.data["one_time_password"] = self.given
        return answer


class ActingSerializer(serializers.Serializer[Any]):
    """The seat in which the caller acts."""

    desk = serializers.CharField(source="desk_code")
    party = serializers.CharField(source="party_code")
    function = serializers.CharField()
    role = serializers.CharField()
    seconded_from = serializers.CharField(help_text="the caller's own party, where he sits elsewhere; empty at home")
    clearance = serializers.IntegerField()
    may_write = serializers.BooleanField()
    time_zone = serializers.CharField()


class MeSerializer(PublicSerializer):
    """The caller: account, the seat in which they act, and all their seats."""

    collection = "people-me"
    name = serializers.CharField(source="full_name", read_only=True)
    acting = ActingSerializer(read_only=True)
    seats = SeatSerializer(many=True, read_only=True, source="own_seats")

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [*RecordSerializer.BASE, "username", "name", "acting", "seats"]


class MeViewSet(PublicViewSet):
    """A collection of one: the caller. A key's caller is the service account of its desk."""

    model, serializer_class, noun = User, MeSerializer, "me"

    def get_queryset(self, before: Any = None) -> Any:
        """The caller's own account."""
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.filter(pk=self.actor.user_id)

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With the seats and the seat acted in."""
        seats = Seat.objects.visible_to(self.actor).filter(user_id=self.actor.user_id, state="current")
        for row in rows:
            row.acting = self.actor
            row.own_seats = list(seats.select_related("user", "desk").order_by("desk__code"))
        return rows
