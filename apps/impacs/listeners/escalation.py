"""What follows from an escalation: the persons of the office are told, once for all that was raised
together, and where nobody holds it, those who can name somebody."""

from typing import Any

from django.utils.translation import pgettext

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.urgency import end_of
from apps.impacs.models import Escalation, Office
from apps.impacs.queries import offices
from apps.notices import actions as notices
from apps.people.queries import service_actor

PASSED_ON = "action.minister"


def _row(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    rows = Escalation.objects.visible_to(actor).select_related("party")
    return actor, rows.get(pk=dispatch.object_id)


@outbox.on("escalation.raised")
def tell_the_office(dispatch: Dispatch) -> None:
    """Tell who holds the office, or who stands in; several things that are due are one notice."""
    actor, row = _row(dispatch)
    said = dispatch.payload
    _tell(actor, row, said["event"], f"{row.raised_on} {said['told']}", said["seats"], said["count"], said["title"])


@outbox.on("escalation.passed_on")
def tell_the_minister(dispatch: Dispatch) -> None:
    """Tell the minister's office, because the director of IMPACS wrote to it."""
    actor, row = _row(dispatch)
    _tell(actor, row, PASSED_ON, str(row.passed_on), dispatch.payload["seats"], 1, "")


@outbox.on("office.missed")
def tell_of_the_vacancy(dispatch: Dispatch) -> None:
    """Tell those who can fill an office that it was needed and nobody holds it; once for each time it is vacant.

    Which matter needs it is not told: an administrator of accounts need not see it.
    """
    actor = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    party, office = dispatch.payload["party"], dispatch.payload["office"]
    notices.create_notices(
        actor,
        None,
        event="role.vacant",
        desks=[f"{party}.administration", offices.SECRETARIAT],
        object_type="impacs.office",  # no record: nobody holds it
        object_id=f"{party}.{office}",
        number=f"{party}: {Office(office).label}",
        step=str(offices.last_held(party, office) or ""),
    )


def _tell(actor: Any, row: Any, event: str, step: str, seats: list[int], count: int, title: str) -> None:
    ahead = row.due_on >= row.raised_on
    notices.create_notices(
        actor,
        None,
        event=event,
        desks=[row.owner_id],
        seats=seats,
        object_type=Escalation._meta.label_lower,
        object_id=row.pk,
        number=row.number if count == 1 else pgettext("words, impacs", "%(n)d matters") % {"n": count},
        title=title,
        due_at=end_of(row.due_on, row.party.time_zone) if ahead else None,
        step=step,
        level=row.level,
        url_name="impacs:escalation",
    )
