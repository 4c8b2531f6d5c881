"""Texts under the keys of States in browsers: a key is made, a text written, two holders open it, one reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from demo.sealing import FOLDER, HOLDERS, PASSPHRASE
from tests.running.browser import People, Visit
from tests.running.test_pages import look_at

pytestmark = pytest.mark.browser
AUTHOR, HEAD, CONTACT = HOLDERS
STRANGER = "jam.intelligence.officer"
SECRET = "The skipper is known as Little Heron and lands on Thursdays."
KEYS, WRITE, OPENINGS = "/sealing/keys/", "/rifc/reports/new/sealed/", "/rifc/openings/"
TITLE = "Landing at night, sealed"
HIDDEN = "[sealed text]"
PAGES = {
    AUTHOR: [KEYS, f"{KEYS} > main tbody th a", WRITE, OPENINGS, "/rifc/"],
    "tto.administration.administrator": [KEYS, f"{KEYS} > main tbody th a"],
}


def everything_sent(visit: Visit) -> list[str]:
    """Bodies of all that this browser sends from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.url)
        sent.append((request.post_data_buffer or b"").decode(errors="replace"))

    visit.context.on("request", note)
    return sent


def release(visit: Visit, place: str, file: Path, passphrase: str = PASSPHRASE) -> None:
    visit.go(place)
    visit.page.get_by_label("Key file").set_input_files(file)
    visit.page.get_by_label("Passphrase of the file").fill(passphrase)
    visit.press("Release your share")


def waiting(visit: Visit) -> str:
    """Where the newest opening that waits for this holder is answered."""
    visit.go(OPENINGS)
    return str(visit.page.locator(f"main tbody a[href^='{OPENINGS}']").first.get_attribute("href"))


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_keys_and_openings_have_no_fault_in_any_theme_or_width(people: People, username: str) -> None:
    visit = people.at(username, reduced_motion="reduce")
    assert [fault for way in PAGES[username] for fault in look_at(visit, way)] == []


def test_a_key_is_made_in_the_browser_and_its_file_stays_there(people: People) -> None:
    visit = people.at(STRANGER)
    page, passphrase = visit.page, "a passphrase of the test"
    visit.go(KEYS)
    sent = everything_sent(visit)
    for label in ("Passphrase for the file, at least 16 characters", "The same once more"):
        page.get_by_label(label).fill(passphrase)
    with page.expect_download() as download:
        visit.press("Make the key and save its file")
    file = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    expect(page.locator("[data-fingerprint]")).to_have_text(file["fingerprint"])
    page.get_by_label("Reason").fill("Order of the Cabinet")
    visit.send("Register the key")
    expect(page.get_by_role("main")).to_contain_text(file["fingerprint"])
    said = "\n".join(sent)
    assert file.pop("public") in said
    private = [value for value in file.values() if isinstance(value, str) and len(value) > 60]
    assert private
    assert [value for value in (passphrase, *private) if value in said] == []


@pytest.fixture
def draft(people: People) -> dict[str, Any]:
    """A sealed draft and the browser in which it was written."""
    visit = people.at(AUTHOR)
    page = visit.page
    visit.go(WRITE)
    sent = everything_sent(visit)
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.locator("[data-sealed-summary]").fill("Landings on a beach.")
    page.locator("[data-sealed-text]").first.fill(SECRET)
    visit.send("Save draft")
    return {"visit": visit, "sent": sent, "place": visit.path()}


def test_nothing_of_the_text_leaves_the_browser_in_which_it_is_written(draft: dict[str, Any]) -> None:
    visit = draft["visit"]
    said = "\n".join(draft["sent"])
    assert TITLE.split(",")[0] in said
    assert [one for one in (SECRET, "Little Heron", "Landings on a beach") if one in said] == []
    assert HIDDEN in said
    visit.follow("Change the text")
    expect(visit.page.locator("[data-sealed-text]").first).to_have_value(SECRET)


def test_two_holders_open_a_text_for_one_reader_and_his_browser(people: People, draft: dict[str, Any]) -> None:
    elsewhere = people.at(AUTHOR)
    elsewhere.go(draft["place"])
    assert SECRET not in elsewhere.text()
    elsewhere.follow("Ask to open the text")
    elsewhere.page.get_by_label("Reason").fill("To check it before it goes out")
    elsewhere.send("Ask to open the text")

    head, contact = people.at(HEAD), people.at(CONTACT)
    place = waiting(head)
    release(head, place, FOLDER / f"{HEAD}.json", "the passphrase of somebody else")
    expect(head.page.get_by_role("alert").first).to_contain_text("passphrase")
    release(head, place, FOLDER / f"{CONTACT}.json")
    expect(head.page.get_by_role("alert").first).to_be_visible()
    release(head, place, FOLDER / f"{HEAD}.json")
    expect(head.page.get_by_role("main")).to_contain_text("A second holder is needed")
    assert head.violations() == []
    elsewhere.go(draft["place"])
    expect(elsewhere.page.get_by_role("button", name="Show the text in this browser")).to_have_count(0)
    release(contact, place, FOLDER / f"{CONTACT}.json")
    contact.page.get_by_text("Open", exact=True).first.wait_for()

    elsewhere.go(draft["place"])
    elsewhere.press("Show the text in this browser")
    expect(elsewhere.page.locator("[data-sealed-paragraph]").first).to_have_text(SECRET)
    assert elsewhere.violations() == []
    elsewhere.follow("Change the text")
    expect(elsewhere.page.locator("[data-sealed-text]").first).to_have_value(SECRET)

    other = people.at(AUTHOR)
    other.go(draft["place"])
    other.press("Show the text in this browser")
    expect(other.page.get_by_role("alert").first).to_be_visible()
    assert SECRET not in other.text()
