"""Who is told of what becomes of a report. Numbers go into mails, texts never."""

import datetime
from typing import Any

from apps.access import outbox
from apps.access.grants import groups_that_see
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import desk_ids, service_actor
from apps.reports.models import Clearance, Report
from apps.reports.queries.moments import end_of_day

CLOCK, KEEPER = "IMPACS.automation", "IMPACS.secretariat"


def _row(dispatch: Dispatch, model: Any) -> tuple[Any, Any]:
    clock = service_actor(CLOCK, request_id=dispatch.request_id)
    return clock, model.objects.visible_to(clock).get(pk=dispatch.object_id)


@outbox.on("clearance.asked")
def tell_of_clearance(dispatch: Dispatch) -> None:
    """The ministry of the State that is named."""
    clock, row = _row(dispatch, Clearance)
    notices.create_notices(
        clock,
        None,
        event="report.sentence_clearance",
        desks=[f"{row.party_id}.ministry"],
        object_type=row._meta.label_lower,
        object_id=row.pk,
        number=row.report.reference,
        title=row.report.title,
        due_at=end_of_day(row.due_on),
        level=row.level,
    )


@outbox.on("report.returned")
def tell_of_return(dispatch: Dispatch) -> None:
    """The Secretariat that wrote it."""
    clock, row = _row(dispatch, Report)
    _tell(clock, row, "report.returned", desk_ids(KEEPER))


@outbox.on("report.issued")
def tell_of_issue(dispatch: Dispatch) -> None:
    """Everybody who can read it now."""
    clock, row = _row(dispatch, Report)
    _tell(clock, row, "report.issued", _readers(row))


@outbox.on("report.corrected")
def tell_of_correction(dispatch: Dispatch) -> None:
    """Everybody who could read it."""
    clock, row = _row(dispatch, Report)
    _tell(clock, row, "report.corrected", _readers(row))


def _readers(row: Report) -> list[int]:
    return sorted(set(groups_that_see(row)) - set(desk_ids(CLOCK)))


def _tell(clock: Any, row: Report, event: str, desks: list[int], due_at: datetime.datetime | None = None) -> None:
    notices.create_notices(
        clock,
        None,
        event=event,
        desks=desks,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        number=row.reference,
        title=row.title,
        due_at=due_at,
        step=str(row.draft),
        level=row.level,
    )
