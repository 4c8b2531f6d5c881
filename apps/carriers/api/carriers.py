"""Carriers' scorecards, cases against them, and expected journeys with their alarms, in the API."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.carriers.models import ComplianceCase, ExpectedJourney, ExpectedParty
from apps.carriers.queries import score_charts, scores
from apps.journeys.models import Carrier
from apps.people.api import PublicSerializer, PublicViewSet


class ScorecardSerializer(PublicSerializer):
    """How a carrier kept to the rules in a month; shares in percent, null where nothing was counted."""

    collection = "jrcc-scorecards"
    carrier = serializers.CharField(source="code")
    month = serializers.CharField(source="score_month", help_text="2026-11")
    grade = serializers.CharField(source="score.grade", help_text="A to E by dated thresholds; empty: nothing wanted")
    lists = serializers.IntegerField(source="score.lists")
    in_time_percent = serializers.FloatField(source="score.in_time_share", allow_null=True)
    late = serializers.IntegerField(source="score.late")
    missing = serializers.IntegerField(source="score.missing")
    median_minutes_before = serializers.FloatField(source="score.median", allow_null=True)
    travellers = serializers.IntegerField(source="score.people")
    complete_percent = serializers.FloatField(source="score.complete_share", allow_null=True)
    journeys = serializers.IntegerField(source="score.journeys")
    accepted_percent = serializers.FloatField(source="score.accepted_share", allow_null=True)

    class Meta:
        model = Carrier
        fields = (
            *RecordSerializer.BASE,
            *("carrier", "name", "month", "grade", "lists", "in_time_percent", "late", "missing"),
            *("median_minutes_before", "travellers", "complete_percent", "journeys", "accepted_percent"),
        )


def first_of(text: str) -> datetime.date:
    """The first day of `2026-11`; of this month for "". ValidationError."""
    if not text:
        return timezone.now().date().replace(day=1)
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValidationError({"month": _("Enter the month as 2026-11.")}) from None


def _as_it_is(rows: Any, _value: str, _actor: Any) -> Any:
    return rows


class ScorecardViewSet(PublicViewSet):
    """Scorecards of a month: all carriers for the JRCC, of its own journeys for a State, its own for a carrier."""

    model, serializer_class, noun = Carrier, ScorecardSerializer, "scorecard"
    filters: ClassVar = {"carrier": "code", "month": _as_it_is, "party": _as_it_is}

    def get_queryset(self, before: Any = None) -> Any:
        """Carriers whose figures the caller may see."""
        return super().get_queryset() if getattr(self, "swagger_fake_view", False) else scores.carriers(self.actor)

    def prepared(self, rows: Rows) -> Rows:
        """Attach the figures of `month` (this one without), for all States or for `party`. Three queries."""
        params = self.request.query_params
        first = first_of(params.get("month", ""))
        wanted = scores.Wanted(first, score_charts.last_of(first), party=params.get("party", "").upper())
        found = {score.key: score for score in scores.scores(self.actor, wanted, "carrier")}
        for row in rows:
            row.score, row.score_month = found.get(row.code) or scores.Score(row.code), f"{first:%Y-%m}"
        return rows


class CaseSerializer(RecordSerializer):
    """A State's case against a carrier. The carrier reads a decision once it is confirmed."""

    collection = "jrcc-cases"
    party = serializers.CharField(source="party_id")
    carrier = serializers.CharField(source="carrier_id")
    law = serializers.CharField(source="rule.act")
    source: Any = serializers.CharField(source="rule.source")
    currency = serializers.CharField(source="rule.currency")
    decision = serializers.CharField(source="proposed", help_text="penalty or waived; empty until there is one")
    decided = serializers.SerializerMethodField()

    class Meta:
        model = ComplianceCase
        fields = (
            *RecordSerializer.BASE,
            *("reference", "party", "carrier", "law", "source", "facts", "evidence", "explanation", "decision"),
            *("amount_minor", "currency", "grounds", "decided", "appeal", "paid_on", "created_at"),
        )

    def get_decided(self, row: ComplianceCase) -> bool:
        """Whether a second person has confirmed the decision."""
        return bool(row.confirmed_by)

    def to_representation(self, row: ComplianceCase) -> dict[str, Any]:
        """Leave out for the carrier what is only proposed."""
        shown = super().to_representation(row)
        if self.context["view"].actor.party_code != row.party_id and not row.confirmed_by:
            shown |= {"decision": "", "amount_minor": None, "grounds": ""}
        return shown


class CaseViewSet(ScopedViewSet):
    """Cases that the caller's State keeps, or of which the carrier was given notice."""

    model, serializer_class, noun, creates = ComplianceCase, CaseSerializer, "case", "open"
    filters: ClassVar = {"state": "state", "carrier": "carrier", "reference": "reference"}
    related = ("rule",)


class DeadlineSerializer(serializers.Serializer[Any]):
    """By when one State wants the list."""

    party = serializers.CharField()
    role = serializers.CharField(help_text="departure or arrival")
    deadline_at = serializers.DateTimeField()


class ExpectedJourneySerializer(RecordSerializer):
    """A departure that a schedule promises, and whether its list has come; missed_at is the alarm."""

    collection = "jrcc-expected-journeys"
    mode = serializers.CharField(read_only=True, help_text="air or sea")
    carrier = serializers.CharField(source="carrier_id")
    journey = serializers.SerializerMethodField()
    deadlines = serializers.SerializerMethodField()

    class Meta:
        model = ExpectedJourney
        fields = (
            *RecordSerializer.BASE,
            *("carrier", "mode", "number", "date", "origin", "destination", "departs_at", "arrives_at", "deadline_at"),
            *("deadlines", "reminded_at", "missed_at", "received_at", "journey", "said"),
        )

    def get_journey(self, row: ExpectedJourney) -> str | None:
        """The journey that its list made; null until then."""
        if row.journey_id is None:
            return None
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    @extend_schema_field(DeadlineSerializer(many=True))
    def get_deadlines(self, row: ExpectedJourney) -> list[dict[str, Any]]:
        """By when each State wants it."""
        return getattr(row, "deadline_rows", [])


def alarms(rows: Any, value: str, _actor: Any) -> Any:
    """`raised`: an alarm was raised, whatever came later; `standing`: the list is still missing."""
    if value == "raised":
        return rows.filter(missed_at__isnull=False)
    if value == "standing":
        return rows.filter(state=ExpectedJourney.State.MISSING)
    raise ValueError(value)


class ExpectedJourneyViewSet(ScopedViewSet):
    """Departures whose lists are expected, have come, or are missing."""

    model, serializer_class, noun = ExpectedJourney, ExpectedJourneySerializer, "expected"
    filters: ClassVar = {
        "state": "state",
        "carrier": "carrier",
        "number": "number",
        "date": "date",
        "from": "origin",
        "to": "destination",
        "alarm": alarms,
    }

    def prepared(self, rows: Rows) -> Rows:
        """Attach the deadlines of a page in one query."""
        found: dict[Any, list[dict[str, Any]]] = {}
        parties = ExpectedParty.objects.visible_to(self.actor).filter(expected__in=rows).order_by("deadline_at", "pk")
        for one in parties:
            line = {"party": one.party_id, "role": one.role, "deadline_at": one.deadline_at}
            found.setdefault(one.expected_id, []).append(DeadlineSerializer(line).data)
        for row in rows:
            row.deadline_rows = found.get(row.pk, [])
        return rows
