"""What the clock starts: tasks that there are, and once a day at an hour of the region's night."""

from typing import Any

import pytest
from celery.schedules import crontab

from apps.access import outbox
from apps.access.manifest import Every
from caricom_portal.celery import app
from caricom_portal.schedule import beat_schedule, entry
from caricom_portal.services.programs import intake_command, worker_command

DAY_S = 86_400

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


SCHEDULE = beat_schedule()


@pytest.mark.parametrize("name", SCHEDULE)
def test_each_call_of_the_clock_has_its_queue_and_is_dropped_before_the_next_one_is_due(name: str) -> None:
    one = SCHEDULE[name]
    period_s = DAY_S if isinstance(one["schedule"], crontab) else one["schedule"]
    assert 0 < one["options"]["expires"] < period_s
    assert one["options"]["queue"] in {outbox.INTAKE, outbox.FAST, outbox.CLOCK, outbox.SLOW}


def test_a_period_is_read_and_a_call_counts_four_fifths_of_it_or_as_long_as_it_says() -> None:
    said = {one: entry(Every(one, "x", lane="slow")) for one in ("5s", "15m", "1h")}
    assert [one["schedule"] for one in said.values()] == [5, 900, 3600]
    assert [one["options"]["expires"] for one in said.values()] == [4, 720, 2880]
    assert entry(Every("5m", "x", lane="slow", expires=240))["options"] == {"queue": "slow", "expires": 240}
    night = entry(Every("06:10", "x", lane="slow"))
    assert (night["schedule"], night["options"]["expires"]) == (crontab(hour=6, minute=10), 72_000)


def test_the_clock_calls_the_lane_of_lists_for_lists_alone() -> None:
    rows = SCHEDULE.values()
    assert [one["task"] for one in rows if one["options"]["queue"] == outbox.INTAKE] == ["access.intake"]


def queues_of(command: list[str]) -> set[str]:
    """What a worker takes from."""
    return set(command[command.index("-Q") + 1].split(","))


def test_each_queue_has_its_workers_and_that_of_lists_shares_them_with_nothing(settings: Any) -> None:
    lists, others = queues_of(intake_command()), queues_of(worker_command())
    assert lists == {outbox.INTAKE}
    assert others == {outbox.FAST, outbox.CLOCK, outbox.MAIL, outbox.SLOW}
    assert settings.CELERY_TASK_DEFAULT_QUEUE in others
    assert set(outbox._QUEUES.values()) <= lists | others
