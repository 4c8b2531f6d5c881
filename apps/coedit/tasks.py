"""What the clock does for texts: snapshots."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.coedit.actions import epochs, sittings
from apps.coedit.queries import compactions_due


@shared_task(name="coedit.tick")
def run_coedit_clock() -> None:
    """Bring snapshots up to date that lag 200 rows or ten quiet minutes behind; close what a dead process left open."""
    now = timezone.now()
    for section_id in compactions_due.lagging(now - datetime.timedelta(minutes=10)):
        epochs.compact(section_id)
    sittings.close_abandoned(now - datetime.timedelta(hours=13))
