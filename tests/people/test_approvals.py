"""What takes two people: who asks, who approves, and everything that is no second person."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.access.verdict import Deny
from apps.audit.models import AuditRecord
from apps.notices.models import Delivery, Notice
from apps.people import actions, policy
from apps.people.actions import approvals, clock
from apps.people.models import AccountProposal, Seat, TwoPersonRule
from apps.people.queries import has_second_factor
from tests.people.governing import (
    ADMIN,
    OTHERS_ADMIN,
    PLATFORM,
    a_second_administrator,
    at_seat,
    person,
    seat_of,
    whole,
)
from tests.people.governing import clock as the_clock
from tests.people.test_accounts import an_actor

HEAD = {"user": "jam.border.officer", "desk": "JAM.customs", "role": "head"}
OFFICER = "jam.border.officer"


def ask(cast, **more) -> AccountProposal:
    """Jamaica's administrator asks for a customs head."""
    return actions.do_or_ask(cast[ADMIN], "seat.appoint", None, **{**HEAD, **more})


def test_the_platform_desk_is_told_and_mailed_where_it_is_the_second_person(cast, drain):
    ask(cast)
    drain()
    notice = Notice.objects.visible_to(cast[PLATFORM]).get(code="accounts.approval")
    assert notice.owner.code == "IMPACS.platform"
    assert Delivery.objects.filter(notice=notice, user__username=PLATFORM).exists()


def state_of(proposal) -> str:
    return AccountProposal.objects.get(pk=proposal.pk).state


# --- what takes two ---


@pytest.mark.parametrize(
    ("desk", "role", "two"),
    [
        ("JAM.customs", "head", True),
        ("JAM.customs", "officer", False),
        ("JAM.administration", "reader", True),
        ("JAM.ministry", "decider", True),
        ("JAM.ministry", "reader", False),
    ],
)
def test_seats_that_decide_and_those_of_administration_take_two(desk, role, two, cast):
    done = actions.do_or_ask(cast[ADMIN], "seat.appoint", None, user=OFFICER, desk=desk, role=role)
    assert isinstance(done, AccountProposal) is two
    assert Seat.objects.filter(user__username=OFFICER, desk__code=desk).exists() is not two


def test_going_past_the_second_person_is_refused(cast):
    with pytest.raises(Refused, match="needs-approval"):
        actions.appoint_person(cast[ADMIN], None, **HEAD)
    with pytest.raises(Refused, match="needs-approval"):
        actions.change_account_clearance(cast[ADMIN], _official(), clearance=2)


def _official():
    user = person(OFFICER)
    user.clearance = 1
    user.save(update_fields=["clearance"])
    return user


def test_the_rule_is_data_and_dated(cast):
    TwoPersonRule.objects.filter(kind="rank").update(valid_to=timezone.now().date())
    assert isinstance(ask(cast), Seat)


def test_a_lower_clearance_needs_nobody(cast):
    assert actions.do_or_ask(cast[ADMIN], "account.clear", person(OFFICER), clearance=1).clearance == 1


# --- who is a second person ---


def a_proposal(**more):
    return SimpleNamespace(**{"proposer_id": 8, "subject_id": 9, "party_id": "JAM", "administrators": 2, **more})


@pytest.mark.parametrize(
    ("who", "proposal", "verdict"),
    [
        (an_actor("administration", 3), a_proposal(), True),
        (an_actor("administration", 3), a_proposal(proposer_id=1), Deny("own-proposal")),
        (an_actor("administration", 3), a_proposal(subject_id=1), Deny("own-account")),
        (an_actor("administration", 2), a_proposal(), Deny("not-second-person")),
        (an_actor("administration", 3), a_proposal(party_id="BRB"), Deny("not-second-person")),
        (an_actor("oversight", 3), a_proposal(), Deny("not-second-person")),
        (an_actor("border", 3), a_proposal(), Deny("not-second-person")),
        (an_actor("platform", 3), a_proposal(), Deny("not-second-person")),
        (an_actor("platform", 3), a_proposal(administrators=1), True),
        (an_actor("platform", 3, seat_kind="service"), a_proposal(administrators=1), Deny("not-second-person")),
        (an_actor("platform", 2), a_proposal(administrators=1), Deny("not-second-person")),
    ],
)
def test_who_decides_a_proposal(who, proposal, verdict):
    assert policy.may_decide(who, proposal) == verdict


def test_a_second_administrator_approves_and_it_is_done_in_the_name_of_who_asked(cast):
    second, proposal = a_second_administrator(), ask(cast)
    done = approvals.approve_proposal(second, proposal)
    assert done.state == "done"
    assert seat_of(OFFICER, desk__code="JAM.customs").rank == 3
    rows = AuditRecord.objects.filter(outcome="done", verb__in=["seat.appoint", "proposal.approve"]).order_by("verb")
    assert [(row.verb, row.person) for row in rows if row.desk == "JAM.administration"] == [
        ("proposal.approve", "jam.smith"),
        ("seat.appoint", ADMIN),
    ]


def test_where_there_is_no_second_administrator_the_platform_confirms(cast, drain):
    proposal = ask(cast)
    drain()
    assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "done"
    assert seat_of(OFFICER, desk__code="JAM.customs").rank == 3


def test_the_platform_does_not_see_what_a_second_administrator_can_approve(cast):
    a_second_administrator()
    with pytest.raises(Refused, match="not-visible"):
        approvals.approve_proposal(cast[PLATFORM], ask(cast))


def test_approving_ones_own_proposal_is_refused_from_every_seat_of_the_person(cast):
    proposal = ask(cast)
    with pytest.raises(Refused, match="own-proposal"):
        approvals.approve_proposal(cast[ADMIN], proposal)
    admin = person(ADMIN)
    platform = Seat.objects.get(user__username=PLATFORM).desk
    other = Seat.objects.create(user=admin, desk=platform, role="head", rank=3)  # no action would give them this one
    with pytest.raises(Refused, match="own-proposal"):
        approvals.approve_proposal(at_seat(admin, other), proposal)
    assert state_of(proposal) == "open"


def test_nobody_approves_what_is_about_himself(cast):
    second = a_second_administrator()
    proposal = ask(cast, user="jam.smith", desk="JAM.customs")
    with pytest.raises(Refused, match="own-account"):
        approvals.approve_proposal(second, proposal)


def test_another_states_administrator_does_not_find_it(cast):
    with pytest.raises(Refused, match="not-visible"):
        approvals.approve_proposal(cast[OTHERS_ADMIN], ask(cast))


def test_nobody_asks_about_himself(cast):
    with pytest.raises(Refused, match="own-"):
        ask(cast, user=ADMIN)
    with pytest.raises(Refused, match="own-account"):
        actions.do_or_ask(cast[ADMIN], "account.clear", person(ADMIN), clearance=3)


def test_what_cannot_be_is_refused_when_it_is_asked_for(cast):
    with pytest.raises(ValidationError):
        ask(cast, desk="BRB.border", role="head")


# --- it is void, it lapses, it is taken back ---


def test_a_changed_target_voids(cast):
    second, proposal = a_second_administrator(), ask(cast)
    actions.end_appointment(cast[ADMIN], seat_of(OFFICER), reason="moved")
    assert approvals.approve_proposal(second, proposal).state == "void"
    assert not Seat.objects.filter(user__username=OFFICER, state="current").exists()


def test_a_payload_that_was_changed_in_the_database_voids(cast):
    second, proposal = a_second_administrator(), ask(cast)
    AccountProposal.objects.filter(pk=proposal.pk).update(payload={**HEAD, "desk": "JAM.administration"})
    assert approvals.approve_proposal(second, proposal).state == "void"
    assert not Seat.objects.filter(user__username=OFFICER, desk__code="JAM.administration").exists()


def test_it_is_void_when_who_asked_has_lost_his_seat(cast):
    second, proposal = a_second_administrator(), ask(cast)
    actions.end_appointment(second, seat_of(ADMIN), reason="left")
    assert approvals.approve_proposal(second, proposal).state == "void"


def test_it_lapses_after_72_hours(cast):
    second, proposal = a_second_administrator(), ask(cast)
    later = timezone.now() + timedelta(hours=73)
    assert clock.run(the_clock(), timezone.now())["lapsed"] == 0
    assert clock.run(the_clock(), later)["lapsed"] == 1
    with pytest.raises(Refused, match="wrong-state"):
        approvals.approve_proposal(second, proposal)


def test_too_late_by_a_moment_it_lapses_on_approval(cast):
    second, proposal = a_second_administrator(), ask(cast)
    past = timezone.now() - timedelta(hours=73)
    AccountProposal.objects.filter(pk=proposal.pk).update(made_at=past, expires_at=past + timedelta(hours=72))
    assert approvals.approve_proposal(second, proposal).state == "lapsed"
    assert not Seat.objects.filter(user__username=OFFICER, desk__code="JAM.customs").exists()


def test_the_same_is_not_asked_for_twice_but_again_after_it_was_taken_back(cast):
    first = ask(cast)
    with pytest.raises(Refused, match="proposed-already"):
        ask(cast)
    approvals.withdraw_proposal(cast[ADMIN], first)
    assert ask(cast).pk != first.pk


def test_only_who_asked_takes_it_back(cast):
    proposal = ask(cast)
    with pytest.raises(Refused, match="not-your-proposal"):
        approvals.withdraw_proposal(a_second_administrator(), proposal)


def test_a_refusal_changes_nothing_and_is_final(cast):
    second, proposal = a_second_administrator(), ask(cast)
    approvals.refuse_proposal(second, proposal, answer="He has not served long enough")
    with pytest.raises(Refused, match="wrong-state"):
        approvals.approve_proposal(second, proposal)
    assert not Seat.objects.filter(user__username=OFFICER, desk__code="JAM.customs").exists()


# --- other verbs ---


def test_after_a_suspension_for_cause_two_people_open_the_account(cast):
    actions.suspend_account(cast[ADMIN], person(OFFICER), reason="under inquiry", for_cause=True)
    with pytest.raises(Refused, match="needs-approval"):
        actions.reactivate_account(cast[ADMIN], person(OFFICER))
    proposal = actions.do_or_ask(cast[ADMIN], "account.reactivate", person(OFFICER))
    assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "done"
    assert (person(OFFICER).state, person(OFFICER).for_cause) == ("active", False)


def test_a_lost_second_factor_takes_two_and_who_asked_is_given_half_of_the_password(cast):
    head = person("jam.border.head")
    assert has_second_factor(head)
    proposal = actions.do_or_ask(cast[ADMIN], "account.renew", head)
    assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "approved"
    assert has_second_factor(head)
    done = actions.do_or_ask(cast[ADMIN], "account.renew", person("jam.border.head"))
    assert person("jam.border.head").check_password(whole(done))
    assert (has_second_factor(head), state_of(proposal)) == (False, "done")


def test_an_approval_serves_who_asked_and_nobody_else(cast):
    second, head = a_second_administrator(), person("jam.border.head")
    approvals.approve_proposal(second, actions.do_or_ask(cast[ADMIN], "account.renew", head))
    with pytest.raises(Refused, match="needs-approval"):
        actions.renew_account(second, head)


# --- pages and API ---


def test_the_api_answers_202_with_what_waits(client_for):
    browser = client_for(ADMIN)
    answer = browser.post("/api/v1/people/seats/", HEAD, content_type="application/json")
    body = answer.json()
    assert (answer.status_code, body["state"], body["verb"], body["role"]) == (202, "open", "seat.appoint", "head")
    assert answer.headers["Location"] == body["url"]
    assert browser.get(body["url"]).json()["id"] == body["id"]
    verbs = {offer["verb"]: offer["allowed"] for offer in browser.get(f"{body['url']}actions/").json()}
    assert verbs == {"approve": False, "refuse": False, "withdraw": True}
    again = browser.post("/api/v1/people/seats/", HEAD, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "proposed-already")


def test_asking_and_approving_by_page(cast, client_for):
    officer = person(OFFICER)
    browser = client_for(ADMIN)
    answer = browser.post(reverse("people:appoint", args=[officer.uid]), {"place": "JAM.customs:head"})
    proposal = AccountProposal.objects.get()
    assert answer.url == reverse("people:approval", args=[proposal.uid])
    own = browser.get(answer.url).content.decode()
    assert "Another person must approve it; your own second appointment does not" in own
    platform = client_for(PLATFORM)
    assert officer.full_name in platform.get(reverse("people:approvals")).content.decode()
    page = reverse("people:approval_do", args=[proposal.uid, "approve"])
    session = platform.session
    proofs, session["account_authentication_methods"] = session["account_authentication_methods"], []
    session.save()
    assert "reauthenticate" in platform.post(page).url
    assert state_of(proposal) == "open"
    session["account_authentication_methods"] = proofs
    session.save()
    assert platform.get(page).status_code == 200
    assert platform.post(page).url == reverse("people:approvals")
    assert state_of(proposal) == "done"


def test_ids_edited_in_the_form_lead_nowhere(cast, client_for):
    proposal = ask(cast)
    barbados = client_for(OTHERS_ADMIN)
    for verb in ("approve", "refuse", "withdraw"):
        assert barbados.post(reverse("people:approval_do", args=[proposal.uid, verb])).status_code == 404
    assert barbados.get(reverse("people:approval", args=[proposal.uid])).status_code == 404
    border = client_for("jam.border.head")
    assert border.get(reverse("people:approval", args=[proposal.uid])).status_code == 404


def test_what_waits_stands_on_my_desk_of_the_second_person(cast, client_for):
    ask(cast)
    assert person(OFFICER).full_name in client_for(PLATFORM).get(reverse("people:desk")).content.decode()
    own = client_for(ADMIN).get(reverse("people:desk")).content.decode()
    assert "awaits second approval" not in own


def test_a_replayed_actor_of_another_party_does_not_ask_for_jamaica(cast):
    with pytest.raises((ValidationError, Refused)):
        approvals.propose_account(
            replace(cast[ADMIN], party_code="BRB"), None, asks_for="seat.appoint", subject=person(OFFICER), payload=HEAD
        )
