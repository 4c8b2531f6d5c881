"""Filters of lists: what can be asked for in the address, and the words by which the page says what was asked.

Rows are a query, or a list of what was worked out before (`Filter.keeps`).
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import DateTimeField, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.pages.columns import value_at
from apps.pages.keyset import field_at

Choices = Iterable[tuple[str, Any]]
DAYS = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d-%m-%Y")
LONGEST = 100
ANY = pgettext_lazy("choice, pages", "Any")


@dataclass(frozen=True)
class Filter:
    """A field of the list's form. `name`: the parameter in the address; `lookup`: the column that is compared.

    `by`: narrows in another way, (rows, value, actor) to rows. `default`: what holds as long as the address says
    nothing; `every` is then the value that asks for all.
    """

    name: str
    label: Any
    lookup: str = ""
    _: KW_ONLY
    by: Callable[[Any, Any, Any], Any] | None = None
    keeps: Callable[[Any, Any], bool] | None = None
    """Of rows that are no query: whether one is kept."""
    default: str = ""
    every: str = ""

    def field(self, actor: Any) -> forms.Field:
        """The field of the form."""
        raise NotImplementedError

    def is_off(self, value: Any) -> bool:
        """Whether a value asks for nothing."""
        return value in (None, "", False) or (bool(self.every) and value == self.every)

    def narrow(self, rows: Any, value: Any, actor: Any) -> Any:
        """The rows for which it holds."""
        if self.by:
            return self.by(rows, value, actor)
        if isinstance(rows, QuerySet):
            return self.query(rows, value, actor)
        return [row for row in rows if self.kept(row, value)]

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows of a query for which it holds."""
        return rows.filter(**{self.lookup or self.name: value})

    def kept(self, row: Any, value: Any) -> bool:
        """Whether it holds for a row that is no query's."""
        if self.keeps:
            return self.keeps(row, value)
        return str(value_at(row, self.lookup or self.name)) == str(value)

    def said(self, field: Any, value: Any) -> str:
        """The filter in words."""
        return f"{self.label}: {self.value_said(field, value)}"

    def value_said(self, field: Any, value: Any) -> str:
        """The value in words."""
        return str(value)


@dataclass(frozen=True)
class Choice(Filter):
    """One of several; `choices` may be a function of the actor; `any_word` stands for all."""

    choices: Choices | Callable[[Any], Choices] = ()
    _: KW_ONLY
    any_word: Any = ANY

    def field(self, actor: Any) -> forms.Field:
        """A list to choose from, all first."""
        choices = self.choices(actor) if callable(self.choices) else self.choices
        known = [(value, label) for value, label in choices if value != self.every]
        return forms.ChoiceField(
            label=self.label, choices=[(self.every, self.any_word), *known], required=False, initial=self.default
        )

    def value_said(self, field: Any, value: Any) -> str:
        """The label of what was chosen."""
        return str({str(code): label for code, label in field.choices}[str(value)])


@dataclass(frozen=True)
class Words(Filter):
    """Words typed; every one occurs in one of the columns named."""

    columns: tuple[str, ...] = ()
    _: KW_ONLY
    longest: int = LONGEST

    def field(self, actor: Any) -> forms.Field:
        """A field for words."""
        return forms.CharField(label=self.label, required=False, max_length=self.longest)

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """Rows in which every word stands somewhere."""
        for word in value.split():
            asked = Q()
            for column in self.columns or (self.lookup or self.name,):
                asked |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(asked)
        return rows

    def kept(self, row: Any, value: Any) -> bool:
        """Whether every word stands somewhere in the row."""
        if self.keeps:
            return self.keeps(row, value)
        text = " ".join(str(value_at(row, column.replace("__", ".")) or "") for column in self.columns).casefold()
        return all(word in text for word in value.casefold().split())

    def value_said(self, field: Any, value: Any) -> str:
        """What was typed, in quotation marks."""
        return pgettext("quotation, pages", "“%(words)s”") % {"words": value}


@dataclass(frozen=True)
class Flag(Filter):
    """A box: on, the rows for which `lookup` is `holds`."""

    _: KW_ONLY
    holds: Any = True

    def field(self, actor: Any) -> forms.Field:
        """A box."""
        return forms.BooleanField(label=self.label, required=False)

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows for which it holds."""
        return rows.filter(**{self.lookup or self.name: self.holds})

    def kept(self, row: Any, value: Any) -> bool:
        """Whether it holds."""
        return self.keeps(row, value) if self.keeps else value_at(row, self.lookup or self.name) == self.holds

    def said(self, field: Any, value: Any) -> str:
        """Its label says it all."""
        return str(self.label)


@dataclass(frozen=True)
class Mine(Flag):
    """A box: on, the rows of the reader's own State or body; `lookup` is the column of its code."""

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows of the reader's party."""
        return rows.filter(**{self.lookup or self.name: actor.party_code})


@dataclass(frozen=True)
class On(Filter):
    """A day typed, day first: the rows of that day."""

    def field(self, actor: Any) -> forms.Field:
        """A field for a day."""
        return forms.DateField(
            label=self.label,
            required=False,
            input_formats=DAYS,
            widget=forms.TextInput(attrs={"size": 16, "inputmode": "text"}),
            help_text=_("For example 3 March 2027"),
            error_messages={"invalid": _("Enter a day, for example 3 March 2027.")},
        )

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows of the day."""
        name = self.lookup or self.name
        after = self.edge(rows, value + timedelta(days=1), actor)
        return rows.filter(**{f"{name}__gte": self.edge(rows, value, actor), f"{name}__lt": after})

    def edge(self, rows: QuerySet[Any], day: date, actor: Any) -> date | datetime:
        """What a column is compared with: the day, or of a column of moments its beginning at the reader's place."""
        if not isinstance(field_at(rows.model, self.lookup or self.name), DateTimeField):
            return day
        return datetime.combine(day, time(), ZoneInfo(getattr(actor, "time_zone", "") or "UTC"))

    def value_said(self, field: Any, value: Any) -> str:
        """The day in full."""
        return date_format(value, pgettext("format of a day, in full", "j F Y"))


@dataclass(frozen=True)
class Before(On):
    """A day typed: the rows before it."""

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows of earlier days."""
        return rows.filter(**{f"{self.lookup or self.name}__lt": self.edge(rows, value, actor)})


@dataclass(frozen=True)
class Since(On):
    """A day typed: the rows of that day and later."""

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows from then on."""
        return rows.filter(**{f"{self.lookup or self.name}__gte": self.edge(rows, value, actor)})


@dataclass(frozen=True)
class Until(On):
    """A day typed: the rows of that day and earlier."""

    def query(self, rows: QuerySet[Any], value: Any, actor: Any) -> QuerySet[Any]:
        """The rows up to then."""
        return rows.filter(**{f"{self.lookup or self.name}__lt": self.edge(rows, value + timedelta(days=1), actor)})
