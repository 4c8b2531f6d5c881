"""The rail as people of twelve kinds of desk see it, and the palette by keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.pages.test_places import LANDING, PERSON
from tests.running.browser import PHONE, People

pytestmark = pytest.mark.browser
TWELVE = [
    "JAM.ministry", "JAM.border", "JAM.intelligence", "JAM.contact", "JAM.customs", "JAM.administration",
    "JAM.oversight", "7T.carrier", "IMPACS.secretariat", "JRCC.watch", "RIFC.watch", "RIFC.analysis",
]  # fmt: skip
LOWEST = 900
NAMES_THE_FIRST = """() => document.activeElement.getAttribute('aria-activedescendant') ===
    document.querySelector('#pal-l [role=option]').id"""


@pytest.mark.parametrize("desk", TWELVE)
def test_a_person_lands_at_their_job_and_sees_every_place_without_scrolling(desk: str, people: People) -> None:
    visit = people.at(PERSON[desk], size=(1440, LOWEST))
    visit.go("/")
    assert visit.path().partition("?")[0] == LANDING[desk]
    rail = visit.page.get_by_role("navigation", name="Places")
    places = rail.locator(".places a")
    assert 1 < places.count() <= 8
    for link in [*places.all(), *rail.locator(".r-foot a").all()]:
        box = link.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= LOWEST
        assert link.locator("span").first.inner_text().strip(), "a word stands beside the picture"
    assert not visit.is_wider_than_window()


def test_the_palette_is_worked_by_keyboard_and_gives_the_focus_back(people: People) -> None:
    visit = people.at(PERSON["JAM.ministry"])
    visit.go("/council/decisions/")
    page = visit.page
    opener = page.locator(".find .go")
    opener.focus()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Type a name")
    expect(field).to_be_focused()
    field.press_sequentially("my desk")
    options = page.locator("#pal-l [role=option]")
    answered = page.locator("#po-all")  # it repeats what was typed: fewer letters have an answer of their own
    expect(answered).to_contain_text("“my desk”")
    page.wait_for_function(NAMES_THE_FIRST)
    expect(options.filter(has_text="Needs us")).to_be_visible()
    chosen = options.first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_attribute("aria-selected", "false")
    assert visit.violations() == []
    page.keyboard.press("Escape")
    expect(page.locator("#pal")).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("/")
    field.fill("written procedures")
    expect(answered).to_contain_text("“written procedures”")
    page.wait_for_function(NAMES_THE_FIRST)
    wanted = page.locator("#pal-l a[href='/council/procedures/']")
    expect(wanted).to_be_visible()
    for _ in range(options.count()):
        if wanted.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
    expect(wanted).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/council/procedures/")


def test_what_fits_nothing_leads_to_the_search_of_every_record(people: People) -> None:
    visit = people.at(PERSON["7T.carrier"])
    visit.go("/jrcc/manifests/")
    visit.page.keyboard.press("/")
    field = visit.page.get_by_role("combobox", name="Type a name")
    field.press_sequentially("nothing-of-this-name")
    expect(visit.page.get_by_text("Nothing found.")).to_be_visible()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search/?q=nothing-of-this-name")


def test_enter_before_the_answer_searches_and_never_opens_what_was_chosen_before(people: People) -> None:
    visit = people.at(PERSON["7T.carrier"])
    visit.go("/jrcc/manifests/")
    visit.page.keyboard.press("/")
    expect(visit.page.locator("#pal-l [role=option][aria-selected=true]")).to_be_visible()
    visit.page.route("**/find/?**", lambda _route: None)  # it never comes
    visit.page.keyboard.type("performance")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search/?q=performance")


def test_without_scripts_the_field_leads_to_the_search_and_more_opens(people: People) -> None:
    visit = people.at(PERSON["JAM.border"], java_script_enabled=False)
    visit.go("/rifc/")
    visit.page.locator(".place-tabs summary").click()
    expect(visit.page.get_by_role("link", name="Release requests")).to_be_visible()
    visit.page.locator(".find .go").click()
    visit.page.wait_for_url("**/search/")


def test_on_a_telephone_the_rail_opens_over_the_page(people: People) -> None:
    visit = people.at(PERSON["JRCC.watch"], size=PHONE)
    visit.go("/jrcc/hits/")
    rail = visit.page.get_by_role("navigation", name="Places")
    expect(rail).to_be_hidden()
    visit.page.get_by_role("button", name="Open navigation").click()
    expect(rail.get_by_role("link", name="Watch floor")).to_be_visible()
    assert not visit.is_wider_than_window()
    assert visit.violations() == []
