"""Cases that wait for an oversight desk, for My work."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.oversight import titles
from apps.oversight.models import Case
from apps.people.queries.work import Ask, Facts, WorkRow, same_for_a_seat


@same_for_a_seat
def cases(actor: Actor) -> Iterator[Ask]:
    """Cases that nobody has assessed, or that were assessed and not ended."""
    if actor.function != "oversight" or actor.rank < WORKS:
        return
    rows = Case.objects.visible_to(actor).filter(state__in=[Case.State.OPEN, Case.State.ASSESSED])
    columns = {"pk": F("pk"), "number": F("number"), "state": F("state"), "label": F("rule__label")}
    yield Ask(rows, ["pk"], columns, lambda facts: [_row(facts)])


def _row(facts: Facts) -> WorkRow:
    title = (
        pgettext("words, oversight", "Assess the case: %(about)s")
        if facts["state"] == Case.State.OPEN
        else pgettext("words, oversight", "Close the case: %(about)s")
    )
    return WorkRow(
        title=title % {"about": titles.case(facts["label"])},
        url=reverse("oversight:case", args=[facts["pk"]]),
        due=None,
        detail="",
        kind="alert",
        code=facts["number"],
        act=pgettext("button, oversight", "Review"),
        place=reverse("oversight:cases"),
    )
