"""The watch in browsers: a bulletin until its author sees who knows, a hand-over between two officers, all pages."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.running.browser import People, Visit
from tests.running.test_pages import look_at

pytestmark = pytest.mark.browser
OFFICER, LEAD, READER = "rifc.watch.officer", "rifc.watch.supervisor", "jam.contact.officer"
TITLE = "Grey pick-up without plates"


def main(visit: Visit):
    return visit.page.get_by_role("main")


def write(officer: Visit) -> str:
    """The address of a bulletin for two desks that NOFWD and EYES limit."""
    page = officer.page
    officer.go("/watch/bulletins/new/")
    page.get_by_label("Kind").select_option("warning")
    page.get_by_label("What to do").select_option("observe")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Text", exact=True).fill("Seen **twice** at the port of Browser Bay.")
    page.get_by_label("Short form").fill("Grey pick-up, no plates, port of Browser Bay: observe and report.")
    page.get_by_label("Area").fill("Port of Browser Bay")
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    page.get_by_label("Until (UTC)").fill(until.strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=handling][value=NOFWD]").check()
    for code in ("RIFC", "JAM", "TTO"):
        page.locator(f"[name=eyes][value={code}]").check()
    for code in ("JAM.contact", "TTO.contact"):
        page.locator(f"[name=to][value='{code}']").check()
    expect(page.locator("#audience")).to_contain_text("Jamaica")
    officer.send("Save draft")
    expect(main(officer)).to_contain_text("Draft")
    return officer.path()


def test_a_bulletin_is_issued_read_and_known_of_and_its_author_sees_it(people: People):
    officer, lead, reader = people.at(OFFICER), people.at(LEAD), people.at(READER)
    place = write(officer)
    assert reader.go(place).status == 404
    lead.go(place)
    lead.follow("Issue") if lead.page.get_by_role("main").get_by_role("link", name="Issue").count() else None
    lead.send("Issue")
    expect(main(lead)).to_contain_text("0 of 2 desks")

    reader.go("/watch/bulletins/")
    reader.follow(TITLE)
    expect(main(reader)).to_contain_text("No forwarding inside the recipient State")
    expect(reader.page.locator("body")).to_contain_text("EYES JAM/RIFC/TTO")
    assert reader.violations() == []
    reader.send("Acknowledge receipt")
    expect(main(reader)).not_to_contain_text("Acknowledge receipt for your desk.")
    assert people.at("guy.contact.officer").go(place).status == 404

    officer.go(place)
    expect(main(officer)).to_contain_text("1 of 2 desks")
    row = officer.page.locator("tr", has_text="JAM.contact")
    expect(row).not_to_contain_text("–")
    expect(officer.page.locator("tr", has_text="TTO.contact")).to_contain_text("–")


def test_a_watch_goes_from_one_officer_to_the_next_with_what_is_open(people: People):
    lead, officer = people.at(LEAD), people.at(OFFICER)
    lead.go("/watch/")
    number = lead.page.locator("#lg-h .mono").inner_text()
    lead.page.get_by_label("What happened").fill("Ring the harbour master back")
    lead.page.locator("details.more summary").click()
    lead.page.get_by_label("Keep open until done").check()
    lead.press("Add")
    expect(lead.page.locator("#log")).to_contain_text("Ring the harbour master back")
    lead.follow("Hand over")
    lead.page.locator("[name=signed]").check()
    lead.page.locator("[name=remarks]").fill("Quiet since midnight.")
    lead.send("Hand over")

    officer.go("/people/desk/")
    officer.follow("Take over: Watch of")
    expect(main(officer)).to_contain_text("Ring the harbour master back")
    expect(main(officer)).to_contain_text("Quiet since midnight.")
    assert officer.violations() == []
    officer.page.locator("[name=signed]").check()
    officer.send("Take over")
    officer.go("/watch/")
    expect(officer.page.locator("#lg-h .mono")).not_to_have_text(number)
    expect(main(officer)).to_contain_text("Ring the harbour master back")


PAGES = {
    OFFICER: [
        "/watch/",
        "/watch/logs/",
        "/watch/logs/ > main a[href*='/watch/logs/']",
        "/watch/bulletins/",
        "/watch/bulletins/?box=drafts",
        "/watch/bulletins/?box=ended",
        "/watch/bulletins/ > main a[data-item]",
        "/watch/bulletins/new/",
        "/watch/digests/",
        "/watch/digests/ > main a[data-item]",
        "/watch/digests/new/",
        "/watch/digests/ministries/",
        "/rifc/statistics/",
        "/rifc/reviews/",
    ],
    READER: ["/watch/bulletins/", "/watch/bulletins/ > main a[data-item]", "/watch/digests/ > main a[data-item]"],
    "jam.ministry.decider": ["/watch/digests/"],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_the_watch_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []
