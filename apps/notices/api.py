"""A desk's own addresses, its test alarms, and how one is told, in the API: the verbs of the pages, and their limits.

People come with their session. A key may read what its desk has, and gives no addresses and sends no alarms.
"""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from apps.access.api import GivenOnce, RecordSerializer, Rows, ScopedViewSet, record_url
from apps.access.refusal import Refused
from apps.notices import queries
from apps.notices.models import AlarmTest, Subscription, Webhook, WebhookCall


class WebhookSerializer(RecordSerializer):
    """An address of a desk's program."""

    collection = "notices-webhooks"
    # `url` is the record's own address, as everywhere
    address = serializers.CharField(source="url", read_only=True, help_text="https, what is called")
    failed = serializers.IntegerField(read_only=True, help_text="calls in a row that failed for good")
    secret = serializers.CharField(
        read_only=True, default="", help_text="in the answer that made it and nowhere else; empty in all others"
    )

    class Meta:
        model = Webhook
        fields: ClassVar[list[str]] = [*RecordSerializer.BASE, "address", "failed", "created_at", "secret"]


class WebhookViewSet(GivenOnce, ScopedViewSet):
    """Addresses of the caller's own desk, for who decides there and for the desk's key."""

    model, serializer_class, noun, creates = Webhook, WebhookSerializer, "webhook", "add"
    filters: ClassVar = {"state": "state"}

    def get_queryset(self, before: Any = None) -> Any:
        """Those that the page shows to the same seat."""
        rows = super().get_queryset(before)
        return rows if getattr(self, "swagger_fake_view", False) else queries.kept_by(self.actor, rows)


class WebhookCallSerializer(serializers.ModelSerializer):
    """One call of an address."""

    state = serializers.CharField(read_only=True, help_text="queued, sent or failed")
    etag = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()
    webhook = serializers.SerializerMethodField()
    notice = serializers.UUIDField(source="notice_id", read_only=True, allow_null=True, help_text="null: a trial")

    class Meta:
        model = WebhookCall
        fields: ClassVar[list[str]] = [
            *("id", "url", "state", "etag", "webhook", "notice", "attempts", "status", "error", "at", "done_at"),
        ]

    def get_url(self, row: WebhookCall) -> str:
        """Address of the call in the API."""
        return record_url("notices-webhook-calls", row.pk, self.context.get("request"))

    def get_webhook(self, row: WebhookCall) -> str:
        """The webhook that was called."""
        return record_url("notices-webhooks", row.webhook_id, self.context.get("request"))


class WebhookCallViewSet(ScopedViewSet):
    """Calls of the desk's addresses, newest first."""

    model, serializer_class, noun = WebhookCall, WebhookCallSerializer, "webhook_call"
    filters: ClassVar = {"state": "state", "webhook": "webhook"}

    def get_queryset(self, before: Any = None) -> Any:
        """Calls of the addresses that the caller may read."""
        rows = super().get_queryset(before)
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.filter(webhook__in=queries.kept_by(self.actor, Webhook.objects.visible_to(self.actor)))


class AlarmAnswerSerializer(serializers.Serializer):
    """Somebody who was alarmed."""

    person = serializers.CharField()
    seconds = serializers.IntegerField(allow_null=True, help_text="until the answer; null: not answered yet")


class AlarmTestSerializer(RecordSerializer):
    """A test alarm."""

    collection = "notices-alarms"
    sent_at = serializers.DateTimeField(source="created_at", read_only=True)
    answers = serializers.SerializerMethodField()

    class Meta:
        model = AlarmTest
        fields: ClassVar[list[str]] = [*RecordSerializer.BASE, "reference", "sent_by", "sent_at", "answers"]

    @extend_schema_field(AlarmAnswerSerializer(many=True))
    def get_answers(self, row: AlarmTest) -> Any:
        """Everybody who was alarmed, the first answer first."""
        return AlarmAnswerSerializer(self.context["view"].answered[row.pk], many=True).data


class AlarmViewSet(ScopedViewSet):
    """Test alarms of the caller's own desk."""

    model, serializer_class, noun, creates = AlarmTest, AlarmTestSerializer, "alarm", "send"
    filters: ClassVar = {"reference": "reference"}

    def get_queryset(self, before: Any = None) -> Any:
        """Those of one's own desk."""
        rows = super().get_queryset(before)
        return rows if getattr(self, "swagger_fake_view", False) else rows.filter(owner_id=self.actor.desk_id)

    def prepared(self, rows: Rows) -> Rows:
        """Attach the answers of a page of alarms, in two queries."""
        self.answered = queries.answers_to(self.actor, rows)
        return rows


class WaysSerializer(serializers.ModelSerializer):
    """How the caller is told, and when their mails wait."""

    id = serializers.UUIDField(source="user.uid", read_only=True)
    state = serializers.CharField(read_only=True)
    etag = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()
    ways = serializers.DictField(read_only=True, help_text="{group of events: at_once, digest or portal}")

    class Meta:
        model = Subscription
        fields: ClassVar[list[str]] = ["id", "url", "state", "etag", "ways", "quiet_from", "quiet_until", "passes"]

    def get_url(self, row: Subscription) -> str:
        """Address of the choice in the API."""
        return record_url("notices-ways", row.user.uid, self.context.get("request"))


class WaysViewSet(ScopedViewSet):
    """A collection of one: the caller's own choice, also where they have chosen nothing."""

    model, serializer_class, noun, creates = Subscription, WaysSerializer, "subscription", "choose"
    related = ("user",)

    def list(self, request: Any) -> Response:
        """The caller's choice."""
        row = queries.chosen_or_usual(self.actor)
        return Response({"next": None, "previous": None, "results": [self.get_serializer(row).data]})

    def named(self, pk: Any, spec: Any = None) -> Any:
        """The caller's choice, by the id of their account; 404 for anybody else's."""
        row = queries.chosen_or_usual(self.actor)
        if str(row.user.uid) != str(pk):
            raise Refused("not-visible")
        return row
