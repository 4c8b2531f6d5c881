"""What follows by itself: mandates and State actions begin and end with their decision."""

from typing import Any

from apps.access import outbox
from apps.access.models import Dispatch
from apps.council.models import Decision
from apps.impacs import actions
from apps.impacs.models import Mandate, StateAction
from apps.impacs.queries import consequences
from apps.people.queries import service_actor


def _decision(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    return actor, Decision.objects.visible_to(actor).get(pk=dispatch.object_id)


@outbox.on("decision.in_force")
def open_mandates(dispatch: Dispatch) -> None:
    """Mandates of the bodies addressed; nothing is done where there is none, or none is missing."""
    actor, decision = _decision(dispatch)
    if decision.state == Decision.State.IN_FORCE and consequences.missing_mandates(decision):
        actions.open_mandates(actor, None, decision=decision)


@outbox.on("decision.in_force")
def generate_actions(dispatch: Dispatch) -> None:
    """Actions of the States addressed; nothing is done where there is none, or none is missing."""
    actor, decision = _decision(dispatch)
    if decision.state == Decision.State.IN_FORCE and consequences.missing_actions(decision):
        actions.generate_state_actions(actor, None, decision=decision)


@outbox.on("decision.ended")
def end_actions(dispatch: Dispatch) -> None:
    """End what States still had to do under a decision that was superseded, has lapsed or was annulled."""
    actor, decision = _decision(dispatch)
    rows = StateAction.objects.visible_to(actor).filter(decision=decision, state__in=StateAction.OPEN)
    first = rows.order_by("pk").first()
    if first is not None:
        actions.end_state_actions(actor, first)


@outbox.on("decision.ended")
def end_mandates(dispatch: Dispatch) -> None:
    """The same for the mandates of bodies; what was reported already waits for the organ."""
    actor, decision = _decision(dispatch)
    rows = Mandate.objects.visible_to(actor).filter(decision=decision, state__in=Mandate.UNREPORTED)
    first = rows.order_by("pk").first()
    if first is not None:
        actions.end_mandates(actor, first)
