"""The day by which a State clears its sentences, in calendars and reminders."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor
from apps.reports.models import Clearance
from apps.reports.queries.moments import end_of_day

KIND = "Clear a report"


@outbox.on("clearance.asked")
def set_clearance_deadline(dispatch: Dispatch) -> None:
    """Until the last minute of the day."""
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    row = Clearance.objects.visible_to(clock).get(pk=dispatch.object_id)
    if row.state != Clearance.State.ASKED:
        return
    notices.set_deadline(
        clock,
        None,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        kind=KIND,
        number=row.report.reference,
        desks=[f"{row.party_id}.ministry"],
        due_at=end_of_day(row.due_on),
    )


@outbox.on("clearance.over")
def close_clearance_deadline(dispatch: Dispatch) -> None:
    """Once it is answered, or no longer asked."""
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    row = Clearance.objects.visible_to(clock).get(pk=dispatch.object_id)
    notices.close_deadlines(clock, None, object_type=row._meta.label_lower, object_id=row.pk)
