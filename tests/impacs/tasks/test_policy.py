"""Who may do what with tasks, mandates and money: one table, without a database."""

from types import SimpleNamespace

import pytest

from apps.access.actor import Actor
from apps.impacs.plan.policy import tasks as policy

HQ, WATCH, ANALYSIS, STATE, OTHER = 1, 2, 3, 4, 5
DESKS = {HQ: ("IMPACS", "secretariat"), WATCH: ("JRCC", "watch"), ANALYSIS: ("RIFC", "analysis"),
         STATE: ("BRB", "ministry"), OTHER: ("JAM", "ministry")}  # fmt: skip


def actor(desk, rank, seat=10):
    party, function = DESKS[desk]
    return Actor(
        user_id=seat, person="x", seat_id=seat, seat_kind="standing", desk_id=desk, desk_code=f"{party}.{function}",
        party_code=party, party_name=party, time_zone="UTC", function=function, role="", rank=rank, clearance=2,
        groups=(desk,),
    )  # fmt: skip


def a_task(owner=WATCH, desks=(ANALYSIS,), reviewer=99, submitted=None):
    return SimpleNamespace(owner_id=owner, desks=list(desks), reviewer_id=reviewer, submitted_by_seat_id=submitted)


# (verb's rule, desk, rank, allowed)
TABLE = [
    ("may_create", HQ, 2, True), ("may_create", WATCH, 2, True), ("may_create", ANALYSIS, 2, True),
    ("may_create", HQ, 1, False), ("may_create", STATE, 3, False),
    ("may_change", HQ, 2, True), ("may_change", WATCH, 2, True), ("may_change", ANALYSIS, 3, False),
    ("may_change", STATE, 3, False), ("may_change", WATCH, 1, False),
    ("may_work", WATCH, 2, True), ("may_work", ANALYSIS, 2, True), ("may_work", HQ, 3, False),
    ("may_work", STATE, 3, False), ("may_work", WATCH, 1, False),
    ("may_take_part", HQ, 2, True), ("may_take_part", ANALYSIS, 2, True), ("may_take_part", STATE, 3, False),
    ("may_follow", WATCH, 1, True), ("may_follow", HQ, 1, True), ("may_follow", STATE, 3, False),
    ("may_head", WATCH, 3, True), ("may_head", WATCH, 2, False), ("may_head", HQ, 3, True),
    ("may_head", ANALYSIS, 3, False), ("may_head", STATE, 3, False),
    ("may_direct", HQ, 3, True), ("may_direct", HQ, 2, False), ("may_direct", WATCH, 3, False),
    ("may_spend", HQ, 2, True), ("may_spend", HQ, 1, False), ("may_spend", WATCH, 3, False),
    ("may_withdraw", HQ, 2, True), ("may_withdraw", WATCH, 2, True), ("may_withdraw", ANALYSIS, 3, False),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "desk", "rank", "allowed"), TABLE)
def test_who_may(rule, desk, rank, allowed):
    assert bool(getattr(policy, rule)(actor(desk, rank), a_task())) is allowed


def test_the_reviewer_reviews_and_nobody_reviews_what_he_handed_in():
    reviewer = actor(HQ, 2, seat=99)
    assert policy.may_review(reviewer, a_task())
    assert policy.may_review(actor(HQ, 3, seat=98), a_task()).code == "not-reviewer"
    assert policy.may_review(reviewer, a_task(submitted=99)).code == "own-work"


def test_the_officer_in_charge_leads_a_mandate_and_the_head_in_his_place():
    row = SimpleNamespace(lead_id=7)
    assert policy.may_lead(actor(WATCH, 2, seat=7), row)
    assert policy.may_lead(actor(HQ, 3, seat=8), row)
    assert policy.may_lead(actor(HQ, 2, seat=8), row).code == "not-lead"
    assert policy.may_lead(actor(STATE, 3, seat=8), row).code == "not-lead"


def test_a_state_that_owns_a_task_works_on_it():
    row = a_task(owner=STATE, desks=())
    assert policy.may_work(actor(STATE, 2), row)
    assert policy.may_change(actor(STATE, 2), row)
    assert not policy.may_work(actor(OTHER, 3), row)
