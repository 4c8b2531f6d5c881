"""The room of a meeting is live: what one delegation sees changes when another acts, without loading the page again."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.running.browser import People, Visit
from tests.running.conftest import Portal

pytestmark = pytest.mark.browser
PRESENT = ["ATG", "BHS", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM"]


def did(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def meeting(portal: Portal) -> str:
    """The id of a hybrid meeting in session, with nine States and one item on its agenda."""
    office, barbados = portal.program("IMPACS.secretariat"), portal.program("BRB.ministry")
    # a sitting opens on the meeting's own days, and a meeting is called before its opening: the last minute of today
    opening = datetime.datetime.now(ZoneInfo("America/Barbados"))
    planned = {
        "organ": "COFAP",
        "starts_at": opening.strftime("%Y-%m-%d 23:59"),
        "ends_at": (opening + datetime.timedelta(days=1)).strftime("%Y-%m-%d 17:00"),
        "place": "Bridgetown",
        "mode": "hybrid",
        "chair": "BRB",
    }
    pk = did(office.post("/api/v1/council/meetings/", json=planned))["id"]
    acts = f"/api/v1/council/meetings/{pk}/actions/"
    did(office.post(f"{acts}convene/", json={"notice_waiver": "The matter cannot wait."}))
    did(office.post(f"{acts}open_agenda/", json={}))
    proposed = {"meeting": pk, "title": "Contacts day and night", "kind": "for_information"}
    item = did(barbados.post("/api/v1/council/items/", json=proposed))["id"]
    did(office.post(f"/api/v1/council/items/{item}/actions/accept/", json={}))
    did(office.post(f"{acts}close_agenda/", json={"missing": True}))
    did(office.post(f"{acts}call_roll/", json={"present": PRESENT}))
    did(office.post(f"{acts}start_session/", json={}))
    return str(pk)


def button(visit: Visit, words: str, whose: str) -> Locator:
    """The button of one line: its words are the same in each, the hidden ones say whose it is."""
    return visit.page.get_by_role("button", name=re.compile(f"^{words} ?: {whose}$"))


def mark(visit: Visit) -> None:
    """Leave a mark in the page that a load would wipe out."""
    visit.page.evaluate("window.unbroken = true")


def is_unbroken(visit: Visit) -> bool:
    return bool(visit.page.evaluate("window.unbroken === true"))


def test_presence_floor_and_speakers_appear_on_the_other_page_by_themselves(people: People, meeting: str):
    address = f"/council/meetings/{meeting}/room/"
    keeper, jamaica = people.at("impacs.secretariat.officer"), people.at("jam.ministry.decider")
    for visit in (keeper, jamaica):
        assert visit.go(address).status == 200
    mark(jamaica)
    expect(jamaica.page.get_by_text("9 of 15 present")).to_be_visible()
    keeper.send_by(button(keeper, "Arrived", "Trinidad and Tobago"))
    expect(jamaica.page.locator("#seat-TTO")).to_contain_text("Present")
    expect(jamaica.page.get_by_text("10 of 15 present")).to_be_visible()
    keeper.send_by(button(keeper, "Open the item", "Contacts day and night"))
    expect(jamaica.page.get_by_role("heading", name="Contacts day and night", level=2)).to_be_visible()
    assert is_unbroken(jamaica)
    mark(keeper)
    jamaica.send("Ask for the floor")
    expect(button(keeper, "Give the floor", "Jamaica")).to_be_visible()
    assert is_unbroken(keeper)
    assert jamaica.violations() == []
    assert keeper.violations() == []


def test_the_keyboard_goes_from_seat_to_seat(people: People, meeting: str):
    keeper = people.at("impacs.secretariat.officer")
    keeper.go(f"/council/meetings/{meeting}/room/")
    keeper.page.locator("#seat-ATG a[data-item]").focus()
    keeper.page.keyboard.press("ArrowDown")
    expect(keeper.page.locator("#seat-BHS a[data-item]")).to_be_focused()
    keeper.send_by(button(keeper, "Left", "Barbados"))
    expect(keeper.page.locator("#seat-BRB a[data-item]")).to_be_focused()
    keeper.page.keyboard.press("ArrowDown")
    expect(keeper.page.locator("#seat-BLZ a[data-item]")).to_be_focused()
