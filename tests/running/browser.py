"""Browsers of the demonstration's people, for the tests that need the pages as people see them.

A person signs in once for the whole run, with password and code as the pages ask for them (a code is taken once only);
each further browser carries the same session for ten minutes. Whoever changes seats or signs out
takes `anew=True`.
"""

import base64
import hashlib
import hmac
import math
import re
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from caricom_portal.services.chromium import MISSING, find_chromium, is_required
from tests.findings import PAGES

if TYPE_CHECKING:
    from tests.running.conftest import Portal

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE, NARROWEST = (1440, 900), (390, 844), (320, 700)
PATIENCE_MS = 30_000
SHOWN_MS = 10_000
CODE_S = 30
PROVEN_S = 10 * 60
"""Seconds after which a person signs in anew: binding acts want a second factor of the last fifteen minutes."""
STOPS = "a[href], button, input, select, textarea, summary, [tabindex]"
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
ALL_RULES = {"resultTypes": ["violations"]}
ALL_BUT_CONTRAST = {**ALL_RULES, "rules": {"color-contrast": {"enabled": False}}}


def code(secret: str, at: float) -> str:
    """The six figures that an authenticator shows at a moment (RFC 6238, SHA-1, 30 s)."""
    counter = struct.pack(">Q", int(at) // CODE_S)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def show(contexts: list[BrowserContext], test: str) -> None:
    """Keep what pages show, for whoever asks why this test failed: pictures, and the address with the text."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate((page for context in contexts for page in context.pages), 1):
        kept = PAGES / f"{re.sub(r'\W+', '-', test)}-{number}"
        with suppress(Error):  # a page that hangs is no reason to lose the failure
            page.screenshot(path=f"{kept}.png", full_page=True, timeout=SHOWN_MS)
        with suppress(Error):
            said = page.locator("body").inner_text(timeout=SHOWN_MS)
            Path(f"{kept}.txt").write_text(f"{page.url}\n\n{said}\n")


class Visit:
    """One browser of one person: its page, and what went wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.faults: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._answered)
        self.page: Page = context.new_page()

    def _said(self, message: ConsoleMessage) -> None:
        # refusals that a test provokes are looked at as pages; their entry in the console is the browser's own
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.faults.append(f"{response.status}: {response.url}")

    def go(self, path: str) -> Response:
        """Open a page of the portal."""
        response = self.page.goto(path if path.startswith("http") else self.url + path, wait_until="load")
        assert response is not None
        return response

    def text(self) -> str:
        """What the page shows once it is there, hidden words included."""
        self.page.wait_for_load_state("load")
        return self.page.locator("body").inner_text()

    def source(self) -> str:
        """The page's HTML once it is there, what its fields hold included."""
        self.page.wait_for_load_state("load")
        return self.page.content()

    def path(self) -> str:
        """Where the browser stands, with the query."""
        return self.page.url.removeprefix(self.url)

    def press(self, name: str) -> None:
        """Press the button of the page's own part that is called so."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def send(self, name: str) -> None:
        """Press a button that sends its form, and stay until the page that answers it is there."""
        self.send_by(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def send_by(self, button: Locator) -> None:
        """As `send`, by a button that is found otherwise than by its name alone."""
        self.page.wait_for_load_state("load")  # else the form's own load could be taken for that of the answer
        # a browser on a busy machine leaves the page some time after the press: until then the old page answers,
        # and an address that is opened while the answer is under way can end both
        with self.page.expect_event("load"):
            button.click()

    def follow(self, name: str) -> None:
        """Follow the first link of the page's own part that is called so; the menu that holds it is opened for it."""
        self.page.wait_for_load_state("load")
        main = self.page.get_by_role("main")
        link = main.get_by_role("link", name=name).first
        menu = main.locator("details.pop:not([open])", has=self.page.locator("a", has_text=name))
        if not link.is_visible() and menu.count():
            menu.first.locator("summary").first.click()
        link.click()

    def violations(self, options: dict[str, Any] = ALL_RULES) -> list[str]:
        """What axe finds on the page once it is there: rule, place, what is wrong."""
        self.page.wait_for_load_state("load")
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(Axe().axe_script)
        found = self.page.evaluate("options => axe.run(options)", options)["violations"]
        return [
            f"{self.path()} {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    def stops(self) -> int:
        """How often Tab is pressed at most until each control has had the focus; a live page may grow meanwhile."""
        return 2 * self.page.locator(STOPS).count()

    def is_wider_than_window(self) -> bool:
        """Whether the page can be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def close(self) -> None:
        """Close the browser; faults that nobody looked at fail the test."""
        self.context.close()
        assert self.faults == []


class People:
    """Opens browsers for the people of the demonstration."""

    def __init__(self, chromium: Browser, portal: "Portal") -> None:
        self.chromium, self.portal = chromium, portal
        self.cast = portal.cast()
        self.sessions: dict[str, tuple[float, Any]] = {}
        self.used_codes: dict[str, set[str]] = {}
        self.open: list[Visit] = []

    def nobody(self, size: tuple[int, int] = DESKTOP, **options: Any) -> Visit:
        """A browser in which nobody is signed in."""
        context = self.chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        visit = Visit(context, self.portal.url)
        self.open.append(visit)
        return visit

    def at(self, username: str, *, anew: bool = False, **options: Any) -> Visit:
        """A browser in which this person is signed in; `options` as for a Playwright context, and `size`."""
        begun, session = self.sessions.get(username, (-math.inf, None))
        if anew or time.monotonic() - begun > PROVEN_S:
            begun = time.monotonic()
            visit = self.nobody(**options)
            self.sign_in(visit, username)
            if anew:
                return visit
            session = visit.context.storage_state()
        else:
            visit = self.nobody(storage_state=session, **options)
        self.sessions[username] = begun, session
        return visit

    def sign_in(self, visit: Visit, username: str) -> None:
        """From the sign-in page to the first page of the seat."""
        person, page = self.cast[username], visit.page
        if "/accounts/login/" not in page.url:
            visit.go("/accounts/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(person["password"])
        visit.press("Sign in")
        if person["totp_secret"]:
            page.get_by_label("Code").fill(self.next_code(username, person["totp_secret"]))
            visit.press("Continue")
        page.wait_for_url(lambda url: not url.startswith(f"{self.portal.url}/accounts/"))

    def next_code(self, username: str, secret: str) -> str:
        """A code that was not used yet: of this half minute, or of the next, as from a clock that is ahead.

        Whoever has used both waits, as a person would.
        """
        used = self.used_codes.setdefault(username, set())
        while not (fresh := [one for ahead in (0, CODE_S) if (one := code(secret, time.time() + ahead)) not in used]):
            time.sleep(0.5)
        used.add(fresh[0])
        return fresh[0]

    @property
    def contexts(self) -> list[BrowserContext]:
        """Of the browsers that are open, as a Playwright browser has them."""
        return [visit.context for visit in self.open]

    def leave(self) -> None:
        """Close all browsers; the first fault in any of them fails the test."""
        visits, self.open = self.open, []
        for visit in visits:
            visit.context.close()
        assert [fault for visit in visits for fault in visit.faults] == []


@pytest.fixture(scope="package")
def _everybody(portal: "Portal") -> Iterator[People]:
    """One Chromium for the folder; missing, it is named."""
    program = find_chromium()
    if program is None:
        pytest.fail(MISSING) if is_required() else pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE_MS)  # other tests share the machine
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield People(chromium, portal)
        chromium.close()


@pytest.fixture
def people(_everybody: People) -> Iterator[People]:
    """People with browsers; all are closed after the test, and none may have met a fault."""
    yield _everybody
    _everybody.leave()
