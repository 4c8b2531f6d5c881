"""The benchmark of a backlog shows the lane of intake and screening beside the rest, worked off in the lane's order."""

import contextlib
import io
import itertools
import json

import pytest
from django.core.management import call_command

from apps.access import intake_lane, outbox
from apps.manifests.models import Submission
from bench import backlog


@pytest.fixture
def _in_this_process(monkeypatch):
    """One worker, which is this process, on the database of the test."""
    monkeypatch.setattr(backlog, "scratch_database", contextlib.nullcontext)
    monkeypatch.setattr(backlog, "analyse", lambda: None)
    monkeypatch.setattr(backlog, "worked_off", lambda _workers: backlog._until_empty(0) or 1.0)
    monkeypatch.setattr(backlog, "PEOPLE", 2)
    monkeypatch.setattr(outbox, "tell_worker", lambda *_args, **_more: None)
    monkeypatch.setattr(intake_lane, "_turns", itertools.count(1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_in_this_process", "cast")
def test_lists_are_carried_through_one_by_one_by_landing_before_what_waited_longer():
    out = io.StringIO()
    call_command("bench", "backlog", "--json", "--lists", "6", "--told", "2", "--workers", "1", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["lists"], found["lane_open_at_start"], found["other_open_at_start"]) == (6, 6, 2)
    assert Submission.objects.filter(state=Submission.State.ANSWERED).count() == 6
    assert found["read_before_first_answer"] == 1
    assert found["lane_in_order_of_landing"] == 1.0
    assert found["other_rows_done_before_the_lane"] == 0
    assert found["lane_rows_done"] >= 12
    assert found["other_rows_done"] >= 2
    assert found["lane_lists_per_hour"] > 0
