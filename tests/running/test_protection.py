"""A person's request in browsers: recorded, looked for at two desks, prepared by one, released by another."""

import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.running.browser import PHONE, People, Visit

pytestmark = pytest.mark.browser
OVERSIGHT, ADMIN = "jam.oversight.officer", "jam.administration.administrator"
BORDER, INTELLIGENCE = "jam.border.officer", "jam.intelligence.officer"
LETTER = "The person, by letter of the 3rd"


def a_traveller(people: People) -> dict[str, Any]:
    """Somebody whom Jamaica's border desk holds."""
    with people.portal.program("JAM.border", "read") as program:
        rows = program.get("/api/v1/jrcc/travellers/").json()["results"]
    return next(row for row in rows if row["birth_date"] and row["surname"] and row["given_names"])


def look_at(visit: Visit) -> None:
    """Sound and within the window, at a desk and on a telephone."""
    wide = visit.page.viewport_size
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not visit.is_wider_than_window(), visit.path()
    assert visit.violations() == []
    visit.page.set_viewport_size(wide)


def record(officer: Visit, person: dict[str, Any]) -> str:
    """Write the letter down, with a mistake at first; the request's address."""
    page = officer.page
    officer.go("/protection/requests/")
    look_at(officer)
    officer.follow("Record a request")
    look_at(officer)
    page.get_by_label("Surname").fill(person["surname"])
    page.get_by_label("Given names").fill(person["given_names"])
    page.get_by_label("Date of birth").fill("the ninth of April")
    page.get_by_label("Requester", exact=False).first.fill(LETTER)
    page.get_by_label("Legal ground").fill("Data Protection Act, s. 6")
    page.get_by_label("Received on").fill(datetime.datetime.now(datetime.UTC).date().isoformat())
    officer.send("Record a request")
    look_at(officer)
    expect(page.get_by_label("Requester", exact=False).first).to_have_value(LETTER)
    page.get_by_label("Date of birth").fill(person["birth_date"])
    officer.send("Record a request")
    expect(page.locator(".ph .mono")).to_contain_text("DS-JAM-")
    look_at(officer)
    return officer.path()


def note(people: People, who: str, place: str) -> Visit:
    """A desk is asked in its inbox, looks at what it holds, and notes it."""
    visit = people.at(who)
    visit.go(place)
    visit.follow("What my desk sees")
    look_at(visit)
    visit.send("Record what my desk holds")
    expect(visit.page.get_by_role("main")).to_contain_text("What the desks recorded")
    look_at(visit)
    return visit


def test_a_request_goes_from_the_letter_to_the_answer(people: People):
    person = a_traveller(people)
    officer = people.at(OVERSIGHT)
    place = record(officer, person)
    number = officer.page.locator(".ph .mono").inner_text()

    border = note(people, BORDER, place)
    expect(border.page.get_by_role("main")).to_contain_text("JAM.border")
    note(people, INTELLIGENCE, place)
    expect(border.page.get_by_role("link", name="Prepare the answer")).to_have_count(0)

    officer.go(place)
    officer.follow("Prepare the answer")
    look_at(officer)
    officer.page.get_by_label("Outcome").select_option(label="Data given")
    officer.page.get_by_label("Note with the data").fill("Kept for 90 days after the journey.")
    officer.send("Prepare the answer")
    expect(officer.page.get_by_role("main")).to_contain_text("The answer as prepared")
    expect(officer.page.get_by_role("main")).to_contain_text(person["surname"])
    look_at(officer)

    admin = people.at(ADMIN)
    admin.go("/people/desk/")
    admin.page.get_by_role("main").locator("li.row", has_text=number).get_by_role("link").first.click()
    look_at(admin)
    admin.follow("Release")
    look_at(admin)
    admin.send("Release the answer")
    expect(admin.page.get_by_role("main")).to_contain_text("Released by")
    look_at(admin)

    admin.go("/protection/requests/?state=released")
    expect(admin.page.get_by_role("main")).to_contain_text(number)
    look_at(admin)
    assert people.at("brb.administration.administrator").go(place).status == 404
