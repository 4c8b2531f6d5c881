"""The intake lane: the most urgent first, each carried through, nobody waits for ever, nobody else's work in it."""

import contextvars
import itertools
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.access import intake_lane, outbox
from apps.access.models import Dispatch, Heartbeat
from apps.access.workers import INTAKE_WORKER
from apps.people.models import Party

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 60.0
HOUR = timedelta(hours=1)


class Line:
    """A lane of made-up steps: what `begin` is given is begun, finished, and noted as both."""

    def __init__(self, monkeypatch):
        self.done = []
        self.row = Party.objects.get(pk="JAM")
        self.sent = []
        self.broken = set()
        steps = {"thing.begin": ("t.begin", self._begin), "thing.finish": ("t.finish", self._finish)}
        monkeypatch.setattr(outbox, "_LISTENERS", {topic: [one] for topic, one in steps.items()})
        lanes = {(topic, name): outbox.INTAKE for topic, (name, _) in steps.items()}
        monkeypatch.setattr(outbox, "_QUEUES", lanes)
        monkeypatch.setattr(outbox, "tell_worker", lambda task, *_args, queue, **_more: self.sent.append((task, queue)))
        monkeypatch.setattr(intake_lane, "_turns", itertools.count(1))

    def begin(self, name, *, urgent_in=None, waited=timedelta(0)):
        urgent_at = None if urgent_in is None else timezone.now() + urgent_in
        outbox.write("thing.begin", self.row, {"name": name}, urgent_at=urgent_at)
        if waited:
            newest = Dispatch.objects.order_by("-pk")[:1].get()
            Dispatch.objects.filter(pk=newest.pk).update(created_at=timezone.now() - waited)

    def _begin(self, dispatch):
        name = dispatch.payload["name"]
        if name in self.broken:
            raise ZeroDivisionError
        self.done.append(f"begin {name}")
        outbox.write("thing.finish", self.row, {"name": name})

    def _finish(self, dispatch):
        self.done.append(f"finish {dispatch.payload['name']}")

    @property
    def order(self):
        return [step.removeprefix("finish ") for step in self.done if step.startswith("finish")]


@pytest.fixture
def line(monkeypatch):
    return Line(monkeypatch)


def test_the_most_urgent_is_taken_first_and_what_nobody_knows_of_stands_between(line):
    line.begin("next week", urgent_in=100 * HOUR)
    line.begin("unknown")
    line.begin("tonight", urgent_in=outbox.UNHURRIED + HOUR)
    line.begin("lands now", urgent_in=timedelta(minutes=9))
    line.begin("has landed", urgent_in=-HOUR)
    assert intake_lane.work_off(LONG) == 5
    assert line.order == ["has landed", "lands now", "unknown", "tonight", "next week"]


def test_each_is_carried_through_before_the_next_one_is_begun(line):
    for name in "abc":
        line.begin(name, urgent_in=HOUR)
    intake_lane.work_off(LONG)
    assert line.done == [f"{step} {name}" for name in "abc" for step in ("begin", "finish")]


def test_what_comes_while_one_is_worked_on_is_taken_by_its_urgency(line):
    line.begin("first", urgent_in=2 * HOUR)
    line.begin("last", urgent_in=3 * HOUR)
    finish = line._finish

    def and_another_comes(dispatch):
        finish(dispatch)
        if dispatch.payload["name"] == "first":
            # as another process does it
            contextvars.Context().run(line.begin, "urgent", urgent_in=HOUR)

    outbox._LISTENERS["thing.finish"] = [("t.finish", and_another_comes)]
    intake_lane.work_off(LONG)
    assert line.order[0] == "first"
    assert line.order.index("urgent") < line.order.index("last")


def test_who_has_waited_long_gets_every_fourth_place_and_the_oldest_first(line):
    line.begin("oldest", urgent_in=200 * HOUR, waited=2 * intake_lane.PATIENCE)
    line.begin("old", urgent_in=100 * HOUR, waited=intake_lane.PATIENCE + HOUR)
    line.begin("patient", urgent_in=99 * HOUR, waited=intake_lane.PATIENCE / 2)
    for number in range(8):
        line.begin(f"urgent {number}", urgent_in=HOUR)
    intake_lane.work_off(LONG)
    # the place in the line is the row's number, as it came
    assert [line.order.index(name) for name in ("oldest", "old")] == [3, 7]
    assert line.order[-1] == "patient"


def test_a_stream_of_urgent_ones_starves_nobody(line):
    """Three urgent ones come for each that is done: a queue that is never empty."""
    line.begin("patient", urgent_in=1000 * HOUR, waited=2 * intake_lane.PATIENCE)
    for _ in range(intake_lane.TURN):
        for _ in range(3):
            line.begin("urgent", urgent_in=HOUR)
        intake_lane.carry_through(intake_lane.take())
    assert "patient" in line.order


def test_what_is_taken_is_nobody_elses_until_its_lease_is_over(line):
    line.begin("one", urgent_in=HOUR)
    taken = intake_lane.take()
    assert (intake_lane.take(), intake_lane.waits()) == (None, False)
    assert 0 < (Dispatch.objects.get(pk=taken).available_at - timezone.now()).total_seconds() <= outbox.CLAIM_S
    Dispatch.objects.update(available_at=timezone.now())
    assert intake_lane.take() == taken


def test_a_step_that_fails_comes_back_later_and_the_next_one_is_not_kept_from_its_turn(line):
    line.broken.add("faulty")
    line.begin("faulty", urgent_in=timedelta(0))
    line.begin("sound", urgent_in=HOUR)
    intake_lane.work_off(LONG)
    assert line.order == ["sound"]
    failed = Dispatch.objects.get(done_at=None)
    assert (failed.payload["name"], failed.attempts, failed.error) == ("faulty", 1, "ZeroDivisionError: ")
    line.broken.clear()
    Dispatch.objects.filter(pk=failed.pk).update(available_at=timezone.now())
    intake_lane.work_off(LONG)
    assert line.order == ["sound", "faulty"]


def test_what_follows_is_as_urgent_as_what_it_follows_from(line):
    line.begin("one", urgent_in=HOUR)
    outbox.run(intake_lane.take())
    begun, follows = Dispatch.objects.order_by("pk")
    assert (follows.topic, follows.urgent_at) == ("thing.finish", begun.urgent_at)


def test_work_of_other_queues_is_not_taken_and_its_worker_takes_none_of_the_lane(line):
    outbox._LISTENERS["mail.due"] = [("t.mail", lambda _dispatch: line.done.append("mail"))]
    outbox._QUEUES["mail.due", "t.mail"] = outbox.MAIL
    for _ in range(3):
        outbox.write("mail.due", line.row, {})
    line.begin("list", urgent_in=HOUR)
    assert line.sent == [("access.work", outbox.MAIL)] * 3 + [("access.intake", outbox.INTAKE)]
    assert intake_lane.work_off(LONG) == 1
    assert line.done == ["begin list", "finish list"]
    line.begin("another", urgent_in=HOUR)
    Dispatch.objects.filter(done_at=None).update(available_at=timezone.now())
    line.sent.clear()
    assert outbox.sweep() == 3
    assert line.sent == [("access.work", outbox.MAIL)] * 3


def test_who_is_done_with_its_time_calls_another_and_what_follows_calls_nobody(line):
    for name in "abc":
        line.begin(name, urgent_in=HOUR)
    line.sent.clear()
    assert intake_lane.work_off(0) == 1
    assert line.sent == [("access.intake", outbox.INTAKE)] * 2  # a helper at the start, a successor in the end
    line.sent.clear()
    assert (intake_lane.work_off(LONG), intake_lane.work_off(LONG)) == (2, 0)
    assert line.sent == [("access.intake", outbox.INTAKE)]


def test_four_workers_at_once_do_each_step_once(line):
    for number in range(12):
        line.begin(str(number), urgent_in=HOUR)

    def work():
        try:
            intake_lane.work_off(LONG)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line.done) == sorted(f"{step} {n}" for n in range(12) for step in ("begin", "finish"))


def test_a_worker_gives_its_sign_of_life_between_lists_and_at_most_once_in_some_seconds(line, monkeypatch):
    monkeypatch.setattr(intake_lane, "_beaten", {})
    line.begin("one", urgent_in=HOUR)
    intake_lane.work_off(LONG)
    first = Heartbeat.objects.get(name=INTAKE_WORKER).at
    intake_lane.beat(INTAKE_WORKER)
    assert Heartbeat.objects.get(name=INTAKE_WORKER).at == first
    intake_lane._beaten.clear()
    intake_lane.beat(INTAKE_WORKER)
    assert Heartbeat.objects.get(name=INTAKE_WORKER).at > first
