"""What follows from acts on State actions: clocks for answers, the Council's agenda, releases, renewed evidence."""

import datetime
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.urgency import end_of
from apps.council.models import Decision
from apps.council.queries.membership import day_of
from apps.impacs import actions
from apps.impacs.models import Evidence, ExtensionRequest, StateAction
from apps.impacs.obligations.queries import action_parts, releases, status
from apps.impacs.obligations.queries.changes_due import ANSWER, VERIFY
from apps.impacs.queries import consequences, lists
from apps.notices import actions as notices
from apps.people.queries import service_actor

AGENCY = "IMPACS.secretariat"
PLACE = "America/Port_of_Spain"
"""Where the agency is: its clocks end there."""


def _clock(dispatch: Dispatch) -> Any:
    return service_actor("IMPACS.automation", request_id=dispatch.request_id)


def _row(model: Any, clock: Any, dispatch: Dispatch) -> Any:
    return model.objects.visible_to(clock).get(pk=dispatch.object_id)


@outbox.on("evidence.submitted")
def start_verification(dispatch: Dispatch) -> None:
    """IMPACS verifies within the days that the rules of the status give."""
    clock = _clock(dispatch)
    row = _row(StateAction, clock, dispatch)
    if row.state != StateAction.State.SUBMITTED:
        return
    today = day_of(timezone.now(), PLACE)
    (frame,) = status.days(today)
    due = end_of(today + datetime.timedelta(days=frame.limits.verify_sla_days), PLACE)
    _set(clock, row, VERIFY, consequences.name_action_number(row), due)


@outbox.on("state_action.verified")
@outbox.on("evidence.rejected")
@outbox.on("evidence.taken_back")
def end_verification(dispatch: Dispatch) -> None:
    """Nothing waits for the verifier any more."""
    _close(_clock(dispatch), "impacs.stateaction", dispatch.object_id, VERIFY)


@outbox.on("extension.requested")
def start_answer(dispatch: Dispatch) -> None:
    """The clock of the answer: ten working days."""
    clock = _clock(dispatch)
    row = _row(ExtensionRequest, clock, dispatch)
    if row.state == ExtensionRequest.State.REQUESTED:
        _set(clock, row, ANSWER, consequences.name_action_number(row.action), end_of(row.answer_by, PLACE))


@outbox.on("extension.decided")
@outbox.on("extension.withdrawn")
def end_answer(dispatch: Dispatch) -> None:
    """Nothing waits for an answer any more."""
    _close(_clock(dispatch), "impacs.extensionrequest", dispatch.object_id, ANSWER)


def _set(clock: Any, row: Any, kind: str, number: str, due: datetime.datetime) -> None:
    notices.set_deadline(
        clock,
        None,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        kind=kind,
        number=number,
        desks=[AGENCY],
        due_at=due,
    )


def _close(clock: Any, object_type: str, object_id: Any, kind: str) -> None:
    notices.close_deadlines(clock, None, object_type=object_type, object_id=object_id, kind=kind)


@outbox.on("extension.requested")
def bring_before_council(dispatch: Dispatch) -> None:
    """A request beyond the delegation goes on the agenda of the next meeting at once."""
    clock = _clock(dispatch)
    row = _row(ExtensionRequest, clock, dispatch)
    if row.power == ExtensionRequest.Power.COUNCIL:
        actions.escalate_extension(clock, row, now=timezone.now())


@outbox.on("state_action.verified")
def lapse_request(dispatch: Dispatch) -> None:
    """A verified action needs no more time."""
    clock = _clock(dispatch)
    row = action_parts.pending_extension(_row(StateAction, clock, dispatch))
    if row is not None:
        actions.lapse_extension(clock, row)


@outbox.on("decision.statement")
def release_state(dispatch: Dispatch) -> None:
    """An opt-out that the Conference granted releases the State from what the clauses ask."""
    if dispatch.payload.get("kind") != "opt_out":
        return
    clock = _clock(dispatch)
    decision = Decision.objects.visible_to(clock).get(pk=dispatch.object_id)
    rows = releases.releasable(timezone.now().date()).filter(decision=decision, party=dispatch.payload["party"])
    first = rows.order_by("pk").first()
    if first is not None:
        actions.opt_out_of_state_action(clock, first)


@outbox.on("evidence.expired")
def ask_for_renewal(dispatch: Dispatch) -> None:
    """A verified action goes on when evidence that has to be renewed ran out and nothing else answers its demand."""
    clock = _clock(dispatch)
    proof = _row(Evidence, clock, dispatch)
    row = StateAction.objects.visible_to(clock).get(pk=proof.action_id)
    others = [one.requirement for one in action_parts.evidence_of(row, Evidence.State.ACCEPTED)]
    if proof.kind in lists.renewed_kinds() and proof.requirement not in others:
        actions.ask_renewal(clock, row, day=datetime.date.fromisoformat(dispatch.payload["day"]))
