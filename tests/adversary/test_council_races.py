"""Acts of the Council that come at the same moment: each counts once, and none is lost."""

import threading

import pytest
from django.db import connection, transaction

from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.council.actions import clock as council_clock
from apps.council.actions import seals, votes
from apps.council.models import Ballot, Decision, Reply, SealedEntry, Vote
from apps.council.procedures import actions as procedures_actions
from apps.council.queries.seals import first_broken
from tests.council.people import SECRETARIAT, a_proposal, a_session
from tests.council.procedures.people import Clock, a_minister, ministers, running
from tests.council.procedures.test_clock import at

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works):
    """Let all works begin at once, each on a connection of its own; what each gave, or how it was refused."""
    ready, told = threading.Barrier(len(works)), [None] * len(works)

    def one(place, work):
        ready.wait()
        try:
            told[place] = work()
        except Refused as refusal:
            told[place] = refusal.code
        except Exception as failure:  # a test has to see what a thread dies of
            told[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_closings_of_one_vote_give_one_result(cast):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    chair = cast["tto.ministry.decider"]
    told = together(
        lambda: votes.close_vote(cast[SECRETARIAT], decision).state, lambda: votes.close_vote(chair, decision).state
    )
    assert sorted(told) == ["rejected", "vote-closed"]
    assert Vote.objects.get().state == "closed"
    assert Dispatch.objects.filter(topic="vote.closed").count() == 1


def test_fifteen_ballots_at_once_are_all_counted(cast):
    states = ministers()
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    members = Vote.objects.get().poll["members"]
    told = together(*(lambda code=code: votes.cast_vote(states[code], decision, vote="for").state for code in members))
    assert told == ["voting"] * 15
    assert sorted(Ballot.objects.values_list("order", flat=True)) == list(range(1, 16))
    assert votes.close_vote(cast[SECRETARIAT], decision).result["votes_for"] == 15


def test_one_state_that_votes_twice_at_once_votes_once(cast):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    person, program = cast["jam.ministry.decider"], a_minister("JAM")
    told = together(
        lambda: votes.cast_vote(person, decision, vote="for").state,
        lambda: votes.cast_vote(program, decision, vote="against").state,
    )
    assert sorted(told) == ["voted-already", "voting"]
    assert Ballot.objects.count() == 1


def test_a_ballot_at_the_moment_of_the_close_counts_or_is_refused(cast):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    jamaica = cast["jam.ministry.decider"]
    _closed, told = together(
        lambda: votes.close_vote(cast[SECRETARIAT], decision).state,
        lambda: votes.cast_vote(jamaica, decision, vote="for").state,
    )
    decision.refresh_from_db()
    assert told in {"voting", "vote-closed"}
    assert decision.result["votes_for"] == Ballot.objects.count() == (1 if told == "voting" else 0)


def test_seals_at_once_have_numbers_without_a_gap_and_one_unbroken_chain(cast):
    meeting = a_session()
    adopted = [
        votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
        for _count in range(4)
    ]
    keeper = cast[SECRETARIAT]
    told = together(*(lambda row=row: seals.seal_decision(keeper, row).number for row in adopted))
    assert sorted(number.rpartition("/")[2] for number in told) == ["01", "02", "03", "04"]
    entries = list(SealedEntry.objects.order_by("position"))
    assert [entry.position for entry in entries] == [1, 2, 3, 4]
    assert [entry.previous for entry in entries] == ["", *(entry.seal for entry in entries[:-1])]
    assert first_broken() is None


def test_two_seals_of_one_decision_are_one(cast):
    meeting = a_session()
    decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    keeper = cast[SECRETARIAT]
    told = together(*[lambda: seals.seal_decision(keeper, decision).state] * 2)
    assert sorted(told) == ["only-adopted", "sealed"]
    assert SealedEntry.objects.count() == 1


@pytest.mark.parametrize("moment", ["11T14:59:59", "11T15:00:00", "11T15:00:01"])
def test_an_objection_at_the_deadline_and_the_clock_agree_on_one_end(cast, monkeypatch, moment):
    clock = Clock(monkeypatch)
    row = running(cast, clock)
    jamaica = a_minister("JAM")
    clock.at = at(moment)
    _ticks, told = together(
        lambda: council_clock.run_due_procedures(at("11T15:01")),
        lambda: procedures_actions.object_to_procedure(jamaica, row, text_hash=row.text_hash).state,
    )
    with transaction.atomic():
        row.refresh_from_db()
        decision = Decision.objects.get(pk=row.decision_id)
    objections = [reply.code for reply in Reply.objects.filter(procedure=row)]
    if row.state == "concluded":
        assert decision.state == "adopted"
        assert row.result["objections"] == []
        assert "" not in objections
    else:
        assert (row.state, told, objections) == ("objected", "objected", [""])
        assert decision.state == "pending_written"
