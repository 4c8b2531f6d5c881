"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.documents.refusals import Refusals


def may_revoke(actor: Actor, document: Any) -> Verdict:
    """Whoever decides at the desk that issued the document."""
    issuer = actor.desk_id == document.owner_id and actor.rank >= DECIDES
    return ALLOW if issuer else Deny(Refusals.NOT_ISSUER)
