"""Lists in the intake lane: the flight that lands first comes first, each list through to its hits, each step once."""

import itertools
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from apps.access import intake_lane, outbox
from apps.access.models import Dispatch
from apps.audit.models import AuditRecord
from apps.journeys.models import Traveller
from apps.jrcc.models import Hit
from apps.manifests import paxlst
from apps.manifests.models import Submission
from apps.manifests.rules import routing, urgency
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.travellers.loaders import reference
from tests.jrcc.people import AGENT, QUILL, RAM, SHO, WATCH, fresh, hop, list_entry, send, the_registers, tomorrow

VECTORS = Path(__file__).parent.parent / "vectors" / "paxlst"
LISTS = sorted(path for path in VECTORS.iterdir() if path.suffix in {".txt", ".csv", ".edi", ".json"})
LONG = 120.0
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quiet(db, monkeypatch):
    the_registers()
    monkeypatch.setattr(outbox, "tell_worker", lambda *_args, **_more: None)
    monkeypatch.setattr(intake_lane, "_turns", itertools.count(1))


# --- how urgent a list is ---


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_look_at_a_list_tells_the_landing_that_reading_it_tells(path):
    data = path.read_bytes()
    told = [urgency._landing(leg) for obj in paxlst.read(data) for leg in routing.legs_of(obj["flight"], {})]
    assert urgency.landing_of(data, LONG_AGO) == min((moment for moment in told if moment), default=None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04...",
        b"{",
        b"[" * 5000,
        b'{"flight": 7, "travellers": 1}',
        b"\xff\xfe\x00U",
        b"UNH" * 3000,
        b"NAD+FL",
    ],
)
def test_a_look_at_what_is_no_list_tells_nothing(data):
    assert urgency.landing_of(data, timezone.now()) is None


def test_a_flight_that_landed_long_ago_has_no_haste_and_one_of_this_hour_has(cast):
    landed = [timezone.now() - urgency.OVER - timedelta(hours=2), timezone.now() - timedelta(hours=2)]
    for number, moment in enumerate(landed):
        # POS is four hours behind UTC, and the flight takes one
        send(
            cast[AGENT],
            RAM,
            flight=f"7T{610 + number}",
            hops=[hop(departs=(moment - timedelta(hours=5)).replace(tzinfo=None))],
        )
    over, now = Dispatch.objects.filter(topic="submission.received").order_by("pk")
    assert over.urgent_at > timezone.now() + outbox.UNHURRIED - timedelta(minutes=5)
    assert abs(now.urgent_at - landed[1]) < timedelta(minutes=2)


def test_reading_screening_and_answering_lists_is_all_that_the_lane_does():
    lane_of = [name.rpartition(".")[2] for (_topic, name), queue in outbox._QUEUES.items() if queue == outbox.INTAKE]
    assert sorted(lane_of) == ["answer_submission", "read_submission", "screen_submission"]


# --- in which order ---


def answered():
    """Flights in the order of their answers."""
    rows = Dispatch.objects.filter(topic="submission.screened", urgent_at__isnull=False, done_at__isnull=False)
    flights = dict(Submission.objects.values_list("pk", "flight"))
    return [next(f for pk, f in flights.items() if str(pk) == one).split()[1] for one in
            rows.order_by("done_at").values_list("object_id", flat=True)]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_lists_are_answered_in_the_order_of_landing_whatever_the_order_in_which_they_came(cast):
    reference.load_travellers_reference()
    hours = [5, 1, 4, 2, 3]
    for hour in hours:
        send(cast[AGENT], RAM, flight=f"7T{600 + hour}", hops=[hop(departs=tomorrow(10 + hour))])
    assert intake_lane.work_off(LONG) == len(hours)
    assert answered() == ["601", "602", "603", "604", "605"]


@pytest.mark.django_db(transaction=True)
def test_the_first_list_has_its_hit_and_its_answer_before_the_second_is_read_however_many_mails_are_due(cast):
    reference.load_travellers_reference()
    list_entry(cast["jam.intelligence.officer"])
    outbox.drain()
    clock = service_actor("JRCC.automation", request_id="test")
    for step in range(3):
        create_notices(
            clock, None, event="hit.overdue", desks=["JRCC.watch", "BRB.border"], object_type="jrcc.hit",
            object_id=str(step), number="H", title="H", step=str(step), due_at=timezone.now(),
        )  # fmt: skip
    outbox.drain(but=outbox.MAIL)
    mails = Dispatch.objects.filter(topic="mail.due", done_at=None).count()
    assert mails > 3
    for number in range(3):
        send(cast[AGENT], QUILL, flight=f"7T{600 + number}", hops=[hop(departs=tomorrow(12 + number))])
    assert intake_lane.work_off(0) == 1
    assert list(Submission.objects.order_by("created_at").values_list("state", flat=True)) == [
        "answered", "received", "received",
    ]  # fmt: skip
    assert Hit.objects.count() == 1
    assert Dispatch.objects.filter(topic="mail.due", done_at=None).count() == mails
    # what belongs to other queues was asked for as soon as the list was read, and is not done here
    others = Dispatch.objects.filter(done_at=None, urgent_at=None).exclude(topic="mail.due")
    assert {one.rpartition(".")[2] for one in others.values_list("listener", flat=True)} >= {
        "meet_expected", "answer_by_mail", "ask_interpol",
    }  # fmt: skip


# --- each step once ---


class Killed(BaseException):
    """The process is gone: nothing that it would do afterwards is done."""


class Mortal:
    """Counts the moments at which a worker may die, and dies at the chosen ones."""

    def __init__(self, monkeypatch, deaths=()):
        self.moment, self.deaths = 0, set(deaths)
        run, enter, leave, publish = outbox.run, outbox.Claim.enter, outbox.Claim.leave, outbox.publish
        monkeypatch.setattr(outbox, "run", partial(self.around, run))
        monkeypatch.setattr(outbox.Claim, "enter", lambda claim: self.around(enter, claim))
        monkeypatch.setattr(outbox.Claim, "leave", lambda claim, row: self.around(leave, claim, row))
        monkeypatch.setattr(outbox, "publish", partial(self.around, publish))

    def around(self, work, *args):
        self.may_die()
        done = work(*args)
        self.may_die()
        return done

    def may_die(self):
        self.moment += 1
        if self.moment in self.deaths:
            raise Killed

    def work_to_the_end(self):
        """Work; who dies is started again, after the lease of what it had."""
        for _life in range(60):
            try:
                intake_lane.work_off(LONG)
                for pk in outbox.due():
                    outbox.run(pk)
            except Killed:
                pass
            if not outbox.due():
                return
            Dispatch.objects.filter(done_at=None).update(available_at=timezone.now())
        raise AssertionError("never done")


def what_came_of_it():
    """Each step with how often it was done, and who is compared with what."""
    steps = AuditRecord.objects.filter(object_type="jrcc.submission", verb__startswith="submission.")
    return {
        "steps": Counter(steps.values_list("verb", "outcome")),
        "hits": sorted(Hit.objects.values_list("traveller__surname", "entry__reference", "state")),
        "people": sorted(Traveller.objects.values_list("surname", "journey__number")),
        "states": Counter(Submission.objects.values_list("state", flat=True)),
        "open": Dispatch.objects.filter(done_at=None).count(),
        "work": Counter(Dispatch.objects.values_list("topic", "listener", "object_type", "attempts")),
    }


EXPECTED_STEPS = {("submission.receive", "done"): 2, ("submission.read", "done"): 2,
                  ("submission.screen", "done"): 2, ("submission.answer", "done"): 2}  # fmt: skip


def check_each_once():
    found = what_came_of_it()
    assert found["steps"] == EXPECTED_STEPS
    assert [name for name, _entry, _state in found["hits"]] == ["QUILLINGFORD"]
    assert found["people"] == [("BRATHWAITE", "601"), ("QUILLINGFORD", "600"), ("RAMKISSOON", "600")]
    assert (found["states"], found["open"]) == ({"answered": 2}, 0)
    assert {attempts for *_work, attempts in found["work"]} <= {0, 1}


def two_lists(cast):
    reference.load_travellers_reference()
    list_entry(cast["jam.intelligence.officer"])
    outbox.drain()
    send(cast[AGENT], RAM, QUILL, flight="7T600")
    send(cast[AGENT], SHO, flight="7T601", hops=[hop(departs=tomorrow(18))])


MOMENTS = 64
"""More than one list's steps have: run, lock, close and publish, before and after each."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("death", range(1, MOMENTS, 5))
def test_a_worker_that_dies_at_any_moment_loses_and_doubles_nothing(cast, monkeypatch, death):
    two_lists(cast)
    # the moment after the chosen ones is another one for each death, so that all of them come up
    Mortal(monkeypatch, {death, death + 20 + death % 7}).work_to_the_end()
    check_each_once()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(4))
def test_workers_that_keep_dying_beside_each_other_lose_and_double_nothing(cast, monkeypatch, seed):
    two_lists(cast)
    mortal = Mortal(monkeypatch, Random(seed).sample(range(1, 90), 12))

    def work():
        try:
            mortal.work_to_the_end()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check_each_once()


@pytest.mark.django_db(transaction=True)
def test_a_screening_that_fails_is_tried_again_and_the_reading_before_it_stays_done(cast, monkeypatch):
    reference.load_travellers_reference()
    sent = send(cast[AGENT], RAM)
    with monkeypatch.context() as fault:
        fault.setattr("apps.jrcc.actions.comparisons.search_watchlist", lambda *_args: 1 / 0)
        intake_lane.work_off(LONG)
    assert fresh(sent).state == "read"
    failed = Dispatch.objects.get(attempts__gt=0, done_at=None)
    assert (failed.topic, failed.error) == ("submission.read", "ZeroDivisionError: ")
    Dispatch.objects.filter(pk=failed.pk).update(available_at=timezone.now())
    intake_lane.work_off(LONG)
    assert fresh(sent).state == "answered"


def test_a_person_who_tries_failed_work_again_puts_it_into_the_lane(cast, monkeypatch):
    calls = []
    monkeypatch.setattr(outbox, "tell_worker", lambda task, *_args, queue, **_more: calls.append((task, queue)))
    send(cast[AGENT], RAM)
    work = Dispatch.objects.get(topic="submission.received")
    Dispatch.objects.filter(pk=work.pk).update(attempts=3, available_at=timezone.now() + timedelta(hours=1))
    from apps.jrcc.actions import operations

    operations.retry_work(cast[WATCH], None, dispatch=work.pk)
    assert intake_lane.waits()
