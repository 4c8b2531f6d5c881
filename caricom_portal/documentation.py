"""The pages of docs/ as pages of the portal, for whoever is signed in."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages import glossary
from caricom_portal import documentation_search as search

DOCS = settings.BASE_DIR / "docs"
FIRST = "index"
AWAY = ("https://", "http://", "mailto:")
LISTING = "```{toctree}\n:glob:\n\n*\n```\n"
"""What a page says where all other pages of its folder are listed: Sphinx reads it, too."""
DESCRIPTION = "reference/api/"
"""Where the files of the description of the API lie, which the portal serves as one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, its text without the title, and its sections as (anchor, heading)."""

    title: str
    html: SafeString
    sections: tuple[tuple[str, str], ...]


def names() -> dict[str, Path]:
    """{how-to/operators: its file} of all pages."""
    return {path.relative_to(DOCS).with_suffix("").as_posix(): path for path in DOCS.rglob("*.md")}


def page_of(name: str) -> Page:
    """A page by its name; Refused("not-visible") for none."""
    path = names().get(name)
    if path is None:
        raise Refused("not-visible")
    return _read(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(name: str, path: Path, _changed: int) -> Page:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = markdown.parse(path.read_text(encoding="utf-8").replace(LISTING, _listed(name)))
    title, tokens = (tokens[1].content, tokens[3:]) if tokens and tokens[0].tag == "h1" else (name, tokens)
    sections = tuple(_anchored(tokens))
    for token in tokens:
        _lead(token.children or (), name)
    if name == glossary.PAGE:
        _name_rows(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = html.replace("<table>", '<div class="tw" tabindex="0" role="group"><table>')
    html = html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    # the project's own files, and HTML in them is shown as text
    return Page(title, mark_safe(html), sections)  # noqa: S308


def _listed(name: str) -> str:
    """The other pages of a page's folder, with their titles, as Markdown."""
    rows = [
        (other.name, other.read_text(encoding="utf-8").partition("\n")[0]) for other in neighbours(DOCS / f"{name}.md")
    ]
    return "".join(f"- [{title.removeprefix('# ')}]({file})\n" for file, title in rows)


def neighbours(page: Path) -> list[Path]:
    """The other pages of a page's folder."""
    return [path for path in sorted(page.parent.glob("*.md")) if path != page]


def _anchored(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Give each heading the anchor by which links name it; (anchor, heading) of those of the second level."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
            anchor = search.anchor_of(heading)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                yield anchor, heading.replace("`", "")


def _name_rows(tokens: list[Token]) -> None:
    """Give each line of the glossary's tables the anchor by which dotted words name it."""
    for row, cell in zip(tokens, tokens[2:], strict=False):
        if row.type == "tr_open" and cell.content.startswith("**"):
            row.attrSet("id", glossary.anchor_of(cell.content.split("**")[1]))


def _lead(inner: Iterable[Token], name: str) -> None:
    """Let the links of a line lead where they do in the portal; a file of the source is named and not linked."""
    ends_as = "a"
    for token in inner:
        if token.type == "link_open":
            href = _address(str(token.attrGet("href")), name)
            token.tag = ends_as = "a" if href else "span"
            token.attrs = {"href": href} if href else {}
        elif token.type == "link_close":
            token.tag = ends_as


def _address(target: str, name: str) -> str:
    """Where a link of a page leads: to another page, to the description of the API, or away; "" for anything else."""
    if target.startswith((*AWAY, "#")):
        return target
    path, _, anchor = target.partition("#")
    there = os.path.normpath(os.path.join(os.path.dirname(name), path))
    if there.startswith(DESCRIPTION) and there.endswith(".yaml"):
        return reverse("schema")
    other = there.removesuffix(".md")
    return address_of(other) + (f"#{anchor}" if anchor else "") if other in names() else ""


def address_of(name: str) -> str:
    """The address of a page by its name."""
    return reverse("docs") if name == FIRST else reverse("docs_page", args=[name])


@require_GET
@marked(OFFICIAL)
def documentation(request: Any, page: str = FIRST) -> HttpResponse:
    """One page of the documentation, or with `q` at the first one the places in all of them that have its words.

    The texts are English, the frame is in the reader's language.
    """
    if page == FIRST and "q" in request.GET:
        return _search(request, request.GET["q"].strip()[: search.LONGEST])
    return render(request, "docs.html", {"page": page_of(page), "is_first": page == FIRST})


def _search(request: Any, question: str) -> HttpResponse:
    found = [
        (address_of(one.page) + (f"#{one.section.anchor}" if one.section.anchor else ""), one)
        for one in search.find_places(question, names())
    ]
    shown = {"question": question, "words": search.words_of(question), "found": found, "most": search.MOST_PLACES}
    return render(request, "docs_search.html", shown)
