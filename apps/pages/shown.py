"""What a list is printed from: its heads, words, buttons and pages, as templates/components/list.html reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.pages.addresses import Token
from apps.pages.arrivals import Arrived


@dataclass(frozen=True, slots=True)
class Blank:
    """In place of a list without rows: what is missing, what will appear, and the one act to begin if there is one."""

    title: Any
    text: Any = ""
    picture: str = "inbox"
    url: str = ""
    action: Any = ""


@dataclass(frozen=True, slots=True)
class Export:
    """The list as a file. `limit`: its rows; one of more says so in its last line."""

    formats: Sequence[str] = ("xlsx", "csv")
    limit: int = 10_000
    may: Callable[[Any], bool] | None = None
    """Who may take it away; None: whoever reads the list."""


@dataclass(frozen=True, slots=True)
class Button:
    """An act of the page: the first one above a list, or a line of its menu."""

    label: Any
    url: str
    picture: str = ""
    note: Any = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `url` orders the list by it; `sorted` is "ascending", "descending" or ""."""

    label: Any
    css: str
    url: str
    sorted: str

    @property
    def picture(self) -> str:
        """The drawing of the order; "" for none."""
        return {"ascending": "sort-up", "descending": "sort-down"}.get(self.sorted, "")


@dataclass(frozen=True, slots=True)
class Turn:
    """A column that can be shown or hidden, and the address that does it."""

    label: Any
    url: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A page of a list, ready to be printed by templates/components/list.html."""

    list: Any
    id: str
    name: Any
    records: list[Any]
    body: SafeString
    heads: list[Head]
    search: Any
    fields: list[Any]
    kept: list[tuple[str, str]]
    wrong: bool
    tokens: list[Token]
    clear: str
    said: str
    ordered: str
    blank: Blank
    newer: str
    older: str
    turns: list[Turn]
    bulk: list[dict[str, Any]]
    ticked: bool
    tick_all: str
    exports: list[Button]
    arrived: Arrived

    @property
    def is_empty(self) -> bool:
        """Whether it has no row."""
        return not self.records

    @property
    def menu(self) -> list[Button]:
        """What stands in the menu above it: what else can be done, and the files."""
        return [*self.list.more(), *self.exports]
