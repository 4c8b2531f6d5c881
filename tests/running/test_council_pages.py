"""The pages of the Council as each seat sees it, and those for which nobody needs an account."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.running.browser import People
from tests.running.test_pages import look_at, open_page

pytestmark = pytest.mark.browser

ROW, CELL = "main tbody th a", "main tbody td a"
DECISION = f"/council/decisions/?state=in_force > {ROW}"
PROPOSED = f"/council/decisions/?state=proposed > {ROW}"
MEETING = "/council/meetings/ > main tbody tr:has-text('Port of Spain') th a"
BRIEF = f"{MEETING} > main a[href$='/brief/']"
ROOM = f"{MEETING} > main a[href$='/room/']"
PAPER = f"/council/papers/ > {ROW}"
PROCEDURE = f"/council/procedures/ > {ROW}"
ACTION = f"/impacs/matrix/ > {CELL}[href*='/actions/']"
EACH_SEAT_ITS_OWN = ["/people/desk/", DECISION, MEETING, ROOM, PROCEDURE, ACTION, "/notices/"]
PAGES = {
    "impacs.secretariat.manager": [
        *EACH_SEAT_ITS_OWN,
        "/council/decisions/",
        "/council/meetings/",
        "/council/meetings/new/",
        "/council/procedures/new/",
        "/impacs/mandates/",
        "/impacs/verification/",
        "/impacs/verification/ > main tbody th a[href*='/extensions/']",
        "/impacs/verification/ > main li h3 a[href*='/assistance/']",
        "/impacs/verification/ > main tbody th a[href$='#ev'] > main a[href$='/return/']",
        "/impacs/verification/secondments/",
        "/impacs/matrix/?by=clause",
        "/people/desk/?team=on",
        "/impacs/escalations/",
        f"/impacs/escalations/ > {ROW}",
        "/impacs/offices/",
        PAPER,
        f"{PROPOSED} > main a[href$='/attach_financials/']",
        "/council/bodies/",
        "/council/contributions/",
        "/council/contributions/new/",
        "/notices/settings/",
    ],
    "jam.ministry.decider": [
        *EACH_SEAT_ITS_OWN,
        "/people/desk/?team=on",
        "/people/desk/?order=kind",
        "/people/desk/?of=nothing",
        "/impacs/against/",
        "/impacs/escalations/?shown=all",
        f"/impacs/escalations/ > {ROW}",
        "/impacs/offices/",
        "/council/decisions/?q=nowhere-at-all",
        "/council/decisions/new/",
        PROPOSED,
        f"{PROPOSED} > main a[href$='/propose_amendment/']",
        f"{DECISION} > main a[href$='?tab=votes']",
        f"{DECISION} > main a[href$='?tab=texts']",
        f"{DECISION} > main a[href$='?tab=history']",
        BRIEF,
        f"{BRIEF} > main a[href$='/position/']",
        f"{MEETING} > main tbody a[href*='/council/items/']",
        "/council/items/new/",
        "/council/papers/",
        "/council/papers/new/",
        PAPER,
        f"{PAPER} > main a[href*='/print/']",
        "/council/procedures/",
        f"{PROCEDURE} > main a[href*='/reply/']",
        "/impacs/matrix/",
        f"/impacs/matrix/ > {ROW}",
        "/impacs/obligations/",
        "/impacs/obligations/print/",
        f"/impacs/obligations/ > {ROW}[href*='/actions/'] > main a[href$='/add_evidence/']",
        f"/impacs/obligations/ > {ROW}[href*='/actions/'] > main a[href$='/hand_over/']",
        "/notices/ > main li h3 a",
        "/notices/settings/",
        "/notices/calendar/holidays/",
    ],
    "cym.ministry.decider": [*EACH_SEAT_ITS_OWN, "/impacs/obligations/"],
}
FOR_EVERYBODY = ["/register/", "/register/?q=nowhere-at-all", f"/register/ > {ROW}", "/verify/"]


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_the_council_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_pages_for_everybody_have_no_fault_in_any_theme_or_width(people: People):
    visit = people.nobody(reduced_motion="reduce")
    assert [fault for way in FOR_EVERYBODY for fault in look_at(visit, way)] == []


def test_pages_of_the_council_can_be_read_without_scripts(people: People):
    visit = people.at("jam.ministry.decider", java_script_enabled=False)
    for way in PAGES["jam.ministry.decider"]:
        open_page(visit, way)
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        headings = visit.page.locator("main h2")
        assert [one.inner_text() for one in headings.all() if not one.is_visible()] == [], way


def test_a_brief_is_printed_on_two_sheets_that_state_its_class_at_top_and_foot(people: People):
    visit = people.at("jam.ministry.decider")
    open_page(visit, BRIEF)
    marking = visit.page.locator(".cls b").first.inner_text()
    sheets = PdfReader(BytesIO(visit.page.pdf(prefer_css_page_size=True))).pages
    assert 1 <= len(sheets) <= 2
    assert [sheet.extract_text().replace(" ", "").count(marking) >= 2 for sheet in sheets] == [True] * len(sheets)
