"""The clock of State actions."""

from celery import shared_task
from django.utils import timezone

from apps.impacs import clock


@shared_task(name="impacs.days")
def days() -> int:
    """What a new day brings about for State actions; how many acts."""
    return clock.new_day(timezone.now())
