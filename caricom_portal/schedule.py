"""The clock: what the apps' manifests want done regularly, as Celery's scheduler reads it."""

from typing import Any

from celery.schedules import crontab

from apps.access.manifest import Every, registry


def beat_schedule() -> dict[str, dict[str, Any]]:
    """{name of a task: its entry in CELERY_BEAT_SCHEDULE}."""
    return {one.task: entry(one) for _app, one in registry.of("clock")}


def entry(one: Every) -> dict[str, Any]:
    """When it is called, through which queue, and until when a call that nobody has taken is worth something."""
    hour, _, minute = one.period.partition(":")
    schedule = crontab(hour=int(hour), minute=int(minute)) if one.is_daily else float(one.seconds)
    return {"task": one.task, "schedule": schedule, "options": {"queue": one.lane, "expires": one.dropped_after}}
