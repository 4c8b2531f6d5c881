"""Who reads what of joint threat assessments: those who take part, by desk and by name."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet
from apps.assessments import policy
from apps.rifc.managers import mou_in_force


class AssessmentQuerySet(ScopedQuerySet):
    """Assessments. A desk is given one as a whole; at a desk it is read by those whose work it is."""

    # readers of a report are told of the assessment that it came from
    bound: ClassVar[str] = """{held}
  OR {cleared} AND EXISTS (SELECT 1 FROM rifc_report r WHERE r.thread = {row}.report)"""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """The desk that leads; in parties who were asked the point of contact and who signs; members by name.

        Without the MoU nothing of other parties is read. All of them for the portal's clock.
        """
        if actor is None:
            return self.none()
        if policy.is_clock(actor, None):
            return self if before is None else self.filter(pk__lt=before)
        named = Q(drafters__contains=[actor.user_id]) | Q(commenters__contains=[actor.user_id])
        mine = Q(owner_id=actor.desk_id) | named | Q(readers__contains=[actor.user_id])
        if _speaks(actor):
            party = [actor.party_code]
            early = Q(declined__contains=party, state__in=policy.OPEN_TERMS)
            mine |= Q(accepted__contains=party) | Q(invited__contains=party) | early
        agreed = Q(originator_id=actor.party_code) | Q(mou_in_force(actor))
        return super().visible_to(actor, perm, before).filter(mine, agreed)


def _speaks(actor: Actor) -> bool:
    """Whether the seat answers or signs for its party."""
    if actor.function == "contact" and actor.rank >= WORKS:
        return True
    return actor.function in policy.SIGNS and actor.rank >= DECIDES


class ContributionQuerySet(PartQuerySet):
    """What parties contributed: each its own, the desk that leads all, others as the contributor released it."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Of assessments that one sees; up to one's clearance."""
        rows = super().visible_to(actor, before)
        if actor is None or policy.is_clock(actor, None):
            return rows
        own = Q(party_id=actor.party_code) | Q(assessment__owner_id=actor.desk_id)
        return rows.filter(own | Q(release="participants", withdrawn_at=None), level__lte=actor.clearance)


class CitationQuerySet(PartQuerySet):
    """Reports on which judgements rest: each visible only to those who see the report itself."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Citations of reports that the actor sees now, in assessments that they see."""
        rows = super().visible_to(actor, before)
        if actor is None:
            return rows
        reports: models.QuerySet[Any] = apps.get_model("rifc", "Report")._default_manager.visible_to(actor)
        return rows.filter(report__in=reports.values("thread"))
