"""A report from writing to recall in browsers: its author, their releasing officer, and three recipients."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import PHONE, People, Visit
from tests.running.test_pages import look_at

pytestmark = pytest.mark.browser

TITLE, TEXT = "Night landings at Browser Bay", "Two open boats landed at Browser Bay at 02:10."
RECIPIENTS = ("JAM.contact", "TTO.contact", "GUY.contact")


def main(visit: Visit):
    return visit.page.get_by_role("main")


def write(author: Visit) -> str:
    """The address of the draft, handed in."""
    author.go("/rifc/reports/new/")
    author.page.get_by_label("Title", exact=True).fill(TITLE)
    author.page.locator("[name=paragraphs-1-text]").fill(TEXT)
    author.page.get_by_text("More: threat categories").click()
    author.page.get_by_label("Illicit drugs and trafficking").check()
    author.send("Continue")
    author.page.locator("[name=paragraphs-1-value]").fill("B2")
    author.page.locator("[name=paragraphs-1-source_type]").select_option("self")
    author.send("Continue")
    author.page.get_by_label("Find a State or desk").fill("jama")
    expect(author.page.locator("[name=plan][value='GUY.contact']")).to_be_hidden()
    author.page.locator("[name=plan][value='JAM.contact']").check()
    expect(author.page.locator("#audience")).to_contain_text("Jamaica")
    author.send("Continue")
    expect(main(author)).to_contain_text(TEXT)
    place = author.path().partition("revise/")[0]
    author.press("Submit")
    expect(main(author)).to_contain_text("In review")
    return place


def approve(head: Visit, place: str) -> None:
    head.go(place)
    head.press("Approve")
    expect(main(head)).to_contain_text("Approved")


def share(author: Visit, place: str) -> None:
    """The form says who would see it before anybody does."""
    author.go(f"{place}share/")
    for code in RECIPIENTS:
        author.page.locator(f"[name=to][value='{code}']").check()
    expect(author.page.locator("#audience")).to_contain_text("desks will be able to read it")
    expect(author.page.locator("#audience")).to_contain_text("Guyana")
    author.press("Share the report")
    expect(main(author)).to_contain_text("Shared")


def say_of_copies(visit: Visit, result: str, text: str, to: str = "") -> None:
    visit.page.get_by_label(result).check()
    visit.page.get_by_label("Which copies, or why not").fill(text)
    if to:
        visit.page.get_by_label("Forwarded to", exact=False).last.fill(to)
    visit.press("Tell the originator")
    expect(main(visit)).to_contain_text("Your answer")


def test_three_recipients_lose_a_report_in_one_moment_and_each_says_what_became_of_his_copies(people: People):
    author, head = people.at("brb.intelligence.officer"), people.at("brb.intelligence.head")
    place = write(author)
    approve(head, place)
    share(author, place)

    readers = {code: people.at(f"{code.lower()}.officer") for code in RECIPIENTS}
    for visit in readers.values():
        visit.go("/rifc/")
        visit.follow(TITLE)
        expect(main(visit)).to_contain_text(TEXT)
    jamaica, trinidad, guyana = readers.values()
    jamaica.press("Acknowledge receipt")
    expect(main(jamaica)).not_to_contain_text("Acknowledge receipt")
    author.go(place)
    expect(main(author)).to_contain_text("3 of 4 have opened it")

    head.go(f"{place}recall/")
    head.page.get_by_label("Reason").first.select_option("inaccurate")
    head.page.get_by_label("Message to recipients").fill("The day is wrong. A corrected report follows.")
    head.press("Recall the report")
    expect(main(head)).to_contain_text("Recalled.")

    for visit in readers.values():
        assert visit.go(place).status == 410
        expect(main(visit)).to_contain_text("The day is wrong.")
        assert TITLE not in visit.text()
        assert TEXT not in visit.text()
        visit.go("/rifc/")
        assert TITLE not in visit.text()
    jamaica.go(place)
    assert jamaica.violations() == []
    say_of_copies(jamaica, "All copies have been removed", "One print, destroyed.")
    trinidad.go(place)
    say_of_copies(trinidad, "Forwarded before the recall", "Read out to customs.", "TTO.customs")
    guyana.go(place)
    say_of_copies(guyana, "They cannot be removed", "It stands in a court file.")

    customs = people.at("tto.customs.officer")
    assert customs.go(place).status == 410
    assert TITLE not in customs.text()
    assert people.at("jam.customs.officer").go(place).status == 404
    head.go(place)
    answers = head.page.locator("section", has_text="What happened to the copies")
    for said in ("Copies removed", "It stands in a court file.", "TTO.customs", "received from another recipient"):
        expect(answers).to_contain_text(said)


PAGES = {
    "jam.contact.officer": [
        "/rifc/",
        "/rifc/?box=community",
        "/rifc/ > main a[data-item]",
        "/rifc/reports/new/",
        "/rifc/requests/",
        "/rifc/statistics/",
    ],
    "brb.intelligence.head": [
        "/rifc/?box=sent",
        "/rifc/?box=sent > main a[data-item]",
        "/rifc/?box=drafts > main a[data-item]",
    ],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_reports_have_no_fault_in_any_theme_or_width(people: People, username: str):
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_a_report_is_read_on_a_telephone_without_scripts(people: People):
    visit = people.at("jam.contact.officer", size=PHONE, java_script_enabled=False)
    visit.go("/rifc/")
    visit.page.locator("main a[data-item]").first.click()
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
