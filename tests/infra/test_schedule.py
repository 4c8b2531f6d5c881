"""What the clock starts: tasks that there are, and once a day at an hour of the region's night."""

from typing import Any

from celery.schedules import crontab

from caricom_portal.celery import app

NIGHT_UTC = range(6, 8)
"""Midnight to five in the morning, from Belize (UTC-6) to Suriname (UTC-3)."""


def test_every_entry_names_a_task_that_there_is(settings: Any) -> None:
    app.loader.import_default_modules()
    assert {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_what_runs_once_a_day_has_its_hour_whenever_the_scheduler_was_started(settings: Any) -> None:
    daily = [one for one in settings.CELERY_BEAT_SCHEDULE.values() if isinstance(one["schedule"], crontab)]
    assert {one["task"] for one in daily} >= {"rifc.count", "rifc.purge", "watch.purge", "files.purge"}
    for one in daily:
        assert one["schedule"].hour <= set(NIGHT_UTC), one
        assert len(one["schedule"].minute) == len(one["schedule"].hour) == 1, one
    others = [one for one in settings.CELERY_BEAT_SCHEDULE.values() if one not in daily]
    assert [one for one in others if one["schedule"] > 3600] == []
