"""Requests of persons that wait for a desk, for My work."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.urgency import end_of
from apps.people.queries.work import Ask, Facts, WorkRow, day, same_for_a_seat
from apps.protection import titles
from apps.protection.models import RequestSection, SubjectRequest
from apps.protection.policy import HANDLERS, HOLDERS

S = SubjectRequest.State
COLUMNS = {"pk": F("pk"), "number": F("number"), "state": F("state"), "due": F("due_on")}


@same_for_a_seat
def requests(actor: Actor) -> Iterator[Ask]:
    """What one's desk has not looked for yet; answers to prepare, and to release as a second person."""
    if actor.rank < WORKS or actor.function not in HANDLERS | HOLDERS:
        return
    zone = actor.time_zone
    rows = SubjectRequest.objects.visible_to(actor).filter(originator_id=actor.party_code)
    noted = RequestSection.objects.visible_to(actor).filter(request=OuterRef("pk"), desk=actor.desk_code)
    unseen = rows.filter(~Exists(noted), state__in=SubjectRequest.OPEN)
    yield Ask(unseen, ["due_on", "pk"], COLUMNS, _rows(gettext_lazy("list the data that your office has"), zone))
    if actor.function in HANDLERS:
        gathered = rows.filter(Exists(noted), state=S.GATHERED)
        yield Ask(
            gathered,
            ["due_on", "pk"],
            COLUMNS,
            _rows(gettext_lazy("prepare the answer"), zone),
        )
    if actor.function in HANDLERS and actor.rank >= DECIDES:
        prepared = rows.filter(state=S.PREPARED).exclude(prepared_by_user_id=actor.user_id)
        yield Ask(
            prepared,
            ["due_on", "pk"],
            COLUMNS,
            _rows(gettext_lazy("release the answer"), zone),
        )


def _rows(act: Any, zone: str) -> Callable[[Facts], list[WorkRow]]:
    def made(facts: Facts) -> list[WorkRow]:
        return [
            WorkRow(
                title=titles.subject_request(str(act)),
                url=reverse("protection:subjectrequest", args=[facts["pk"]]),
                due=end_of(day(facts["due"]), zone),
                detail="",
                kind="user-check",
                code=facts["number"],
                act=pgettext("button, protection", "Open"),
                place=reverse("protection:requests"),
            )
        ]

    return made
