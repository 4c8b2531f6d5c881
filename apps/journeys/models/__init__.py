"""Carriers, journeys with legs and States, travellers with documents, corrections, and holds."""

from apps.journeys.models.amendments import Amendment
from apps.journeys.models.carriers import Carrier
from apps.journeys.models.holds import RetentionHold, RetentionHoldDeskGrant
from apps.journeys.models.journeys import Journey, JourneyDeskGrant, JourneyParty, Leg
from apps.journeys.models.travellers import Document, Traveller, party_codes

__all__ = [
    "Amendment",
    "Carrier",
    "Document",
    "Journey",
    "JourneyDeskGrant",
    "JourneyParty",
    "Leg",
    "RetentionHold",
    "RetentionHoldDeskGrant",
    "Traveller",
    "party_codes",
]
