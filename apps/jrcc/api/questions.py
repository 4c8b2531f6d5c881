"""Questions in the case of a hit, in the API."""

from typing import ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, ScopedViewSet, record_url
from apps.jrcc.api.journeys import of_hit
from apps.jrcc.models import HitQuestion


class HitQuestionSerializer(RecordSerializer):
    """A question between the owner of an entry and a State that acts on its hit, and the answer."""

    collection = "jrcc-hit-questions"
    hit = serializers.SerializerMethodField()
    of = serializers.CharField(source="of_id", help_text="party that is asked")

    class Meta:
        model = HitQuestion
        fields = (*RecordSerializer.BASE, "hit", "of", "text", "answer", "answered_at", "created_at")

    def get_hit(self, row: HitQuestion) -> str:
        """The hit."""
        return record_url("jrcc-hits", row.hit_id, self.context.get("request"))


class HitQuestionViewSet(ScopedViewSet):
    """Questions of which the caller's party is a side; all for the JRCC's watch."""

    model, serializer_class, noun, creates = HitQuestion, HitQuestionSerializer, "hit_question", "ask"
    filters: ClassVar = {"state": "state", "hit": of_hit}
    reads = "hit_question.read"
