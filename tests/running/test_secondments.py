"""A person of Guyana at the watch of the demonstration: asked for, sent, marked wherever they act, called back."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.running.browser import NARROWEST, People

pytestmark = pytest.mark.browser
JRCC, GUYANA, OFFICER = "jrcc.administration.administrator", "guy.administration.administrator", "guy.contact.officer"
BADGE = "Seconded from GUY"


def test_the_jrcc_asks_guyana_agrees_and_either_ends_it(people: People):
    last = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=60)).isoformat()
    there, home = people.at(JRCC), people.at(GUYANA)
    there.go("/people/secondments/")
    expect(there.page.get_by_text("Seconded from BRB").first).to_be_visible()
    there.follow("Request a person")
    page = there.page
    page.get_by_label("Username").fill(OFFICER)
    page.get_by_label("Desk and role").select_option("JRCC.watch:officer")
    page.get_by_label("Last day").fill(last)
    page.get_by_label("Reason").fill("liaison for the season")
    assert there.violations() == []
    there.send("Request this person")
    expect(page.get_by_text("An administrator of GUY answers it.")).to_be_visible()

    home.go("/people/secondments/")
    home.page.get_by_role("main").locator("a", has_text=people.cast[OFFICER]["name"]).first.click()
    expect(home.page.get_by_text("Before: what this person sees now")).to_be_visible()
    assert home.violations() == []
    home.follow("Agree")
    home.send("Agree")

    officer = people.at(OFFICER, anew=True)  # a session of its own: it ends with the seat
    officer.go("/people/desk/")
    officer.page.get_by_role("button", name="Switch desk, acting as").click()
    officer.page.locator("#seat").get_by_role("button", name=BADGE).click()
    head = officer.page.get_by_role("banner")
    expect(head.get_by_text(BADGE)).to_be_visible()
    assert officer.violations() == []
    officer.page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    assert not officer.is_wider_than_window()

    there.go("/people/accounts/")
    there.page.get_by_role("main").locator("a", has_text=people.cast[OFFICER]["name"]).first.click()
    there.follow("End this appointment")
    there.page.get_by_label("Reason").fill("the season is over")
    there.send("End this appointment")
    # their open page goes by itself: nobody has touched it
    expect(officer.page.get_by_role("banner").get_by_text(BADGE)).to_have_count(0)
