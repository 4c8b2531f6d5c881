"""Collections as a program's desk knows them."""

import uuid

from apps.access.actor import Actor
from apps.rifc.queries import rule
from apps.taxii.models import Collection, Intake

K = Collection.Kind
ORDER = [K.SUBMIT, K.REGIONAL, K.OUT]


def collections(actor: Actor) -> list[Collection]:
    """Those of the desk: what it sent, what is for all, what it may see."""
    found = {row.kind: row for row in Collection.objects.visible_to(actor)}
    return [found[kind] for kind in ORDER if kind in found]


def find_collection(actor: Actor, name: str) -> Collection | None:
    """The collection of an id or an alias; None where the desk has no such one."""
    try:
        key = uuid.UUID(name)
    except ValueError:
        return next((row for row in collections(actor) if alias(actor, row) == name.lower()), None)
    found: Collection | None = Collection.objects.visible_to(actor).filter(pk=key).first()
    return found


def alias(actor: Actor, row: Collection) -> str:
    """The name by which the desk's party knows a collection."""
    return "cisnet-regional" if row.kind == K.REGIONAL else f"cisnet-{actor.party_code.lower()}-{row.kind}"


def suspended(actor: Actor) -> bool:
    """Whether the MoU is not in force for the actor's party: then nothing is fetched or sent."""
    return not rule.is_member(actor.party_code)


def status(actor: Actor, name: str) -> Intake | None:
    """What became of a request of the desk's programs."""
    try:
        key = uuid.UUID(name)
    except ValueError:
        return None
    found: Intake | None = Intake.objects.visible_to(actor).filter(pk=key, channel="taxii").first()
    return found
