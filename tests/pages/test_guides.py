"""The user guides: every tab of every function is explained, and what they name is in the portal."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import URLResolver, get_resolver
from django.utils import translation

from apps.access.manifest import registry
from apps.pages.glossary import find_term
from caricom_portal import places
from caricom_portal.documentation import address_of, page_of
from caricom_portal.guides import EVERYONE, GUIDES, guide_for, guide_of, help_for
from caricom_portal.languages import catalogue
from caricom_portal.navigation import arranged_for
from caricom_portal.places import Called
from tests.pages.test_places import PERSON
from tests.seats import seat

pytestmark = pytest.mark.django_db
NAMES = sorted({EVERYONE, *GUIDES.values()})
BOLD = re.compile(r"\*\*([^*]+)\*\*")
TERM = re.compile(r"\{% term (\"[^\"]*\"|\S+) ")
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def named_views(resolver: Any, spaces: tuple[str, ...] = ()) -> set[str]:
    """Names of all addresses, as a page's request knows them."""
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found |= named_views(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif one.name:
            found.add(":".join((*spaces, one.name)))
    return found


def source_of(name: str) -> str:
    """The Markdown of a guide."""
    return (TEMPLATES.parent / "docs" / "guides" / f"{name}.md").read_text()


@pytest.mark.parametrize("desk", sorted(PERSON))
def test_every_tab_of_a_desk_is_explained_in_its_own_guide_and_what_lies_beside_the_rail_in_everyones(
    desk: str,
) -> None:
    actor = seat(f"{desk} head")
    own, everyone = guide_for(actor.function, desk), guide_of(EVERYONE)
    assert own is not None
    tabs = [(entry.tab.name, place.beside) for place in arranged_for(actor) for entry in place.entries]
    lacking = {view for view, beside in tabs if view not in (everyone if beside else own).explains}
    assert lacking == set()


def test_every_function_that_has_places_of_its_own_has_a_guide() -> None:
    assert {code for code in places.BY_FUNCTION if guide_for(code.rpartition(".")[2], code) is None} == {"automation"}


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_explains_only_pages_that_are(name: str) -> None:
    assert set(guide_of(name).explains) - named_views(get_resolver()) == set()


@pytest.mark.parametrize("name", NAMES)
def test_help_leads_to_a_heading_of_the_guide_and_its_line_is_not_shown(name: str) -> None:
    page, guide = page_of(f"guides/{name}"), guide_of(name)
    assert guide.sections == page.sections
    assert set(guide.explains.values()) <= {anchor for anchor, _ in page.sections}
    assert guide.title == page.title
    assert "help]" not in page.html


@pytest.mark.parametrize("name", NAMES)
def test_what_a_guide_has_in_bold_is_a_name_on_the_pages(name: str) -> None:
    """Places, tabs, buttons, fields and statuses; a renamed one has to be renamed in the guide."""
    said = {text.removesuffix(" …") for _context, text in catalogue.read("fr")}
    said |= {str(place.label) for place in places.PLACES.values()} | {str(tab.label) for tab in registry.tabs.values()}
    said |= {
        str(tab.label)
        for row in places.BY_FUNCTION.values()
        for tabs in row.values()
        for tab in tabs
        if isinstance(tab, Called)
    }
    bold = {" ".join(one.split()) for one in BOLD.findall(source_of(name))}
    assert bold - said == set()
    assert len(bold) > 5


def test_help_is_that_of_ones_own_guide_else_of_another_else_none() -> None:
    assert help_for("jrcc:floor", "border") == address_of("guides/border") + "#check-whether-lists-will-come-in-time"
    assert help_for("jrcc:floor", "watch", "JRCC.watch") == address_of("guides/watch") + "#work-on-the-floor"
    assert help_for("rifc:report", "watch", "RIFC.watch") == address_of("guides/analyst") + (
        "#read-a-report-and-give-the-receipt"
    )
    assert help_for("council:procedure", "carrier") == address_of("guides/ministry") + "#reply-to-a-written-procedure"
    assert help_for("healthz", "border") is None
    assert guide_for("automation") is None


def test_a_page_offers_its_own_help_also_without_scripts(client_for: Any) -> None:
    page = client_for("jam.ministry.decider").get("/council/procedures/").content.decode()
    help_address = address_of("guides/ministry") + "#reply-to-a-written-procedure"
    assert page.count(f'href="{help_address}"') == 2  # the sign in the head, and the dialog
    assert f'href="{address_of("guides/ministry")}"' in page
    shown = client_for("jam.ministry.decider").get(help_address).content.decode()
    assert 'id="reply-to-a-written-procedure"' in shown


def test_a_page_that_no_guide_names_has_the_help_of_its_tab(client_for: Any) -> None:
    page = client_for("impacs.secretariat.manager").get("/council/meetings/new/").content.decode()
    assert f'href="{address_of("guides/secretariat")}#call-and-run-a-meeting"' in page


def test_every_dotted_word_has_a_line_of_the_glossary() -> None:
    glossary = page_of("reference/glossary").html
    used = {
        (path.relative_to(TEMPLATES).as_posix(), name)
        for path in TEMPLATES.rglob("*.html")
        for name in TERM.findall(path.read_text())
    }
    lost = {(path, name) for path, name in used if f'id="{find_term(name.strip(chr(34))).anchor}"' not in glossary}
    assert lost == set()
    assert len({path for path, _ in used}) >= 20
    with pytest.raises(LookupError):
        find_term("a word that nobody uses")


def test_a_dotted_word_says_its_meaning_in_english_and_leads_to_its_line_in_every_language() -> None:
    page = Template('{% load kit %}{% term "credentials" words %}')
    address = address_of("reference/glossary") + "#term-credentials"
    meaning = find_term("credentials").meaning
    shown = page.render(Context({"words": "<Credentials>"}))
    assert shown == f'<a class="gl" href="{address}" hreflang="en" title="{meaning}">&lt;Credentials&gt;</a>'
    with translation.override("fr"):
        shown = page.render(Context({"words": "Pouvoirs"}))
    assert shown == f'<a class="gl" href="{address}" hreflang="en">Pouvoirs</a>'
    unknown = Template('{% load kit %}{% term "a word that nobody uses" words %}')
    assert unknown.render(Context({"words": "<Words>"})) == "&lt;Words&gt;"
