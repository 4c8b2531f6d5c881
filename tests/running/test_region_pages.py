"""The pages of the region's register: no fault in any theme or width, readable without scripts, walked by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import People
from tests.running.test_pages import look_at, open_page

pytestmark = pytest.mark.browser

ALL = [
    "/region/",
    "/region/?system=APIS&as_of=2008-02-12",
    "/region/systems/APIS/",
    "/region/numbers/APIS/?as_of=2008-02-12",
    "/region/instruments/",
    "/region/instruments/TSA-2006/",
    "/region/laws/",
    "/region/laws/topics/CYBER_CRIME/",
    "/region/indicators/",
    "/region/indicators/FIREARMS_SEIZED/",
    "/region/initiatives/?as_of=2008-01-21",
]
PAGES = {
    "jam.ministry.decider": [
        *ALL,
        "/region/states/JAM/",
        "/region/states/JAM/ > main tbody th a",
        "/region/instruments/DEMO-PATROLS/",
        "/region/laws/ > main tbody td a",
        "/region/indicators/LAWS_IN_FORCE/?party=JAM",
    ],
    "impacs.secretariat.manager": [
        "/region/instruments/new/",
        "/region/indicators/new/",
        "/region/instruments/DEMO-PATROLS/",
    ],
    "cym.ministry.decider": ["/region/", "/region/laws/", "/region/states/CYM/"],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_the_register_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_pages_of_the_register_can_be_read_without_scripts(people: People):
    visit = people.at("jam.ministry.decider", java_script_enabled=False)
    for way in PAGES["jam.ministry.decider"]:
        open_page(visit, way)
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()


def test_the_map_is_walked_by_keyboard(people: People):
    visit = people.at("jam.ministry.decider", reduced_motion="reduce")
    visit.go("/region/?system=APIS&as_of=2008-02-12")
    state = visit.page.get_by_role("link", name="Barbados: in use (inferred)").first
    state.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/region/participations/**")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Barbados in APIS")
