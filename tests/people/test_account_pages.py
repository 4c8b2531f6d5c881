"""The pages on which accounts are given, suspended and renewed."""

import re

import pytest
from django.urls import reverse

from apps.people import actions
from apps.people.models import User
from tests.people.governing import approved_to_renew, left_of

ADMIN = "jam.administration.administrator"
BROWN = {"username": "jam.border.brown", "name": "Ivy Brown", "clearance": "2"}
NEW = "/people/accounts/new/"


def page_of(name, username):
    return reverse(f"people:{name}", args=[User.objects.get(username=username).uid])


def secret_in(page):
    return re.search(r'id="made"[^>]* value="([^"]+)"', page)[1]


def test_the_register_leads_an_administrator_to_a_new_account_and_nobody_else(client_for):
    assert f'href="{NEW}"' in client_for(ADMIN).get(reverse("people:register")).content.decode()
    oversight = client_for("jrcc.oversight.officer")
    assert f'href="{NEW}"' not in oversight.get(reverse("people:register")).content.decode()
    assert oversight.get(NEW).status_code == 403


def test_a_new_account_shows_its_one_time_password_once(client_for):
    browser = client_for(ADMIN)
    assert 'value="jam."' in browser.get(NEW).content.decode()
    answer = browser.post(NEW, BROWN)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    made = User.objects.get(username="jam.border.brown")
    secret = secret_in(answer.content.decode())
    assert made.check_password(f"{secret}-{left_of(made)}")
    assert left_of(made) not in answer.content.decode()
    person = browser.get(page_of("person", "jam.border.brown")).content.decode()
    assert secret not in person
    assert "One-time, not changed yet" in person


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "brb.border.brown"}, "Start with jam."),
        ({"username": "jam.border.head"}, "This user name is taken"),
        ({"name": ""}, "This field is required"),
        ({"clearance": "3"}, "Select a valid choice"),
    ],
)
def test_a_wrong_form_comes_back_with_words_and_what_was_typed(wrong, words, client_for):
    answer = client_for(ADMIN).post(NEW, {**BROWN, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'role="alert"' in page
    kept = {**BROWN, **wrong}
    assert f'value="{kept["username"]}"' in page
    assert not User.objects.filter(full_name="Ivy Brown").exists()


def test_an_administrator_suspends_with_a_reason_and_opens_again(client_for):
    browser = client_for(ADMIN)
    suspend, person = page_of("account_suspend", "jam.border.officer"), page_of("person", "jam.border.officer")
    assert suspend in browser.get(person).content.decode()
    assert browser.post(suspend, {"reason": ""}).status_code == 422
    assert browser.post(suspend, {"reason": "telephone stolen"}).url == person
    page = browser.get(person).content.decode()
    assert "telephone stolen" in page
    assert suspend not in page
    again = page_of("account_reactivate", "jam.border.officer")
    assert again in page
    assert browser.post(again).url == person
    assert User.objects.get(username="jam.border.officer").state == "active"


def test_a_renewed_password_is_shown_once_and_signs_in(cast, client_for, client):
    browser = client_for(ADMIN)
    renew = page_of("account_renew", "jam.border.head")
    before = User.objects.get(username="jam.border.head").password
    assert browser.get(renew).status_code == 200
    assert User.objects.get(username="jam.border.head").password == before
    approved_to_renew(cast, "jam.border.head")
    secret = secret_in(browser.post(renew).content.decode())
    wanted = {
        "login": "jam.border.head",
        "password": f"{secret}-{left_of(User.objects.get(username='jam.border.head'))}",
    }
    answer = client.post(reverse("account_login"), wanted)
    assert answer.url == reverse("home")


def test_nobody_finds_buttons_for_his_own_account(client_for):
    page = client_for(ADMIN).get(page_of("person", ADMIN)).content.decode()
    assert page.count("You cannot change your own account") == 5
    assert page_of("account_suspend", ADMIN) not in page
    assert client_for(ADMIN).post(page_of("account_renew", ADMIN)).status_code == 403


def test_oversight_reads_why_it_changes_no_account(client_for):
    browser = client_for("jrcc.oversight.officer")
    page = browser.get(page_of("person", "jrcc.watch.officer")).content.decode()
    assert "Only an account administrator" in page
    assert browser.post(page_of("account_suspend", "jrcc.watch.officer"), {"reason": "x"}).status_code == 403
    assert browser.post(page_of("account_renew", "jrcc.watch.officer")).status_code == 403


@pytest.mark.parametrize("name", ["account_suspend", "account_reactivate", "account_renew"])
def test_a_form_made_for_another_seat_changes_no_account(name, client_for, cast):
    answer = client_for(ADMIN).post(page_of(name, "jam.border.officer"), {"_seat": "1", "reason": "x"})
    assert answer.status_code == 409
    assert User.objects.get(username="jam.border.officer").state == "active"


def test_a_suspended_person_is_told_so_when_signing_in(client, cast):
    actions.suspend_account(cast[ADMIN], User.objects.get(username="jam.border.officer"), reason="x")
    wanted = {"login": "jam.border.officer", "password": "demo jam.border.officer 2008"}
    answer = client.post(reverse("account_login"), wanted, follow=True)
    assert "This account is suspended" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_leaves_is_noted_from_the_register_and_from_his_page(client_for):
    browser, way = client_for(ADMIN), f'href="{reverse("oversight:leavers")}"'
    pages = [reverse("people:register"), page_of("person", "jam.border.officer")]
    assert all(way in browser.get(page).content.decode() for page in pages)
    assert way not in browser.get(page_of("person", ADMIN)).content.decode()
