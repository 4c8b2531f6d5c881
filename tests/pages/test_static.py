"""What a page sends to a browser: its weight, its strictness, its pictures."""

import re
from pathlib import Path

import brotli
import pytest

from caricom_portal.places import PLACES

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
BUDGET = 100_000  # bytes of a first load, compressed; about two seconds at 400 kbit/s
HTML = 8_000  # bytes of that which a page itself may take
PAGES = sorted([*TEMPLATES.rglob("*.html"), *ROOT.glob("apps/*/templates/**/*.html")])
ICON = re.compile(
    r"""\{%\ icon\ "(?P<icon>[\w-]+)" | \{%\ icon\ [\w.]+\|default:"(?P<fallback>[\w-]+)"
      | \{%\ chip\ "\w+"\ "(?P<chip>[\w-]+)" | \{%\ glyph\ "(?P<glyph>[\w-]+)" | picture="(?P<picture>[\w-]+)" """,
    re.VERBOSE,
)


def linked_files() -> list[Path]:
    """Files that base.html names with {% static %}, and the sprite that its icons come from."""
    names = re.findall(r"\{% static '([^']+)' %\}", (TEMPLATES / "base.html").read_text())
    return [STATIC / name for name in [*names, "img/icons.svg"]]


def on_the_wire(file: Path) -> int:
    """Bytes of a file as served: woff2 as it is, all else by brotli 11."""
    raw = file.read_bytes()
    return len(raw) if file.suffix == ".woff2" else len(brotli.compress(raw, quality=11))


def own_html(page: Path) -> str:
    """Text of a template without its comments."""
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", page.read_text(), flags=re.DOTALL)


def test_the_first_page_fits_a_slow_link():
    assert sum(map(on_the_wire, linked_files())) + HTML <= BUDGET


def test_the_first_page_takes_at_most_ten_requests():
    assert len(linked_files()) + 1 <= 10


def test_own_script_stays_under_8_kb():
    assert on_the_wire(STATIC / "js" / "portal.js") <= 8_000


def test_files_from_elsewhere_are_listed_with_their_licence():
    listed = (STATIC / "vendor" / "LICENCES.md").read_text()
    outside = [*(STATIC / "vendor").glob("*.js"), *(STATIC / "fonts").iterdir()]
    assert [file.name for file in outside if file.name not in listed] == []
    for licence in re.findall(r"`(licences/[^`]+)`", listed):
        assert (STATIC / "vendor" / licence).stat().st_size > 500


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_carries_style_script_or_handlers_of_its_own(page):
    text = own_html(page)
    assert not re.search(r"\sstyle\s*=|<style|javascript:", text, re.I)
    assert not re.search(r"\son[a-z]+\s*=|\shx-on|hx-vals=.js:", text, re.I)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text, re.I)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", text, re.I)


def with_includes(form: str) -> str:
    """A form with the text of the fragments that it includes."""
    names = re.findall(r"""{% include ["']([^"']+)["']""", form)
    return form + "".join((ROOT / "templates" / name).read_text() for name in names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_form_that_posts_carries_a_csrf_token(page):
    for form in re.findall(r"<form[^>]*method=.post.*?</form>", own_html(page), re.DOTALL | re.I):
        # {% seat %} prints the token, too (apps.pages.cells.hidden_fields)
        assert any(tag in with_includes(form) for tag in ("{% csrf_token %}", "{% seat %}"))


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))
    named = {next(filter(None, found.groups())) for page in PAGES for found in ICON.finditer(page.read_text())}
    assert named, "the pattern finds no icon at all"
    assert named - drawn == set()


def test_the_script_builds_no_html_from_text_and_keeps_nothing():
    text = (STATIC / "js" / "portal.js").read_text()
    code = re.sub(r"//.*", "", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|localStorage|\.style\b", code)


def test_every_icon_of_the_rail_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))
    assert {place.icon for place in PLACES.values()} - drawn == set()
