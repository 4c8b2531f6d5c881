"""What time brings about: start, reminders, conclusion, outages; each once."""

import datetime
import threading

import pytest
from django.db import connection

from apps.access.models import Heartbeat
from apps.council.actions import clock as council_clock
from apps.council.models import Decision, Vote
from apps.council.procedures import actions
from apps.council.procedures.actions import progress, timed
from tests.council.procedures.people import Clock, a_minister, behind, running, sent

MINUTE = datetime.timedelta(minutes=1)


def at(text):
    return datetime.datetime.fromisoformat(f"2008-04-{text}:00+00:00")


def topics(monkeypatch):
    """Every topic that the acts emit from here on."""
    heard = []
    for module in (progress, timed):
        monkeypatch.setattr(module, "emit", lambda topic, row, payload=None: heard.append((topic, payload or {})))
    return heard


@pytest.mark.django_db
def test_silence_adopts_the_decision_on_the_day_of_the_deadline(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    actions.support_procedure(a_minister("BRB"), row, text_hash=row.text_hash)
    assert council_clock.run_due_procedures(at("11T15:00")) == 1  # the last reminder: it still runs
    assert council_clock.run_due_procedures(at("11T15:01")) == 1
    row.refresh_from_db()
    decision, vote = Decision.objects.get(pk=row.decision_id), Vote.objects.get(decision=row.decision_id)
    assert (row.state, decision.state, decision.adopted_on) == ("concluded", "adopted", datetime.date(2008, 4, 11))
    assert row.result["support"] == ["BRB"]
    assert len(row.result["silent"]) == 14
    assert "BRB" not in row.result["silent"]
    assert row.result["sentence"] == (
        "Adopted in writing: 15 Member States with a vote, none objected (12 needed, 3/4 of 15 Member States). "
        "In support 1, silent 14."
    )
    assert (vote.method, vote.state, vote.text_hash, vote.result) == (
        "silence",
        "closed",
        row.text_hash,
        decision.result,
    )
    assert council_clock.run_due_procedures(at("11T15:02")) == 0


@pytest.mark.django_db
def test_support_of_all_concludes_before_the_deadline(cast, monkeypatch, drain):
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    clock.at = at("09T10:00")
    for code in row.poll["members"]:
        actions.support_procedure(a_minister(code), row, text_hash=row.text_hash)
    drain()
    row.refresh_from_db()
    assert (row.state, row.ended_at, row.result["silent"]) == ("concluded", clock.at, [])
    assert Decision.objects.get(pk=row.decision_id).adopted_on == datetime.date(2008, 4, 9)


@pytest.mark.django_db
def test_states_without_a_reply_are_reminded_twice(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    actions.support_procedure(a_minister("BRB"), row, text_hash=row.text_hash)
    heard = topics(monkeypatch)
    moment = at("10T14:55")
    while moment < at("11T15:00"):
        council_clock.run_due_procedures(moment)
        moment += 5 * MINUTE
    assert [(topic, told["hours"]) for topic, told in heard] == [("written.reminder", 24), ("written.reminder", 4)]
    assert len(heard[0][1]["parties"]) == 14
    assert "BRB" not in heard[0][1]["parties"]


@pytest.mark.django_db
def test_the_secretariat_is_told_once_of_missing_receipts(cast, monkeypatch):
    Clock(monkeypatch)
    row = sent(cast)
    actions.acknowledge_procedure_receipt(a_minister("JAM"), row)
    heard = topics(monkeypatch)
    for moment in (at("08T12:59"), at("08T13:00"), at("08T13:01")):
        council_clock.run_due_procedures(moment)
    assert [topic for topic, _ in heard] == ["written.no_receipt"]
    assert len(heard[0][1]["parties"]) == 14


@pytest.mark.django_db
def test_an_outage_in_the_last_day_moves_the_deadline_by_a_day(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    council_clock.run_due_procedures(at("11T09:00"))
    council_clock.run_due_procedures(at("11T09:31"))
    row.refresh_from_db()
    assert row.deadline == at("14T15:00")  # a day later is a Saturday
    assert (row.state, row.outages[0]["reference"]) == ("extended", "OUTAGE-20080411T0900Z")
    council_clock.run_due_procedures(at("11T09:32"))
    row.refresh_from_db()
    assert len(row.outages) == 1


@pytest.mark.django_db
def test_an_outage_before_the_last_day_or_a_short_one_moves_nothing(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    for moment in (at("09T09:00"), at("10T09:00"), at("11T09:00")):
        Heartbeat.objects.update_or_create(name="council.clock", defaults={"at": moment - 30 * MINUTE})
        council_clock.run_due_procedures(moment)
    row.refresh_from_db()
    assert row.deadline == at("11T15:00")
    Heartbeat.objects.update_or_create(name="council.clock", defaults={"at": at("09T12:00")})
    council_clock.run_due_procedures(at("10T15:29"))
    row.refresh_from_db()
    assert row.deadline == at("11T15:00")


@pytest.mark.django_db
def test_after_a_restart_the_clock_catches_up(cast, monkeypatch):
    first = running(cast, Clock(monkeypatch))
    council_clock.run_due_procedures(at("11T14:50"))
    assert (
        council_clock.run_due_procedures(at("11T15:10")) == 1
    )  # twenty minutes away: it concludes as if it had not been
    first.refresh_from_db()
    assert (first.state, first.ended_at) == ("concluded", at("11T15:00"))
    second = running(cast, Clock(monkeypatch))
    Heartbeat.objects.update_or_create(name="council.clock", defaults={"at": at("11T14:00")})
    council_clock.run_due_procedures(at("13T10:00"))  # away over the deadline: the States get a day after the return
    second.refresh_from_db()
    assert (second.state, second.deadline) == ("extended", at("14T15:00"))
    council_clock.run_due_procedures(at("13T10:01"))
    council_clock.step(second.pk, at("14T15:01"))
    second.refresh_from_db()
    assert second.state == "concluded"


@pytest.mark.django_db
def test_a_clock_that_starts_only_after_an_outage_gives_the_day_as_well(cast, monkeypatch):
    clock = Clock(monkeypatch)
    row = sent(cast)
    clock.at = at("08T14:20")
    for code in row.poll["members"]:
        actions.acknowledge_procedure_receipt(a_minister(code), row)
    Heartbeat.objects.update_or_create(name="council.clock", defaults={"at": at("08T14:20")})
    council_clock.run_due_procedures(at("12T10:00"))
    row.refresh_from_db()
    assert (row.original_deadline, row.deadline) == (at("11T15:00"), at("14T15:00"))


@pytest.mark.django_db
def test_four_states_in_arrears_let_an_overridden_procedure_lapse(cast, monkeypatch):
    behind("ATG", "BHS", "BRB", "BLZ")
    clock = Clock(monkeypatch)
    row = sent(cast, override="payment is under way")
    clock.at = at("08T14:20")
    for code in row.poll["members"]:
        actions.acknowledge_procedure_receipt(a_minister(code), row)
    for moment in (at("08T14:21"), at("11T15:01")):
        council_clock.step(row.pk, moment)
    row.refresh_from_db()
    assert (row.state, Decision.objects.get(pk=row.decision_id).state) == ("lapsed", "proposed")
    assert row.result["sentence"] == "Lapsed: 11 Member States had a vote (12 needed, 3/4 of 15 Member States)."


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_conclude_once(cast, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    ready, done = threading.Barrier(2), []

    def together():
        ready.wait()
        try:
            done.append(council_clock.run_due_procedures(at("11T15:01")))
        finally:
            connection.close()

    threads = [threading.Thread(target=together) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert (row.state, sorted(done)) == ("concluded", [0, 1])
    assert Vote.objects.filter(decision=row.decision_id).count() == 1
