"""Who may read the memory."""

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from apps.audit.models import AuditRecord  # noqa: F401  (only named in annotations)

OWN_DAYS = 90
PARTY_READERS = frozenset({"oversight", "administration"})
REGIONAL = "IMPACS.oversight"
"""The oversight desk that the Council mandates for the whole region: every row, no record."""


class Reader(Protocol):
    """What the audit needs to know of an actor; apps.access.actor.Actor has it."""

    @property
    def user_id(self) -> int: ...
    @property
    def desk_id(self) -> int: ...
    @property
    def desk_code(self) -> str: ...
    @property
    def party_code(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def rank(self) -> int: ...


def is_regional(reader: Reader) -> bool:
    """Whether somebody oversees the whole region."""
    return reader.desk_code == REGIONAL


class AuditQuerySet(models.QuerySet["AuditRecord"]):
    """Audit rows, newest last; nothing without an actor."""

    def visible_to(self, actor: Reader | None) -> Self:
        """Rows on one's party's records and people (oversight and administration desks, heads), rows on one's own
        desk's records, and one's own acts of the last 90 days. A carrier is not told who looks at its lists.

        The region's oversight desk reads every row: who, which desk, what, when; rows hold no content."""
        if actor is None:
            return self.none()
        if is_regional(actor):
            return self
        mine = Q(user_id=actor.user_id, at__gte=timezone.now() - timedelta(days=OWN_DAYS))
        ours = Q(owner_desk_id=actor.desk_id)
        if actor.function in PARTY_READERS or actor.rank >= 3:
            ours |= Q(owner_party=actor.party_code)
        if actor.function in PARTY_READERS:
            ours |= Q(party=actor.party_code)
        if actor.function == "carrier":
            ours &= Q(party=actor.party_code)
        return self.filter(mine | ours)
