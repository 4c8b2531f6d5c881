"""What an administrator proves anew before they change a clearance or gives a new one-time password."""

from dataclasses import replace

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.actions import approvals
from apps.people.models import AccountProposal
from tests.entrance.signing import long_ago
from tests.people.governing import ADMIN, PLATFORM, person

OFFICER, HEAD = "jam.border.officer", "jam.border.head"


def stale(cast, who=ADMIN):
    return replace(cast[who], proven=False)


@pytest.mark.parametrize("clearance", [1, 2, 3])
def test_every_change_of_clearance_wants_the_second_factor_anew(clearance, cast):
    officer = person(OFFICER)
    officer.clearance = {1: 2, 2: 1, 3: 1}[clearance]
    officer.save(update_fields=["clearance"])
    with pytest.raises(Refused, match="step-up"):
        actions.do_or_ask(stale(cast), "account.clear", officer, clearance=clearance)
    assert not AccountProposal.objects.exists()
    assert AuditRecord.objects.get(verb="account.clear").reason == "step-up"
    actions.do_or_ask(cast[ADMIN], "account.clear", officer, clearance=clearance)
    assert (person(OFFICER).clearance == clearance) is (clearance == 1)


def test_what_a_second_person_approves_is_carried_out_though_who_asked_is_away(cast):
    proposal = actions.do_or_ask(cast[ADMIN], "account.clear", person(OFFICER), clearance=3)
    with pytest.raises(Refused, match="step-up"):
        approvals.approve_proposal(stale(cast, PLATFORM), proposal)
    assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "done"
    assert person(OFFICER).clearance == 3


@pytest.mark.parametrize("whose", [OFFICER, HEAD])
def test_a_new_one_time_password_wants_the_second_factor_anew(whose, cast):
    before = person(whose).password
    with pytest.raises(Refused, match="step-up"):
        actions.do_or_ask(stale(cast), "account.renew", person(whose))
    assert person(whose).password == before
    assert not AccountProposal.objects.exists()


def test_an_approved_renewal_wants_it_again_when_it_is_carried_out(cast):
    approvals.approve_proposal(cast[PLATFORM], actions.do_or_ask(cast[ADMIN], "account.renew", person(HEAD)))
    with pytest.raises(Refused, match="step-up"):
        actions.do_or_ask(stale(cast), "account.renew", person(HEAD))


@pytest.mark.parametrize(("page", "sent"), [("account_clear", {"clearance": "3"}), ("account_renew", {})])
def test_the_pages_ask_for_it_and_change_nothing_before(page, sent, cast, client_for):
    browser, before = long_ago(client_for(ADMIN)), person(OFFICER).password
    url = reverse(f"people:{page}", args=[person(OFFICER).uid])
    answer = browser.post(url, {**sent, "_seat": cast[ADMIN].seat_id})
    assert answer.url == f"{reverse('account_reauthenticate')}?next=%2Fpeople%2Fkept%2F"
    assert (person(OFFICER).password, AccountProposal.objects.count()) == (before, 0)


def test_the_api_refuses_with_the_same_code(client_for):
    browser = long_ago(client_for(ADMIN))
    url = f"/api/v1/people/accounts/{person(OFFICER).uid}/actions/renew/"
    answer = browser.post(url, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "step-up")
