"""The portal behind a proxy that speaks TLS: cookies that no other host can set, live pages and sockets through it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from demo.assessments import PLAN
from tests.running.browser import People, Visit
from tests.running.tls import behind_tls

pytestmark = pytest.mark.browser
WHO = "brb.intelligence.officer"
SECTION = PLAN["sections"][-1]["title"]
CLAIMED = "192.0.2.66"
FIRST_WORDS = """async () => {
  const answer = await fetch("/api/stream/", {headers: {accept: "text/event-stream"}});
  const reader = answer.body.getReader();
  const {value} = await reader.read();
  await reader.cancel();
  return [answer.status, answer.headers.get("content-type"), new TextDecoder().decode(value).slice(0, 6)];
}"""


@pytest.fixture
def officer(people: People, tmp_path: Path) -> Iterator[Visit]:
    """Their browser at the portal's address over TLS; it claims to be somewhere else."""
    with behind_tls(people.portal, tmp_path) as url:
        visit = people.nobody(ignore_https_errors=True, extra_http_headers={"X-Forwarded-For": CLAIMED})
        visit.url = url
        yield visit
        visit.context.close()


def test_signing_in_writing_and_signing_out_through_tls(people: People, officer: Visit):
    page, url = officer.page, officer.url
    answer = officer.go("/people/desk/")
    assert page.url == f"{url}/accounts/login/?next=/people/desk/"
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    people.sign_in(officer, WHO)
    assert page.url == f"{url}/people/desk/"
    kept = {one["name"]: one for one in officer.context.cookies()}
    assert set(kept) == {"__Host-sessionid", "__Host-csrftoken", "device"}
    assert all(one["secure"] and one["path"] == "/" and one["domain"] == "localhost" for one in kept.values())
    assert {name for name, one in kept.items() if one["httpOnly"]} == {"__Host-sessionid", "device"}

    assert page.evaluate(FIRST_WORDS) == [200, "text/event-stream", ": ping"]
    officer.go("/accounts/sessions/")
    expect(page.get_by_role("main")).to_contain_text("127.0.0.1")
    assert CLAIMED not in officer.text()

    with page.expect_websocket() as socket:
        officer.go(f"/rifc/assessments/{PLAN['assessment']}/")
        officer.follow(f"Write {SECTION}")
        expect(page.locator("[data-coedit][data-ready]")).to_have_count(1)
    assert socket.value.url.startswith(url.replace("https://", "wss://"))

    officer.go("/accounts/logout/")
    officer.send("Sign out")
    assert "__Host-sessionid" not in {one["name"] for one in officer.context.cookies()}
    officer.go("/people/desk/")
    assert page.url.startswith(f"{url}/accounts/login/")
