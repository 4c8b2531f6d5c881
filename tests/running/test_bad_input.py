"""What people send by mistake: each gets a sentence at its place, keeps what was typed, and never a broken page."""

import pytest
from playwright.sync_api import expect

from bench.messages import a_list
from tests.running.browser import PATIENCE_MS, People, Visit
from tests.running.passengers import Wanted, a_file
from tests.running.test_journey import send_list

pytestmark = pytest.mark.browser
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(2000)
CUT = a_list(360)[: a_list(360).index("NAD+FL+++BREAKSPEAR")]
MEGABYTE = 2**20


def sent_by(agent: Visit, data: str | bytes, name: str = "list.edi") -> str:
    """What the page says after the agent has sent this file and the portal has read it."""
    agent.go("/jrcc/manifests/")
    agent.page.get_by_label("Manifest file").set_input_files(a_file(data, name))
    agent.press("Send the manifest")
    agent.page.wait_for_url(lambda url: not url.endswith("/manifests/"))
    if agent.page.get_by_role("heading", name="Receipt").is_visible():
        expect(agent.page.get_by_role("heading", name="The whole list")).to_be_visible(timeout=PATIENCE_MS)
    said = agent.text()
    if agent.page.get_by_role("link", name="Journey and people as read").is_visible():
        page = agent.path()
        agent.follow("Journey and people as read")
        said += agent.text()
        agent.go(page)
    return said


def receipt(agent: Visit) -> str:
    """The number on the receipt that the agent sees."""
    return agent.page.locator("dt:text-is('Receipt') + dd").inner_text()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "list.edi", "The file is empty. Choose another file."),
        (JPEG, "list.edi", "We cannot read manifests from images: send the PAXLST message or a"),
        (b"%PDF-1.7 list", "list.pdf", "This is a PDF."),
        (b"Good morning, the list follows.", "letter.txt", "Unreadable"),
        (CUT, "cut.edi", "The message breaks off; travellers after ALDERWICK may be missing."),
        (a_list(361).replace("BREAKSPEAR", "BR\u00c9AKSPEAR").encode("latin-1"), "latin.edi", "BR\u00c9AKSPEAR"),
    ],
    ids=["empty", "a picture", "a PDF", "a letter", "cut in the middle", "Latin-1"],
)
def test_a_file_that_is_no_good_list_is_answered_in_words(people: People, data: bytes, name: str, sentence: str):
    agent = people.at("7t.carrier.agent")
    assert sentence in sent_by(agent, data, name)
    assert agent.violations() == []


def test_the_same_file_twice_has_the_same_receipt(people: People):
    agent = people.at("7t.carrier.agent")
    send_list(agent, a_list(363))
    first = receipt(agent)
    send_list(agent, a_list(363))
    assert receipt(agent) == first


def test_parts_of_a_list_may_come_in_the_wrong_order(people: People):
    agent, watch = people.at("7t.carrier.agent"), people.at("jrcc.watch.officer")
    first, last = (
        a_list(number).replace(f"7T{1000 + number}", "7T1364").replace("+01:F'", f"+{part}'")
        for number, part in ((364, "01:C"), (365, "02:F"))
    )
    said = sent_by(agent, last)
    assert "Part 1 of the list has not arrived." in said
    assert "Send the missing part." in said
    watch.go("/search/?q=7T1364")
    watch.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(watch.page.get_by_role("main")).to_contain_text("Part of the manifest missing")
    sent_by(agent, first)
    watch.page.reload()
    expect(watch.page.get_by_role("main")).to_contain_text("Manifest complete")


def test_a_file_of_fifty_megabytes_is_refused_with_its_limit(people: People, tmp_path):
    large = tmp_path / "large.edi"
    large.write_bytes(b"UNA:+.? '" + bytes(50 * MEGABYTE))
    sentence = "the limit is 10 MB. Send the manifest in parts."
    agent, without_scripts = people.at("7t.carrier.agent"), people.at("7t.carrier.agent", java_script_enabled=False)
    for visit in (agent, without_scripts):
        visit.go("/jrcc/manifests/")
        visit.page.get_by_label("Manifest file").set_input_files(large)
        visit.press("Send the manifest")
        expect(visit.page.get_by_text(sentence).first).to_be_visible()
    assert agent.path() == "/jrcc/manifests/"


def test_the_thirty_first_of_february_is_no_birth_date_and_the_rest_is_kept(people: People):
    keeper, man = people.at("jam.intelligence.officer"), Wanted(3)
    keeper.go("/screening/entries/new/")
    page = keeper.page
    for label, words in {**man.as_typed(), "Date of birth": "1971-02-31"}.items():
        page.get_by_role("textbox", name=label).fill(words)
    page.get_by_label("Question", exact=True).check()
    keeper.press("Add the entry")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    birth = page.get_by_role("textbox", name="Date of birth")
    expect(birth).to_be_focused()
    expect(birth).to_have_value("1971-02-31")
    expect(page.get_by_label("Surname")).to_have_value(man.surname.capitalize())
    expect(page.get_by_label("Question", exact=True)).to_be_checked()
    assert keeper.violations() == []


def change_seat(visit: Visit) -> None:
    """In a second tab of the same browser: act in the other seat."""
    tab = visit.context.new_page()
    tab.goto(visit.url + "/people/desk/")
    with tab.expect_event("load"):  # the landing of some seats is the page on which they are changed
        tab.get_by_role("main").get_by_role("button", name="Switch to this appointment").click()
    assert "/people/seat/" not in tab.url
    tab.close()


def test_a_form_of_another_seat_is_refused_and_keeps_its_text_until_the_seat_is_right_again(people: People):
    officer = people.at("kna.border.officer", anew=True)
    officer.go("/screening/lists/new/")
    page, code = officer.page, f"KNA-{Wanted(5).document}"
    page.get_by_label("Code").fill(code)
    page.get_by_label("Name", exact=True).fill("Two tabs")
    change_seat(officer)
    expect(page.get_by_role("alert")).to_contain_text("You have switched to another desk")
    officer.press("Open the watchlist")
    expect(page.get_by_role("heading", level=1)).to_have_text("That page was opened at another desk")
    assert officer.violations() == []
    change_seat(officer)
    # the open page follows the seat by asking for its address again, never by sending the form again
    expect(page.get_by_role("heading", level=1)).to_have_text("Open a watchlist")
    page.go_back()
    expect(page.get_by_label("Code")).to_have_value(code)
    officer.press("Open the watchlist")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two tabs")


def test_what_was_typed_when_a_session_ended_is_there_after_signing_in_again(people: People):
    keeper = people.at("jam.intelligence.officer", anew=True)
    keeper.go("/screening/entries/new/")
    keeper.page.get_by_label("Surname").fill("Halfwritten")
    keeper.context.clear_cookies(name="sessionid")
    keeper.press("Add the entry")
    expect(keeper.page.get_by_text("What you typed is kept")).to_be_visible()
    assert keeper.violations() == []
    people.sign_in(keeper, "jam.intelligence.officer")
    assert "Halfwritten" in keeper.text()
    assert keeper.violations() == []


def test_a_pane_never_shows_the_sign_in_page(people: People):
    watch = people.at("jrcc.watch.officer", anew=True)
    watch.go("/jrcc/floor/")
    watch.context.clear_cookies(name="sessionid")
    watch.page.locator("#queue a.hit").first.click()
    expect(watch.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert watch.page.locator("#floor").count() == 0


def test_a_form_whose_protection_is_gone_says_how_to_go_on(people: People):
    agent = people.at("7t.carrier.agent", anew=True, java_script_enabled=False)
    agent.go("/jrcc/manifests/")
    agent.page.get_by_label("Or paste the message").fill(a_list(366))
    agent.context.clear_cookies(name="csrftoken")
    agent.press("Send the manifest")
    expect(agent.page.get_by_role("heading", level=1)).to_have_text("That page has expired")
