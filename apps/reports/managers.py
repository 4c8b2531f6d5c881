"""What of a report its readers see, and what its drafters alone."""

from typing import Any, ClassVar, Self

from django.db.models import F

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet

DRAFTERS = frozenset({"secretariat", "automation"})
"""Functions that write reports: they alone see drafts, gaps, and what hands changed."""


class ReportQuerySet(ScopedQuerySet):
    """Reports, by their grants."""

    bare_row: ClassVar[bool] = True
    # a State is asked to clear sentences of a report that it does not see
    bound: ClassVar[str] = "{held} OR EXISTS (SELECT 1 FROM reports_clearance c WHERE c.report_id = {row}.id)"


class SentenceQuerySet(PartQuerySet):
    """Sentences of visible reports. Readers see what the last draft says; not its gaps, nor what was said before."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Every draft for the Secretariat; what was issued for the others."""
        rows = super().visible_to(actor, before=before)
        if actor is None or actor.function in DRAFTERS:
            return rows
        return rows.filter(draft=F("report__draft")).exclude(text="", hand="")


class DraftersQuerySet(PartQuerySet):
    """What only those who write reports see."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Parts of visible reports for the Secretariat; nothing for others."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is not None and actor.function in DRAFTERS else rows.none()
