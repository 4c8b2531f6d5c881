"""`/api/v1/people/invitations/` and `/proposals/`: who is invited, and what waits for a second person."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import GivenOnce, RecordSerializer
from apps.people.actions.approvals import SECONDS
from apps.people.api.register import ProposalSerializer, PublicSerializer, PublicViewSet
from apps.people.models import AccountProposal, Handover, Invitation


class InvitationSerializer(PublicSerializer):
    """An invitation; never its link."""

    collection = "people-invitations"
    user = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.full_name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    party = serializers.CharField(source="user.home_party_id", read_only=True)
    since = serializers.DateTimeField(source="sent_at", read_only=True)
    until = serializers.DateTimeField(source="expires_at", read_only=True)
    is_over = serializers.BooleanField(read_only=True)
    code = serializers.CharField(
        read_only=True, default="", source="code_shown", help_text="always empty: another person is shown it, handovers"
    )

    class Meta:
        model = Invitation
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            "user",
            "name",
            "email",
            "party",
            "since",
            "until",
            "is_over",
            "misses",
            "code",
        ]


class InvitationViewSet(PublicViewSet):
    """Invitations of one's own party, for its administration and oversight desks.

    And, once the person has opened their account, for who decides at the desk and confirms that it is they.
    """

    model, serializer_class, noun = Invitation, InvitationSerializer, "invitation"
    creates = "send"
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "state": "state"}
    related = ("user",)


class HandoverSerializer(PublicSerializer):
    """The code of an invitation, or half of a one-time password, that another person than its giver hands over."""

    collection = "people-handovers"
    party = serializers.CharField(source="party_id", read_only=True)
    user = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.full_name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    desk = serializers.CharField(source="desk.code", read_only=True, default="")
    since = serializers.DateTimeField(source="made_at", read_only=True)
    secret = serializers.CharField(
        read_only=True, default="", source="secret_shown", help_text="in the answer of show; empty in all others"
    )

    class Meta:
        model = Handover
        fields: ClassVar[list[str]] = [
            *RecordSerializer.BASE,
            *("what", "party", "user", "name", "email", "desk", "since", "shown_at", "secret"),
        ]


class HandoverViewSet(GivenOnce, PublicViewSet):
    """What waits to be handed over in one's own party or at one's desk; `show` shows it, once, to hand it over."""

    model, serializer_class, noun = Handover, HandoverSerializer, "handover"
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "state": "state", "what": "what"}
    related = ("user", "desk")


class SecondmentSerializer(ProposalSerializer):
    """A person of another party asked for, and what was answered."""

    collection = "people-secondments"


class SecondmentViewSet(PublicViewSet):
    """People of other parties asked for, by one's own party or of it; for their administration and oversight desks.

    POST asks; the person's own party answers with `agree` or `decline`. The seat itself is among people/seats.
    """

    model, serializer_class, noun = AccountProposal, SecondmentSerializer, "proposal"
    creates = "second"
    filters: ClassVar[dict[str, Any]] = {"user": "subject__username", "state": "state", "home": "home_id"}
    related = ("subject", "desk", "proposer")

    def get_queryset(self, before: Any = None) -> Any:
        """Secondments alone."""
        return super().get_queryset(before).filter(verb=SECONDS)


class ProposalViewSet(PublicViewSet):
    """What waits for a second person in one's own party; for the platform desk, where a party has none."""

    model, serializer_class, noun = AccountProposal, ProposalSerializer, "proposal"
    filters: ClassVar[dict[str, Any]] = {"user": "subject__username", "state": "state", "verb": "verb"}
    related = ("subject", "desk", "proposer")
