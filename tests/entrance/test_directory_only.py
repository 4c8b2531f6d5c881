"""A party that lets its linked people in by its directory alone; strangers learn nothing of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.entrance import actions
from tests.entrance.directories import ADMIN, OFFICER, by_directory, in_force, inside, linked, said, user
from tests.entrance.signing import LOGIN, acts, code, sign_in, signed_in

pytestmark = pytest.mark.django_db
HEAD = "jam.border.head"
USUAL = {"factors": ["totp", "webauthn"], "session_minutes": 720, "idle_minutes": 30, "why": "Order 7"}


def with_a_passkey(person):
    Authenticator.objects.create(user=user(person), type="webauthn", data={"name": "office", "credential": {}})


def close_passwords(cast, **more):
    answer = actions.set_sign_in_rule(cast[ADMIN], None, **USUAL | {"directory_only": True} | more)
    cache.clear()
    return answer


@pytest.fixture
def closed(cast, here):
    """Jamaica's passwords closed to who is linked; its administrator has a passkey beside their codes."""
    with_a_passkey(ADMIN)
    return close_passwords(cast)


def test_the_right_password_of_a_linked_person_leads_to_the_directory_and_the_directory_lets_him_in(client, closed):
    answer = sign_in(client, OFFICER)
    assert answer.status_code == 403
    assert "Your State allows sign-in only through its directory." in said(answer)
    assert reverse("account_directory", args=["JAM"]) in said(answer)
    assert "Administrators can also sign in with a passkey if the directory is" not in said(answer)
    assert not inside(client)
    assert acts("session.sign_in") == [("", "refused", "directory-only")]
    by_directory(client, next="/people/desk/")
    assert client.get("/people/desk/").status_code == 200


def form_of(answer):
    """The page without what differs each time or was typed by the visitor themselves."""
    page = said(answer)
    for mark in ("csrfmiddlewaretoken", "csrf-token"):
        page = "".join(part.split('"', 3)[-1] if number else part for number, part in enumerate(page.split(mark)))
    return page


def test_a_wrong_password_and_an_unknown_name_are_answered_alike_for_linked_people(closed):
    def tried(name):
        answer = Client().post(LOGIN, {"login": name, "password": "wrong wrong wrong"})
        return answer.status_code, form_of(answer).replace(name, "NAME")

    assert tried(OFFICER) == tried("jam.border.nobody") == tried(HEAD)
    assert tried(OFFICER)[0] != 403


def test_who_is_not_linked_and_people_of_other_parties_sign_in_as_ever(cast, closed):
    assert inside(signed_in(Client(), HEAD))
    assert inside(signed_in(Client(), "brb.border.officer"))
    assert AuditRecord.objects.filter(verb="session.sign_in", outcome="done").first().detail == {"factor": "totp"}


def test_open_sessions_that_were_not_begun_by_the_directory_end_with_the_rule_but_for_administrators(cast, here):
    linked(cast, here, ADMIN, "subject-9")
    with_a_passkey(ADMIN)
    begun, beside, admin, head = Client(), signed_in(Client(), OFFICER), signed_in(Client(), ADMIN), Client()
    by_directory(begun)
    signed_in(head, HEAD)
    close_passwords(cast)
    at_work = [browser.get(reverse("people:desk")).status_code == 200 for browser in (begun, beside, admin, head)]
    assert at_work == [True, False, True, True]
    row = AuditRecord.objects.get(verb="session.end")
    assert (row.object_id, row.detail) == (str(user(OFFICER).pk), {"why": "directory-only"})


def test_an_administrator_who_gives_a_code_and_not_his_passkey_is_led_to_the_directory(client, cast, here, closed):
    linked(cast, here, ADMIN, "subject-9")
    assert sign_in(client, ADMIN).url == reverse("mfa_authenticate")
    answer = client.post(reverse("mfa_authenticate"), {"code": code(ADMIN)})
    assert answer.status_code == 403
    assert "Administrators can also sign in with a passkey if the directory is" in said(answer)
    assert not inside(client)
    assert acts("session.sign_in")[-1] == ("", "refused", "directory-only")
    Authenticator.objects.filter(user=user(ADMIN), type="webauthn").delete()
    assert sign_in(Client(), ADMIN).status_code == 403, "without one he is refused before the code"


def test_nobody_closes_passwords_without_a_directory_or_without_a_passkey_of_his_own(cast, provider):
    with pytest.raises(ValidationError, match="no directory in force"):
        close_passwords(cast)
    in_force(cast, provider.issuer)
    with pytest.raises(ValidationError, match="Add a passkey"):
        close_passwords(cast)
    with_a_passkey(ADMIN)
    assert close_passwords(cast).directory_only


def test_when_the_directory_ends_passwords_are_open_again(client, cast, here, closed):
    actions.end_directory(cast[ADMIN], here)
    assert inside(signed_in(client, OFFICER))


def test_a_rule_without_it_opens_passwords_again(client, cast, closed):
    close_passwords(cast, directory_only=False)
    assert inside(signed_in(client, OFFICER))


def test_the_page_of_the_rules_says_it_and_takes_it(client_for, here):
    with_a_passkey(ADMIN)
    browser = client_for(ADMIN)
    answer = browser.post("/entrance/rules/", USUAL | {"directory_only": "on"}, follow=True)
    assert "Linked people sign in only through it; administrators can also use a" in said(answer)
    assert answer.context["form"].initial["directory_only"], "the form begins with the rule in force"
