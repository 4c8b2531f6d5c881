"""What desks are told of the Council's work."""

from apps.council.actions import seals, votes
from apps.notices.models import Notice
from tests.council.people import SECRETARIAT, a_proposal, a_session


def told(event):
    return sorted(Notice.objects.filter(code=event).values_list("owner__code", flat=True))


def test_every_ministry_is_told_of_an_open_vote_and_the_mail_carries_the_number_alone(cast, drain):
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    drain()
    desks = told("vote.opened")
    assert {"HTI.ministry", "CYM.ministry", "IMPACS.secretariat"} <= set(desks)
    assert "IMPACS.automation" not in desks
    assert set(Notice.objects.values_list("number", flat=True)) == {decision.working_no}


def test_addressees_are_told_when_a_decision_binds_them_and_nobody_twice(cast, drain):
    decision = votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=a_session().pk))
    seals.seal_decision(cast[SECRETARIAT], decision)
    drain()
    drain()
    desks = told("decision.in_force")
    assert len(desks) == len(set(desks)) == 16  # fifteen ministries and the Secretariat
    assert "CYM.ministry" not in desks
