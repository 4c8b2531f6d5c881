"""The clock of State actions."""

from celery import shared_task
from django.utils import timezone

from apps.impacs.actions import clock


@shared_task(name="impacs.days")
def run_impacs_days() -> int:
    """What a new day brings about for State actions; how many acts."""
    return clock.new_day(timezone.now())
