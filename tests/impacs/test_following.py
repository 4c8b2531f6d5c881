"""What follows from a decision: actions of the States, mandates of the bodies, once; and how they end."""

import datetime
from dataclasses import replace

import pytest

from apps.access.refusal import Refused
from apps.impacs import actions
from apps.impacs.models import Mandate, Report, StateAction
from apps.people.queries import service_actor
from tests.impacs.people import (
    ALL,
    BARBADOS,
    BEGIN,
    CAYMAN,
    DUE,
    JAMAICA,
    SECRETARIAT,
    a_decision,
    a_new_member,
    action_of,
    ended,
    tell,
)

pytestmark = pytest.mark.django_db


def test_a_clause_to_all_gives_an_action_to_every_member_state_of_the_day(cast):
    a_new_member(datetime.date(2026, 5, 1))
    before, after = a_decision(), a_decision(day=datetime.date(2026, 5, 1), follow=False)
    tell("decision.in_force", after)
    counts = [StateAction.objects.filter(decision=each).count() for each in (before, after)]
    assert counts == [15, 16]


def test_an_action_belongs_to_the_ministry_and_carries_the_dates_of_the_clause(cast):
    row = action_of(a_decision(), "BRB")
    assert (row.owner_id, row.starts_on, row.due_on) == (cast[BARBADOS].desk_id, BEGIN, DUE)


def test_a_body_gets_a_mandate_and_no_action(cast):
    decision = a_decision(("IMPACS circulates the model.", ["IMPACS", "ORG:JRCC"], DUE))
    seen = Mandate.objects.visible_to(cast[SECRETARIAT]).filter(decision=decision)
    assert sorted(seen.values_list("body", "state", "due_on")) == [("IMPACS", "open", DUE), ("JRCC", "open", DUE)]
    assert not StateAction.objects.exists()


def test_a_clause_that_addresses_nobody_gives_nothing(cast):
    a_decision(("The report is noted.", [], None))
    assert not StateAction.objects.exists()
    assert not Mandate.objects.exists()


def test_told_twice_it_is_done_once(cast):
    decision = a_decision(("All act; IMPACS helps.", ["BRB", "JAM", "IMPACS"], DUE))
    tell("decision.in_force", decision)
    assert (StateAction.objects.count(), Mandate.objects.count()) == (2, 1)


def test_an_associate_member_sees_the_actions_addressed_to_it_alone(cast):
    decision = a_decision(("Everybody acts.", ["BRB", "CYM"], DUE))
    assert [row.party_id for row in StateAction.objects.visible_to(cast[CAYMAN])] == ["CYM"]
    assert StateAction.objects.visible_to(cast[JAMAICA]).filter(decision=decision).count() == 2


def test_desks_of_other_work_see_no_action(cast):
    a_decision()
    assert not StateAction.objects.visible_to(cast["brb.border.officer"]).exists()


def test_open_work_ends_with_its_decision(cast):
    decision = a_decision(("All act; IMPACS helps.", ["BRB", "JAM", "IMPACS"], DUE))
    actions.report_on_state_action(cast[BARBADOS], action_of(decision, "BRB"), text="Begun.", progress=10)
    ended(decision, datetime.date(2026, 6, 1))
    assert set(StateAction.objects.values_list("state", flat=True)) == {"superseded"}
    assert set(Mandate.objects.values_list("state", flat=True)) == {"superseded"}
    with pytest.raises(Refused, match="wrong-state"):
        actions.report_on_state_action(cast[BARBADOS], action_of(decision, "BRB"), text="Late.", progress=20)


def test_a_decision_that_ended_before_its_work_was_given_out_gives_none(cast):
    decision = a_decision(follow=False)
    ended(decision, BEGIN)
    tell("decision.in_force", decision)
    assert not StateAction.objects.exists()


def test_the_ministry_acknowledges_and_reports(cast):
    decision = a_decision()
    row = actions.acknowledge_state_action(cast[BARBADOS], action_of(decision, "BRB"))
    assert (row.state, row.acknowledged_on is not None) == ("acknowledged", True)
    row = actions.report_on_state_action(cast[BARBADOS], row, text="Contact named.", progress=60)
    assert (row.state, row.progress) == ("in_progress", 60)
    assert Report.objects.visible_to(cast[BARBADOS]).get().text == "Contact named."


def test_a_report_acknowledges_by_itself(cast):
    row = actions.report_on_state_action(cast[BARBADOS], action_of(a_decision(), "BRB"), text="Begun.", progress=5)
    assert row.acknowledged_on is not None


@pytest.mark.parametrize(
    ("who", "code"),
    [(JAMAICA, "not-addressed"), (SECRETARIAT, "not-addressed"), ("brb.ministry.reader", "needs-officer")],
)
def test_nobody_but_the_states_own_officers_reports_for_it(cast, who, code):
    row = action_of(a_decision(), "BRB")
    with pytest.raises(Refused) as refusal:
        actions.report_on_state_action(cast[who], row, text="Begun.", progress=5)
    assert refusal.value.code == code


def test_only_the_clock_gives_out_work(cast):
    decision = a_decision(follow=False)
    for verb in (actions.generate_state_actions, actions.open_mandates):
        with pytest.raises(Refused) as refusal:
            verb(cast[SECRETARIAT], None, decision=decision)
        assert refusal.value.code == "not-the-clock"
    clock = service_actor("IMPACS.automation")
    assert actions.generate_state_actions(replace(clock), None, decision=decision).state == "not_started"


def test_words_of_a_report_are_the_states_and_the_agencys(cast):
    row = action_of(a_decision(), "BRB")
    actions.report_on_state_action(cast[BARBADOS], row, text="The bill waits in Cabinet.", progress=40)
    readers = {who: Report.objects.visible_to(cast[who]).count() for who in (BARBADOS, JAMAICA, SECRETARIAT, CAYMAN)}
    assert readers == {BARBADOS: 1, JAMAICA: 0, SECRETARIAT: 1, CAYMAN: 0}


def test_the_addressees_of_the_rule_are_those_of_the_clause(cast):
    decision = a_decision(("Hosts act.", ["BRB", "TTO"], DUE), ("All act.", ALL, None))
    assert [StateAction.objects.filter(clause__number=n, decision=decision).count() for n in "12"] == [2, 15]
