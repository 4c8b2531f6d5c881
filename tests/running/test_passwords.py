"""A password in a browser: shown while it is typed, judged by the portal's own rules, forgotten when one leaves."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import PHONE, People

pytestmark = pytest.mark.browser
WHO = "jam.customs.officer"


def test_a_password_is_shown_by_a_button_and_hidden_again(people: People):
    visitor = people.nobody(size=PHONE)
    visitor.go("/accounts/login/")
    page = visitor.page
    field, button = page.get_by_label("Password"), page.get_by_role("button", name="Show Password")
    field.fill("four words of nobody")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert visitor.violations() == []
    assert not visitor.is_wider_than_window()
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_without_a_script_there_is_no_button_and_the_form_works(people: People):
    visitor = people.nobody(java_script_enabled=False)
    visitor.go("/accounts/login/")
    expect(visitor.page.get_by_role("button", name="Show Password")).to_have_count(0)
    people.sign_in(visitor, WHO)


def test_the_hint_follows_what_is_typed(people: People):
    officer = people.at(WHO, anew=True)
    officer.go("/accounts/password/change/")
    field, hint = officer.page.locator("#id_password1"), officer.page.locator("#strength")
    field.press_sequentially("password1234")
    expect(hint).to_contain_text("too common")
    field.fill("four words of nobody")
    expect(hint).to_contain_text("Accepted: 20 characters")
    assert officer.violations() == []


def test_signing_out_clears_what_the_browser_keeps(people: People):
    officer = people.at(WHO, anew=True)
    officer.url = people.portal.url.replace("127.0.0.1", "localhost")
    officer.go("/accounts/login/")
    people.sign_in(officer, WHO)
    officer.go("/accounts/logout/")
    officer.send("Sign out")
    officer.page.go_back()
    expect(officer.page.get_by_label("Username")).to_be_visible()
