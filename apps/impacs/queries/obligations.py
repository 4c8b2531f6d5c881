"""What one's own State has to do, in the order in which to do it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.impacs.models import StateAction
from apps.impacs.queries import standing
from apps.impacs.queries.cells import shape_of, word_of
from apps.impacs.queries.standing import Row, Standing

SOON_DAYS = 30
GROUPS: dict[str, tuple[Any, str]] = {
    "overdue": (_("Overdue"), "alert"),
    "soon": (_("Due in 30 days"), "clock"),
    "waiting": (_("Waiting for you to acknowledge"), "inbox"),
    "others": (_("Others"), "list-checks"),
}
"""Groups in their order: title, icon."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One action of the State as its ministry reads it."""

    row: Row
    at: Standing
    group: str

    @property
    def shape(self) -> tuple[str, str]:
        """Drawing and its class."""
        return shape_of(self.at)

    @property
    def word(self) -> str:
        """The colour in a word or two."""
        return word_of(self.at)

    @property
    def unacknowledged(self) -> bool:
        """Whether the ministry has still to take note of it."""
        return self.row.state == StateAction.State.NOT_STARTED


def obligations(actor: Actor, day: datetime.date) -> list[Obligation]:
    """Open actions of the actor's own State: by group, then what is due first. Four queries."""
    rows = StateAction.objects.visible_to(actor).filter(party=actor.party_code, state__in=StateAction.OPEN)
    found = standing.standings(rows.order_by("due_on", "pk"), day).values()
    listed = [Obligation(row, at, _group(row, at)) for row, at in found]
    order = list(GROUPS)
    return sorted(listed, key=lambda one: (order.index(one.group), one.row.due_on or datetime.date.max))


def _group(row: Row, at: Standing) -> str:
    left = at.status.days_to_due
    if "OVERDUE" in at.status.reasons:
        return "overdue"
    if at.counts and left is not None and 0 <= left <= SOON_DAYS:
        return "soon"
    return "waiting" if at.counts and row.state == StateAction.State.NOT_STARTED else "others"


def grouped(found: Iterable[Obligation]) -> list[tuple[str, Any, str, list[Obligation]]]:
    """[(group, title, icon, its obligations)] of the groups that are not empty."""
    rows = list(found)
    groups = [(name, title, icon, [one for one in rows if one.group == name]) for name, (title, icon) in GROUPS.items()]
    return [group for group in groups if group[3]]
