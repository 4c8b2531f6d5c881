"""Cases that wait for an oversight desk, for My desk. Importing registers it."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import WORKS, Actor
from apps.oversight.models import Case
from apps.people.waiting import Ask, Facts, WorkRow, register_as


@register_as("conduct", gettext_lazy("Cases of oversight"))
def cases(actor: Actor) -> Iterator[Ask]:
    """Cases that nobody has assessed, or that were assessed and not ended."""
    if actor.function != "oversight" or actor.rank < WORKS:
        return
    rows = Case.objects.visible_to(actor).filter(state__in=[Case.State.OPEN, Case.State.ASSESSED])
    columns = {"pk": F("pk"), "number": F("number"), "state": F("state"), "label": F("rule__label")}
    yield Ask(rows, ["pk"], columns, lambda facts: [_row(facts)])


def _row(facts: Facts) -> WorkRow:
    title = _("Assess %(number)s") if facts["state"] == Case.State.OPEN else _("End %(number)s")
    return WorkRow(
        title=title % {"number": facts["number"]},
        url=reverse("oversight:case", args=[facts["pk"]]),
        due=None,
        detail=facts["label"],
        kind="alert",
        act=_("Look"),
        place=reverse("oversight:cases"),
    )
