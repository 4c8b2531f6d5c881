"""Seven States take positions and sign in browsers; the text is altered, and each sees that it is void."""

import pytest
from playwright.sync_api import expect

from demo.assessments.asked import PLAN
from tests.running.browser import People, Visit

pytestmark = pytest.mark.browser
PAGE = f"/rifc/assessments/{PLAN['key']}/"
LEAD, DIRECTOR = PLAN["lead"], PLAN["director"]
STATES = PLAN["terms"]["parties"]
DISSENT = "Both ports of ours were stopped in one week of 2019."
ALTERED = "Nine ports were told of demands for payment in 2026."


def signer(party: str) -> str:
    return f"{party.lower()}.intelligence.head"


def take(visit: Visit, judgement: int, position: str, text: str = "") -> None:
    visit.go(PAGE)
    visit.follow(f"Your position on judgement {judgement}")
    visit.page.get_by_label(position, exact=True).check()
    visit.page.get_by_label("Reservation or dissent").fill(text)
    visit.send("Record a position")
    expect(visit.page).to_have_url(visit.url + PAGE)


def sign(visit: Visit, password: str) -> None:
    visit.go(PAGE)
    visit.follow("Sign")
    visit.page.get_by_label("Your password").fill(password)
    visit.send("Sign")
    expect(visit.page).to_have_url(visit.url + PAGE)


def sign_off(visit: Visit) -> dict[str, str]:
    """{State: how far it is with its signature}, as the page says it."""
    visit.go(PAGE)
    lines = visit.page.locator("ul.sign li")
    return {line.split()[0]: line.split("\n")[-1].strip() for line in lines.all_inner_texts()}


def press(visit: Visit, name: str) -> None:
    visit.go(PAGE)
    visit.send(name)


def test_what_seven_states_have_signed_in_browsers_is_void_for_each_once_the_text_is_altered(people: People):
    heads = {party: people.at(signer(party)) for party in STATES}
    lead, director = people.at(LEAD), people.at(DIRECTOR)
    take(heads["KNA"], 2, "No position")
    take(heads["TTO"], 1, "Agrees")
    press(lead, "Close positions and request signatures")
    expect(lead.page.get_by_role("main")).to_contain_text("TTO has not recorded a position on every judgement")
    take(heads["TTO"], 2, "Agrees")
    take(heads["TTO"], 2, "Dissents", DISSENT)
    assert heads["TTO"].violations() == []
    expect(heads["TTO"].page.get_by_role("main")).to_contain_text(DISSENT)

    press(lead, "Close positions and request signatures")
    for party, visit in heads.items():
        sign(visit, people.cast[signer(party)]["password"])
    assert sign_off(heads["ATG"]) == dict.fromkeys(STATES, "Signed")

    director.go(PAGE)
    director.follow("Reopen positions")
    director.page.get_by_label("Reason").fill("The figures of two ports came late.")
    director.send("Reopen positions")
    lead.go(PAGE)
    lead.follow("Reopen the text")
    lead.page.get_by_label("Reason").fill("The figures of two ports came late.")
    lead.send("Reopen the text")
    lead.go(PAGE)
    lead.follow("Write Threat picture")
    lead.page.get_by_text("Write without the live editor").click()
    lead.page.locator("textarea[name=plain]").fill(ALTERED)
    lead.send("Replace the text")
    for visit in heads.values():
        assert sign_off(visit) == dict.fromkeys(STATES, "Void")
        main = visit.page.get_by_role("main")
        expect(main).to_contain_text("Signatures are void. The text or positions changed after signing.")
        expect(main).to_contain_text(ALTERED)
        assert DISSENT not in visit.text(), "positions were on other words"
    assert heads["ATG"].violations() == []
