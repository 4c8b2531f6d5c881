"""`/api/v1/people/invitations/` and `/proposals/`: who is invited, and what waits for a second person."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import GivenOnce, RecordSerializer
from apps.people.actions.approvals import SECONDS
from apps.people.api.register import ProposalSerializer, PublicSerializer, PublicViewSet
from apps.people.models import AccountProposal, Invitation


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
        read_only=True,
        default="",
        source="code_shown",
        help_text="to hand over; in the answer that made it and nowhere else, empty in all others",
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


class InvitationViewSet(GivenOnce, PublicViewSet):
    """Invitations of one's own party, for its administration and oversight desks."""

    model, serializer_class, noun = Invitation, InvitationSerializer, "invitation"
    creates = "send"
    filters: ClassVar[dict[str, Any]] = {"user": "user__username", "state": "state"}
    related = ("user",)
    given_as = "code"


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
