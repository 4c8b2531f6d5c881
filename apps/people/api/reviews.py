"""`/api/v1/people/reviews/`, `/review-items/`, `/emergencies/`, `/stand-ins/`: looking after access."""

from collections import Counter
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action as route

from apps.access.api import RecordSerializer
from apps.access.refusal import Refused
from apps.people.api.register import PublicSerializer, PublicViewSet, SeatSerializer, TwoPersons
from apps.people.models import AccessReview, EmergencyUse, ReviewItem, Seat
from apps.people.queries.review_evidence import items_of, sheet, taken_along
from apps.people.rules.registers import REGISTERS


class ReviewSerializer(PublicSerializer):
    """One round of a party, and how far the seats are that the caller may see."""

    collection = "people-reviews"
    party = serializers.CharField(source="party_id", read_only=True)
    answers = serializers.SerializerMethodField(help_text="{state of the answer: number of seats}")

    class Meta:
        model = AccessReview
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("party", "opened_at", "due_at", "closed_at", "answers"),
        ]

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_answers(self, row: Any) -> dict[str, int]:
        """See the field."""
        return dict(row.answers)


class ReviewViewSet(PublicViewSet):
    """Rounds of one's own party, for its registers and for who decides at one of its desks."""

    model, serializer_class, noun = AccessReview, ReviewSerializer, "review"
    filters: ClassVar[dict[str, Any]] = {"state": "state"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With the answers so far. One query."""
        items = ReviewItem.objects.visible_to(self.actor).filter(review__in=[row.pk for row in rows])
        counts: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
        for review, state in items.values_list("review", "state"):
            counts[review][state] += 1
        for row in rows:
            row.answers = counts[row.pk]
        return rows

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    @route(detail=True, methods=["get"])
    def evidence(self, request: Any, pk: Any = None) -> HttpResponse:
        """The round as CSV, for the party's registers; its SHA-256 stands in the audit."""
        if self.actor.function not in REGISTERS:
            raise Refused("not-visible")
        row = self.named(pk)
        return taken_along(request, row, sheet(row, items_of(self.actor, row)))


class ReviewItemSerializer(PublicSerializer):
    """One seat in a round, with what was known of its use on the round's first day."""

    collection = "people-review-items"
    review = serializers.UUIDField(source="review.uid", read_only=True)
    desk = serializers.CharField(source="seat.desk.code", read_only=True)
    user = serializers.CharField(source="seat.user.username", read_only=True)
    name = serializers.CharField(source="seat.user.full_name", read_only=True)
    role = serializers.CharField(source="seat.role", read_only=True)
    seconded_from = serializers.CharField(source="seat.seconded_from", read_only=True)
    kind = serializers.CharField(source="seat.kind", read_only=True)
    since = serializers.DateTimeField(source="seat.valid_from", read_only=True)
    answered_by = serializers.CharField(source="by_seat.user.username", read_only=True, default="")

    class Meta:
        model = ReviewItem
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *(
                "review",
                "desk",
                "user",
                "name",
                "role",
                "kind",
                "seconded_from",
                "since",
                "dormant",
                "unused",
                "conflicting",
            ),
            *("note", "answered_by", "decided_at"),
        ]


class ReviewItemViewSet(PublicViewSet):
    """Seats in rounds: the party's for its registers, one's own desk's for who decides there."""

    model, serializer_class, noun = ReviewItem, ReviewItemSerializer, "reviewitem"
    filters: ClassVar[dict[str, Any]] = {"review": "review__uid", "desk": "seat__desk__code", "state": "state"}
    related = ("review", "seat__user", "seat__desk", "by_seat__user")
    lists = "review.read"


class EmergencySerializer(PublicSerializer):
    """An emergency seat: why, how long, and what was found afterwards."""

    collection = "people-emergencies"
    seat = serializers.UUIDField(source="seat.uid", read_only=True)
    user = serializers.CharField(source="seat.user.username", read_only=True)
    name = serializers.CharField(source="seat.user.full_name", read_only=True)
    desk = serializers.CharField(source="seat.desk.code", read_only=True)
    party = serializers.CharField(source="seat.desk.party_id", read_only=True)
    since = serializers.DateTimeField(source="seat.valid_from", read_only=True)
    until = serializers.DateTimeField(source="seat.valid_to", read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    judged_by = serializers.CharField(source="judged_by.user.username", read_only=True, default="")

    class Meta:
        model = EmergencyUse
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("seat", "user", "name", "desk", "party", "cause", "why", "case", "frequent", "since", "until"),
            *("due_at", "is_overdue", "judged_by", "judged_at", "finding"),
        ]


class EmergencyViewSet(PublicViewSet):
    """One's own emergency seats, those at the desk for who decides there, the party's for its registers."""

    model, serializer_class, noun = EmergencyUse, EmergencySerializer, "emergency"
    creates = "take"
    filters: ClassVar[dict[str, Any]] = {"desk": "seat__desk__code", "state": "state"}
    related = ("seat__user", "seat__desk__party", "judged_by__user")


class StandInSerializer(SeatSerializer):
    """An acting seat: who stands in, where, until when and why."""

    collection = "people-stand-ins"

    class Meta(SeatSerializer.Meta):
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("user", "name", "desk", "party", "function", "role", "rank", "since", "until", "reason", "seconded_from"),
        ]


class StandInViewSet(TwoPersons, PublicViewSet):
    """Acting seats that one may see; naming one to decide takes two people (202 with the proposal)."""

    model, serializer_class, noun = Seat, StandInSerializer, "seat"
    creates = "delegate"
    only = frozenset({"end"})
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "desk": "desk__code", "state": "state"}
    related = ("user", "desk")

    def get_queryset(self, before: Any = None) -> Any:
        """Acting seats alone."""
        return super().get_queryset(before).filter(kind=Seat.Kind.ACTING)
