"""What came in from programs waits for the desk that sent it."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.people.queries.work import Ask, Facts, WorkRow, same_for_a_seat
from apps.rifc.policy import CISNET
from apps.taxii.models import Intake


@same_for_a_seat
def intakes(actor: Actor) -> Iterator[Ask]:
    """Objects that nobody has looked at."""
    if actor.function not in CISNET or actor.rank < WORKS:
        return
    rows = Intake.objects.visible_to(actor).filter(owner_id=actor.desk_id, state=Intake.State.OPEN)
    columns = {name: F(name) for name in ("pk", "total", "failed", "name")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_row(facts)])


def _row(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Review %(n)s STIX objects") % {"n": facts["total"] - facts["failed"]},
        url=reverse("taxii:intake", args=[facts["pk"]]),
        due=None,
        detail=facts["name"] or _("sent by a program"),
        kind="inbox",
        act=pgettext("button, taxii", "Review"),
        place=reverse("taxii:intakes"),
    )
