"""What goes out by itself once it is sealed."""

from apps.access import outbox
from apps.access.models import Dispatch
from apps.council.actions import exports
from apps.council.models import Decision
from apps.people.queries import service_actor


@outbox.on("decision.corrected")
@outbox.on("decision.sealed")
def issue_record(dispatch: Dispatch) -> None:
    """The record goes out as soon as the decision is sealed, and once more beside it with each correction."""
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    exports.issue_decision_record(clock, Decision.objects.visible_to(clock).get(pk=dispatch.object_id))


@outbox.on("decision.statement")
def issue_record_with_statement(dispatch: Dispatch) -> None:
    """What a State declares after the seal stands in a further record beside the first."""
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    decision = Decision.objects.visible_to(clock).get(pk=dispatch.object_id)
    if decision.state in Decision.STANDING:
        exports.issue_decision_record(clock, decision)
