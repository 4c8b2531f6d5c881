"""What of the watchlists waits for a seat, for My work."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.people.queries.work import Ask, Facts, WorkRow, same_for_a_seat
from apps.screening import policy
from apps.screening.models import Thresholds


@same_for_a_seat
def thresholds_to_decide_on(actor: Actor) -> Iterator[Ask]:
    """Proposed thresholds, for those who may put them into force and did not propose them."""
    if not policy.may_decline_thresholds(actor, None):
        return
    rows = Thresholds.objects.visible_to(actor).filter(state=Thresholds.State.PROPOSED)
    rows = rows.exclude(proposed_by_user_id=actor.user_id)
    yield Ask(rows, ["-pk"], {"key": F("pk"), "who": F("proposed_by")}, lambda facts: [_proposed(facts)])


def _proposed(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Decide on proposed thresholds"),
        url=reverse("screening:threshold", args=[facts["key"]]),
        due=None,
        detail=pgettext("words, screening", "Proposed by %(who)s") % {"who": facts["who"]},
        kind="list",
        act=pgettext("button, screening", "Decide"),
        place=reverse("screening:lists"),
    )
