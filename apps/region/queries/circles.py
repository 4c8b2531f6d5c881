"""The circles that a desk is in: systems in which its party takes part now."""

from apps.access.actor import Actor
from apps.region.models import Participation


def circles_of(actor: Actor) -> list[str]:
    """Names of the systems that the actor's party has in use. One query."""
    rows = Participation.objects.visible_to(actor).filter(party_id=actor.party_code, state=Participation.Stage.LIVE)
    return sorted(rows.values_list("system__name", flat=True))
