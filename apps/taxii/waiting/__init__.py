"""What came in from programs waits for the desk that sent it."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import WORKS, Actor
from apps.people.waiting import Ask, Facts, WorkRow, register_as
from apps.rifc.policy import CISNET
from apps.taxii.models import Intake


@register_as("intakes", gettext_lazy("STIX intake"))
def intakes(actor: Actor) -> Iterator[Ask]:
    """Objects that nobody has looked at."""
    if actor.function not in CISNET or actor.rank < WORKS:
        return
    rows = Intake.objects.visible_to(actor).filter(owner_id=actor.desk_id, state=Intake.State.OPEN)
    columns = {name: F(name) for name in ("pk", "total", "failed", "name")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_row(facts)])


def _row(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Look at %(n)s STIX objects") % {"n": facts["total"] - facts["failed"]},
        url=reverse("taxii:intake", args=[facts["pk"]]),
        due=None,
        detail=facts["name"] or _("sent by a program"),
        kind="inbox",
        act=_("Look"),
        place=reverse("taxii:intakes"),
    )
