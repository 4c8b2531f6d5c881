"""A request for information in browsers from asking to its answer; pages of requests, things, search and rules."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import People, Visit
from tests.running.test_pages import look_at

pytestmark = pytest.mark.browser
ASKER, ASKED = "tto.contact.officer", "jam.contact.officer"
WRITER = "brb.intelligence.officer"
SUBJECT = "Owner of a blue pirogue"


def main(visit: Visit):
    return visit.page.get_by_role("main")


def test_a_request_is_asked_accepted_answered_and_closed(people: People):
    asker, asked = people.at(ASKER), people.at(ASKED)
    page = asker.page
    asker.go("/requests/new/")
    page.get_by_label("Subject", exact=True).fill(SUBJECT)
    page.get_by_label("Questions", exact=True).fill("Who owns the pirogue BLUE HERON?")
    page.get_by_label("Purpose").fill("A landing at night")
    page.get_by_label("Legal basis").fill("MoU, article 4")
    page.locator("[name=variants-1-to][value='JAM.contact']").check()
    page.get_by_label("Text for these desks").first.fill("Seen off the north coast.")
    asker.press("Save draft")
    page.wait_for_url(lambda url: "/new/" not in url)
    place = asker.path()
    assert asked.go(place).status == 404
    asker.send("Send")
    if asker.path() != place:
        asker.send("Send")
    expect(main(asker)).to_contain_text("JAM.contact")

    asked.go("/requests/")
    asked.follow(SUBJECT)
    assert asked.violations() == []
    asked.send("Accept")
    asked.follow("Answer")
    asked.page.get_by_label("Kind of answer").select_option("full")
    asked.page.locator("[name=answers-1-text]").fill("A fisherman of Kingston, known to us.")
    asked.press("Send the answer")
    expect(main(asked)).to_contain_text("A fisherman of Kingston")

    asker.go(place)
    expect(main(asker)).to_contain_text("A fisherman of Kingston, known to us.")
    assert asker.violations() == []
    assert people.at("guy.contact.officer").go(place).status == 404


PAGES = {
    WRITER: [
        "/screening/rules/",
        "/screening/rules/ > main tbody th a",
        "/screening/rules/new/",
        "/rifc/entities/",
        "/rifc/entities/where/",
        "/rifc/entities/same/",
        "/rifc/entities/ > main a[data-item]",
        "/rifc/entities/ > main a[data-item] > main a[href$='/chart/']",
        "/rifc/entities/ > main a[data-item] > main a[href$='/when/']",
        "/requests/",
        "/requests/?box=asked&show=all",
        "/search/?q=boat",
        "/search/?q=nothing-like-this",
        "/search/saved/",
        "/search/saved/new/?q=boat",
    ],
    ASKER: [
        "/requests/new/",
        "/requests/choice/",
        "/requests/overview/",
        "/requests/?box=asked&show=all > main a[data-item]",
        "/rifc/entities/same/choice/",
    ],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_sharing_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []
