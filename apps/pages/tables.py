"""A small table of a record's page: declared columns and rows, without search, pages or acts on ticked rows.

    Table("screening.versions", pgettext_lazy("words, screening", "Versions"), [Title("number", ...), Moment(...)])

declares it in an app's `lists.py`; {% table_of "screening.versions" rows %} prints it in a template.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString

from apps.pages.cells import hidden_fields, print_group, print_row
from apps.pages.columns import Act, Around, Col, Title, value_at
from apps.pages.shown import Head

TABLES: dict[str, "Table"] = {}
"""Every declared table by its code."""
WIDEST = 7
"""Columns that a page holds without scrolling, as in lists."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table ready to be printed (templates/components/kit/table_of.html)."""

    name: Any
    heads: Sequence[Head]
    body: SafeString
    foot: SafeString

    bulk = ()

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a page is wide enough for: it then scrolls by itself."""
        return len(self.heads) > WIDEST


@dataclass(frozen=True)
class Table:
    """What a table is called and shows. `page` gives the address that a row's title leads to; `group`, what stands
    above rows of the same kind; `key`, the path of what is the row's anchor in the page, "row-KEY" with `anchor`;
    `line`, the classes of a row ("sel" for the chosen one).
    """

    code: str
    name: Any
    columns: Sequence[Col]
    _: KW_ONLY
    page: Callable[[Any], str] | None = None
    group: Callable[[Any], Any] | None = None
    line: Callable[[Any], str] | None = None
    anchor: str = ""
    key: str = "pk"

    def __post_init__(self) -> None:
        TABLES[self.code] = self

    def of(
        self,
        request: Any,
        rows: Iterable[Any],
        foot: Any = None,
        more: Sequence[Col] = (),
        name: Any = "",
        turned: Mapping[str, tuple[str, str]] | None = None,
    ) -> Printed:
        """The table of these rows. `foot`: the row of sums below them; `more`: columns that only this page has; `name`:
        what it is called there; `turned`: {key of a column: (address of the page in its order, its order now)}.
        """
        columns = [column for column in (*self.columns, *more) if column.may is None or column.may(request.actor)]
        around = Around(timezone.now(), getattr(request.actor, "time_zone", "") or "UTC", self.page, request.actor)
        hidden = hidden_fields(request) if any(isinstance(column, Act) for column in columns) else None
        keyed = [(f"{self.anchor}-{value_at(row, self.key)}" if self.anchor else "", row) for row in rows]
        heads = [Head(one.label, one.css, *(turned or {}).get(one.key, ("", ""))) for one in columns]
        body = print_lines(keyed, columns, around, hidden, self.group, css_of=self.line)
        below = SafeString("") if foot is None else print_lines([("", foot)], columns, around, hidden)
        return Printed(name or self.name, heads, body, below)


def print_lines(
    keyed: Iterable[tuple[str, Any]],
    columns: Sequence[Col],
    around: Around,
    hidden: SafeString | None,
    group_of: Callable[[Any], Any] | None = None,
    ticks: Sequence[Any] | None = None,
    css_of: Callable[[Any], str] | None = None,
) -> SafeString:
    """(anchor in the page, line) as rows of HTML, with the lines above groups.

    `css_of`: the classes of a line. `ticks`: for each line what makes its box of what it is called (cells.print_tick);
    None where there are none.
    """
    parts: list[str] = []
    group = None
    for place, (key, line) in enumerate(keyed):
        if group_of and group_of(line) != group:
            group = group_of(line)
            parts.append(print_group(group, len(columns) + (ticks is not None)))
        cells = [(one.cell(line, around), one.phone_label, one.css, isinstance(one, Title)) for one in columns]
        tick = ticks[place](cells[0][0].text()) if ticks is not None else ""
        parts.append(print_row(cells, key, tick, hidden, css_of(line) if css_of else ""))
    return SafeString("".join(parts))


def table_named(code: str) -> Table:
    """The declared table of a code; KeyError for none."""
    if code not in TABLES:
        autodiscover_modules("lists")
    return TABLES[code]
