"""Passwords: from twelve to 128 characters, any of them; a hint by the rules that decide; what leaving takes along."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.people.forms import JoinForm
from apps.people.models import User
from apps.people.rules.passwords import LONGEST, LongestValidator
from tests.entrance.signing import sign_in, signed_in

pytestmark = pytest.mark.django_db
OFFICER = "jam.border.officer"
PROJECT = Path(__file__).resolve().parents[2]


def changed(client, new):
    wanted = {"oldpassword": f"demo {OFFICER} 2008", "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), wanted)


@pytest.mark.parametrize("length", [64, LONGEST])
def test_a_long_password_is_taken_whole(client, cast, length):
    new = ("four words of nobody else é " * 10)[: length - 1] + "!"
    signed_in(client, OFFICER)
    assert changed(client, new).status_code == 302
    assert User.objects.get(username=OFFICER).check_password(new)
    assert not User.objects.get(username=OFFICER).check_password(new[:-1])


def test_one_character_more_is_refused_in_words_and_changes_nothing(client, cast):
    signed_in(client, OFFICER)
    page = changed(client, "x1 y2 z3!" * 14 + "abc").content.decode()
    assert "This password has 129 characters. Use at most 128." in page
    assert User.objects.get(username=OFFICER).check_password(f"demo {OFFICER} 2008")


def test_far_more_is_refused_with_how_much():
    with pytest.raises(ValidationError, match="has 1000 characters"):
        LongestValidator().validate("x" * 1000)


def test_a_blank_at_the_end_of_an_invited_persons_password_is_part_of_it():
    new = "four words of nobody else "
    form = JoinForm({"code": "abcd-efgh", "password1": new, "password2": new}, user=User(username="jam.border.new"))
    assert form.is_valid()
    assert form.cleaned_data["password1"] == new


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tiny", "at least 12 characters"),
        ("password1234", "too common"),
        ("jam.border.officer", "too similar to the"),
        ("four words of nobody", "Accepted: 20 characters"),
        ("x1 y2 z3!" * 15, "has 135 characters"),
    ],
)
def test_the_hint_says_what_the_form_would_say(client, cast, typed, said):
    signed_in(client, OFFICER)
    hint = client.post(reverse("entrance:strength"), {"password1": typed}).content.decode()
    assert said in hint
    assert typed not in hint
    assert (changed(client, typed).status_code == 302) == ("characters, not a common password" in hint)


def test_an_invited_person_gets_the_hint_and_nothing_typed_gives_none(client, db):
    assert "too common" in client.post(reverse("entrance:strength"), {"password1": "password1234"}).content.decode()
    assert client.post(reverse("entrance:strength"), {"password1": ""}).content.strip() == b""


def test_who_asks_for_the_hint_too_often_gets_none_and_can_change_his_password(client, cast, monkeypatch):
    monkeypatch.setattr("apps.entrance.views.passwords.OFTEN", {"person": "3/m/user", "address": "2/m/ip"})

    def hints(browser, n):
        answers = [browser.post(reverse("entrance:strength"), {"password1": "password1234"}) for _ in range(n)]
        assert {answer.status_code for answer in answers} == {200}
        return [b"too common" in answer.content for answer in answers]

    assert hints(signed_in(client, OFFICER), 5) == [True] * 3 + [False] * 2
    assert hints(Client(), 3) == [True] * 2 + [False], "invited people are counted by their address"
    assert hints(Client(REMOTE_ADDR="192.0.2.9"), 1) == [True]
    assert changed(client, "four words of nobody").status_code == 302


def test_signing_out_lets_the_browser_forget_its_pages_and_looking_at_the_page_does_not(client, cast):
    signed_in(client, OFFICER)
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert sign_in(client, OFFICER).status_code == 302


@pytest.mark.parametrize(
    ("secure", "names"), [("1", "__Host-sessionid __Host-csrftoken"), ("0", "sessionid csrftoken")]
)
def test_behind_tls_the_cookies_are_bound_to_the_host_by_their_names(secure, names):
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    env = os.environ | {"SECURE_COOKIES": secure, "DJANGO_SETTINGS_MODULE": "caricom_portal.settings"}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=env, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == names


def test_a_cookie_of_such_a_name_has_no_domain_and_the_whole_path(settings):
    assert (settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN) == (None, None)
    assert (settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH) == ("/", "/")


@pytest.mark.parametrize("path", ["/api/v1/people/me/", "/api/v1/nothing/", "/api/v1/jrcc/hits/"])
def test_an_answer_of_the_api_is_a_file_to_a_browser(client_for, path):
    assert client_for(OFFICER).get(path)["Content-Disposition"] == 'attachment; filename="api.json"'
    assert "Content-Disposition" not in client_for(OFFICER).get("/people/desk/")
