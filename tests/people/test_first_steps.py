"""What comes before anything else: a password of one's own, then a second factor where one is required."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.people import actions
from apps.people.models import User
from demo.people import password
from tests.people.governing import approved_to_renew, whole

ADMIN = "jam.administration.administrator"
OFFICER = "jam.border.officer"
OWN = "four words of nobody else"
ELSEWHERE = ["people:desk", "jrcc:floor", "search", "home", "mfa_index", "usersessions_list"]


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def newcomer(cast, client):
    """(browser signed in with a one-time password, the password)."""
    actions.open_account(cast[ADMIN], None, username="jam.border.brown", name="Ivy Brown", clearance=1)
    actions.appoint_person(cast[ADMIN], None, user="jam.border.brown", desk="JAM.border", role="officer")
    secret = whole(actions.renew_account(cast[ADMIN], User.objects.get(username="jam.border.brown")))
    client.post(reverse("account_login"), {"login": "jam.border.brown", "password": secret})
    return client, secret


def change(browser, old, new):
    wanted = {"oldpassword": old, "password1": new, "password2": new}
    return browser.post(reverse("account_change_password"), wanted)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_one_time_password_opens_nothing_but_its_own_change(newcomer, name):
    browser, _secret = newcomer
    assert browser.get(reverse(name)).url == reverse("account_change_password")


def test_a_one_time_password_opens_no_api_no_stream_and_no_act(newcomer):
    browser, _secret = newcomer
    answer = browser.get("/api/v1/people/me/")
    assert (answer.status_code, answer.json()["code"]) == (403, "first-step")
    assert browser.get("/api/stream/").status_code == 403
    assert browser.post(reverse("people:preferences"), {"theme": "dark"}).status_code == 302
    assert User.objects.get(username="jam.border.brown").theme == "auto"
    part = browser.get(reverse("people:desk"), headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (403, reverse("account_change_password"))


def test_the_page_of_the_change_says_why_and_lets_one_sign_out(newcomer):
    browser, _secret = newcomer
    page = browser.get(reverse("account_change_password")).content.decode()
    assert "You signed in with a one-time password" in page
    assert reverse("account_logout") in page
    assert "live-stream" not in page
    browser.post(reverse("account_logout"))
    assert "_auth_user_id" not in browser.session


def test_a_changed_password_opens_the_portal(newcomer):
    browser, secret = newcomer
    assert change(browser, secret, OWN).url == reverse("home")
    assert not User.objects.get(username="jam.border.brown").must_change_password
    assert browser.get(reverse("people:desk")).status_code == 200


@pytest.mark.parametrize("new", ["", "short", "password1234"])
def test_a_bad_password_keeps_the_door_shut(newcomer, new):
    browser, secret = newcomer
    change(browser, secret, new)
    assert User.objects.get(username="jam.border.brown").must_change_password


def test_the_one_time_password_is_not_chosen_once_more(newcomer):
    browser, secret = newcomer
    assert "This is the one-time password" in change(browser, secret, secret).content.decode()
    assert User.objects.get(username="jam.border.brown").must_change_password


def test_who_had_typed_the_old_password_only_is_not_let_in_by_the_renewal(cast, client):
    """The second factor goes with the renewal; a sign-in that waits for its code must not get through for that."""
    client.post(reverse("account_login"), {"login": "jam.border.head", "password": password("jam.border.head")})
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    approved_to_renew(cast, "jam.border.head")
    actions.renew_account(cast[ADMIN], User.objects.get(username="jam.border.head"))
    answer = client.get(reverse("mfa_authenticate"), follow=True)
    assert answer.redirect_chain == [(reverse("account_login"), 302)]
    assert client.get(reverse("people:desk")).url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


# --- the second factor ---


@pytest.mark.parametrize("name", ELSEWHERE)
def test_without_a_second_factor_nothing_else_opens(required, client_for, name):
    assert client_for(OFFICER).get(reverse(name)).url == reverse("mfa_activate_totp")


def test_without_a_second_factor_there_is_no_api(required, client_for, api):
    answer = client_for(OFFICER).get("/api/v1/people/me/")
    assert (answer.status_code, answer.json()["code"]) == (403, "first-step")
    assert api("JAM.border", "read").get("/api/v1/people/me/").status_code == 200


def test_the_second_factor_is_set_up_on_the_way_and_opens_the_portal(required, client, cast):
    client.post(reverse("account_login"), {"login": OFFICER, "password": password(OFFICER)})
    page = client.get(reverse("people:desk"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert "Everyone needs a second factor here" in page.content.decode()
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert Authenticator.objects.filter(user__username=OFFICER, type="totp").exists()
    assert client.get(reverse("people:desk")).status_code == 200


def test_who_signed_in_long_ago_confirms_it_on_the_way(required, client_for):
    browser = client_for(OFFICER)
    session = browser.session
    session["started"] = int(time.time()) - 3600
    session.save()
    asked = browser.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert browser.get(asked.url).status_code == 200
    assert browser.post(asked.url, {"password": password(OFFICER)}).url == reverse("mfa_activate_totp")
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_password_comes_before_the_second_factor(required, newcomer):
    browser, secret = newcomer
    assert browser.get(reverse("mfa_activate_totp")).url == reverse("account_change_password")
    change(browser, secret, OWN)
    assert browser.get(reverse("people:desk")).url == reverse("mfa_activate_totp")


def test_who_has_a_second_factor_notices_nothing_but_one_query(required, client_for, settings):
    browser, url = client_for("jam.border.head"), reverse("people:desk")
    browser.get(url)
    counts = []
    for settings.REQUIRE_SECOND_FACTOR in (False, True):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url).status_code == 200
        counts.append(len(seen))
    assert counts[1] == counts[0] + 1


def test_who_takes_his_second_factor_away_sets_up_another_at_once(required, client_for):
    browser = client_for("jam.border.head")
    Authenticator.objects.filter(user__username="jam.border.head", type="totp").delete()
    assert browser.get(reverse("people:desk")).url == reverse("mfa_activate_totp")


def test_health_is_open_to_everybody_at_any_step(newcomer):
    browser, _secret = newcomer
    assert browser.get(reverse("livez")).status_code == 200


def test_the_sign_in_page_promises_no_code_to_those_who_have_none(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert "If you have a second factor, enter its code next." in page
    assert "six-figure" not in page
