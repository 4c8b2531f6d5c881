"""Who may do what with submissions and hits: the truth tables."""

from types import SimpleNamespace

import pytest

from apps.access.actor import Actor
from apps.jrcc import policy


def at(desk, rank=2, seat=1):
    party, function = desk.split(".")
    return Actor(
        user_id=1, person="p", seat_id=seat, seat_kind="standing", desk_id=1, desk_code=desk, party_code=party,
        party_name=party, time_zone="UTC", function=function, role="r", rank=rank, clearance=2, groups=(1,),
    )  # fmt: skip


def hit(claimed_by=None, referred_to=()):
    return SimpleNamespace(claimed_by_seat_id=claimed_by, referred_to=list(referred_to))


def word(verdict):
    return "yes" if verdict is True else verdict.code


@pytest.mark.parametrize(
    ("actor", "answer"),
    [
        (at("7T.carrier"), "yes"),
        (at("JRCC.watch"), "yes"),
        (at("7T.carrier", rank=1), "needs-officer"),
        (at("JRCC.watch", rank=1), "needs-officer"),
        (at("JAM.border", rank=3), "not-carrier"),
        (at("JRCC.automation"), "not-carrier"),
    ],
)
def test_who_may_send_a_list(actor, answer):
    assert word(policy.may_receive(actor, None)) == answer


@pytest.mark.parametrize(
    ("actor", "owner", "answer"),
    [
        (at("7T.carrier"), 1, "yes"),
        (at("7T.carrier"), 2, "not-your-list"),
        (at("7T.carrier", rank=1), 1, "needs-officer"),
        (at("JRCC.watch"), 2, "yes"),
        (at("JAM.border", rank=3), 1, "not-carrier"),
    ],
)
def test_who_may_correct_a_list(actor, owner, answer):
    assert word(policy.may_correct(actor, SimpleNamespace(owner_id=owner))) == answer
    assert word(policy.may_correct(actor, None)) in {"yes", answer}


@pytest.mark.parametrize(
    ("actor", "answer"),
    [(at("JRCC.automation"), "yes"), (at("RIFC.automation"), "not-screening"), (at("JRCC.watch", 3), "not-screening")],
)
def test_only_the_jrccs_automatic_work_reads_and_screens(actor, answer):
    assert word(policy.may_process(actor, None)) == answer


@pytest.mark.parametrize(
    ("actor", "claimed_by", "answer"),
    [
        (at("JRCC.watch"), None, "yes"),
        (at("JRCC.watch"), 1, "yes"),
        (at("JRCC.watch"), 2, "not-your-claim"),
        (at("JRCC.watch", rank=3), 2, "yes"),
        (at("JRCC.watch", rank=1), None, "needs-officer"),
        (at("JRCC.oversight", rank=3), None, "not-watch"),
        (at("JAM.border", rank=3), None, "not-watch"),
    ],
)
def test_who_may_decide_on_a_hit(actor, claimed_by, answer):
    assert word(policy.may_decide(actor, hit(claimed_by))) == answer


@pytest.mark.parametrize("ask", [policy.may_claim, policy.may_reopen])
def test_claiming_and_opening_again_are_the_watchs(ask):
    answers = [word(ask(actor, hit(2))) for actor in (at("JRCC.watch"), at("JRCC.watch", 1), at("BRB.border", 3))]
    assert answers == ["yes", "needs-officer", "not-watch"]


@pytest.mark.parametrize(
    ("actor", "referred_to", "answer"),
    [
        (at("BRB.border"), ["BRB"], "yes"),
        (at("BRB.border", rank=1), ["BRB"], "needs-officer"),
        (at("BRB.intelligence", rank=3), ["BRB"], "not-acting-state"),
        (at("TTO.border", rank=3), ["BRB"], "not-acting-state"),
        (at("JRCC.watch", rank=3), ["BRB"], "not-acting-state"),
    ],
)
def test_only_border_officers_of_the_state_referred_to_act(actor, referred_to, answer):
    assert word(policy.may_act(actor, hit(referred_to=referred_to))) == answer


def test_discreet_and_owner_only_hits_are_the_owners():
    asked = [("discreet", "all"), ("arrest", "owner"), ("arrest", "owner_and_acting"), ("inform", "all")]
    assert [policy.only_owner_may_know(*each) for each in asked] == [True, True, False, False]
