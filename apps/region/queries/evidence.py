"""Whose documents an actor reads: `visible_to` of files of the register."""

from typing import Any

from apps.access.actor import Actor
from apps.region.models import InstrumentParty, Participation, Track


def participations(actor: Actor) -> Any:
    """Participations whose documents the actor reads."""
    return Participation.objects.with_evidence_for(actor)


def tracks(actor: Actor) -> Any:
    """Laws whose documents the actor reads."""
    return Track.objects.with_evidence_for(actor)


def states_with_lines(instrument: Any) -> list[str]:
    """States that may join an instrument or have, for telling them."""
    rows = InstrumentParty.objects.filter(instrument=instrument).exclude(party=None)
    return list(rows.values_list("party_id", flat=True))
