"""A State's own directory in a browser: put into force by two, linked to, signed in by; alone, and until it ends."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.entrance.provider import CLIENT, SECRET, Provider, running
from tests.running.browser import PHONE, People, Visit
from tests.running.conftest import eventually
from tests.running.test_passkeys import confirm, key_of, with_a_name
from tests.running.test_protection import look_at

pytestmark = pytest.mark.browser
ADMIN, PLATFORM, WHO = "atg.administration.administrator", "portal.platform.head", "atg.border.head"
SESSIONS, SIGN_IN = "/accounts/sessions/", "/accounts/login/"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The directory of Antigua and Barbuda, beside the portal."""
    with running() as there:
        yield there


def by_directory(visit: Visit, state: str = "Antigua and Barbuda") -> None:
    """From the sign-in page to what follows the way back."""
    visit.go(SIGN_IN)
    visit.follow("Sign in with your State's directory")
    assert visit.violations() == []
    visit.press(state)


def sign_out(visit: Visit) -> None:
    visit.go("/accounts/logout/")
    visit.send("Sign out")


def put_into_force(people: People, provider: Provider, admin_name: str = ADMIN) -> str:
    """The administrator proposes and asks; the platform desk, as they are the only one, puts it into force. Its
    page."""
    admin = people.at(admin_name)
    admin.go("/entrance/directories/")
    page = admin.page
    page.get_by_label("Issuer").fill(provider.issuer)
    page.get_by_label("Client ID").fill(CLIENT)
    page.get_by_label("Client secret").fill(SECRET)
    page.get_by_label("Reason").fill("One account for all")
    look_at(admin)
    admin.send("Propose the directory")
    admin.send("Test the directory")
    expect(page.locator("body")).to_contain_text("The directory answers and names this issuer.")
    look_at(admin)
    second = people.at(PLATFORM)
    second.go(admin.path().removesuffix("ask/"))
    second.follow("Put into force")
    look_at(second)
    second.send("Put into force")
    expect(second.page.locator("body")).to_contain_text("In force")
    return second.path()


def test_a_person_links_himself_signs_in_by_the_directory_and_not_once_suspended(people: People, provider: Provider):
    put_into_force(people, provider)
    officer = people.at(WHO, anew=True, size=PHONE)
    page = officer.page
    officer.go(SESSIONS)
    officer.press("Link my account")
    page.wait_for_url(f"**{SESSIONS}")
    expect(page.locator("body")).to_contain_text("You can now sign in through the directory")
    assert officer.violations() == []
    assert not officer.is_wider_than_window()

    sign_out(officer)
    by_directory(officer)
    page.wait_for_url("**/accounts/2fa/authenticate/")  # the portal's own code all the same
    page.get_by_label("Code").fill(people.next_code(WHO, people.cast[WHO]["totp_secret"]))
    officer.press("Continue")
    page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/accounts/"))
    officer.go(SESSIONS)
    expect(page.locator("body")).not_to_contain_text("Never")

    sign_out(officer)
    provider.claims = {"sub": "somebody else"}
    by_directory(officer)
    expect(page.locator("body")).to_contain_text("No account is linked to your directory identity")
    assert officer.violations() == []
    assert not officer.is_wider_than_window()

    provider.claims = {"sub": "subject-1"}
    suspend(people)
    by_directory(officer)
    expect(page.locator("body")).to_contain_text("You cannot sign in here")
    officer.go("/people/desk/")
    assert SIGN_IN in officer.path()


def suspend(people: People) -> None:
    """The administrator suspends the officer's account."""
    admin = people.at(ADMIN)
    admin.go("/people/accounts/")
    admin.page.get_by_role("row", name=WHO).get_by_role("link").first.click()
    admin.follow("Suspend")
    admin.page.get_by_label("Reason").fill("Under inquiry")
    admin.send("Suspend")


# --- by the directory alone ---

ALONE = "People linked to your party's directory sign in only through it"
OTHER_ADMIN, OTHER, STATE = "lca.administration.administrator", "lca.border.head", "Saint Lucia"


def link_himself(visit: Visit, provider: Provider, subject: str) -> None:
    """Be that subject at the directory, and link oneself to it."""
    provider.claims = {"sub": subject}
    visit.go(SESSIONS)
    visit.press("Link my account")
    visit.page.wait_for_url(f"**{SESSIONS}")
    expect(visit.page.locator("body")).to_contain_text("You can now sign in through the directory")


def with_a_passkey(people: People, username: str) -> Visit:
    """The person at the portal's name, with a passkey that they have just added."""
    visit = with_a_name(people)
    key_of(visit)
    people.sign_in(visit, username)
    visit.go("/accounts/2fa/webauthn/add/")
    confirm(visit, people, username)
    visit.page.get_by_label("Name of this passkey").fill("safe")
    visit.press("Create passkey")
    expect(visit.page.locator("body")).to_contain_text("Next time it is all you need to sign in")
    return visit


def close_passwords(admin: Visit) -> None:
    """Set the rule on its page."""
    admin.go("/entrance/rules/")
    admin.page.get_by_label(ALONE).check()
    admin.page.get_by_label("Reason").fill("Order 7")
    look_at(admin)
    admin.send("Set the policy")
    expect(admin.page.locator("body")).to_contain_text(
        "Linked people sign in only through it; administrators can also use a"
    )


def test_by_the_directory_alone_until_an_administrator_with_a_passkey_ends_it(people: People, provider: Provider):
    place = put_into_force(people, provider, OTHER_ADMIN)
    officer = people.at(OTHER, anew=True)
    link_himself(officer, provider, "officer")
    admin = with_a_passkey(people, OTHER_ADMIN)
    link_himself(admin, provider, "administrator")
    close_passwords(admin)
    officer.page.wait_for_url(f"**{SIGN_IN}**")  # their session was begun by their password

    page = officer.page
    page.get_by_label("Username").fill(OTHER)
    page.get_by_label("Password").fill(people.cast[OTHER]["password"])
    officer.press("Sign in")
    expect(page.get_by_role("main")).to_contain_text("Your State allows sign-in only through its directory.")
    look_at(officer)
    provider.claims = {"sub": "officer"}
    officer.press(STATE)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_label("Code").fill(people.next_code(OTHER, people.cast[OTHER]["totp_secret"]))
    officer.press("Continue")
    page.wait_for_url(f"**{SESSIONS}")  # where they were
    officer.go("/people/desk/")

    sign_out(admin)
    admin.go(SIGN_IN)
    admin.press("Sign in with a passkey")  # beside the directory, as if that were down
    admin.page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/accounts/"))
    platform = people.at(PLATFORM)
    eventually(lambda: platform.go("/notices/") and "signed in beside the directory" in platform.text())
    admin.go(place)
    admin.follow("End")
    assert admin.violations() == []
    admin.send("End")
    expect(admin.page.locator("body")).to_contain_text("Ended")
    page.wait_for_url(f"**{SIGN_IN}**")  # the open page of a session that was begun by the directory
    people.sign_in(officer, OTHER)  # by their password, which is good again
