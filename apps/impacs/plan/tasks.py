"""The clock of the work plan: days that release tasks, tasks that come again, reports that wait for an agenda."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.impacs.models import Task
from apps.impacs.plan.actions import templates
from apps.impacs.plan.listeners.work_plan import clock, place_report, release
from apps.impacs.plan.queries import templates as templates_queries
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.queries import mandates


@shared_task(name="impacs.work_plan")
def work_plan() -> int:
    """Every hour; how many acts."""
    return run_plan_clock(timezone.now().date())


def run_plan_clock(today: datetime.date) -> int:
    """Everything that the day brings about, each once; what changes meanwhile is left to the next round."""
    actor = clock("work plan")
    planned = list(Task.objects.visible_to(actor).filter(state=Task.State.PLANNED).order_by("pk"))
    done = release(actor, planned)
    for row in templates_queries.to_repeat(today, limits_on(today).repeat_ahead_days):
        try:
            templates.repeat_task(actor, None, before=row)
        except Refused:
            continue
        done += 1
    return done + sum(place_report(actor, row) for row in mandates.unplaced(actor))
