"""Who may read or write a text: asked of the room whose section it is, and told to the open sockets when it changes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from apps.access.actor import Actor
from apps.access.database_context import seat_context
from apps.access.manifest import registry
from apps.coedit.actions import documents
from apps.coedit.live import broadcast


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody may do with a text; `reason` is said to those who only read. None: nothing at all.

    The history shows what was deleted: it is for those who write, unless `history` says otherwise.
    """

    mode: Literal["write", "read"] | None
    reason: str = ""
    history: bool | None = None

    @property
    def sees_history(self) -> bool:
        """Whether what was deleted is for them."""
        return self.mode == "write" if self.history is None else self.mode is not None and self.history


Rule = Callable[[Actor, uuid.UUID, uuid.UUID], Grant]
NONE = Grant(None)


def grant(actor: Actor | None, assessment_id: uuid.UUID, section_id: uuid.UUID) -> Grant:
    """What the actor may do now; nothing without a rule, without an actor, or for a section that is another's."""
    rules: list[Rule] = list(registry.offered("coedit.rules").values())
    if actor is None or not rules:
        return NONE
    with seat_context(actor):
        return rules[-1](actor, assessment_id, section_id) or NONE


def closed_to(party: str) -> str:
    """Why all texts are closed to a party now; "" while they are open."""
    return next((why for gate in registry.offered("coedit.gates").values() if (why := gate(party))), "")


def changed(assessment_id: uuid.UUID) -> None:
    """Rights on an assessment, or its state, have changed: call it in the same transaction.

    No update that was granted before is committed afterwards; every process asks again for its open sockets, within a
    second of the commit.
    """
    documents.count_grants(assessment_id)
    broadcast.after_commit({"type": "coedit.grants", "assessment": str(assessment_id)})
