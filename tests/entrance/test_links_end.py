"""What ends with a link to a State's directory: the sessions that were begun by it, however the link ends."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.entrance import actions
from apps.entrance.models import AccountChange, DirectoryLink
from apps.notices.models import Notice
from apps.people.actions import stream_rights
from apps.people.models import Seat
from demo.people import password
from tests.entrance.directories import ADMIN, LINK, OFFICER, by_directory, in_force, inside, linked, said, user
from tests.entrance.provider import sent_back
from tests.entrance.signing import acts, code, signed_in

pytestmark = pytest.mark.django_db
HEAD = "jam.border.head"


@pytest.fixture
def working(client, cast, here):
    """The officer in two browsers: (by the directory, by their password)."""
    by_directory(client)
    other = Client()
    signed_in(other, OFFICER)
    return client, other


def work(browser):
    return browser.get(reverse("people:desk")).status_code == 200


def claim(browser):
    seat = Seat.objects.get(user__username=OFFICER, state="current")
    return stream_rights.Claim(seat.user_id, seat.pk, 2, session_key=browser.session.session_key)


def end_directory(cast, directory, provider):
    actions.end_directory(cast[ADMIN], directory)


def put_another_in_force(cast, directory, provider):
    in_force(cast, provider.issuer, client_id="another")


def put_a_new_secret_in_force(cast, directory, provider):
    in_force(cast, provider.issuer)


def remove_the_link(cast, directory, provider):
    actions.unlink_directory(cast[ADMIN], DirectoryLink.objects.get())


@pytest.mark.parametrize(
    "act",
    [end_directory, put_another_in_force, put_a_new_secret_in_force, remove_the_link],
    ids=lambda act: act.__name__,
)
def test_sessions_begun_by_the_directory_end_with_it_and_others_stay(cast, here, provider, working, act):
    there, elsewhere = working
    assert work(there)
    assert work(elsewhere)
    claims = [claim(there), claim(elsewhere)]
    assert stream_rights.still_held(claims) == set(claims)
    act(cast, here, provider)
    assert stream_rights.still_held(claims) == {claims[1]}, "streams and sockets ask the same"
    assert not work(there)
    assert work(elsewhere)
    row = AuditRecord.objects.get(verb="session.end")
    assert (row.object_id, row.detail) == (str(user(OFFICER).pk), {"why": "link-ended"})
    assert row.person in {ADMIN, "portal.platform.head"}


def test_a_person_is_told_of_a_link_that_another_ended_and_of_his_own_by_where_he_did_it(cast, here, client, drain):
    actions.end_directory(cast[ADMIN], here)
    drain()
    change = AccountChange.objects.get()
    assert (change.what, change.by_another, change.user) == ("unlinked", True, user(OFFICER))
    notice = Notice.objects.get(code="own_account.unlinked")
    assert notice.number == change.code


def test_a_person_removes_his_link_and_the_session_that_he_began_by_it_is_over_in_plain_words(client, here, drain):
    by_directory(client)
    session = client.session
    session["seen"] = int(time.time()) - 120  # the clock of the session is written with this request
    session.save()
    answer = client.post(reverse("usersessions_directory_remove", args=[DirectoryLink.objects.get().pk]), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "Link removed. Sessions started through it have ended." in said(answer)
    drain()
    assert [(row.what, row.by_another) for row in AccountChange.objects.all()] == [("unlinked", False)]


def test_an_administrator_ends_the_directory_by_which_he_came_and_is_led_to_the_sign_in_page(
    client, cast, here, provider
):
    linked(cast, here, ADMIN, "subject-9")
    provider.claims = {"sub": "subject-9"}
    by_directory(client)
    client.post(reverse("mfa_authenticate"), {"code": code(ADMIN)})
    session = client.session
    session["seen"] = int(time.time()) - 120
    session.save()
    place = reverse("entrance:directory_do", args=[here.pk, "end"])
    seat = client.get(place).content.decode().split('name="_seat" value="')[1].split('"')[0]
    answer = client.post(place, {"_seat": seat}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert not inside(client)


def test_a_link_that_ends_between_the_directory_and_the_code_lets_nobody_in(client, cast, here, provider):
    linked(cast, here, HEAD, "subject-9")
    provider.claims = {"sub": "subject-9"}
    assert by_directory(client).url == reverse("mfa_authenticate")
    actions.end_directory(cast[ADMIN], here)
    answer = client.post(reverse("mfa_authenticate"), {"code": code(HEAD)})
    assert "No account is linked to your directory identity" in said(answer)
    assert not inside(client)
    assert acts("session.sign_in") == [("", "refused", "directory-not-linked")]


def test_who_links_himself_anew_in_a_session_begun_by_the_old_link_signs_in_again_by_it(client, here, provider):
    by_directory(client)
    client.post(reverse("account_reauthenticate"), {"password": password(OFFICER)})
    provider.claims = {"sub": "subject-2"}
    session = client.session
    session["seen"] = int(time.time()) - 120
    session.save()
    answer = client.get(sent_back(client.post(LINK)), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "You can now sign in through the directory" in said(answer)
    assert not inside(client)
    assert [row.state for row in DirectoryLink.objects.order_by("linked_at")] == ["ended", "live"]
    by_directory(client)
    assert inside(client)
