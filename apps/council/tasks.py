"""What follows by itself: the Council's clock and listeners."""

import datetime
from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.council.actions import clock as council_clock
from apps.council.actions import confirmations, delegations, seals, written_votes
from apps.council.models import Decision, WrittenProcedure
from apps.council.procedures import actions as procedures_actions
from apps.council.queries.meetings import to_remind
from apps.people.queries import service_actor

S = Decision.State


@outbox.on("decision.sealed")
def bring_into_force(dispatch: Dispatch) -> None:
    """A decision binds from its effective date; most at once."""
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    decision = Decision.objects.visible_to(clock).get(pk=dispatch.object_id)
    if decision.effective_on is None or decision.effective_on <= timezone.now().date():
        seals.bring_decision_into_force(clock, decision)


@shared_task(name="council.days")
def run_council_days() -> int:
    """What a new day brings about: entries into force, ends, confirmations that did not come; how many."""
    return new_day(timezone.now().date()) + remind(timezone.now())


def remind(now: datetime.datetime) -> int:
    """Remind States of credentials that are missing, each step once; how many meetings."""
    clock = service_actor("IMPACS.automation", request_id="days")
    due = to_remind(now)
    for meeting, step in due:
        delegations.remind_of_credentials(clock, meeting, step=step)
    return len(due)


def new_day(today: datetime.date) -> int:
    """Everything due on or before `today`, each one action; what changes meanwhile is left to the next round."""
    clock = service_actor("IMPACS.automation", request_id="days")
    seen = Decision.objects.visible_to(clock)
    due = [
        (seals.bring_decision_into_force, seen.filter(state=S.SEALED, effective_on__lte=today)),
        (seals.lapse_decision, seen.filter(state__in=[S.SEALED, S.IN_FORCE], expires_on__lte=today)),
        (
            confirmations.end_confirmations,
            seen.filter(state=S.PENDING_AD_REFERENDUM, ad_referendum_until__lt=today),
        ),
    ]
    done = 0
    for act, rows in due:
        for row in rows.order_by("pk"):
            try:
                act(clock, row)
            except Refused:
                continue
            done += 1
    return done


@shared_task(name="council.tick")
def run_council_clock() -> int:
    """Every minute: what time brings about; how many acts."""
    return council_clock.run_due_procedures(timezone.now())


@outbox.on("written.received")
def start_procedure(dispatch: Dispatch) -> None:
    """Start the clock of a procedure as soon as the last receipt is there."""
    council_clock.step(dispatch.object_id, timezone.now())


@outbox.on("written.complete")
def conclude_procedure(dispatch: Dispatch) -> None:
    """Conclude a procedure as soon as every State with a vote has supported it."""
    council_clock.step(dispatch.object_id, timezone.now())


@outbox.on("notice.acknowledged")
def receive_procedure(dispatch: Dispatch) -> None:
    """The receipt that a ministry gives on the notice of a procedure or written vote is the State's receipt of it."""
    told = dispatch.payload
    if told["desk"] != f"{told['party']}.ministry":
        return
    clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
    if told["event"] == "vote.opened":
        decision = Decision.objects.visible_to(clock).filter(pk=told["object_id"], state=S.VOTING).first()
        if decision is not None:
            with suppress(Refused):  # closed meanwhile, received already, or of an Associate Member
                written_votes.take_vote_receipt(clock, decision, party=told["party"])
    if told["event"] != "written.dispatched":
        return
    row = WrittenProcedure.objects.visible_to(clock).get(pk=told["object_id"])
    procedures_actions.take_procedure_receipt(clock, row, party=told["party"])
