"""Who was sent by another party writes and reads by name for the desk that he was sent to, and no longer than that."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.assessments.actions import members
from apps.assessments.models import Assessment, Member
from apps.people.models import Seat
from apps.people.queries import service_actor


@outbox.on("secondment.ended")
def let_go(dispatch: Dispatch) -> None:
    """Take him off the lists of persons on which he stands for that desk: his desk at home may take part as well."""
    clock = service_actor("RIFC.automation", request_id=dispatch.request_id)
    seat = Seat.objects.get(pk=dispatch.object_id)
    named = Member.objects.filter(user=seat.user_id, desk=seat.desk_id, ended_at=None).values("assessment")
    for row in Assessment.objects.visible_to(clock).filter(pk__in=named).order_by("pk"):
        members.release_member(clock, row, user=seat.user_id, desk=seat.desk_id)
