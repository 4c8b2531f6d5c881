"""Decisions over the API (CONTRACT.md, Council)."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet, record_url
from apps.council.models import Amendment, Ballot, Clause, Decision, Statement, Vote


class ClauseSerializer(serializers.Serializer):
    """One clause: who must do what, by when."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    text: Any = serializers.CharField()
    kind = serializers.CharField()
    addressees = serializers.ListField(child=serializers.CharField())
    due = serializers.DateField(source="due_on", allow_null=True)


class BallotSerializer(serializers.Serializer):
    """A State's vote that counts, as far as the caller may know it."""

    party = serializers.CharField(source="party_id")
    vote = serializers.CharField(source="value")
    at = serializers.DateTimeField()
    explanation = serializers.CharField()


class ResultSerializer(serializers.Serializer):
    """What the vote came to, with its arithmetic."""

    outcome = serializers.CharField()
    rule_set = serializers.CharField()
    counted = serializers.IntegerField()
    required: Any = serializers.IntegerField()
    sentence = serializers.CharField()
    members_total = serializers.IntegerField()
    present = serializers.IntegerField(allow_null=True)
    quorum_required = serializers.IntegerField(allow_null=True)
    votes_for = serializers.IntegerField(allow_null=True)
    against = serializers.IntegerField(allow_null=True)
    abstain = serializers.IntegerField(allow_null=True)
    ad_referendum = serializers.IntegerField(allow_null=True)
    not_voting = serializers.IntegerField(allow_null=True)
    binding = serializers.BooleanField()


class VotingSerializer(serializers.Serializer):
    """The vote that is open: how, since when, and in writing until when."""

    number = serializers.IntegerField()
    method = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    receipts = serializers.DictField(child=serializers.DateTimeField())


class AmendmentSerializer(serializers.Serializer):
    """A proposed change of a clause."""

    number = serializers.IntegerField()
    clause = serializers.CharField()
    text: Any = serializers.CharField()
    proposer = serializers.CharField(source="proposer_id")
    state = serializers.CharField()


class StatementSerializer(serializers.Serializer):
    """What a State declared to the decision."""

    party = serializers.CharField(source="party_id")
    kind = serializers.CharField()
    clauses = serializers.ListField(child=serializers.CharField())
    text: Any = serializers.CharField()
    state = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    at = serializers.DateTimeField()


class DecisionSerializer(RecordSerializer):
    """A decision with its clauses, votes and result."""

    collection = "council-decisions"
    organ = serializers.CharField(source="organ_id", read_only=True)
    meeting: Any = serializers.SerializerMethodField()
    proposer = serializers.CharField(source="proposer_id", read_only=True)
    chair = serializers.CharField(source="chair_id", read_only=True, allow_null=True)
    clauses = ClauseSerializer(source="shown.clauses", many=True, read_only=True)
    votes = BallotSerializer(source="shown.votes", many=True, read_only=True)
    voting = VotingSerializer(source="shown.voting", read_only=True, allow_null=True)
    result = ResultSerializer(source="shown.result", read_only=True, allow_null=True)
    amendments = AmendmentSerializer(source="shown.amendments", many=True, read_only=True)
    statements = StatementSerializer(source="shown.statements", many=True, read_only=True)
    superseded_by: Any = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = (
            *RecordSerializer.BASE,
            "number",
            "working_no",
            "title",
            "kind",
            "question",
            "organ",
            "meeting",
            "proposer",
            "chair",
            "subject",
            "preamble",
            "clauses",
            "financial",
            "text_version",
            "text_hash",
            "votes",
            "voting",
            "result",
            "amendments",
            "statements",
            "adopted_on",
            "effective_on",
            "in_force_on",
            "expires_on",
            "ad_referendum_until",
            "sealed_at",
            "seal",
            "superseded_by",
            "public",
            "fictional",
        )

    def get_meeting(self, row: Decision) -> str | None:
        """Address of the meeting, if it is taken in one."""
        return self._url("council-meetings", row.meeting_id)

    def get_superseded_by(self, row: Decision) -> str | None:
        """Address of the decision that took its place."""
        return self._url(self.collection, row.superseded_by_id)

    def _url(self, collection: str, pk: Any) -> str | None:
        return record_url(collection, pk, self.context.get("request")) if pk else None


class DecisionViewSet(ScopedViewSet):
    """Decisions and recommendations that the caller may see, newest first."""

    model, serializer_class, noun = Decision, DecisionSerializer, "decision"
    creates = "draft"
    reads = "decision.read"
    filters: ClassVar[dict[str, Any]] = {
        "state": "state",
        "kind": "kind",
        "organ": "organ_id",
        "meeting": "meeting_id",
        "number": "number",
        "subject": "subject",
    }

    def prepared(self, rows: Rows) -> Rows:
        """Attach clauses, ballots, amendments, statements and open votes of a page of decisions: five queries."""
        parts: dict[str, dict[Any, list[Any]]] = {
            "clauses": self._parts(Clause, rows, "position"),
            "votes": self._parts(Ballot, rows, "vote__number", "order", code="", vote__state__in=["open", "closed"]),
            "amendments": self._parts(Amendment, rows, "number"),
            "statements": self._parts(Statement, rows, "at"),
            "voting": self._parts(Vote, rows, "number", state=Vote.State.OPEN),
        }
        for row in rows:
            row.shown = {name: of_row.get(row.pk, []) for name, of_row in parts.items()}
            row.shown |= {"votes": _last_of_each(row.shown["votes"]), "result": _shown_result(row)}
            row.shown["voting"] = next(iter(row.shown["voting"]), None)
        return rows

    def _parts(self, model: Any, rows: Rows, *order: str, **only: Any) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = {}
        parts = model.objects.visible_to(self.actor).filter(decision__in=[row.pk for row in rows], **only)
        for part in parts.order_by(*order):
            found.setdefault(part.decision_id, []).append(part)
        return found


def _last_of_each(ballots: list[Any]) -> list[Any]:
    """The ballots of the latest vote, one for each State, its last."""
    if not ballots:
        return []
    latest = ballots[-1].vote_id
    by_party = {ballot.party_id: ballot for ballot in ballots if ballot.vote_id == latest}
    return list(by_party.values())


def _shown_result(row: Decision) -> dict[str, Any] | None:
    """The stored result in the words of the contract; a consensus counts no votes."""
    if row.result is None:
        return None
    result = {"counted": row.result.get("votes_for", 0), **row.result, "outcome": row.result["outcome"].lower()}
    return dict.fromkeys(ResultSerializer().fields) | result
