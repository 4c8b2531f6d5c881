"""One decision as three States see it: whose action it is, another Member State, an Associate Member."""

import pytest
from playwright.sync_api import expect

from tests.running.browser import People

pytestmark = pytest.mark.browser

WORDS, CAUSE = "Seven ports are surveyed", "A hurricane closed two of the ports"
LINE = "names the ports at which pleasure craft may clear"


def test_jamaica_barbados_and_the_cayman_islands_see_three_truths_of_one_decision(people: People):
    jamaica = people.at("jam.ministry.decider")
    jamaica.go("/impacs/obligations/")
    jamaica.page.locator("tr", has_text=LINE).locator("th a").click()
    main = jamaica.page.get_by_role("main")
    expect(main).to_contain_text(WORDS)
    action = jamaica.path()
    jamaica.follow("Request 1")
    expect(main).to_contain_text(CAUSE)
    request = jamaica.path()

    barbados = people.at("brb.ministry.decider")
    assert barbados.go(action).status == 200
    main = barbados.page.get_by_role("main")
    expect(main).to_contain_text("Jamaica and IMPACS can read what Jamaica reports.")
    expect(main).to_contain_text("An extension has been requested and is not yet decided.")
    expect(main).not_to_contain_text(WORDS)
    assert barbados.go(request).status == 404

    cayman = people.at("cym.ministry.decider")
    assert cayman.go(action).status == 404
    cayman.go("/impacs/matrix/")
    heads = cayman.page.locator("table.mx thead th abbr")
    expect(heads).to_have_text(["CYM"])
    expect(cayman.page.locator("table.mx")).not_to_contain_text(LINE)


def test_impacs_finds_the_request_where_it_waits_and_the_director_decides(people: People):
    office = people.at("impacs.secretariat.manager")
    office.go("/impacs/verification/")
    line = office.page.locator("tr", has_text="JAM").filter(has_text="delegated")
    expect(line).to_have_count(1)
    line.locator("th a").click()
    office.follow("Grant")
    office.send("Grant")
    expect(office.page.get_by_role("main")).to_contain_text("Granted")
    jamaica = people.at("jam.ministry.decider")
    jamaica.go("/impacs/obligations/")
    expect(jamaica.page.locator("tr", has_text=LINE)).to_contain_text("originally")
