"""What is wrong with how pages are marked: looked at on pages that are asked for anyhow (tests/answers.py)."""

import contextlib
import dataclasses
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unittest.mock import patch

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from openpyxl import load_workbook

from apps.access.downloads import HEADER, TYPES
from apps.access.marking import TLP, Banner
from apps.access.models import Part, Record
from apps.access.templatetags import markings

BANNER = re.compile(r'<p class="cls cls-(\w)">.*?<b>(.*?)</b>(?:<span class="cav">(.*?)</span>)?</p>', re.DOTALL)
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
"""What the guide to the banners shows of them stands there."""
COLOURS = {
    **{"PUBLIC": "p", "UNCLASSIFIED": "p", "OFFICIAL": "o", "RESTRICTED": "r"},
    **{"CONFIDENTIAL": "c", "SECRET": "s"},
}
FRAME = frozenset({"request", "frame", "user", "perms", "messages", "view", "marking", "marked_as"})
PUBLISHED = frozenset({"register", "register_entry"})
"""Pages of what was published for everybody, whose rows keep the level of what is not: address names."""
NAMED = frozenset({TYPES["xlsx"], "text/csv", "text/calendar", "application/zip", "application/stix+json"})
"""What bears its marking in its name: it has no page to bear it on."""
DEEP = 6
"""How far below what a template is given its records are looked for."""


@dataclasses.dataclass
class Page:
    """What a page stated, None for nothing, and the records that its template was given."""

    banner: Mapping[str, Any] | None
    records: list[Any]


@contextlib.contextmanager
def noted() -> Iterator[list[Page]]:
    """Pages as they are rendered. One without a statement is noted as well, and rendered all the same."""
    pages: list[Page] = []
    stated = markings.statement_of

    def noting(context: Any) -> Mapping[str, Any]:
        banner = stated(context)
        given = {name: value for part in context.dicts for name, value in part.items() if name not in FRAME}
        pages.append(Page(banner, list({id(row): row for row in records_in(given)}.values())))
        return banner or Banner(level=0)

    with patch.object(markings, "statement_of", noting):
        yield pages


def records_in(value: Any, deep: int = DEEP) -> Iterator[Any]:
    """Records, and parts with a level of their own, that were loaded; nothing is asked of the database."""
    if isinstance(value, Record) or (isinstance(value, Part) and isinstance(value.__dict__.get("level"), int)):
        yield value
    elif deep and not isinstance(value, str | bytes | BaseForm | Model):
        for each in _inside(value):
            yield from records_in(each, deep - 1)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, QuerySet):
        return value._result_cache or ()
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, list | tuple | set):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in dataclasses.fields(value)]
    return ()


def faults(name: str, answer: Any, pages: list[Page]) -> Iterator[str]:
    """What is wrong with an address's answer and the pages rendered for it, which are taken off the list."""
    rendered, pages[:] = list(pages), []
    for page in rendered:
        yield from _of_page(page, name in PUBLISHED)
    yield from _of_file(answer)
    html = "" if answer.streaming else answer.content.decode(errors="replace")
    if "text/html" not in answer.get("Content-Type", "") or not html.lstrip().lower().startswith("<!doctype html"):
        return
    banners = BANNER.findall(MAIN.sub("", html))
    if len(banners) != 2 or banners[0] != banners[1]:
        yield f"banners at top and foot: {banners}"
    for letter, word, _caveat in banners[:1]:
        if COLOURS.get(word) != letter:
            yield f"{word} in the colour of {letter}"


def _of_file(answer: Any) -> Iterator[str]:
    """What is wrong with how a file states its marking: the answer always, tables and calendars themselves as well."""
    disposition = answer.get("Content-Disposition", "")
    if answer.status_code != 200 or "filename" not in disposition or 'filename="api.json"' in disposition:
        return
    stated, kind = answer.get(HEADER, ""), answer.get("Content-Type", "").partition(";")[0]
    word = stated.partition(" ")[0]
    if word not in COLOURS:
        yield f"{disposition} states “{stated}”"
    named = f"-{word}" in disposition
    if kind in NAMED and not named and word != "PUBLIC":  # an empty form keeps its name when it is filled in
        yield f"{disposition} is marked {word}"
    if kind == "text/calendar" and f"DESCRIPTION:{stated}" not in answer.content.decode():
        yield f"a calendar does not say {stated}"
    if kind == TYPES["xlsx"] and named:
        said = load_workbook(io.BytesIO(answer.content)).properties.category or ""
        if _plain(said) != stated:
            yield f"a workbook says “{said}” and its answer “{stated}”"


def _plain(text: str) -> str:
    """As a header can hold it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _of_page(page: Page, published: bool) -> Iterator[str]:
    if not page.banner:
        yield "no marking is stated"
        return
    level, said = page.banner["level"], str(page.banner.get("caveat") or "")
    for row in () if published else page.records:
        if row.level > level:
            yield f"level {level} over {type(row).__name__} of level {row.level}"
        if (label := getattr(row, "tlp", "")) and TLP.index(label) > TLP.index(_tlp(said)):
            yield f"“{said}” over {type(row).__name__} TLP:{label}"
        if getattr(row, "orcon", False) and "ORCON" not in said:
            yield f"“{said}” over {type(row).__name__} that is ORCON"


def _tlp(caveat: str) -> str:
    found = re.search(r"TLP:([A-Z+]+)", caveat)
    return found[1] if found else TLP[0]
