"""Signing in by a State's directory: who is linked comes in, as with a password; nobody else."""

import dataclasses
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.entrance import actions
from apps.entrance.models import AccountChange, DirectoryLink
from apps.notices.models import Notice
from apps.people import actions as people
from apps.people.models import Seat, User
from tests.entrance.directories import ADMIN, LINK, OFFICER, by_directory, in_force, inside, linked, said, start, user
from tests.entrance.provider import CLIENT, OTHER_KEY, sent_back, signed
from tests.entrance.signing import acts, code, sign_in, signed_in

pytestmark = pytest.mark.django_db
HOME, HEAD = reverse("home"), "jam.border.head"


# --- who comes in ---


def test_a_linked_person_comes_in_and_the_audit_says_by_which_way(client, here):
    answer = by_directory(client, next="/people/desk/")
    assert (answer.status_code, answer.url) == (302, "/people/desk/")
    assert client.session["_auth_user_id"] == str(user(OFFICER).pk)
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.person, row.outcome, row.detail) == (OFFICER, "done", {"factor": "none", "way": "directory"})
    assert DirectoryLink.objects.get().used_at is not None
    assert client.cookies["device"]["httponly"], "the device is met as with a password"


def test_who_has_a_second_factor_is_asked_for_it_and_comes_in_with_it(client, cast, provider):
    linked(cast, in_force(cast, provider.issuer), HEAD)
    provider.claims["amr"] = ["pwd", "otp"]  # the record trusts none
    assert by_directory(client).url == reverse("mfa_authenticate")
    assert not inside(client)
    client.post(reverse("mfa_authenticate"), {"code": code(HEAD)})
    assert inside(client)
    assert AuditRecord.objects.get(verb="session.sign_in").detail == {"factor": "totp", "way": "directory"}


def test_a_trusted_second_factor_of_the_directory_counts_where_the_token_says_so(client, cast, provider):
    linked(cast, in_force(cast, provider.issuer, second_factors="otp"), HEAD)
    provider.claims["amr"] = ["pwd"]
    assert by_directory(client).url == reverse("mfa_authenticate")
    provider.claims["amr"] = ["pwd", "otp"]
    assert by_directory(Client()).url == HOME
    assert AuditRecord.objects.get(verb="session.sign_in").detail == {"factor": "directory", "way": "directory"}


def test_a_rule_for_certain_factors_asks_for_them_whatever_the_directory_says(client, cast, provider):
    linked(cast, in_force(cast, provider.issuer, second_factors="otp"), HEAD)
    usual = {"session_minutes": 720, "idle_minutes": 30, "why": "Order 7"}
    actions.set_sign_in_rule(cast[ADMIN], None, factors=["totp"], **usual)
    cache.clear()
    provider.claims["amr"] = ["otp"]
    assert by_directory(client).url == reverse("mfa_authenticate")


def test_step_up_after_a_trusted_factor_asks_for_the_portals_own(client, cast, provider):
    linked(cast, in_force(cast, provider.issuer, second_factors="otp"), ADMIN)
    provider.claims["acr"] = "otp"
    by_directory(client)
    seat = client.get(reverse("people:tokens")).content.decode().split('name="_seat" value="')[1].split('"')[0]
    wanted = {"desk": "JAM.border", "scope": "read", "days": "1", "_seat": seat}
    assert client.post(reverse("people:tokens"), wanted).url.startswith(reverse("mfa_reauthenticate"))


# --- who does not ---


def test_an_unlinked_subject_is_refused_in_plain_words_and_nobody_is_made_or_found_by_mail(client, here, provider):
    people_before = User.objects.count()
    officer = user(HEAD)
    User.objects.filter(pk=officer.pk).update(email="head@border.example")
    provider.claims = {"sub": "subject-2", "email": "head@border.example", "email_verified": True}
    provider.claims["preferred_username"] = HEAD
    answer = by_directory(client)
    assert answer.status_code == 403
    assert "No account is linked to your directory identity" in said(answer)
    assert not inside(client)
    assert User.objects.count() == people_before
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.person, row.reason, row.owner_party) == ("", "directory-not-linked", "JAM")
    assert "subject-2" not in str(list(AuditRecord.objects.values()))


def test_allauths_own_tables_stay_empty(client, here):
    by_directory(client)
    assert [model.objects.count() for model in (SocialAccount, SocialApp, SocialToken)] == [0, 0, 0]


@pytest.mark.parametrize("state", ["suspended", "left", "invited"])
def test_a_person_whose_account_is_closed_is_refused_as_with_a_password(client, here, state):
    User.objects.filter(username=OFFICER).update(state=state)
    assert by_directory(client).url == reverse("account_inactive")
    assert not inside(client)
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.outcome, row.reason, row.detail) == ("refused", "account-closed", {"way": "directory"})


def test_networks_of_the_party_hold_for_the_directory_too(cast, here):
    usual = {"factors": ["totp", "webauthn"], "session_minutes": 60, "idle_minutes": 5, "why": "Order 7"}
    actor = dataclasses.replace(cast[ADMIN], address="192.0.2.7")
    actions.set_sign_in_rule(actor, None, networks="192.0.2.0/24", **usual)
    cache.clear()
    stranger = Client(REMOTE_ADDR="198.51.100.9")
    assert by_directory(stranger).url == reverse("account_inactive")
    assert ("", "refused", "outside-networks") in acts("session.sign_in")
    within = Client(REMOTE_ADDR="192.0.2.9")
    by_directory(within)
    session = within.session
    session["seen"] = int(time.time()) - 301
    session.save()
    assert within.get(reverse("people:desk")).status_code == 302, "the party's times hold"


def test_a_person_without_a_seat_comes_in_to_nothing(client, cast, here):
    people.end_appointment(cast[ADMIN], Seat.objects.get(user__username=OFFICER, state="current"), reason="over")
    by_directory(client)
    assert inside(client)
    assert client.get(reverse("jrcc:border")).status_code == 404


def test_the_subject_of_another_states_directory_is_nobody(client, cast, here, provider):
    in_force(cast, provider.issuer, "brb.administration.administrator")
    assert by_directory(client, "BRB").status_code == 403
    assert not inside(client)


def test_who_has_moved_to_another_party_is_not_let_in_by_the_old_ones_directory(client, here):
    User.objects.filter(username=OFFICER).update(home_party_id="BRB")
    assert by_directory(client).status_code == 403
    assert not inside(client)


def test_an_ended_directory_a_changed_client_and_a_removed_link_let_nobody_in(client, cast, here, provider):
    answer = sent_back(start(client))
    actions.end_directory(cast[ADMIN], here)
    assert client.get(answer).status_code == 404
    assert start(client).status_code == 404
    assert DirectoryLink.objects.get().state == "ended"
    again = in_force(cast, provider.issuer)
    assert by_directory(client).status_code == 403, "the links of an ended directory have ended with it"
    link = linked(cast, again)
    actions.unlink_directory(cast[OFFICER], link)
    assert by_directory(client).status_code == 403
    assert not inside(client)
    signed_in(client, OFFICER)


def test_a_new_secret_keeps_the_links_and_another_client_does_not(client, cast, here, provider):
    in_force(cast, provider.issuer)
    by_directory(client)
    assert inside(client)
    in_force(cast, provider.issuer, client_id="another")
    assert DirectoryLink.objects.get().state == "ended"


# --- what comes back from the directory ---


def test_an_answer_counts_once_and_in_its_own_browser(client, here, provider):
    answer = sent_back(start(client))
    assert Client().get(answer).status_code == 403
    assert client.get(answer).status_code == 302
    client.post(reverse("account_logout"))
    again = client.get(answer)
    assert "This answer was already used, has expired, or belongs to another" in said(again)
    assert not inside(client)
    assert client.get(reverse("account_directory_callback", args=["JAM"])).status_code == 403
    refused = [row for row in acts("session.sign_in") if row[1] == "refused"]
    assert refused == [("", "refused", "directory-begin-again")], "written once in five minutes for an address"


@pytest.mark.parametrize(
    ("spoil", "why", "sentence"),
    [
        ({"nonce": "of another sign-in"}, "nonce", "The token belongs to another sign-in."),
        ({"aud": "mail"}, "audience", "The token is for another application."),
        ({"iss": "https://login.other.example"}, "issuer", "The token is from another issuer."),
        ({"exp": 1}, "expired", "The token has expired, or is not valid yet: check the clocks"),
    ],
)
def test_a_wrong_token_lets_nobody_in_and_the_audit_says_what_was_wrong(client, here, provider, spoil, why, sentence):
    provider.spoil = spoil
    answer = by_directory(client)
    assert sentence in said(answer)
    assert not inside(client)
    row = AuditRecord.objects.get(verb="session.sign_in")
    assert (row.reason, row.detail) == ("directory-not-believed", {"way": "directory", "why": why})


def test_a_token_that_came_straight_from_the_directory_is_checked_all_the_same(client, here, provider):
    provider.sign = lambda claims: signed(claims, OTHER_KEY)
    assert "The signature of the token is wrong." in said(by_directory(client))
    provider.sign = lambda claims: signed(claims, "a secret of the directory, 32 bytes", "HS256")
    assert "The token is not signed, or the portal does not accept its signature" in said(by_directory(client))
    provider.sign = lambda claims: None
    assert "The directory returned no readable token" in said(by_directory(client))
    assert not inside(client)


def test_a_wrong_secret_a_cancelled_sign_in_and_a_silent_directory_are_said(client, cast, provider):
    in_force(cast, provider.issuer, secret="another")
    assert "The client secret may be wrong." in said(by_directory(client))
    state = parse_qs(urlsplit(start(client).headers["Refresh"].split("url=")[1]).query)["state"][0]
    back = reverse("account_directory_callback", args=["JAM"])
    cancelled = client.get(back, {"error": "access_denied", "state": state})
    assert "without signing in there" in said(cancelled)
    provider.document = b"not json"
    assert "There is no description" in said(start(client))


def test_the_way_on_is_one_of_the_portals_own(client, here):
    answer = by_directory(client, next="https://evil.example/")
    assert answer.url == HOME
    page = Client().get(reverse("account_directories"), {"next": "https://evil.example/"}).content.decode()
    assert 'value="https://evil' not in page


def test_starting_is_limited_for_an_address(client, here):
    answers = [start(client).status_code for _ in range(31)]
    assert (answers[:30], answers[30]) == ([200] * 30, 403)
    assert "Too many wrong attempts" in said(start(client))


def test_the_form_leads_on_by_a_page_of_our_own(client, here, provider):
    page = start(client)
    assert page.status_code == 200
    assert page.headers["Refresh"].startswith(f"0; url={provider.issuer}/authorize?")
    query = parse_qs(urlsplit(page.headers["Refresh"].split("url=")[1]).query)
    assert {"state", "nonce", "code_challenge", "redirect_uri", "scope"} <= set(query)
    assert query["scope"] == ["openid"], "no more is asked for than is shown"
    assert client.get(reverse("account_directory", args=["JAM"])).status_code == 405


def test_an_address_for_signing_in_keeps_its_own_query_and_ours_goes_before_it(client, here, provider):
    own = "p=B2C_1_sign%20in&client_id=another&ui="
    provider.document["authorization_endpoint"] = f"{provider.issuer}/authorize?{own}"
    page = start(client)
    query = parse_qs(urlsplit(page.headers["Refresh"].split("; url=")[1]).query, keep_blank_values=True)
    assert (query["p"], query["ui"], query["client_id"]) == (["B2C_1_sign in"], [""], [CLIENT])
    assert {len(values) for values in query.values()} == {1}, "nothing is said twice"
    client.get(sent_back(page))
    assert inside(client)


def test_the_sign_in_page_has_the_second_way_only_when_there_is_one(client, cast, provider):
    place = reverse("account_login")
    assert reverse("account_directories") not in said(client.get(place))
    assert "No State directory is available now" in said(client.get(reverse("account_directories")))
    in_force(cast, provider.issuer)
    cache.clear()
    assert reverse("account_directories") in said(client.get(place))
    assert "Jamaica" in said(client.get(reverse("account_directories")))


# --- linking ---


def test_a_person_links_himself_and_comes_in_by_it(client, cast, provider, drain):
    in_force(cast, provider.issuer, shown_claim="preferred_username")
    provider.claims["preferred_username"] = "o.fficer"
    signed_in(client, OFFICER)
    sessions = reverse("usersessions_list")
    assert "once you have linked your account" in said(client.get(sessions))
    assert client.get(sent_back(client.post(LINK))).url == sessions
    page = said(client.get(sessions))
    assert "You can now sign in through the directory" in page
    assert "o.fficer" in page
    link = DirectoryLink.objects.get()
    assert "subject-1" not in str(link.__dict__)
    client.post(reverse("account_logout"))
    by_directory(client)
    assert client.session["_auth_user_id"] == str(user(OFFICER).pk)
    drain()
    assert AccountChange.objects.get().what == "linked", "a new way in is told to its owner"
    assert Notice.objects.filter(code="own_account.linked").exists()
    client.post(reverse("usersessions_directory_remove", args=[link.pk]))
    assert DirectoryLink.objects.get().state == "ended"
    assert acts("directory_link.make") == [(OFFICER, "done", "")]
    assert "o.fficer" not in str(list(AuditRecord.objects.values()))


def test_linking_asks_anew_who_one_is(client, cast, provider):
    in_force(cast, provider.issuer)
    signed_in(client, OFFICER)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 901} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert client.post(LINK).url.startswith(reverse("account_reauthenticate"))
    assert provider.asked == []


def test_a_subject_is_one_person(client, cast, here, provider):
    signed_in(client, HEAD)
    client.get(sent_back(client.post(LINK)))
    assert "Another account is linked" in said(client.get(reverse("usersessions_list")))
    assert [link.user.username for link in DirectoryLink.objects.filter(state="live")] == [OFFICER]
    assert ("jam.border.head", "refused", "directory-linked-elsewhere") in acts("directory_link.make")


def test_a_person_links_to_his_own_partys_directory_alone(client, cast, provider):
    foreign = in_force(cast, provider.issuer, "brb.administration.administrator")
    signed_in(client, OFFICER)
    assert client.post(LINK).status_code == 403
    with pytest.raises(Refused, match="directory-not-yours"):
        linked(cast, foreign)


def test_an_answer_to_linking_signs_nobody_in(client, cast, here, provider):
    signed_in(client, OFFICER)
    answer = sent_back(client.post(LINK))
    client.post(reverse("account_logout"))
    assert client.get(answer).status_code == 403
    assert not inside(client)


def test_an_administrator_removes_a_link_of_his_own_people_alone(cast, here, client_for):
    place = reverse("usersessions_directory_remove", args=[DirectoryLink.objects.get().pk])
    for name in ("brb.administration.administrator", HEAD, "jam.oversight.officer"):
        assert client_for(name).post(place).status_code in {403, 404}, name
    browser = client_for(ADMIN)
    assert OFFICER in said(browser.get(reverse("entrance:directories")))
    assert browser.post(place).url == reverse("entrance:directories")
    assert DirectoryLink.objects.get().state == "ended"
    assert acts("directory_link.remove")[-1] == (ADMIN, "done", "")


def test_who_leaves_is_linked_no_more(cast, here, drain):
    people.close_leaver_account(cast[ADMIN], user(OFFICER), reason="retired")
    drain()
    assert DirectoryLink.objects.get().state == "ended"


def test_a_password_goes_on_beside_the_link(client, here):
    assert sign_in(client, OFFICER).status_code == 302
    assert AuditRecord.objects.get(verb="session.sign_in").detail == {"factor": "none"}
