"""What a list's address asks for: filters, order, place and columns, and the addresses that ask for something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms

from apps.pages.columns import Col
from apps.pages.filters import Filter

PLACES = ("after", "before", "upto", "seen", "ticked", "export")
"""Of one page, one moment or one file: another order or filter begins without them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A filter that is on, in words, and the address without it."""

    name: str
    words: str
    url: str


class Asking:
    """The parameters of one list. `prefix` tells apart two lists of one page; every other parameter is kept."""

    def __init__(self, params: Any, actor: Any, filters: Sequence[Filter], prefix: str = "") -> None:
        self.params, self.actor, self.filters, self.prefix = params, actor, filters, prefix
        self.form = self._form()
        self.form.full_clean()

    def name(self, name: str) -> str:
        """A parameter's full name."""
        return f"{self.prefix}-{name}" if self.prefix else name

    def get(self, name: str) -> str:
        """A parameter's text, "" without it."""
        return str(self.params.get(self.name(name), ""))

    def _form(self) -> forms.Form:
        fields = {one.name: one.field(self.actor) for one in self.filters}
        data = self.params.copy() if hasattr(self.params, "copy") else dict(self.params)
        for one in self.filters:
            if one.default and self.name(one.name) not in data:
                data[self.name(one.name)] = one.default
        form_class = type("Filters", (forms.Form,), fields)
        found: forms.Form = form_class(data, auto_id="f-%s", prefix=self.prefix or None)
        return found

    def on(self) -> list[tuple[Filter, Any]]:
        """The filters that hold, with their values; what cannot be read is no filter, and its field says so."""
        known = [(one, self.form.cleaned_data.get(one.name)) for one in self.filters]
        return [(one, value) for one, value in known if not one.is_off(value)]

    def tokens(self) -> list[Token]:
        """The filters that hold, in words."""
        return [
            Token(one.name, one.said(self.form.fields[one.name], value), self.without(one)) for one, value in self.on()
        ]

    def without(self, one: Filter) -> str:
        """The address without a filter; of one with a default, the one that asks for all."""
        return self.changed({one.name: one.every if one.default else None})

    def cleared(self) -> str:
        """The address without any filter."""
        return self.changed({one.name: one.every if one.default else None for one in self.filters})

    def narrowed(self, rows: Any, but: str = "") -> Any:
        """The rows that were asked for, or those without one of the filters."""
        for one, value in self.on():
            if one.name != but:
                rows = one.narrow(rows, value, self.actor)
        return rows

    def url(self, *, stays: bool = False, **changed: str | None) -> str:
        """The address with some parameters changed or left out (None). `stays`: at this place of the list."""
        return self.changed(changed, stays=stays)

    def changed(self, changed: Mapping[str, str | None], *, stays: bool = False) -> str:
        """The same for parameters whose names are not known beforehand."""
        drop = {self.name(name) for name in changed} | (set() if stays else {self.name(name) for name in PLACES})
        drop |= {self.name(name) for name in ("export", "upto", "seen")}
        kept = [(name, value) for name, value in self._given() if name not in drop]
        asked = [(self.name(name), value) for name, value in changed.items() if value is not None]
        return "?" + urlencode(kept + asked)

    def _given(self) -> list[tuple[str, str]]:
        """The parameters of the address but empty ones, unless a filter with a default is put out by them."""
        outed = {self.name(one.name) for one in self.filters if one.default and not one.every}
        lists = self.params.lists() if hasattr(self.params, "lists") else [(n, [v]) for n, v in self.params.items()]
        return [(name, value) for name, values in lists for value in values[-1:] if value != "" or name in outed]

    def kept_fields(self) -> list[tuple[str, str]]:
        """What the form of the filters posts along: order, columns, and all of the other lists."""
        own = {self.name(name) for name in [*PLACES, *(one.name for one in self.filters)]}
        return [(name, value) for name, value in self._given() if name not in own]

    def order(self, columns: Sequence[Col], usual: str) -> str:
        """The order asked for, if a column has it; else the list's own."""
        asked = self.get("sort")
        known = {column.sort for column in columns if column.sort}
        return asked if asked.removeprefix("-") in known else usual

    def turned(self) -> set[str]:
        """The columns shown or hidden otherwise than usual."""
        return {name for name in self.get("cols").split(".") if name}

    def shown(self, columns: Sequence[Col]) -> list[Col]:
        """The columns that are shown; the first, the title, always is."""
        turned = self.turned()
        return [one for n, one in enumerate(columns) if n == 0 or one.hidden == (one.key in turned)]

    def turn(self, key: str) -> str:
        """The address that shows a column, or hides it."""
        turned = self.turned() ^ {key}
        return self.url(stays=True, cols=".".join(sorted(turned)) or None)
