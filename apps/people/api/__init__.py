"""`/api/v1/people/`."""

from apps.people.api.governance import HandoverViewSet, InvitationViewSet, ProposalViewSet, SecondmentViewSet
from apps.people.api.register import (
    AccountViewSet,
    DeskViewSet,
    MeViewSet,
    PartyViewSet,
    PublicSerializer,
    PublicViewSet,
    SeatViewSet,
)
from apps.people.api.reviews import EmergencyViewSet, ReviewItemViewSet, ReviewViewSet, StandInViewSet

__all__ = [
    "AccountViewSet",
    "DeskViewSet",
    "EmergencyViewSet",
    "HandoverViewSet",
    "InvitationViewSet",
    "MeViewSet",
    "PartyViewSet",
    "ProposalViewSet",
    "PublicSerializer",
    "PublicViewSet",
    "ReviewItemViewSet",
    "ReviewViewSet",
    "SeatViewSet",
    "SecondmentViewSet",
    "StandInViewSet",
]
