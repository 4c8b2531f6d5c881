"""The demonstration's Council: played by the acts, and computed again from what is stored."""

import datetime

import pytest

from apps.council.models import Ballot, Decision, Vote, WrittenProcedure
from apps.council.queries import votes as queries
from apps.council.queries.seals import first_broken
from apps.council.rules import votes
from demo import council as demo

pytestmark = pytest.mark.usefixtures("demonstration")


def test_every_result_of_the_demonstration_follows_from_its_stored_votes_and_rules(cast):
    decisions = demo.load()
    assert demo.load() == decisions, "loading again changes nothing"
    the_laboratory_was_one_vote_short()
    the_roster_was_adopted_by_silence_on_the_eleventh_of_april()
    plans = {plan["title"]: plan for plan in demo.PLAN["decisions"]}
    closed = Vote.objects.filter(state="closed").exclude(method="silence").select_related("rule_set", "decision")
    assert closed.count() >= 15
    for vote in closed:
        objections = Ballot.objects.filter(vote=vote, value="object").values_list("party_id", flat=True)
        again = votes.evaluate(
            queries.poll(
                vote,
                queries.cast(vote),
                present=vote.present,
                without_credentials=vote.poll["without_credentials"],
                objections=objections,
            )
        )
        assert queries.outcome(again, vote.rule_set_id) == vote.result == vote.decision.result
        plan = plans.get(vote.decision.title)
        if plan is not None:
            assert again.outcome == plan["outcome"], plan["title"]
    assert first_broken() is None


def the_laboratory_was_one_vote_short():
    decision = Decision.objects.get(title="Site of the regional digital forensics laboratory")
    assert decision.state == "rejected"
    assert (decision.result["votes_for"], decision.result["required"]) == (11, 12)


def the_roster_was_adopted_by_silence_on_the_eleventh_of_april():
    row = WrittenProcedure.objects.get(reference="CONSLE/WP/2008/01")
    assert row.deadline == datetime.datetime(2008, 4, 11, 15, 0, tzinfo=datetime.UTC)
    assert row.decision.adopted_on == datetime.date(2008, 4, 11)
    assert row.decision.number == "CONSLE/2008/WP/DEC/01"
