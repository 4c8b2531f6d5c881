"""Watchlists in a browser: a file is looked at before it counts; the pages of lists without faults."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import People
from tests.running.passengers import a_file

pytestmark = pytest.mark.browser
TABLE = "ref,surname,given_names,birth_date,instruction\nB-1,PROBEWELL,ALMA,1980-05-17,question\nB-2,,,,\n"


def test_an_officer_looks_at_a_file_and_applies_it(people: People):
    officer = people.at("jam.intelligence.officer")
    officer.go("/screening/lists/")
    assert officer.violations() == []
    officer.page.get_by_role("main").locator("tbody th a").first.click()
    officer.page.wait_for_url("**/screening/lists/*/")
    officer.page.locator(".ph summary", has_text="More").click()
    assert officer.violations() == []
    officer.page.get_by_role("link", name="Import a file").click()
    assert officer.violations() == []
    officer.page.get_by_label("File", exact=True).set_input_files(a_file(TABLE, "list.csv"))
    officer.press("Read the file")
    expect(officer.page.get_by_role("heading", name="What it would change")).to_be_visible()
    assert "neither a name nor a document number" in officer.text()
    assert officer.violations() == []
    officer.press("Apply")
    expect(officer.page.get_by_role("heading", name="What it changed")).to_be_visible()
    officer.go("/screening/clearances/")
    assert officer.violations() == []
    assert officer.faults == []
