"""The clock of the work plan: days that release tasks, tasks that come again, reports that wait for an agenda."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.refused import Refused
from apps.impacs.actions import task_repeat
from apps.impacs.listeners.work_plan import clock, place_report, release
from apps.impacs.models import Task
from apps.impacs.queries import mandates, task_templates
from apps.impacs.queries.task_rules import limits_on


@shared_task(name="impacs.work_plan")
def work_plan() -> int:
    """Every hour; how many acts."""
    return tick(timezone.now().date())


def tick(today: datetime.date) -> int:
    """Everything that the day brings about, each once; what changes meanwhile is left to the next round."""
    actor = clock("work plan")
    planned = list(Task.objects.visible_to(actor).filter(state=Task.State.PLANNED).order_by("pk"))
    done = release(actor, planned)
    for row in task_templates.to_repeat(today, limits_on(today).repeat_ahead_days):
        try:
            task_repeat.repeat(actor, None, before=row)
        except Refused:
            continue
        done += 1
    return done + sum(place_report(actor, row) for row in mandates.unplaced(actor))
