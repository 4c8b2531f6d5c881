"""From the vote to the States' work and its end, through the acts of the Council."""

import pytest
from django.utils import timezone

from apps.council.actions import seals, votes
from apps.impacs import actions
from apps.impacs.models import Mandate, StateAction
from apps.impacs.obligations.queries.matrix import Filters, matrix
from tests.council.people import SECRETARIAT, a_proposal, a_session
from tests.impacs.people import BARBADOS, action_of

pytestmark = pytest.mark.django_db


def a_sealed(cast):
    proposal = a_proposal(cast, meeting=a_session().pk)
    return seals.seal_decision(cast[SECRETARIAT], votes.adopt_decision_by_consensus(cast[SECRETARIAT], proposal))


def test_a_sealed_decision_becomes_work_of_states_and_bodies_and_ends_with_a_later_one(cast, drain):
    decision = a_sealed(cast)
    drain()
    assert StateAction.objects.filter(decision=decision, state="not_started").count() == 15
    assert list(Mandate.objects.values_list("body", "state")) == [("IMPACS", "open")]
    actions.report_on_state_action(cast[BARBADOS], action_of(decision, "BRB"), text="Contact named.", progress=100)
    today = timezone.now().date()
    (line,) = matrix(cast[BARBADOS], today, Filters()).lines
    assert (line.number, line.of) == (decision.number, 15)

    later = a_sealed(cast)
    drain()
    decision.refresh_from_db()
    seals.supersede_decision(cast[SECRETARIAT], decision, by=later.number)
    drain()
    assert set(StateAction.objects.filter(decision=decision).values_list("state", flat=True)) == {"superseded"}
    assert Mandate.objects.get(decision=decision).state == "superseded"
    assert [line.number for line in matrix(cast[BARBADOS], today, Filters()).lines] == [later.number]
