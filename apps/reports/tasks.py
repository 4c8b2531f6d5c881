"""What time alone brings about for reports: clearances that nobody gave by their day."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.people.queries import service_actor
from apps.reports.actions.clearances import lapse_sentence_clearance
from apps.reports.models import Clearance


@shared_task(name="reports.days")
def run_reports_days() -> int:
    """What a new day brings about; how many clearances lapsed."""
    return new_day(timezone.now().date())


def new_day(today: datetime.date) -> int:
    """Lapse what was due before `today`; what somebody answers meanwhile is left alone."""
    clock = service_actor("IMPACS.automation", request_id="reports")
    due = Clearance.objects.visible_to(clock).filter(state=Clearance.State.ASKED, due_on__lt=today)
    done = 0
    for row in due.order_by("pk"):
        try:
            lapse_sentence_clearance(clock, row)
        except Refused:
            continue
        done += 1
    return done
