"""The portal's main job, by its pages alone: from a carrier's list to what a State did with the man on it."""

import re

import pytest
from playwright.sync_api import expect

from tests.running.browser import People, Visit
from tests.running.conftest import Portal
from tests.running.passengers import Wanted, a_file

pytestmark = pytest.mark.browser
NEVER_SAID_TO_A_CARRIER = re.compile(r"\b(hits?|match(es|ed)?|screen(ed|ing)?|watch ?lists?|wanted)\b", re.IGNORECASE)


def put_on_the_list(keeper: Visit, man: Wanted) -> None:
    """Jamaica's intelligence officer types an entry on the page for it."""
    keeper.go("/screening/lists/")
    keeper.follow("Add an entry")
    page = keeper.page
    page.get_by_label("List", exact=True).select_option("JAM-WATCH")
    for label, words in man.as_typed().items():
        page.get_by_role("textbox", name=label).fill(words)
    page.get_by_label("Sex").select_option("M")
    page.get_by_label("Question", exact=True).check()
    page.get_by_label("All Member States and Associate Members").check()
    page.get_by_role("textbox", name="Reason").fill("Wanted for questioning in Kingston.")
    keeper.press("Add the entry")
    expect(page.get_by_role("heading", level=1)).to_contain_text(man.surname)


def send_list(agent: Visit, text: str) -> None:
    """The carrier's agent chooses a file and sends it; the receipt's page is what they see next."""
    agent.go("/jrcc/manifests/")
    agent.page.get_by_label("Manifest file").set_input_files(a_file(text))
    agent.press("Send the manifest")
    expect(agent.page.get_by_role("heading", name="Receipt")).to_be_visible()


def refer(watch: Visit, note: str) -> None:
    """The officer of the watch sends the hit that is open to the State of arrival."""
    watch.page.locator("summary", has_text="Refer").click()
    watch.page.get_by_label("Note for the State").fill(note)
    watch.press("Refer")
    expect(watch.page.get_by_text("The JRCC writes:")).to_be_visible()


def in_the_queue(man: Wanted, visit: Visit):
    """The man's line in the hit queue of a floor."""
    return visit.page.locator("#queue a.hit", has_text=man.surname)


def figures(visit: Visit) -> tuple[list[float], float]:
    """(evidence as shown, their sum as shown), in log-odds."""
    cells = [text.replace("\N{MINUS SIGN}", "-") for text in visit.page.locator("table.ledger td.v").all_inner_texts()]
    *evidence, total = map(float, cells)
    return evidence, total


def test_a_man_on_jamaicas_list_is_met_in_barbados_and_everybody_learns_his_part(people: People, portal: Portal):
    man = Wanted(0)
    jamaica, agent = people.at("jam.intelligence.officer"), people.at("7t.carrier.agent")
    watch, barbados = people.at("jrcc.watch.officer"), people.at("brb.border.officer")
    trinidad = people.at("tto.border.officer")
    put_on_the_list(jamaica, man)
    watch.go("/jrcc/floor/")
    barbados.go("/jrcc/floor/")

    # the carrier's agent: receipt, reading, answer, and no word of what else happens
    send_list(agent, man.list())
    expect(agent.page.get_by_role("heading", name="Our answer (CUSRES)")).to_be_visible()
    page = agent.path()
    agent.follow("Journey and people as read")
    assert man.surname in agent.text()
    agent.go(page)
    agent.page.get_by_role("heading", name="Our answer (CUSRES)").click()
    assert "UNB+" in agent.page.get_by_label("Answer", exact=True).inner_text()
    for path in (agent.path(), "/jrcc/manifests/", "/people/desk/", "/jrcc/deadlines/", f"/search/?q={man.surname}"):
        agent.go(path)
        assert not NEVER_SAID_TO_A_CARRIER.search(agent.text())
        assert agent.violations() == []

    # the JRCC's floor, open since before: flight and hit come by themselves
    expect(in_the_queue(man, watch)).to_be_visible()
    expect(watch.page.locator("#board a.fl", has_text=man.flight)).to_be_visible()
    in_the_queue(man, watch).click()
    expect(watch.page.get_by_role("heading", level=2, name=man.surname)).to_be_visible()
    compared = watch.page.get_by_role(
        "table", name="Field by field comparison of the traveller with the watchlist entry"
    )
    expect(compared.get_by_role("row", name="Document")).to_contain_text(man.document)
    evidence, total = figures(watch)
    assert len(evidence) > 3
    assert sum(evidence) == pytest.approx(total, abs=0.005 * len(evidence) + 0.005)
    assert watch.violations() == []
    watch.press("Claim 1")
    expect(in_the_queue(man, watch)).to_contain_text("Mine")
    refer(watch, "Compare the photo page of the passport.")
    hit = watch.page.get_by_role("link", name="Open as a page").get_attribute("href")

    # Barbados, where they land, sees them come; Trinidad and Tobago does not
    expect(in_the_queue(man, barbados)).to_be_visible()
    trinidad.go("/jrcc/floor/")
    assert in_the_queue(man, trinidad).count() == 0
    assert trinidad.go(hit).status == 404
    assert man.surname not in trinidad.text()
    assert trinidad.violations() == []
    in_the_queue(man, barbados).click()
    expect(barbados.page.get_by_text("Compare the photo page of the passport.")).to_be_visible()
    barbados.press("Acknowledge 1")
    expect(in_the_queue(man, barbados)).to_contain_text("Acknowledged")
    barbados.page.locator("summary", has_text="Record outcome").click()
    barbados.page.get_by_label("Outcome").select_option(label="Questioned")
    barbados.page.get_by_label("Note", exact=False).last.fill("Met at gate 9, statement taken.")
    assert barbados.violations() == []
    barbados.press("Record outcome")
    expect(barbados.page.get_by_text("Met at gate 9, statement taken.")).to_be_visible()

    # how it ended comes back to the JRCC's open page and to the owner of the entry
    expect(watch.page.locator("#detail")).to_contain_text("Met at gate 9, statement taken.")
    jamaica.go("/jrcc/hits/")
    jamaica.page.get_by_role("row", name=man.surname).get_by_role("link").first.click()
    expect(jamaica.page.get_by_text("Questioned").first).to_be_visible()
    assert jamaica.violations() == []
    jamaica.page.get_by_role("link", name="J-").first.click()
    expect(jamaica.page.get_by_role("table", name="Hits")).to_contain_text("Questioned")

    # Jamaica's head reads who looked at Jamaica's record, and the chain of all of it holds
    head = people.at("jam.intelligence.head")
    head.go("/audit/?owner_party=JAM&outcome=read")
    assert "BRB.border" in head.text()
    assert head.violations() == []
    assert "verified" in portal.manage("verify_audit")
