"""A party's own rules for signing in, and the second factor asked anew for acts of weight."""

import dataclasses
import time

import pytest
from django.test import Client
from django.urls import reverse

from apps.access.refusal import Refused
from apps.entrance import actions
from apps.entrance.models import SignInRule
from apps.entrance.queries.sign_in import rule_for
from apps.people import actions as people
from apps.people.models import DeskToken
from tests.entrance.signing import acts, code, sign_in, signed_in
from tests.keys import ASKED

pytestmark = pytest.mark.django_db
ADMIN, OFFICER = "jam.administration.administrator", "jam.border.officer"
RULES = "/entrance/rules/"
USUAL = {"factors": ["totp", "webauthn"], "session_minutes": 720, "idle_minutes": 30, "why": "Order 7"}


@pytest.fixture
def set_rule(cast, django_capture_on_commit_callbacks):
    """Sets Jamaica's rule as its administrator, from this address; what follows a commit follows."""

    def act(address=None, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.set_sign_in_rule(dataclasses.replace(cast[ADMIN], address=address), None, **USUAL | more)

    return act


def test_only_the_partys_administrator_sets_its_rule(cast, set_rule):
    for name in (OFFICER, "jam.border.head"):
        with pytest.raises(Refused, match="not-administrator"):
            actions.set_sign_in_rule(cast[name], None, **USUAL)
    assert set_rule().party_id == "JAM"


def test_a_new_rule_ends_the_one_before_and_both_stay(set_rule):
    set_rule()
    set_rule(idle_minutes=10)
    old, new = SignInRule.objects.order_by("valid_from")
    assert (old.state, old.valid_to is not None, new.state) == ("ended", True, "in_force")
    assert rule_for("JAM").idle_s == 600
    assert rule_for("BRB").idle_s == 1800


@pytest.mark.parametrize(
    "wrong",
    [
        {"networks": "10.0.0.0/40"},
        {"networks": "10.0.0.1/8"},
        {"networks": "nonsense"},
        {"networks": "198.51.100.0/24"},
        {"networks": "10.0.0.0/8 " * 51},
        {"session_minutes": "721"},
        {"idle_minutes": "31"},
        {"factors": ["sms"]},
        {"factors": []},
    ],
)
def test_a_wrong_rule_comes_back_with_words(wrong, client_for):
    """The fourth: the administrator's own address is not in it, they would lock themselves out."""
    answer = client_for(ADMIN).post(RULES, {**USUAL, **wrong})
    assert answer.status_code == 422
    assert not SignInRule.objects.exists()


def test_people_come_from_the_partys_networks_only_at_sign_in_and_with_each_request(client, set_rule):
    inside = signed_in(client, OFFICER)
    set_rule("192.0.2.7", networks="192.0.2.0/24 127.0.0.0/8")
    assert inside.get(reverse("people:desk")).status_code == 200
    assert inside.get(reverse("people:desk"), REMOTE_ADDR="198.51.100.9").status_code == 302
    assert inside.get(reverse("people:desk")).status_code == 302, "a session used from elsewhere is over"
    stranger = Client(REMOTE_ADDR="198.51.100.9")
    assert sign_in(stranger, OFFICER).url == reverse("account_inactive")
    assert ("", "refused", "outside-networks") in acts("session.sign_in")
    assert "_auth_user_id" in signed_in(Client(REMOTE_ADDR="198.51.100.9"), "brb.border.officer").session


def test_a_session_ends_after_the_partys_time(client, set_rule):
    signed_in(client, OFFICER).get(reverse("people:desk"))
    set_rule(session_minutes=60, idle_minutes=5)
    session = client.session
    session["seen"] = int(time.time()) - 301
    session.save()
    assert client.get(reverse("people:desk")).status_code == 302
    assert acts("session.end") == [(OFFICER, "done", "")]


def test_a_party_that_wants_passkeys_leads_those_with_codes_only_to_set_one_up(client, set_rule):
    signed_in(client, ADMIN)
    set_rule(factors=["webauthn"])
    assert client.get(reverse("people:register")).url == reverse("mfa_add_webauthn")
    answer = client.get("/api/v1/people/seats/")
    assert (answer.status_code, answer.json()["code"]) == (403, "first-step")


def test_a_person_with_the_right_kind_signs_in_again_with_it(client, set_rule):
    signed_in(client, OFFICER)
    set_rule(factors=["totp"])
    assert client.get(reverse("people:desk")).url == reverse("mfa_activate_totp")
    browser = signed_in(Client(), "jam.border.head")
    assert browser.get(reverse("people:desk")).status_code == 200


# --- step-up ---


def test_a_key_is_made_only_with_a_fresh_second_factor(cast):
    stale = dataclasses.replace(cast[ADMIN], proven=False)
    head = cast["jam.border.head"]
    with pytest.raises(Refused, match="step-up"):
        people.propose_api_key(stale, None, **ASKED)
    key = people.propose_api_key(cast[ADMIN], None, **ASKED)
    with pytest.raises(Refused, match="step-up"):
        people.approve_api_key(dataclasses.replace(head, proven=False), key)
    key = people.approve_api_key(head, key)
    with pytest.raises(Refused, match="step-up"):
        people.show_api_key(stale, key)
    assert people.show_api_key(cast[ADMIN], key).state == "live"
    assert acts("token.propose")[0] == (ADMIN, "refused", "step-up")


def test_a_page_asks_for_the_code_and_then_offers_what_was_typed(client, cast):
    signed_in(client, ADMIN)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 901} for record in session["account_authentication_methods"]
    ]
    session.save()
    page = client.get(reverse("people:tokens")).content.decode()
    seat = page.split('name="_seat" value="')[1].split('"')[0]
    wanted = {"desk": "JAM.border", "scope": "read", "days": "1", "label": "trial", "_seat": seat}
    fresh = code(ADMIN)
    answer = client.post(reverse("people:tokens"), wanted)
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2Fpeople%2Fkept%2F"
    assert not DeskToken.objects.filter(label="trial").exists()
    asked = client.post(answer.url, {"code": fresh})
    assert asked.url == reverse("people:kept")
    assert "trial" in client.get(asked.url).content.decode()
    assert client.post(reverse("people:tokens"), wanted).status_code == 302
    assert DeskToken.objects.filter(label="trial").count() == 1


def test_a_password_is_not_enough_for_who_has_a_second_factor(client, cast):
    signed_in(client, ADMIN)
    session = client.session
    old = [{**record, "at": record["at"] - 901} for record in session["account_authentication_methods"]]
    session["account_authentication_methods"] = [
        *old,
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    answer = client.post(reverse("people:tokens"), {"desk": "JAM.border", "scope": "read", "days": "1"})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
