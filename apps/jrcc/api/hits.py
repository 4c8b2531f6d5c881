"""Hits in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.jrcc.api.journeys import of_journey
from apps.jrcc.models import Hit
from apps.jrcc.queries.clocks import STEPS
from apps.jrcc.queries.deadline_words import next_step
from apps.jrcc.queries.service_levels import attach_referrals
from apps.jrcc.rules.grades import grade_of, of_grade
from apps.screening.matching import is_by_document
from apps.screening.models import Entry


class OutcomeSerializer(serializers.Serializer):
    """How a hit ended."""

    outcome = serializers.CharField()
    note = serializers.CharField()
    party = serializers.CharField()
    at = serializers.DateTimeField()


class HitStepSerializer(serializers.Serializer):
    """The step on a hit that counts for the caller: the one that pages show."""

    step = serializers.ChoiceField(choices=[step for step in STEPS if step != "answer"])
    party = serializers.CharField(help_text="whose step it is")
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField()


class HitSerializer(RecordSerializer):
    """A hit: the evidence adds up to the score (log-odds), signed."""

    collection = "jrcc-hits"
    claimed_by = serializers.SerializerMethodField()
    traveller = serializers.SerializerMethodField()
    entry = serializers.SerializerMethodField()
    journey = serializers.SerializerMethodField()
    grade = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()
    by_document = serializers.SerializerMethodField()
    next_step = serializers.SerializerMethodField()

    class Meta:
        model = Hit
        fields = (
            *RecordSerializer.BASE,
            *("reference", "traveller", "entry", "journey", "score", "grade", "prior", "evidence", "matcher"),
            "by_document",
            *(
                "instruction",
                "list_name",
                "parties",
                "referred_to",
                "acknowledged_by",
                "stands_since",
                "second_look",
                "due_at",
                "next_step",
                "claimed_by",
                "reason",
                "note",
                "outcome",
            ),
            "created_at",
        )

    def get_claimed_by(self, row: Hit) -> str:
        """User name of the JRCC's officer who took it, for the JRCC alone; a State deals with the desk."""
        return row.claimed_by if self.context["view"].actor.party_code == "JRCC" else ""

    def get_traveller(self, row: Hit) -> str:
        """The traveller."""
        return record_url("jrcc-travellers", row.traveller_id, self.context.get("request"))

    def get_entry(self, row: Hit) -> str | None:
        """The list entry; null when the caller may not see it."""
        if row.entry_id not in self.context["view"].seen_entries:
            return None
        return record_url("screening-entries", row.entry_id, self.context.get("request"))

    def get_grade(self, row: Hit) -> str:
        """`high` from the match threshold in force, `mid`, or `low`."""
        return grade_of(row.score)

    def get_by_document(self, row: Hit) -> bool:
        """Whether the document is listed, whoever carries it: the names alone would not have raised the hit."""
        return is_by_document(row.evidence)

    @extend_schema_field(HitStepSerializer(allow_null=True))
    def get_next_step(self, row: Hit) -> dict[str, Any] | None:
        """The step that counts for the caller; null where nothing is due, or no time is agreed."""
        clock = next_step(self.context["view"].actor, row)
        if clock is None:
            return None
        return {"step": clock.step, "party": clock.party, "since": clock.since, "due_at": clock.due_at}

    def get_journey(self, row: Hit) -> str:
        """The journey."""
        return record_url("jrcc-journeys", row.journey_id, self.context.get("request"))

    @extend_schema_field(OutcomeSerializer(allow_null=True))
    def get_outcome(self, row: Hit) -> dict[str, Any] | None:
        """What the State did; null until it says so."""
        if not row.outcome:
            return None
        return {
            "outcome": row.outcome,
            "note": row.outcome_note,
            "party": row.outcome_party_id,
            "at": row.outcome_at,
        }


def _grade(rows: Any, value: str, actor: Any) -> Any:
    wanted = of_grade(value)
    return rows.filter(**wanted) if wanted else rows.none()


class HitViewSet(ScopedViewSet):
    """Hits that the caller works on, owns the entry of, or was referred."""

    model, serializer_class, noun = Hit, HitSerializer, "hit"
    filters: ClassVar = {
        "state": "state",
        "journey": of_journey,
        "grade": _grade,
        "reference": "reference",
        "entry": "entry",
    }
    reads, lists = "hit.view", "hit.list"
    seen_entries: frozenset[Any] = frozenset()

    def prepared(self, rows: Rows) -> Rows:
        """Which of the page's entries the caller may see, and who has the hits. Two queries."""
        wanted = {row.entry_id for row in rows}
        visible = Entry.objects.visible_to(self.actor).filter(pk__in=wanted).values_list("pk", flat=True)
        self.seen_entries = frozenset(visible)
        attach_referrals(rows)
        return rows
