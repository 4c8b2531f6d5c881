"""Each page as each seat sees it: for screen readers, in both themes, on a telephone, by keyboard, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import ALL_BUT_CONTRAST, CONTRAST, DESKTOP, NARROWEST, PHONE, People, Visit
from tests.running.passengers import Wanted
from tests.running.test_journey import in_the_queue, put_on_the_list, refer, send_list

pytestmark = pytest.mark.browser

OWN_DESK = ["/people/desk/", "/search/", "/audit/", "/not/there/"]
OWN_ACCOUNT = [
    "/search/?q=7T204",
    "/search/?q=nobody-at-all",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/audit/ > main td a",
]
PAGES = {
    "jrcc.watch.officer": [
        *OWN_DESK,
        "/jrcc/floor/",
        "/jrcc/floor/ > #queue a.hit",
        "/jrcc/hits/",
        "/jrcc/hits/?state=dismissed&grade=low",
        "/jrcc/hits/ > main tbody th a",
        "/jrcc/journeys/",
        "/jrcc/journeys/?day=12+Feb+2008",
        "/jrcc/journeys/ > main tbody th a",
        "/jrcc/journeys/ > main tbody th a > main .long tbody th a",
        "/jrcc/manifests/",
        "/jrcc/manifests/ > main tbody th a",
        "/jrcc/manifests/?grade=unreadable > main tbody th a",
        "/jrcc/deadlines/",
        "/screening/lists/",
        "/screening/lists/ > main tbody th a",
        "/screening/lists/ > main tbody th a > main tbody th a",
    ],
    "brb.border.officer": [
        *OWN_DESK,
        *OWN_ACCOUNT,
        "/jrcc/floor/",
        "/jrcc/floor/ > #queue a.hit",
        "/jrcc/hits/",
        "/jrcc/hits/ > main tbody th a",
        "/jrcc/journeys/",
        "/jrcc/journeys/ > main tbody th a",
        "/jrcc/journeys/ > main tbody th a > main .long tbody th a",
        "/jrcc/deadlines/",
        "/screening/lists/",
    ],
    "jam.intelligence.officer": [
        *OWN_DESK,
        "/jrcc/hits/",
        "/jrcc/hits/ > main tbody th a",
        "/screening/lists/",
        "/screening/lists/new/",
        "/screening/lists/ > main tbody th a",
        "/screening/lists/ > main tbody th a > main tbody th a",
        "/screening/lists/ > main tbody th a > main tbody th a > main a[href$='/change/']",
        "/screening/lists/ > main tbody th a > main tbody th a > main a[href$='/withdraw/']",
        "/screening/entries/new/",
    ],
    "7t.carrier.agent": [
        *OWN_DESK,
        "/jrcc/manifests/",
        "/jrcc/manifests/?grade=unreadable",
        "/jrcc/manifests/ > main tbody th a",
        "/jrcc/deadlines/",
    ],
    "jam.administration.administrator": [
        *OWN_DESK,
        "/people/accounts/",
        "/people/accounts/?q=nobody-at-all",
        "/people/accounts/ > main tbody th a",
        "/people/accounts/?q=jam.border.officer > main tbody th a > main a[href$='/end/']",
        "/people/keys/",
    ],
    "jam.ministry.reader": OWN_DESK,
}
BEFORE_SIGN_IN = ["/accounts/login/", "/accounts/login/?next=/jrcc/floor/", "/accounts/new/", "/accounts/inactive/"]
NOT_THERE = "/not/there/"
ROWS = 12
SHORTEN = """most => {
  for (const list of document.querySelectorAll('main tbody, main ul, main ol, main key-list'))
    [...list.children].slice(most).forEach(row => row.remove());
}"""
"""The rows of a list are made alike: those after the first dozen tell nothing more, and each takes its time."""
ON_A_TELEPHONE = [
    *("/people/desk/", "/jrcc/floor/", "/jrcc/floor/ > #queue a.hit", "/jrcc/hits/?state=dismissed&grade=low"),
    *("/jrcc/journeys/ > main tbody th a > main .long tbody th a", "/screening/lists/", "/audit/"),
]
"""A list, a table, a record and a form each."""


def open_page(visit: Visit, way: str) -> None:
    """Open an address and follow links: `/address/ > selector of a link > selector of a link on the page after`."""
    address, *links = way.split(" > ")
    response = visit.go(address)
    for selector in links:
        response = visit.go(visit.page.locator(selector).first.get_attribute("href"))
    assert response.status == (404 if address == NOT_THERE else 200), way


def look_at(visit: Visit, way: str) -> list[str]:
    """What is wrong with a page: for axe in both themes and widths, for the narrowest window, for its title.

    Colours are looked at on the wide page alone, in each theme: a telephone gives them other places, and what it has of
    its own is test_what_only_a_telephone_shows_has_no_fault_in_any_theme's.
    """
    page, wrong = visit.page, []
    open_page(visit, way)
    page.evaluate(SHORTEN, ROWS)
    wrong += [f"{DESKTOP[0]} px, {fault}" for fault in visit.violations()]
    page.emulate_media(color_scheme="dark")
    wrong += [f"{DESKTOP[0]} px dark, {fault}" for fault in visit.violations(CONTRAST)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    wrong += [f"{PHONE[0]} px, {fault}" for fault in visit.violations(ALL_BUT_CONTRAST)]
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    if visit.is_wider_than_window():
        wrong.append(f"{visit.path()}: sideways scroll at {NARROWEST[0]} px")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return wrong


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_a_seat_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_what_only_a_telephone_shows_has_no_fault_in_any_theme(people: People):
    visit, wrong = people.at("jrcc.watch.officer", size=PHONE, reduced_motion="reduce"), []
    for way in ON_A_TELEPHONE:
        open_page(visit, way)
        visit.page.evaluate(SHORTEN, ROWS)
        for theme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=theme)
            wrong += [f"{theme}, {fault}" for fault in visit.violations(CONTRAST)]
    assert wrong == []


def test_pages_before_sign_in_have_no_fault_in_any_theme_or_width(people: People):
    visit = people.nobody(reduced_motion="reduce")
    assert [fault for way in BEFORE_SIGN_IN for fault in look_at(visit, way)] == []


# --- by keyboard ---------------------------------------------------------------------------------------------------

FOCUS_IS_VISIBLE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nothing has the focus';
  const look = getComputedStyle(at), ring = parseFloat(look.outlineWidth) > 0 && look.outlineStyle !== 'none';
  const box = at.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!ring) return `no ring around ${at.outerHTML.slice(0, 120)}`;
  const inView = seen && (at.contains(seen) || seen.contains(at) || at.labels?.length);
  return inView ? '' : `${at.outerHTML.slice(0, 120)} is covered`;
}"""

HAS_THE_FOCUS = """([tag, words]) => {
  const at = document.activeElement, label = at.labels?.[0]?.innerText ?? at.ariaLabel ?? '';
  return at.matches(tag) && `${at.innerText ?? ''} ${label}`.includes(words);
}"""


def press(visit: Visit, *keys: str) -> None:
    """Press keys one after the other; where the focus then stands must be seen."""
    for key in keys:
        visit.page.keyboard.press(key)
        assert visit.page.evaluate(FOCUS_IS_VISIBLE) == ""


def tab_to(visit: Visit, words: str, *, tag: str) -> None:
    """Go forward with Tab until the control with these words has the focus."""
    for _ in range(visit.stops()):
        press(visit, "Tab")
        if visit.page.evaluate(HAS_THE_FOCUS, [tag, words]):
            return
    raise AssertionError(f"no {tag} with {words!r} was reached")


def a_hit_with_barbados(people: People, man: Wanted) -> None:
    """The man is on Jamaica's list and on a flight, and the JRCC has referred the hit."""
    put_on_the_list(people.at("jam.intelligence.officer"), man)
    send_list(people.at("7t.carrier.agent"), man.list())
    watch = people.at("jrcc.watch.officer")
    watch.go("/jrcc/floor/")
    in_the_queue(man, watch).click()
    refer(watch, "Compare the photo page.")


def test_an_officer_signs_in_and_closes_a_hit_by_keyboard_alone(people: People):
    man = Wanted(1)
    a_hit_with_barbados(people, man)
    officer = people.nobody()
    officer.go("/")
    tab_to(officer, "Username", tag="input")
    officer.page.keyboard.type("brb.border.officer")
    tab_to(officer, "Password", tag="input")
    officer.page.keyboard.type(people.cast["brb.border.officer"]["password"])
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/jrcc/border/")
    tab_to(officer, "Journeys", tag="a")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/jrcc/journeys/")
    tab_to(officer, "Live floor", tag="a")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/jrcc/floor/")
    tab_to(officer, "Hits", tag="key-list")
    press(officer, "j", "j", "k")
    while not officer.page.evaluate(HAS_THE_FOCUS, ["a.hit", man.surname]):
        press(officer, "j")
    officer.page.keyboard.press("Enter")
    expect(officer.page.get_by_role("heading", level=2, name=man.surname)).to_be_visible()
    press(officer, "2", "Enter")
    tab_to(officer, "Outcome", tag="select")
    officer.page.keyboard.type("Refused")
    tab_to(officer, "Note", tag="textarea")
    officer.page.keyboard.type("Sent back on the same aircraft.")
    tab_to(officer, "Record outcome", tag="button")
    officer.page.keyboard.press("Enter")
    expect(officer.page.get_by_text("Sent back on the same aircraft.")).to_be_visible()
    expect(officer.page.locator("#detail")).to_contain_text("Refused entry.")
    assert officer.page.evaluate(FOCUS_IS_VISIBLE) == ""


# --- without scripts -----------------------------------------------------------------------------------------------


def test_the_main_job_and_a_change_of_seat_work_without_scripts(people: People):
    man = Wanted(2)
    put_on_the_list(people.at("jam.intelligence.officer"), man)
    agent = people.at("7t.carrier.agent", anew=True, java_script_enabled=False)
    send_list(agent, man.list())
    agent.page.wait_for_load_state()
    refresh = agent.page.get_by_role("link", name="Refresh")
    while refresh.count():
        agent.page.wait_for_timeout(500)
        refresh.click()
        agent.page.wait_for_load_state()
    expect(agent.page.get_by_role("heading", name="Our answer (CUSRES)")).to_be_visible()
    agent.follow("Journey and people as read")
    assert man.surname in agent.text()

    watch = people.at("jrcc.watch.officer", anew=True, java_script_enabled=False)
    watch.go("/jrcc/floor/")
    in_the_queue(man, watch).click()
    refer(watch, "Compare the photo page.")

    officer = people.at("brb.border.officer", anew=True, java_script_enabled=False)
    officer.go("/jrcc/floor/")
    in_the_queue(man, officer).click()
    officer.page.locator("summary", has_text="Record outcome").click()
    officer.page.get_by_label("Outcome").select_option(label="Not the person")
    officer.press("Record outcome")
    expect(officer.page.locator("#detail")).to_contain_text("Not the person.")

    two_seats = people.at("kna.border.officer", anew=True, java_script_enabled=False)
    two_seats.go("/people/desk/")
    change = two_seats.page.get_by_role("main").get_by_role("button", name="Switch to this appointment")
    other = change.inner_text().rpartition(", ")[2]
    with two_seats.page.expect_event("load"):
        change.click()
    two_seats.go("/people/desk/")
    seats = two_seats.page.get_by_role("complementary").get_by_role("listitem")
    expect(seats.filter(has_text="Current")).to_contain_text(other)
