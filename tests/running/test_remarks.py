"""Two drafters in one section of the demonstration: what one remarks stands in the other's page without a reload."""

import pytest
from playwright.sync_api import expect

from demo.assessments import PLAN
from tests.running.browser import People

pytestmark = pytest.mark.browser
BARBADOS, JAMAICA = "brb.intelligence.officer", "jam.intelligence.officer"
SECTION = "Outlook with scenarios"
BEGUN = "A remark that is begun"


def test_a_remark_of_another_appears_beside_one_that_is_begun_and_its_suggestion_in_the_text(people: People):
    reader, other = people.at(BARBADOS), people.at(JAMAICA)
    for visit in (reader, other):
        visit.go(f"/rifc/assessments/{PLAN['assessment']}/")
        visit.follow(f"Write {SECTION}")
        expect(visit.page.locator("[data-coedit][data-ready]")).to_have_count(1)
    page = reader.page
    page.evaluate("window.first = true")
    page.get_by_text("Add a remark or suggest a change").click()
    page.locator("[data-remark-form] [name=text]").fill(BEGUN)
    said = page.locator("#remark-list [role=status]")
    expect(said).to_contain_text("2 remarks")

    other.page.get_by_text("Add a remark or suggest a change").click()
    form = other.page.locator("[data-remark-form]")
    form.locator("[name=quote]").fill("two landing places")
    form.locator("[name=text]").fill("It is three by now.")
    form.locator("[name=suggests]").check()
    form.locator("[name=suggestion]").fill("three landing places")
    other.send_by(form.get_by_role("button", name="Remark", exact=True))

    expect(said).to_contain_text("3 remarks")
    expect(said).to_contain_text(", JAM")
    mine = page.locator("#remark-list li").filter(has_text="It is three by now.")
    expect(mine).to_contain_text("Open")
    expect(page.locator("[data-remark-form] [name=text]")).to_have_value(BEGUN)
    assert reader.violations() == []

    other.page.locator("#remark-list li").filter(has_text="It is three by now.").get_by_role(
        "link", name="Accept the suggestion"
    ).click()
    other.send("Accept a suggestion")
    expect(page.get_by_role("textbox", name="Text of the section")).to_contain_text("three landing places")
    expect(mine).to_contain_text("Accepted")
    assert page.evaluate("window.first"), "the page was never loaded again"
