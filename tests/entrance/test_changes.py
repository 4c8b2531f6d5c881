"""A person is told what was changed about how they sign in: what, when, from where, and what to do."""

import datetime
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.models import Dispatch
from apps.entrance import actions
from apps.entrance.models import AccountChange
from apps.entrance.rules import browsers
from apps.notices.models import Delivery, Notice
from apps.people import actions as people
from apps.people.models import Seat, User
from apps.people.queries import service_actor
from demo.people import password
from tests.entrance.signing import code, code_at, sign_in, signed_in

pytestmark = pytest.mark.django_db
OFFICER, ADMIN = "jam.border.officer", "jam.administration.administrator"
NEW = "four words of nobody else"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"


def change_password(client, **extra):
    wanted = {"oldpassword": f"demo {OFFICER} 2008", "password1": NEW, "password2": NEW}
    return client.post(reverse("account_change_password"), wanted, **extra)


def mailed():
    return [(message.to[0], message.subject.split(" (")[0]) for message in mail.outbox]


def text_of(message):
    return message.message().as_string()


def test_a_changed_password_is_told_to_its_owner_alone_with_time_place_and_way_out(client, cast, drain):
    signed_in(client, OFFICER)
    change_password(client, HTTP_USER_AGENT=CHROME, REMOTE_ADDR="203.0.113.7")
    drain()
    notice = Notice.objects.get(code="own_account.password")
    assert (notice.owner.code, notice.title, OFFICER in notice.number) == ("JAM.border", "", False)
    assert mailed() == [(f"{OFFICER}@example.invalid", "Your password was changed")]
    body = mail.outbox[0].body
    for said in (
        "From Chrome, Windows, 203.0.113.7.",
        reverse("usersessions_list"),
        "the account administrators of Jamaica",
    ):
        assert said in body
    assert NEW not in text_of(mail.outbox[0])
    assert User.objects.get(username=ADMIN).full_name not in text_of(mail.outbox[0])


def test_the_page_of_a_change_names_the_administrators_and_is_its_owners_alone(client, cast, client_for, drain):
    signed_in(client, OFFICER)
    change_password(client)
    drain()
    place = Notice.objects.get(code="own_account.password").page
    page = client_for(OFFICER).get(place)
    assert User.objects.get(username=ADMIN).full_name in page.content.decode()
    assert client_for("jam.border.head").get(place).status_code == 404
    assert client_for(ADMIN).get(place).status_code == 404
    assert Client().get(place).status_code == 302


def test_a_changed_address_is_told_to_the_old_and_to_the_new_one(cast, drain):
    account = User.objects.get(username=OFFICER)
    old = account.email
    people.set_mail_address(cast[OFFICER], account, email="new@example.invalid")
    drain()
    assert sorted(mailed()) == [
        (old, "E-mail address changed"),
        ("new@example.invalid", "Your mail address for notices was changed"),
    ]
    change = AccountChange.objects.get()
    assert (change.state, change.former) == ("mailed", "")
    assert all("@example.invalid" not in message.body for message in mail.outbox)


def test_the_old_address_stands_in_clear_nowhere_while_it_waits(cast):
    account = User.objects.get(username=OFFICER)
    people.set_mail_address(cast[OFFICER], account, email="new@example.invalid")
    (payload,) = Dispatch.objects.filter(topic="account.touched").values_list("payload", flat=True)
    assert OFFICER not in str(payload)


def test_the_same_address_once_more_is_no_change(cast, drain):
    account = User.objects.get(username=OFFICER)
    people.set_mail_address(cast[OFFICER], account, email=account.email)
    drain()
    assert not AccountChange.objects.exists()


def test_a_one_time_password_by_an_administrator_is_told_and_says_who_not_from_where(cast, drain):
    given = people.renew_account(cast[ADMIN], User.objects.get(username=OFFICER))
    drain()
    assert (f"{OFFICER}@example.invalid", "You were given a one-time password by an administrator") in mailed()
    (his,) = [one for one in mail.outbox if one.to == [f"{OFFICER}@example.invalid"]]
    assert "Your administrators did this, not you" in his.body
    assert [one for one in mail.outbox if given.secret in text_of(one)] == []


def test_factors_and_recovery_codes_are_told_by_their_kind(client, cast, drain, django_capture_on_commit_callbacks):
    signed_in(client, ADMIN)
    client.post(reverse("account_reauthenticate"), {"password": password(ADMIN)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    drain()
    assert sorted(AccountChange.objects.values_list("what", flat=True)) == ["codes", "totp_removed"]
    assert {to for to, _subject in mailed()} == {f"{ADMIN}@example.invalid"}


def test_a_code_that_is_used_twice_is_told_once_an_hour_and_a_wrong_one_is_not(client, cast, drain):
    used = code(ADMIN)
    answer = sign_in(client, ADMIN)
    client.post(answer.url, {"code": used})
    for _try in range(2):
        other = Client()
        other.post(sign_in(other, ADMIN).url, {"code": used})
    wrong = Client()
    wrong.post(sign_in(wrong, ADMIN).url, {"code": "000000"})
    drain()
    change = AccountChange.objects.get()
    assert (change.what, mailed()) == (
        "code_again",
        [(f"{ADMIN}@example.invalid", "A code of yours was tried a second time")],
    )
    assert used not in mail.outbox[0].body


@pytest.mark.parametrize("page", ["mfa_authenticate", "mfa_reauthenticate"])
def test_a_used_code_stays_used_for_as_long_as_it_would_be_taken(client, cast, page):
    """Its half minute, the one before and the one after: that of a slow clock must not be taken a minute later."""
    signed_in(client, ADMIN) if page == "mfa_reauthenticate" else sign_in(client, ADMIN)
    given = code_at(ADMIN, time.time() + 30)
    client.post(reverse(page), {"code": given})
    key = Authenticator.objects.get(user__username=ADMIN, type="totp").wrap()._get_used_cache_key(given)
    assert 80 < cache._cache.get_client().ttl(cache.make_key(key)) <= 90


def test_an_hour_later_it_is_told_again(cast, drain):
    clock, now = service_actor("IMPACS.automation", request_id="x"), timezone.now()
    for minutes in (0, 59, 61):
        at = (now + datetime.timedelta(minutes=minutes)).isoformat()
        actions.note_account_change(clock, None, user=User.objects.get(username=ADMIN).pk, what="code_again", at=at)
    assert AccountChange.objects.count() == 2


def test_somebody_without_a_seat_is_mailed_without_a_notice(cast, drain):
    account = User.objects.get(username=OFFICER)
    Seat.objects.filter(user=account).update(state="ended")
    clock = service_actor("IMPACS.automation", request_id="x")
    actions.note_account_change(
        clock, None, user=account.pk, what="password", at=timezone.now().isoformat(), device="Firefox"
    )
    drain()
    assert not Notice.objects.exists()
    assert mailed() == [(f"{OFFICER}@example.invalid", "Password changed")]
    assert "From Firefox." in mail.outbox[0].body


def test_who_has_no_address_is_told_in_the_inbox(client, cast, drain):
    User.objects.filter(username=OFFICER).update(email="")
    signed_in(client, OFFICER)
    change_password(client)
    drain()
    assert Notice.objects.filter(code="own_account.password").count() == 1
    assert list(Delivery.objects.values_list("error", flat=True)) == ["no address"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (CHROME, "Chrome, Windows"),
        (FIREFOX, "Firefox, Linux"),
        ("curl/8.1", ""),
        ("<b>Chrome/1</b>", "Chrome"),
        ("", ""),
    ],
)
def test_a_browser_is_said_in_two_words_and_what_it_calls_itself_is_never_repeated(line, said):
    assert browsers.in_words(line) == said
