"""Attacks on signing in: guessing, locking others out, fixing a session, leading away; and a clock that is wrong."""

from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.entrance.adapters import AccountAdapter
from apps.people.models import User
from demo.people import password
from tests.entrance.signing import acts, code, code_at, sign_in, signed_in

pytestmark = pytest.mark.django_db
OFFICER, ADMIN = "jam.border.officer", "jam.administration.administrator"
TRIES = 10_000
NOON = 1_793_620_800.0
"""A moment in the middle of a code's half minute does not pass while a test runs: the portal's clock stands here."""


def guess(number, address, name=OFFICER):
    """One try below the page, as the sign-in form makes it; whether the password was looked at."""
    from allauth.core import context
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import ValidationError

    request = RequestFactory().post("/accounts/login/", REMOTE_ADDR=address)
    request.user, request.request_id = AnonymousUser(), "guess"
    with context.request_context(request):
        try:
            AccountAdapter(request).authenticate(request, username=name, password=f"guess {number}")
        except ValidationError:
            return False
    return True


def test_ten_thousand_wrong_passwords_look_at_five_and_lock_nobody_out(client, monkeypatch):
    looked = sum(guess(number, "203.0.113.5") for number in range(TRIES))
    assert looked == 5, "five in five minutes for one account and one address"
    assert sign_in(client, OFFICER, REMOTE_ADDR="198.51.100.4").url == reverse("home"), "the person himself, elsewhere"
    rows = AuditRecord.objects.filter(verb="session.sign_in", outcome="refused")
    assert sorted(rows.values_list("reason", flat=True)) == ["too-many-tries", *["wrong-password"] * 5], "no flood"


def test_dozens_of_wrong_passwords_through_the_page_are_answered_and_the_person_comes_in_elsewhere(client):
    attacker = Client(REMOTE_ADDR="203.0.113.5")
    answers = [sign_in(attacker, OFFICER, f"guess {number}") for number in range(40)]
    assert {answer.status_code for answer in answers} == {200}
    assert ["Too many failed" in answer.content.decode() for answer in answers] == [False] * 5 + [True] * 35
    assert sign_in(attacker, OFFICER).status_code == 200, "the right one is not looked at either"
    assert sign_in(client, OFFICER, REMOTE_ADDR="198.51.100.4").url == reverse("home")


def give(client, given, language="en"):
    return client.post(reverse("mfa_authenticate"), {"code": given}, headers={"Accept-Language": language})


def test_wrong_codes_end_after_five_and_the_owner_comes_in_with_his_own_device(client, cast):
    signed_in(client, ADMIN)
    client.post(reverse("account_logout"))
    attacker = Client(REMOTE_ADDR="203.0.113.5")
    right = code(ADMIN)
    sign_in(attacker, ADMIN)
    wrong = [one for one in map(str, range(100_000, 100_030)) if one != right]
    pages = [give(attacker, one).content.decode() for one in wrong]
    assert ["Too many failed" in page for page in pages] == [False] * 5 + [True] * (len(wrong) - 5)
    assert "Too many failed" in give(attacker, right).content.decode(), "the right one is not looked at either"
    assert "_auth_user_id" not in attacker.session
    assert acts("session.sign_in").count(("", "refused", "wrong-code")) == 5
    assert sign_in(client, ADMIN).url == reverse("mfa_authenticate"), "the password opens, whatever was tried"
    assert give(client, right).url == reverse("home")


def test_a_stolen_device_guesses_five_codes_in_five_minutes_more_and_no_more(client, cast):
    signed_in(client, ADMIN)
    client.post(reverse("account_logout"))
    right = code(ADMIN)
    sign_in(client, ADMIN)
    for number in range(100_000, 100_010):
        give(client, str(number))
    assert "Too many failed" in give(client, right).content.decode()


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: NOON))


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("off_s", [-30, 0, 30])
def test_a_clock_that_is_half_a_minute_off_is_taken(client, cast, off_s):
    sign_in(client, ADMIN)
    assert give(client, code_at(ADMIN, NOON + off_s)).url == reverse("home")


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("off_s", [-600, -60, 60, 600])
def test_a_clock_that_is_more_than_that_off_is_refused(client, cast, off_s):
    sign_in(client, ADMIN)
    assert give(client, code_at(ADMIN, NOON + off_s)).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "If that fails too, set your phone to automatic date and time"),
        ("fr", "réglez votre téléphone sur la date et l’heure automatiques"),
        ("nl", "stel uw telefoon dan in op automatische datum en tijd"),
        ("es", "ponga su teléfono en fecha y hora automáticas"),
    ],
)
@pytest.mark.usefixtures("at_noon")
def test_who_has_a_wrong_clock_is_told_to_look_at_it(client, cast, language, words):
    sign_in(client, ADMIN)
    assert words in give(client, code_at(ADMIN, NOON + 600), language).content.decode()


def test_one_address_guesses_at_thirty_accounts_and_no_more(db):
    looked = sum(guess(number, "203.0.113.5", f"jam.border.nobody{number}") for number in range(60))
    assert looked == 30


def test_guesses_from_hundreds_of_addresses_end_and_the_persons_own_device_still_opens(client):
    signed_in(client, OFFICER)
    client.post(reverse("account_logout"))
    looked = sum(guess(number, f"203.0.{number // 250}.{number % 250}") for number in range(230))
    assert looked == 200, "two hundred an hour for one account from devices that are not known"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.99"), OFFICER).status_code == 200, "refused, like everybody unknown"
    assert sign_in(client, OFFICER).url == reverse("home")


def test_the_answer_does_not_tell_whether_an_account_exists(client, db):
    known, unknown = (
        sign_in(client, name, "wrong").content.decode().replace(name, "") for name in (OFFICER, "jam.border.nobody")
    )
    clean = [page.split("<main")[1].split("csrfmiddlewaretoken")[0] for page in (known, unknown)]
    assert clean[0] == clean[1]


def test_a_session_given_by_an_attacker_is_not_the_one_that_is_signed_in(client, cast):
    attacker = Client()
    attacker.get("/accounts/login/")
    session = attacker.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key
    signed_in(client, OFFICER)
    assert client.cookies["sessionid"].value != session.session_key
    attacker.cookies["sessionid"] = session.session_key
    assert "_auth_user_id" not in attacker.session


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "https:evil.example"],
)
def test_signing_in_leads_nowhere_outside(place, client, cast):
    wanted = {"login": OFFICER, "password": password(OFFICER), "next": place}
    assert client.post("/accounts/login/", wanted).url == reverse("home")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example"])
def test_a_forged_host_is_refused_before_anything_is_made_of_it(host, client, cast):
    assert client.get("/accounts/login/", headers={"host": host}).status_code == 400


def test_a_forged_form_signs_nobody_in_and_ends_no_session(cast):
    browser = Client(enforce_csrf_checks=True)
    assert sign_in(browser, OFFICER).status_code == 403
    browser.force_login(User.objects.get(username=OFFICER))
    for place in (reverse("usersessions_list"), reverse("account_logout"), reverse("people:tokens")):
        assert browser.post(place, {}).status_code == 403
    assert "_auth_user_id" in browser.session
