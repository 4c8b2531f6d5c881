"""How a page is marked. There is no default: a page without a statement is an error (templatetags/markings.py).

A view states its page's marking as `marking` in what it renders: `of(row, …)` from the records shown, or one of the
constants below where nothing of a record is shown. `marked(…)` states it for every page of a view. Where a page's
whole text stands in its template (signing in, faults), the template states it with {% stated %}.

Source of the words: levels of docs/reference/security.md; the intelligence words, TLP (FIRST, version 2.0) and limits
of use are those of the reports that the parties share (apps/rifc/seed/vocabularies.toml).
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypedDict

from django.utils.translation import pgettext_lazy

from apps.access.models import Level, Part

WORDS = {
    Level.PUBLIC: pgettext_lazy("classification", "PUBLIC"),
    Level.OFFICIAL: pgettext_lazy("classification", "OFFICIAL"),
    Level.CONFIDENTIAL: pgettext_lazy("classification", "CONFIDENTIAL"),
    Level.SECRET: pgettext_lazy("classification", "SECRET"),
}
INTELLIGENCE = ("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET")
"""The word of each level on what is shared as intelligence; a code, as TLP's, that no language changes."""
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""The widest first."""
COLOURS = {"UNCLASSIFIED": "p", "RESTRICTED": "r"}
"""Letter of the colour (static/css/frame.css, .cls-…) where the word has another than its level."""
LEVEL_COLOURS = "pocs"


class Unmarked(Exception):
    """A page, or a row that is to mark one, says nothing of how it is marked."""


class Banner(TypedDict, total=False):
    """What a page states. `label`: in place of the level's usual word; `caveat`: TLP and limits of use, or in words."""

    level: int
    label: Any
    caveat: Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A marking without a record: of what search found, or of a part that is marked apart."""

    level: int
    tlp: str = ""
    orcon: bool = False
    eyes: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()


PUBLIC: Banner = {"level": Level.PUBLIC}
OFFICIAL: Banner = {"level": Level.OFFICIAL}
CONFIDENTIAL: Banner = {"level": Level.CONFIDENTIAL}


def of(*rows: Any, least: int = Level.PUBLIC, intelligence: bool = False, caveat: Any = "") -> Banner:
    """The banner of everything that is shown: the highest level, the narrowest TLP, every limit of use.

    Rows are records, parts of records (a part without a level of its own is marked as its record) or Marks. Those with
    a TLP are intelligence, and `intelligence` says it of others: their words are used where they are highest, and where
    two words are as high. `least`: the level of the page without any row. `caveat`: words beside what the rows say.
    """
    found = [_marked(row) for row in rows]
    level = max((row.level for row in found), default=0)
    top = [row for row in found if row.level == level]
    words = (intelligence or any(getattr(row, "tlp", "") for row in top)) and level >= least
    level = max(level, least)
    said = " ".join(part for part in (limits(found), str(caveat) if caveat else "") if part)
    return {"level": level, "label": INTELLIGENCE[level] if words else "", "caveat": said or caveat}


def of_list(rows: Iterable[Any]) -> Banner:
    """The banner of a list of the portal's own: of the rows that it shows, and OFFICIAL without one."""
    return of(*rows, least=Level.OFFICIAL)


def stated_for(row: Any) -> Banner | None:
    """The banner of the record that a form or a refusal is about; None where there is none that has a level.

    The page is then marked as its view or its template states.
    """
    try:
        return of(row) if row is not None else None
    except Unmarked:
        return None


def _marked(row: Any) -> Any:
    """The row whose level counts: itself, or the record that it is a part of."""
    if isinstance(getattr(row, "level", None), int):
        return row
    if isinstance(row, Part):
        return _marked(getattr(row, row.root_field))
    raise Unmarked(f"{type(row).__name__} has no level: state the marking of its page")


def limits(rows: Iterable[Any]) -> str:
    """What limits the use of all rows together: "TLP:AMBER ORCON EYES BRB/JAM NOPRINT"; "" for nothing.

    Who may read several things is who may read each: of closed lists that what they have in common.
    """
    rows = list(rows)
    tlp = max((row.tlp for row in rows if getattr(row, "tlp", "")), key=TLP.index, default="")
    eyes = [row.eyes for row in rows if getattr(row, "eyes", ())]
    common = [party for party in eyes[0] if all(party in each for each in eyes)] if eyes else []
    parts = [f"TLP:{tlp}"] if tlp else []
    parts += ["ORCON"] if any(getattr(row, "orcon", False) for row in rows) else []
    parts += [f"EYES {'/'.join(common)}"] if common else []
    return " ".join([*parts, *dict.fromkeys(code for row in rows for code in getattr(row, "handling", ()))])


def mark_columns(model: Any, before: str = "") -> dict[str, str]:
    """{field of a Mark: the column that says it} for rows of a model, or of the record that they are parts of."""
    names = {field.name for field in model._meta.concrete_fields}
    if "level" in names:
        return {field.name: f"{before}{field.name}" for field in fields(Mark) if field.name in names}
    if issubclass(model, Part):
        root = model._meta.get_field(model.root_field).related_model
        return mark_columns(root, f"{before}{model.root_field}__")
    return {}


def marked(banner: Banner) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """State the marking of every page that a view renders; one that it states with a page is used for that page."""

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def stating(request: Any, *args: Any, **kwargs: Any) -> Any:
            request.marking = banner
            return view(request, *args, **kwargs)

        return stating

    return around


def words_of(level: int) -> list["Shown"]:
    """Every word that a banner can say for a level: the portal's own, and that of intelligence where it is another."""
    banners: list[Banner] = [{"level": level}, {"level": level, "label": INTELLIGENCE[level]}]
    return list({str(one.word): one for one in reversed([shown(banner) for banner in banners])}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Shown:
    """A banner as the page prints it. `letter`: of its colour; `level`: 0 to 3."""

    level: int
    word: Any
    caveat: Any
    letter: str


def in_one_line(banner: Banner) -> str:
    """ "RESTRICTED TLP:AMBER ORCON": how a banner is said in one line, in the reader's language."""
    said = shown(banner)
    return f"{said.word} {said.caveat}".strip()


def shown(banner: Mapping[str, Any]) -> Shown:
    """How a statement is printed; Unmarked for one without a level."""
    level = banner.get("level")
    if not isinstance(level, int) or level not in range(len(INTELLIGENCE)):
        raise Unmarked(f"{level!r} is no level")
    word = banner.get("label") or WORDS[Level(level)]
    letter = COLOURS.get(str(banner.get("label") or ""), LEVEL_COLOURS[level])
    return Shown(level, word, banner.get("caveat") or "", letter)
