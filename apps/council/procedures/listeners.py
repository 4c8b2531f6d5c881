"""Mail of a written procedure that did not arrive: the procedure shows it, so that somebody calls."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.council.models import Circulation, WrittenProcedure
from apps.council.procedures import actions as procedures_actions
from apps.people.queries import service_actor


@outbox.on("mail.undelivered")
def note_bounce(dispatch: Dispatch) -> None:
    """The mail that sent a text round came back: noted for its State as long as that has not confirmed receipt."""
    told = dispatch.payload
    of_procedure = told["object_type"] == WrittenProcedure._meta.label_lower and told["event"] == "written.dispatched"
    if not of_procedure or told["desk"] != f"{told['party']}.ministry":
        return
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    row = WrittenProcedure.objects.visible_to(clock).get(pk=told["object_id"])
    ways = Circulation.objects.visible_to(clock).filter(procedure=row, party=told["party"], receipt_at=None)
    if row.state in row.OPEN and ways.exists():
        procedures_actions.record_procedure_bounce(clock, row, party=told["party"])
