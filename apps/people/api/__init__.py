"""`/api/v1/people/`."""

from apps.people.api.governing import InvitationViewSet, ProposalViewSet, SecondmentViewSet
from apps.people.api.looking_after import EmergencyViewSet, ReviewItemViewSet, ReviewViewSet, StandInViewSet
from apps.people.api.register import (
    AccountViewSet,
    DeskViewSet,
    MeViewSet,
    PartyViewSet,
    PublicSerializer,
    PublicViewSet,
    SeatViewSet,
)

__all__ = [
    "AccountViewSet",
    "DeskViewSet",
    "EmergencyViewSet",
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
