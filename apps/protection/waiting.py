"""Requests of persons that wait for a desk, for My desk. Importing registers it."""

import datetime
from collections.abc import Callable, Iterator

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.waiting import Ask, Facts, WorkRow, day, register_as
from apps.protection.models import RequestSection, SubjectRequest
from apps.protection.policy import HANDLERS, HOLDERS

S = SubjectRequest.State
COLUMNS = {"pk": F("pk"), "number": F("number"), "state": F("state"), "due": F("due_on")}


@register_as("subjects", gettext_lazy("Requests of persons"))
def requests(actor: Actor) -> Iterator[Ask]:
    """What one's desk has not looked for yet; answers to prepare, and to release as a second person."""
    if actor.rank < WORKS or actor.function not in HANDLERS | HOLDERS:
        return
    rows = SubjectRequest.objects.visible_to(actor).filter(originator_id=actor.party_code)
    noted = RequestSection.objects.visible_to(actor).filter(request=OuterRef("pk"), desk=actor.desk_code)
    unseen = rows.filter(~Exists(noted), state__in=SubjectRequest.OPEN)
    yield Ask(unseen, ["due_on", "pk"], COLUMNS, _rows(_("Say what your desk holds: %(number)s")))
    if actor.function in HANDLERS:
        gathered = rows.filter(Exists(noted), state=S.GATHERED)
        yield Ask(gathered, ["due_on", "pk"], COLUMNS, _rows(_("Prepare the answer to %(number)s")))
    if actor.function in HANDLERS and actor.rank >= DECIDES:
        prepared = rows.filter(state=S.PREPARED).exclude(prepared_by_user_id=actor.user_id)
        yield Ask(prepared, ["due_on", "pk"], COLUMNS, _rows(_("Release the answer to %(number)s")))


def _rows(title: str) -> Callable[[Facts], list[WorkRow]]:
    def made(facts: Facts) -> list[WorkRow]:
        last = day(facts["due"])
        due = datetime.datetime.combine(last, datetime.time(23, 59), datetime.UTC) if last else None
        return [
            WorkRow(
                title=title % {"number": facts["number"]},
                url=reverse("protection:subjectrequest", args=[facts["pk"]]),
                due=due,
                detail="",
                kind="user-check",
                act=_("Open"),
                place=reverse("protection:requests"),
            )
        ]

    return made
