"""A spreadsheet with six defects, by the pages alone: columns asked about, findings mended in the page, answered."""

import datetime
import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.running.browser import People

pytestmark = pytest.mark.browser
NEVER_SAID = re.compile(r"\b(hits?|match(es|ed)?|screen(ed|ing)?|watch ?lists?|wanted)\b", re.IGNORECASE)
HEADINGS = ("Holder", "First name", "Gender", "DOB", "Nation", "Passport No", "Issued by", "Valid until")


def a_book() -> bytes:
    """Six defects: strange headings, open dates, no nationality, no number, an old passport, an unknown sex."""
    day = datetime.date.today() + datetime.timedelta(days=2)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Carrier", "7T", "Flight", 1990, "From", "KIN", "To", "BGI"])
    sheet.append(["Departure", f"{day} 14:00", "Arrival", f"{day} 17:30"])
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append(["OSTRAVEL", "MIRTE", "F", "05/06/1980", "SUR", "SR1000001", "SUR", f"{day.year + 4}-05-14"])
    sheet.append(["PELLENGOR", "ALDO", "M", "03/04/1979", "", "T1000002", "TTO", f"{day.year + 4}-05-14"])
    sheet.append(["DOUVERAND", "LENE", "F", "07/08/1975", "TTO", "", "TTO", f"{day.year + 4}-05-14"])
    sheet.append(["ISHMERALD", "CORWIN", "Q", "09/02/1968", "BRB", "B1000004", "BRB", "2020-01-31"])
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def test_a_sheet_with_six_defects_is_asked_about_mended_and_answered(people: People):
    agent = people.at("7t.carrier.agent")
    page = agent.page
    agent.go("/jrcc/manifests/")
    page.get_by_label("Manifest file").set_input_files(
        {"name": "guests.xlsx", "mimeType": "application/octet-stream", "buffer": a_book()}
    )
    agent.press("Send the manifest")

    # what its columns are, and which way its dates stand
    expect(page.get_by_role("heading", level=1)).to_have_text("What are these columns?")
    assert agent.violations() == []
    page.get_by_label("Holder").select_option("family")
    page.get_by_label("Nation", exact=True).select_option("nationality")
    page.get_by_text("Day first: 1980-06-05").click()
    agent.press("Send with these columns")

    # the receipt, then the findings with their fields
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.get_by_text("findings must be corrected")).to_be_visible()
    assert "Column E “Nation” of your sheet." in agent.text()
    page.get_by_text("Nothing to do: what was assumed").click()
    assert "as your desk has said before" in agent.text()
    assert agent.violations() == []
    page.get_by_label("Nationality of traveller 2").fill("XQZ")
    agent.press("Send corrections")
    expect(page.get_by_role("alert")).to_contain_text("not a known code")
    page.get_by_label("Nationality of traveller 2").fill("TTO")
    page.get_by_label("Document number of traveller 3").fill("T1000003")
    page.get_by_role("heading", name="Sex is not a known code").click()
    page.get_by_label("Sex of traveller 4").fill("M")
    page.get_by_role("heading", name="Document expires before arrival").click()
    page.get_by_label("Document expires of traveller 4").fill("31 1 2030")
    agent.press("Send corrections")

    # the next version: answered, the first one kept, what changed
    expect(page.get_by_role("heading", name="Versions of this manifest")).to_be_visible()
    expect(page.get_by_role("heading", name="Our answer (CUSRES)")).to_be_visible()
    assert "Needs correction" not in agent.text()
    assert not NEVER_SAID.search(agent.text())
    agent.follow("What changed in version 2")
    expect(page.get_by_role("cell", name="T1000003")).to_be_visible()
    assert not NEVER_SAID.search(agent.text())
    assert agent.violations() == []

    # the next sheet of this kind is not asked about again
    agent.go("/jrcc/manifests/")
    page.get_by_label("Manifest file").set_input_files(
        {"name": "again.xlsx", "mimeType": "application/octet-stream", "buffer": a_book()}
    )
    agent.press("Send the manifest")
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
