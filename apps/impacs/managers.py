"""Who reads what a State reported."""

from typing import Self

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet


class ReportQuerySet(PartQuerySet):
    """Reports on State actions. All Member States see the status; the words are the State's own and the agency's."""

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Reports of one's own State; all of them for the agency that collects them."""
        rows = super().visible_to(actor, before=before)
        if actor is None or (actor.party_code == "IMPACS" and actor.function in {"secretariat", "automation"}):
            return rows
        return rows.filter(action__party=actor.party_code)
