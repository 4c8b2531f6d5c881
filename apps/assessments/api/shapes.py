"""What the API shows of assessments and their parts."""

from typing import Any

from rest_framework import serializers

from apps.access.api import RecordSerializer
from apps.assessments.models import Assessment
from apps.assessments.rules import lint, yardsticks
from apps.rifc.queries import vocabulary


class PartyAnswerSerializer(serializers.Serializer):
    """A party that was asked: accept, decline, or nothing yet."""

    party = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)


class SignatureSerializer(serializers.Serializer):
    """How far a party is: requested, signed, refused, or void since text or positions changed."""

    party = serializers.CharField()
    state = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    text = serializers.CharField(allow_blank=True)


class AssessmentSerializer(RecordSerializer):
    """An assessment. What is counted over its parts is null in a list."""

    collection = "rifc-assessments"
    classification = serializers.SerializerMethodField()
    lead = serializers.CharField(source="lead.username", read_only=True)
    content_sha256 = serializers.CharField(source="shown_sha256", read_only=True, allow_null=True)
    judgements = serializers.IntegerField(source="shown_judgements", read_only=True, allow_null=True)
    parties = PartyAnswerSerializer(source="shown_parties", many=True, read_only=True)
    signatures = SignatureSerializer(source="shown_signatures", many=True, read_only=True)

    class Meta:
        model = Assessment
        fields = (
            *RecordSerializer.BASE,
            *("number", "title", "question", "scope", "out_of_scope", "period_from", "period_to", "area", "audience"),
            *("classification", "tlp", "yardstick", "review_months", "lead", "due", "state_since", "content_sha256"),
            *("judgements", "parties", "signatures", "report", "released_at", "review_date", "reason"),
        )

    def get_classification(self, row: Assessment) -> str:
        """UNCLASSIFIED to SECRET: the ceiling."""
        return vocabulary.classification(row.level).code


class MadeSerializer(serializers.Serializer):
    """A part that was made or changed."""

    id = serializers.UUIDField()


class SeqSerializer(serializers.Serializer):
    """How many changes a section has had."""

    seq = serializers.IntegerField()


class SectionSerializer(serializers.Serializer):
    """A section: `seq` counts its changes, `epoch` its rebasings; `mode` is what the caller may: write or read."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    order = serializers.IntegerField()
    epoch = serializers.IntegerField()
    seq = serializers.IntegerField()
    text_sha256 = serializers.CharField(allow_blank=True)
    mode = serializers.CharField()


class SectionTextSerializer(serializers.Serializer):
    """The committed text of a section, as ProseMirror JSON and as plain paragraphs."""

    seq = serializers.IntegerField()
    json = serializers.JSONField()
    plain = serializers.CharField(allow_blank=True)


class CitationSerializer(serializers.Serializer):
    """A report on which a judgement rests; only those that the caller sees are listed."""

    report = serializers.UUIDField()
    para = serializers.IntegerField(allow_null=True)


class JudgementPositionSerializer(serializers.Serializer):
    """What a party says of a judgement. `current`: of its present words."""

    party = serializers.CharField()
    position = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    current = serializers.BooleanField()


class BandSerializer(serializers.Serializer):
    """The band of a likelihood, in per cent."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()


class JudgementSerializer(serializers.Serializer):
    """A judgement with the positions of all parties."""

    id = serializers.UUIDField()
    order = serializers.IntegerField()
    text = serializers.CharField()
    portion = serializers.CharField()
    likelihood = serializers.CharField()
    band = BandSerializer(allow_null=True)
    confidence = serializers.CharField()
    confidence_basis = serializers.CharField()
    timeframe_from = serializers.DateField(allow_null=True)
    timeframe_to = serializers.DateField(allow_null=True)
    threat_category = serializers.CharField(allow_blank=True)
    alternatives = serializers.CharField(allow_blank=True)
    indicators: Any = serializers.ListField(child=serializers.CharField())
    predecessor = serializers.UUIDField(allow_null=True)
    citations = CitationSerializer(many=True)
    judgement_sha256 = serializers.CharField()
    positions = JudgementPositionSerializer(many=True)


class RemarkSerializer(serializers.Serializer):
    """A remark in the margin, or the answer to one; with `suggests`, other words in the place of the quoted ones."""

    id = serializers.UUIDField()
    answers = serializers.UUIDField(source="answers_id", allow_null=True)
    party = serializers.CharField(source="desk.party_id")
    user = serializers.CharField(source="user.username")
    text = serializers.CharField()
    quote = serializers.CharField(allow_blank=True)
    pid = serializers.CharField(allow_blank=True)
    suggests = serializers.BooleanField()
    suggestion = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    state = serializers.CharField()


class CommentSerializer(serializers.Serializer):
    """A comment and its answer."""

    id = serializers.UUIDField()
    section = serializers.UUIDField(allow_null=True)
    judgement = serializers.UUIDField(allow_null=True)
    pid = serializers.UUIDField(allow_null=True)
    party = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    outcome = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)


class JudgementOutcomeSerializer(serializers.Serializer):
    """What was said to have become of a judgement, and who confirmed it or did not agree."""

    id = serializers.UUIDField()
    judgement = serializers.UUIDField(source="judgement_id")
    kind = serializers.CharField()
    text = serializers.CharField()
    party = serializers.CharField(source="party_id")
    user = serializers.CharField(source="user.username")
    at = serializers.DateTimeField()
    state = serializers.CharField()
    second = serializers.CharField(source="second.username", allow_null=True, default=None)
    decided_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)


class ContributionSerializer(serializers.Serializer):
    """A contribution that the caller may read; `report` only where they see the report."""

    id = serializers.UUIDField()
    party = serializers.CharField()
    nil = serializers.BooleanField()
    text = serializers.CharField(allow_blank=True)
    report = serializers.UUIDField(allow_null=True)
    release = serializers.CharField()
    at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class TransitionInput(serializers.Serializer):
    """The state that is wanted; `reason` where the step needs one."""

    to = serializers.CharField()
    reason = serializers.CharField(required=False)


class LintInput(serializers.Serializer):
    """A text and what is known about it. Without `portion` and `document` its marking is not looked at."""

    text = serializers.CharField(max_length=200_000, trim_whitespace=False, allow_blank=True)
    context: Any = serializers.ChoiceField(choices=lint.CONTEXTS)
    yardstick = serializers.ChoiceField(choices=list(yardsticks.YARDSTICKS.items()), default="phia")
    cited = serializers.BooleanField(default=False)
    source_type_shown = serializers.BooleanField(default=False)
    pii_flag = serializers.BooleanField(default=False)
    portion = serializers.RegexField(f"^[{lint.PORTIONS}]$", allow_null=True, required=False)
    document = serializers.RegexField(f"^[{lint.PORTIONS}]$", required=False)


class FindingSerializer(serializers.Serializer):
    """A finding: code points of the text, half-open; error, warning or info."""

    rule = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    severity = serializers.CharField()
    message = serializers.CharField()


class FindingsSerializer(serializers.Serializer):
    """What the checks find."""

    findings = FindingSerializer(many=True)
