"""The region's register: systems, instruments, laws, indicators, initiatives, and groups of States."""

from apps.region.models.base import REPORTED, Fact, Head, Provenance
from apps.region.models.groupings import Grouping, GroupingMember
from apps.region.models.indicators import Indicator, IndicatorValue
from apps.region.models.initiatives import Initiative, InitiativeStatus
from apps.region.models.instruments import (
    Instrument,
    InstrumentParty,
    InstrumentStep,
    Objection,
    PartyStep,
    Reservation,
)
from apps.region.models.laws import Coverage, ModelLaw, Provision, Topic, Track, TrackStep
from apps.region.models.systems import Participation, StagePeriod, StatedCount, System, SystemPeriod

__all__ = [
    "REPORTED",
    "Coverage",
    "Fact",
    "Grouping",
    "GroupingMember",
    "Head",
    "Indicator",
    "IndicatorValue",
    "Initiative",
    "InitiativeStatus",
    "Instrument",
    "InstrumentParty",
    "InstrumentStep",
    "ModelLaw",
    "Objection",
    "Participation",
    "PartyStep",
    "Provenance",
    "Provision",
    "Reservation",
    "StagePeriod",
    "StatedCount",
    "System",
    "SystemPeriod",
    "Topic",
    "Track",
    "TrackStep",
]
