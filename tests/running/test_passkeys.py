"""A passkey in a browser with a security key of its own: made, used in place of the password, taken away."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import PHONE, People, Visit

pytestmark = pytest.mark.browser
WHO = "jam.customs.officer"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_name(people: People, **options: object) -> Visit:
    """A browser at the portal's name: passkeys do not work at a bare address."""
    visit = people.nobody(**options)
    visit.url = people.portal.url.replace("127.0.0.1", "localhost")
    return visit


def key_of(visit: Visit) -> tuple[object, str]:
    """(the browser's own tools, the id of the security key that is put into it)."""
    tools = visit.context.new_cdp_session(visit.page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def confirm(visit: Visit, people: People, username: str = WHO) -> None:
    """A step of weight asks again who one is."""
    visit.page.get_by_label("Password").fill(people.cast[username]["password"])
    visit.send_by(visit.page.get_by_role("main").locator("button:not([type=button])").first)


def test_a_passkey_signs_in_without_a_password_until_it_is_taken_away(people: People):
    officer = with_a_name(people)
    page, (tools, key) = officer.page, key_of(officer)
    people.sign_in(officer, WHO)
    officer.go("/accounts/2fa/")
    officer.follow("Add a passkey")
    confirm(officer, people)
    assert officer.violations() == []
    page.get_by_label("Name of this passkey").fill("office computer")
    officer.press("Create passkey")
    expect(page.locator("body")).to_contain_text("Next time it is all you need to sign in")
    assert len(tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    officer.go("/accounts/logout/")
    officer.send("Sign out")
    officer.go("/accounts/login/?next=/people/desk/")
    officer.press("Sign in with a passkey")
    page.wait_for_url("**/people/desk/")
    expect(page.get_by_role("banner")).to_contain_text("Customs, officer")

    officer.go("/accounts/2fa/webauthn/")
    expect(page.get_by_role("row", name="office computer")).not_to_contain_text("Never")
    assert officer.violations() == []
    officer.follow("Remove")
    confirm(officer, people)
    officer.send("Remove it")
    expect(page.locator("body")).to_contain_text("You have no passkey yet.")

    officer.go("/accounts/logout/")
    officer.send("Sign out")
    officer.press("Sign in with a passkey")  # the device still has it, the portal knows it no more
    expect(page).to_have_url(f"{officer.url}/accounts/login/")
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_passkey_that_is_not_given_leaves_the_password(people: People):
    visit = with_a_name(people, size=PHONE)
    tools, key = key_of(visit)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    visit.go("/accounts/login/")
    visit.press("Sign in with a passkey")
    expect(visit.page.get_by_role("alert").first).to_contain_text("Try again, or use another way")
    assert visit.violations() == []
    assert not visit.is_wider_than_window()


def test_where_passkeys_cannot_work_none_is_offered(people: People):
    bare = people.nobody()  # 127.0.0.1
    bare.go("/accounts/login/")
    expect(bare.page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(bare.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
