"""Who was sent by another party writes and reads by name for the desk that they were sent to, and no longer than
that."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.assessments.actions import members
from apps.assessments.queries import clocks
from apps.people.models import Seat
from apps.people.queries import service_actor


@outbox.on("secondment.ended")
def let_go(dispatch: Dispatch) -> None:
    """Take them off the lists of persons on which they stand for that desk: their desk at home may take part as
    well."""
    registrar = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    clock = service_actor("RIFC.automation", request_id=dispatch.request_id)
    seat = Seat.objects.visible_to(registrar).get(pk=dispatch.object_id)
    for row in clocks.named(clock, user=seat.user_id, desk=seat.desk_id):
        members.release_member(clock, row, user=seat.user_id, desk=seat.desk_id)
