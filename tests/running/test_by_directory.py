"""A State's own directory in a browser: put into force by two, linked to, signed in by; not by one who is suspended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.entrance.provider import CLIENT, SECRET, Provider, running
from tests.running.browser import PHONE, People, Visit

pytestmark = pytest.mark.browser
ADMIN, PLATFORM, WHO = "atg.administration.administrator", "portal.platform.head", "atg.border.head"
SESSIONS, SIGN_IN = "/accounts/sessions/", "/accounts/login/"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The directory of Antigua and Barbuda, beside the portal."""
    with running() as there:
        yield there


def by_directory(visit: Visit) -> None:
    """From the sign-in page to what follows the way back."""
    visit.go(SIGN_IN)
    visit.follow("Sign in with your State's directory")
    assert visit.violations() == []
    visit.press("Antigua and Barbuda")


def sign_out(visit: Visit) -> None:
    visit.go("/accounts/logout/")
    visit.send("Sign out")


def put_into_force(people: People, provider: Provider) -> None:
    """The administrator proposes and asks; the platform desk, since he is the only one, puts it into force."""
    admin = people.at(ADMIN)
    admin.go("/entrance/directories/")
    page = admin.page
    page.get_by_label("Issuer").fill(provider.issuer)
    page.get_by_label("Client ID").fill(CLIENT)
    page.get_by_label("Client secret").fill(SECRET)
    page.get_by_label("Why").fill("One account for all")
    assert admin.violations() == []
    admin.send("Propose the directory")
    admin.send("Ask the directory")
    expect(page.locator("body")).to_contain_text("The directory answers, and calls itself by this issuer.")
    assert admin.violations() == []
    second = people.at(PLATFORM)
    second.go(admin.path().removesuffix("ask/"))
    second.follow("Put into force")
    assert second.violations() == []
    second.send("Put into force")
    expect(second.page.locator("body")).to_contain_text("In force")


def test_a_person_links_himself_signs_in_by_the_directory_and_not_once_suspended(people: People, provider: Provider):
    put_into_force(people, provider)
    officer = people.at(WHO, anew=True, size=PHONE)
    page = officer.page
    officer.go(SESSIONS)
    officer.press("Link yourself to it")
    page.wait_for_url(f"**{SESSIONS}")
    expect(page.locator("body")).to_contain_text("You are linked.")
    assert officer.violations() == []
    assert not officer.is_wider_than_window()

    sign_out(officer)
    by_directory(officer)
    page.wait_for_url("**/accounts/2fa/authenticate/")  # the portal's own code all the same
    page.get_by_label("Code").fill(people.next_code(WHO, people.cast[WHO]["totp_secret"]))
    officer.press("Continue")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    officer.go(SESSIONS)
    expect(page.locator("body")).not_to_contain_text("Never")

    sign_out(officer)
    provider.claims = {"sub": "somebody else"}
    by_directory(officer)
    expect(page.locator("body")).to_contain_text("Nobody here is linked to who you are in the directory.")
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
