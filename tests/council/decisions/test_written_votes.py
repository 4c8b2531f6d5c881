"""Votes outside a meeting: a period by the organ's dated rules, receipts, reminders, and an end that costs no vote."""

import datetime
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.council.actions import clock as council_clock
from apps.council.actions import contributions, votes
from apps.council.models import Vote, WrittenVoteRules
from apps.council.queries import written_votes as written
from apps.notices import actions as notices
from apps.notices.models import Notice
from apps.people.queries.work import waiting_for
from tests.council.decisions.test_voting import WITH_PEOPLE, decider
from tests.council.people import SECRETARIAT, a_proposal, a_session
from tests.council.procedures.people import Clock, ministers

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 13, 0, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch):
    """A Monday morning, moved by the test."""
    found = Clock(monkeypatch)
    found.at = MONDAY
    return found


def opened(cast, **fields):
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast), **fields)
    return decision, Vote.objects.get(decision=decision, state="open")


def test_a_written_vote_stays_open_for_the_period_of_the_rules_and_says_who_is_missing(cast, clock):
    decision, vote = opened(cast)
    assert vote.method == "written"
    assert vote.closes_at >= MONDAY + datetime.timedelta(hours=72)
    for party in WITH_PEOPLE:
        votes.cast_vote(decider(cast, party), decision, vote="for")
    with pytest.raises(Refused, match="BHS, BLZ, DMA, GRD, HTI, MSR, VCT") as refused:
        votes.close_vote(cast[SECRETARIAT], decision)
    assert (refused.value.reason, refused.value.code) == ("wrong-state", "vote-period-runs")
    assert "74/544" in refused.value.message
    assert f"{vote.closes_at:%Y-%m-%d %H:%M} UTC" in refused.value.message

    clock.at = vote.closes_at
    with pytest.raises(Refused, match="open until"):
        votes.close_vote(cast[SECRETARIAT], decision)
    clock.at = vote.closes_at + datetime.timedelta(seconds=1)
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert (decision.state, decision.result["votes_for"]) == ("rejected", 8)


def test_a_written_vote_is_closed_at_once_when_every_state_with_a_vote_has_voted(cast):
    """As a program does it: opened, fifteen ballots, closed within a second."""
    contributions.record_contribution(
        cast[SECRETARIAT],
        None,
        party="BHS",
        year=2020,
        due_on=datetime.date(2020, 1, 31),
        amount_minor=100,
        currency="USD",
    )
    states = ministers()
    decision, vote = opened(cast)
    assert "BHS" not in written.entitled(vote)
    for party in written.entitled(vote):
        votes.cast_vote(states[party], decision, vote="for")
    decision = votes.close_vote(cast[SECRETARIAT], decision)
    assert (decision.state, decision.result["votes_for"]) == ("adopted", 14)


def test_the_deadline_is_that_of_the_written_procedure_whenever_a_vote_opens(cast):
    _decision, vote = opened(cast)
    rules = {**vote.poll["period"]["rules"]}
    hours_of_a_year = (MONDAY + datetime.timedelta(hours=7 * n) for n in range(0, 1200, 13))
    for start, hours in itertools.product(hours_of_a_year, (72, 100)):
        until, _holidays = written.deadline(rules, hours, vote.poll["members"], start)
        assert until - start >= datetime.timedelta(hours=hours)
        assert until.weekday() < 5
        assert (15, 0) <= (until.hour, until.minute) <= (20, 0)
        inside = (start.date() + datetime.timedelta(days=n) for n in range(1, (until.date() - start.date()).days))
        assert sum(day.weekday() < 5 for day in inside) >= 2


def test_after_the_period_no_ballot_counts_and_the_clock_closes_the_vote(cast, clock):
    decision, vote = opened(cast)
    votes.cast_vote(decider(cast, "JAM"), decision, vote="for")
    clock.at = vote.closes_at
    votes.cast_vote(decider(cast, "BRB"), decision, vote="for")
    clock.at = vote.closes_at + datetime.timedelta(seconds=1)
    with pytest.raises(Refused) as refused:
        votes.cast_vote(decider(cast, "TTO"), decision, vote="for")
    assert refused.value.code == "vote-period-over"
    assert council_clock.run_due_procedures(clock.at) == 1
    assert council_clock.run_due_procedures(clock.at) == 0
    decision.refresh_from_db()
    assert (decision.state, decision.result["votes_for"]) == ("rejected", 2)


def test_states_that_have_not_voted_are_reminded_twice_and_calls_are_asked_for_after_a_day(cast, clock, drain):
    decision, vote = opened(cast)
    votes.cast_vote(decider(cast, "JAM"), decision, vote="for")
    drain()
    for left, event in ((None, "written.no_receipt"), (24, "vote.reminder"), (4, "vote.reminder")):
        clock.at = vote.closes_at - datetime.timedelta(hours=left) if left else MONDAY + datetime.timedelta(hours=24)
        before = Notice.objects.filter(code=event).count()
        assert council_clock.run_due_procedures(clock.at) == 1
        assert council_clock.run_due_procedures(clock.at) == 0
        drain()
        assert Notice.objects.filter(code=event).count() > before
    reminded = set(Notice.objects.filter(code="vote.reminder").values_list("owner__code", flat=True))
    assert "BRB.ministry" in reminded
    assert "JAM.ministry" not in reminded


def test_every_state_is_told_the_deadline_and_confirms_that_it_was_told(cast, client_for, api):
    decision, vote = opened(cast)
    outbox.drain(but=outbox.MAIL)
    told = Notice.objects.get(owner__code="BRB.ministry", code="vote.opened", object_id=str(decision.pk))
    assert told.due_at == vote.closes_at
    notices.acknowledge_notice(decider(cast, "BRB"), told)
    outbox.drain(but=outbox.MAIL)
    vote.refresh_from_db()
    assert set(vote.receipts) == {"BRB"}
    page = client_for("jam.ministry.decider").get(reverse("council:decision", args=[decision.pk]) + "?tab=votes")
    shown = page.content.decode()
    assert "Receipt confirmed" in shown
    assert "Open until" in shown
    row = next(row for row in waiting_for(cast["jam.ministry.decider"]) if row.title.startswith("Vote:"))
    assert row.due == vote.closes_at
    answers = client_for("jam.ministry.decider").get(reverse("council:official")).content.decode()
    assert vote.closes_at.strftime("%Y-%m-%dT%H:%M:%SZ") in answers
    found = api("JAM.ministry").get(f"/api/v1/council/decisions/{decision.pk}/").json()["voting"]
    assert found["closes_at"].startswith(vote.closes_at.strftime("%Y-%m-%dT%H:%M"))
    assert set(found["receipts"]) == {"BRB"}


def test_a_period_may_be_longer_and_is_shorter_only_by_a_standing_decision(cast):
    _decision, vote = opened(cast, period_hours=200)
    assert vote.closes_at - vote.opened_at >= datetime.timedelta(hours=200)
    with pytest.raises(ValidationError, match="at least 72 hours"):
        opened(cast, period_hours=1)
    with pytest.raises(ValidationError, match="sealed or in force"):
        opened(cast, period_hours=1, urgent=True, urgent_basis="CONSLE/2008/5/DEC/02")
    with pytest.raises(ValidationError, match="at most 720 hours"):
        opened(cast, period_hours=721)


def test_a_vote_in_a_meeting_has_no_period_and_is_closed_at_any_time(cast):
    meeting = a_session()
    with pytest.raises(ValidationError, match="outside a meeting"):
        votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk), period_hours=80)
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    assert Vote.objects.get(decision=decision).closes_at is None
    assert votes.close_vote(cast[SECRETARIAT], decision).state == "rejected"


def test_an_organ_without_rules_for_it_holds_no_vote_outside_a_meeting_and_rules_are_dated(cast):
    today = timezone.now().date()
    decision = a_proposal(cast)
    WrittenVoteRules.objects.filter(organ_id="CONSLE").update(valid_to=today)
    with pytest.raises(Refused) as refused:
        votes.open_vote(cast[SECRETARIAT], decision)
    assert refused.value.code == "no-written-vote"
    new = {"minimum_hours": 240, "maximum_hours": 480}
    WrittenVoteRules.objects.create(organ_id="CONSLE", valid_from=today, content=new, source="CONSLE/2026/30/DEC/01")
    votes.open_vote(cast[SECRETARIAT], decision)
    vote = Vote.objects.get()
    assert vote.closes_at - vote.opened_at >= datetime.timedelta(hours=240)
    with pytest.raises(Refused, match="CONSLE/2026/30/DEC/01"):
        votes.close_vote(cast[SECRETARIAT], decision)
