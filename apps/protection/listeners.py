"""What follows from a person's request: every desk of the party is asked what it holds."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor
from apps.protection.models import SubjectRequest
from apps.protection.policy import CLOCK


@outbox.on("subject_request.recorded")
def ask_the_desks(dispatch: Dispatch) -> None:
    """All desks that may hold data on people, always the same ones."""
    clock = service_actor(CLOCK, request_id=dispatch.request_id)
    row = SubjectRequest.objects.visible_to(clock).get(pk=dispatch.object_id)
    notices.create_notices(
        clock,
        None,
        event="subject_request.recorded",
        desks=dispatch.payload["desks"],
        object_type="protection.subjectrequest",
        object_id=row.pk,
        number=row.number,
        level=row.level,
        url_name="protection:subjectrequest",
    )
