"""What follows by itself: departures are planned, lists joined, carriers reminded."""

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.carriers.actions import expected_journeys, expected_rounds, schedules
from apps.carriers.models import ExpectedJourney, Schedule
from apps.carriers.queries import timetable
from apps.journeys.queries import journeys as journeys_queries
from apps.manifests.tasks import automation_and_submission, automation_for
from apps.notices.actions import create_notices

# --- schedules and missing lists ------------------------------------------------------------------------------------


@shared_task(name="jrcc.tick")
def run_carriers_deletions() -> dict[str, int]:
    """Each minute: departures planned, lists joined, carriers reminded, alarms raised."""
    return expected_rounds.check_expected_journeys(timezone.now())


@outbox.on("schedule.added")
def plan_schedule(dispatch: Dispatch) -> None:
    """Expect the next departures at once."""
    actor = automation_for(dispatch)
    row = Schedule.objects.visible_to(actor).get(pk=dispatch.object_id)
    schedules.plan_schedule(actor, row, now=timezone.now())


@outbox.on("submission.read")
def meet_expected(dispatch: Dispatch) -> None:
    """Join the departures that a list is of."""
    actor, submission = automation_and_submission(dispatch)
    found = timetable.meetings(actor, timetable.may_mean(actor, journeys_queries.journeys_of(submission)))
    if found:
        expected_journeys.match_expected_journey(actor, found[0].row, by=found[0], others=found[1:])


@outbox.on("expected.reminded")
def tell_carrier(dispatch: Dispatch) -> None:
    """Remind the carrier's desk of its list; the watch, which has to call, where the carrier has none."""
    row = _expected(dispatch)
    _tell(dispatch, row, "expected.due", [*_carrier_desk(row)] or ["JRCC.watch"])


@outbox.on("expected.missed")
def tell_watch(dispatch: Dispatch) -> None:
    """The alarm: to the watch, and to the carrier's desk."""
    row = _expected(dispatch)
    _tell(dispatch, row, "expected.missing", ["JRCC.watch", *_carrier_desk(row)])


def _expected(dispatch: Dispatch) -> ExpectedJourney:
    rows = ExpectedJourney.objects.visible_to(automation_for(dispatch)).select_related("carrier")
    found: ExpectedJourney = rows.get(pk=dispatch.object_id)
    return found


def _carrier_desk(row: ExpectedJourney) -> list[str]:
    return [f"{row.carrier.party_id}.carrier"] if row.carrier.party_id else []


def _tell(dispatch: Dispatch, row: ExpectedJourney, event: str, desks: list[str]) -> None:
    create_notices(
        automation_for(dispatch),
        None,
        event=event,
        desks=desks,
        object_type="jrcc.expectedjourney",
        object_id=row.pk,
        number=f"{row} {row.date}",
        title=f"{row} {row.origin}–{row.destination} {row.date}",
        due_at=row.deadline_at,
        level=row.level,
    )
