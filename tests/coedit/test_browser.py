"""Two browsers in one text, with the editor as the page has it."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from apps.coedit.actions import section_texts
from caricom_portal.services.chromium import MISSING, find_chromium, is_required
from tests.coedit.conftest import BARBADOS, JAMAICA, READER, Server, apart
from tests.running.browser import ARGUMENTS, PATIENCE_MS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None and not is_required():
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        one = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield one
        one.close()


def is_fault(line: ConsoleMessage) -> bool:
    """An error in the console, besides what the browser itself says of a line that a test has cut."""
    return line.type == "error" and "ERR_INTERNET_DISCONNECTED" not in line.text


@pytest.fixture
def at(server: Server, browser: Browser) -> Iterator[Any]:
    """at(person, section): their page of the text."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def visit(username: str, section: Any, **options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        home = f"http://127.0.0.1:{server.port}"
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": server.sessions[username], "url": home}])
        page = context.new_page()
        page.on("console", lambda line: problems.append(line.text) if is_fault(line) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{home}/text/{server.assessment}/{section}/")
        return page

    yield visit
    for one in contexts:
        one.close()
    assert problems == []


def text_of(page: Page) -> Any:
    return page.get_by_role("textbox", name="Text of the section")


def state_of(page: Page) -> Any:
    return page.locator("[data-co-state]")


def words_of(page: Page) -> list[str]:
    """The paragraphs, without the names at the carets of others."""
    script = """field => [...field.querySelectorAll('p')].map(one => {
        const bare = one.cloneNode(true);
        for (const caret of bare.querySelectorAll('.co-caret')) caret.remove();
        return bare.textContent.replaceAll('\u2060', '');
    })"""
    found: list[str] = text_of(page).evaluate(script)
    return found


def test_two_browsers_write_one_text(server: Server, at: Any) -> None:
    section = apart(lambda: server.text("Cocaine moves north."))
    anna, brian = at(BARBADOS, section), at(JAMAICA, section)
    expect(text_of(anna)).to_have_text("Cocaine moves north.")
    expect(state_of(anna)).to_have_text("Saved.")
    expect(anna.get_by_role("list", name="People writing here now")).to_have_text("JAM intelligence 1")
    text_of(anna).click()
    anna.keyboard.press("Control+End")
    anna.keyboard.type(" By go-fast,")
    anna.keyboard.press("Enter")
    anna.keyboard.type("mostly at night.")
    expect(text_of(brian)).to_contain_text("mostly at night.")
    text_of(brian).click()
    brian.keyboard.press("Control+Home")
    # a caret that moves drops what was chosen for the next letter, so it must have moved first
    expect(text_of(anna)).to_have_text(re.compile(r"^\W*JAM intelligence 1\W*Cocaine moves"))
    brian.keyboard.press("Control+b")
    # what is chosen for the next letter outlives a change that comes from another
    anna.keyboard.type(" Now")
    expect(text_of(brian)).to_contain_text("night. Now")
    brian.keyboard.type("We assess: ")
    wanted = "We assess: Cocaine moves north. By go-fast,\n\nmostly at night. Now"
    for page in (anna, brian):
        expect(text_of(page).locator("strong")).to_have_text("We assess: ")
        expect(text_of(page).locator("p").last).to_contain_text("mostly at night.")
        expect(state_of(page)).to_have_text("Saved.")
    stored = apart(lambda: section_texts.rendered(section))
    assert stored.plain == wanted
    ids = [block["attrs"]["pid"] for block in stored.json["content"]]
    assert len(set(ids)) == 2
    expect(brian.locator(".co-caret .co-name")).to_have_text("BRB intelligence 1")
    # each takes back their own
    anna.keyboard.press("Control+z")
    anna.keyboard.press("Control+z")
    expect(text_of(brian)).not_to_contain_text("night")
    expect(text_of(brian)).to_contain_text("We assess")


def test_the_toolbar_makes_what_the_schema_allows(server: Server, at: Any) -> None:
    section = apart(lambda: server.text("Judged."))
    page = at(BARBADOS, section)
    text_of(page).click()
    for name in ("Judgement", "Bold", "Italic", "Underline"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name="Bold", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.type(" Likely.")
    page.keyboard.press("Shift+Home")
    page.get_by_label("Portion marking").select_option("R")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("Address, starting with https:// or with / for a page of the portal").fill("javascript:alert(1)")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_text("Start the address with https:// or /, or leave it empty to remove the")).to_be_visible()
    page.get_by_label("Address, starting with https:// or with / for a page of the portal").fill(
        "https://example.org/a"
    )
    page.get_by_role("button", name="Save link").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Then")
    for name in ("Heading", "List", "Numbered list", "Quotation", "Insert a table"):
        page.get_by_role("button", name=name, exact=True).click()
    page.keyboard.type("cell")
    page.get_by_role("button", name="+ row").click()
    # by keyboard alone: to the toolbar and back; a button gives the focus back with the next frame
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(text_of(page)).to_be_focused()
    expect(state_of(page)).to_have_text("Saved.")
    kinds = {block["type"] for block in apart(lambda: section_texts.rendered(section)).json["content"]}
    assert "judgement" in kinds
    assert "cell" in apart(lambda: section_texts.rendered(section)).plain


def test_what_was_typed_off_line_meets_what_another_typed_meanwhile_and_nothing_is_lost(
    server: Server, at: Any
) -> None:
    section = apart(lambda: server.text("Cocaine moves north.\n\nThen it stops."))
    anna, brian = at(BARBADOS, section), at(JAMAICA, section)
    expect(state_of(anna)).to_have_text("Saved.")
    expect(state_of(brian)).to_have_text("Saved.")
    text_of(anna).click()
    anna.context.set_offline(True)
    expect(state_of(anna)).to_have_text("Offline. Trying again …")
    anna.keyboard.press("Control+End")
    anna.keyboard.type(" Nobody knows why.")
    anna.keyboard.press("Enter")
    anna.keyboard.type("We asked.")
    expect(state_of(anna)).to_contain_text("You can keep writing: your text is kept in this page and sent later")
    expect(anna.locator("[data-co-count]")).to_have_text(re.compile(r"\d+"))
    text_of(brian).click()
    brian.keyboard.press("Control+Home")
    brian.keyboard.type("We say: ")
    brian.keyboard.press("Control+End")
    brian.keyboard.type(" In July.")
    expect(state_of(brian)).to_have_text("Saved.")
    expect(text_of(anna)).not_to_contain_text("We say")
    expect(text_of(brian)).not_to_contain_text("Nobody knows")
    expect(anna.get_by_role("list", name="People writing here now").locator("li")).to_have_count(0)

    anna.context.set_offline(False)
    expect(state_of(anna)).to_have_text("Saved.")
    expect(anna.get_by_role("list", name="People writing here now").locator("li")).to_have_count(1)
    expect(text_of(brian)).to_contain_text("We asked.")
    expect(text_of(anna)).to_contain_text("In July.")
    assert words_of(anna) == words_of(brian)
    plain = apart(lambda: section_texts.rendered(section)).plain
    assert words_of(anna) == plain.split("\n\n")
    brian.keyboard.type(" Then no more.")
    expect(state_of(brian)).to_have_text("Saved.")
    assert " In July. Then no more." in apart(lambda: section_texts.rendered(section)).plain, (
        "he writes on where he was"
    )
    assert [plain.count(words) for words in ("We say: ", "Nobody knows why.", "We asked.", "In July.")] == [1] * 4


def test_who_writes_stays_at_his_letter_while_another_writes_before_it_and_takes_the_paragraph_away(
    server: Server, at: Any
) -> None:
    section = apart(lambda: server.text("Cocaine moves north.\n\nThen it stops."))
    anna, brian = at(BARBADOS, section), at(JAMAICA, section)
    for page in (anna, brian):
        expect(state_of(page)).to_have_text("Saved.")
        text_of(page).click()
        page.keyboard.press("Control+End")
    brian.keyboard.press("ArrowLeft")
    # his caret is drawn anew where it has come to; hers must not be under way meanwhile
    expect(text_of(anna)).to_have_text(re.compile(r"stops\W*JAM intelligence 1\W*\.$"))
    anna.keyboard.press("Home")
    expect(text_of(brian)).to_have_text(re.compile(r"north\.\W*BRB intelligence 1\W*Then it stops"))
    anna.keyboard.type("We say: ")
    expect(text_of(brian)).to_contain_text("We say: ")
    brian.keyboard.type(" here")
    expect(text_of(anna)).to_contain_text("We say: Then it stops here")
    anna.keyboard.press("Control+a")
    anna.keyboard.press("Delete")
    anna.keyboard.type("All anew.")
    expect(text_of(brian)).to_contain_text("All anew.")
    brian.keyboard.type("!")
    expect(state_of(brian)).to_have_text("Saved.")
    assert sorted(apart(lambda: section_texts.rendered(section)).plain) == sorted("All anew.!")


def test_a_reader_whose_line_is_gone_for_long_is_told_that_and_not_to_load_the_page_again(
    server: Server, at: Any
) -> None:
    section = apart(lambda: server.text("Now."))
    page = at(READER, section)
    expect(state_of(page)).to_contain_text("You are reading only.")
    page.context.set_offline(True)
    page.wait_for_timeout(9000)  # four tries in vain
    assert state_of(page).inner_text() == "Offline. Trying again …"
    page.context.set_offline(False)
    expect(state_of(page)).to_contain_text("You are reading only.")


def paste(page: Page, html: str) -> None:
    """As Ctrl+V with a web page in the clipboard."""
    script = """([field, html]) => {
        const data = new DataTransfer();
        data.setData('text/html', html);
        field.focus();
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(script, [text_of(page).element_handle(), html])


def test_what_is_pasted_is_cleaned_and_too_much_of_it_is_refused_at_once(server: Server, at: Any) -> None:
    section = apart(lambda: server.text(""))
    page = at(BARBADOS, section)
    expect(state_of(page)).to_have_text("Saved.")
    paste(
        page,
        "<p>Seen <b>twice</b><script>window.hurt = 1</script><img src='data:image/png;base64,AAAA'>"
        " <a href='javascript:window.hurt = 1'>here</a> <a href='https://x.example/' target='_blank'>there</a></p>"
        "<iframe src='//x.example'></iframe>",
    )
    expect(text_of(page)).to_contain_text("Seen twice here there")
    expect(text_of(page).locator("a")).to_have_attribute("href", "https://x.example/")
    assert text_of(page).locator("script, img, iframe, a[target]").count() == 0
    assert page.evaluate("window.hurt") is None
    paste(page, "<table>" + "<tr><td>a</td><td>b</td></tr>" * 100_000 + "</table>")
    expect(page.get_by_text("This is too large to paste at once")).to_be_visible()
    expect(state_of(page)).to_have_text("Saved.")
    assert apart(lambda: section_texts.rendered(section)).plain.startswith("Seen twice")


def test_words_that_are_chosen_are_remarked_on_and_found_again_where_they_have_moved(server: Server, at: Any) -> None:
    section = apart(lambda: server.text("Cocaine moves north.\n\nIt moves at night, in boäts; it moves again."))
    page, other = at(BARBADOS, section), at(JAMAICA, section)
    expect(state_of(page)).to_have_text("Saved.")
    take = page.get_by_role("button", name="Remark on it")
    take.click()
    expect(page.locator("[data-co-notice]")).to_contain_text(
        "Select words within one paragraph of the text, 500 characters at most"
    )
    text_of(page).locator("p").last.click()
    page.keyboard.press("End")
    for _letter in range(len(" again.")):
        page.keyboard.press("ArrowLeft")
    for _letter in range(len("moves")):
        page.keyboard.press("Shift+ArrowLeft")
    take.click()
    form = page.locator("[data-remark-form]")
    expect(form.locator("[name=quote]")).to_have_value("moves")
    expect(form.locator("[name=text]")).to_be_focused()
    anchors = [form.locator(f"[name={name}]").input_value() for name in ("anchor_from", "anchor_to")]
    assert all(section_texts.is_anchor(base64.b64decode(one)) for one in anchors)
    text_of(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.type("We say: ")
    expect(text_of(page)).to_contain_text("We say: ")
    page.evaluate(
        """([from, to]) => {
            const item = document.createElement('li');
            Object.assign(item.dataset, { remark: 'open', from, to });
            const button = document.createElement('button');
            button.type = 'button';
            button.hidden = true;
            button.dataset.remarkShow = '';
            button.textContent = 'Show';
            item.append(button);
            document.querySelector('[data-remarks] ol').append(item);
        }""",
        anchors,
    )
    other.keyboard.type("again and ")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.evaluate("getSelection().toString()") == "moves"
    before = page.evaluate("getSelection().anchorNode.textContent.slice(0, getSelection().anchorOffset)")
    assert before.endswith("in boäts; it "), before
    assert page.evaluate("CSS.highlights.get('co-remark').size") == 1

    def accepted() -> str:
        section_texts.replace_words(
            section, "moves", "goes", pid="", anchor=base64.b64decode(anchors[0]), user_id=1, desk_id=1
        )
        return section_texts.rendered(section).plain

    assert apart(accepted).endswith("It moves at night, in boäts; it goes again.")
    expect(text_of(other)).to_contain_text("goes again")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()


def test_a_reader_sees_it_change_and_one_without_script_sees_it_as_it_is(server: Server, at: Any) -> None:
    section = apart(lambda: server.text("Now.\n\nThen."))
    plain = at(READER, section, java_script_enabled=False)
    expect(plain.locator("[data-co-text] p").first).to_have_text("Now.")
    expect(plain.get_by_role("toolbar")).to_have_count(0)
    reader, anna = at(READER, section), at(BARBADOS, section)
    expect(state_of(reader)).to_contain_text("You are reading only.")
    expect(reader.get_by_role("toolbar")).to_have_count(0)
    text_of(anna).click()
    anna.keyboard.press("Control+End")
    anna.keyboard.type(" And later.")
    expect(text_of(reader)).to_contain_text("And later.")
    expect(anna.get_by_text("No one else is writing here.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_a_screen_reader(server: Server, at: Any, theme: str, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    section = apart(lambda: server.text("Judged.\n\nText."))
    page, other = at(BARBADOS, section, bypass_csp=True), at(JAMAICA, section)
    text_of(other).click()
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    expect(page.locator(".co-caret")).to_have_count(1)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
