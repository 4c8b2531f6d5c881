"""Input of the actions on requests: lists of the day, lines of text, and rows of variants, subjects and answers."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.exchange.queries import vocabulary
from apps.exchange.rules import lines

CISNET = "cisnet"
"""The line of a request that names none."""

SPLIT = re.compile(r"[\s,;]+")
DAY_TIME = "%Y-%m-%dT%H:%M"
MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_TEXT = 50, 2000, 20_000
MOST_ROWS = 40
Plain = dict[str, Any]


def line_for(row: Any) -> lines.Line:
    """The line of a record, or the usual one."""
    return lines.line_of(getattr(row, "line", "") or CISNET)


class Terms(forms.ChoiceField):
    """A code of one of today's lists."""

    def __init__(self, vocabulary_name: str, **more: Any) -> None:
        self.vocabulary = vocabulary_name
        super().__init__(**more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the list as it is today."""
        empty = [] if self.required or self.initial else [("", "–")]
        self.choices = [*empty, *vocabulary.choices(self.vocabulary)]


class Classification(forms.ChoiceField):
    """A classification of the line, also by the party's own word or as a number; the value is its level, or None."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the line's."""
        self.line, self.party = line_for(row), actor.party_code if actor else ""
        self.choices = [(str(level), label) for level, label in self.line.levels()]
        self.initial = "1"

    def clean(self, value: Any) -> Any:
        """The level; None when left out."""
        text = str(value or "").strip()
        if not text:
            return super().clean("") or None
        return level_from(self.line, text, self.party)


def level_from(line: lines.Line, text: Any, party: str) -> int:
    """The level of a word or number; ValidationError for none."""
    word = str(text).strip()
    known = {str(level): level for level, _label in line.levels()}
    level = known.get(word, line.level_of(word, party))
    if level is None:
        raise ValidationError(_now("No classification has this name. The portal stores nothing above SECRET."))
    return level


class Label(forms.ChoiceField):
    """A label of sharing of the line."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the line's."""
        self.choices = line_for(row).labels()
        self.initial = "AMBER"


class Lines(forms.Textarea):
    """One text a line; programs send a list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list."""
        value = data.get(name)
        if not isinstance(value, str):
            return value
        return [line.strip() for line in value.splitlines() if line.strip()]

    def format_value(self, value: Any) -> Any:
        """The lines."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value


class Texts(forms.MultipleChoiceField):
    """A list of short texts."""

    widget = Lines(attrs={"rows": 4})

    def __init__(self, most: int = MOST_QUESTIONS, **more: Any) -> None:
        self.most = most
        super().__init__(**more)

    def validate(self, value: Any) -> None:
        """Each a text of its own, none too long, not too many."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        short_texts(value, self.most)

    def to_python(self, value: Any) -> Any:
        """The list, parts stripped."""
        if value in (None, ""):
            return []
        if not isinstance(value, list | tuple):
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return [one.strip() if isinstance(one, str) else one for one in value]


def short_texts(value: Sequence[Any], most: int = MOST_QUESTIONS) -> None:
    """ValidationError unless each is a text with something in it."""
    if len(value) > most:
        raise ValidationError(_now("Enter at most %(most)s.") % {"most": most})
    for one in value:
        if not isinstance(one, str) or not one.strip() or len(one) > LONGEST_QUESTION or "\x00" in one:
            raise ValidationError(_now("Each must have 1 to %(most)s characters.") % {"most": LONGEST_QUESTION})


class Rows(forms.JSONField):
    """A list of objects with known names; pages draw the rows `NAME-N-PART` themselves."""

    def __init__(self, parts: Sequence[str], bare: Sequence[str] = (), **more: Any) -> None:
        self.parts = parts
        super().__init__(widget=RowInputs(parts, frozenset(bare)), **more)

    def clean(self, value: Any) -> Any:
        """The list, unread: what the parts mean is said by the action."""
        rows = super().clean(value)
        if rows in (None, ""):
            rows = []
        if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
            raise ValidationError(_now("Send a list of up to %(most)s objects.") % {"most": MOST_ROWS})
        for row in rows:
            unknown = sorted(set(row) - set(self.parts))
            if unknown:
                raise ValidationError(
                    pgettext("words, exchange", "Unknown field: %(names)s.")
                    % {"names": ", ".join(map(str, unknown))[:80]}
                )
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def bound_data(self, data: Any, initial: Any) -> Any:
        """As it was sent."""
        return data


class RowInputs(forms.Widget):
    """Rows of inputs with more in them than the `bare` parts, in their order; a program's list as it is."""

    def __init__(self, parts: Sequence[str], bare: frozenset[str]) -> None:
        self.parts, self.bare = parts, bare
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """[{part: text}]"""
        if name in data:
            return data.get(name)
        found = re.compile(rf"{re.escape(name)}-(\d{{1,2}})-([a-z_]+)")
        numbers = sorted({int(match[1]) for key in data if (match := found.fullmatch(key))})
        rows = []
        for number in numbers:
            row = {part: _part(data, f"{name}-{number}-{part}") for part in self.parts}
            row = {part: value for part, value in row.items() if value}
            if set(row) - self.bare:
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no row is a value."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Drawn by the page itself."""
        return ""


def _part(data: Any, name: str) -> Any:
    """A text; several boxes of one name, or codes in one line (`…-to`), are a list."""
    if name.endswith("-to"):
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return [word for text in given for word in SPLIT.split(str(text)) if word]
    text = data.get(name, "")
    if name.endswith("-questions"):
        return [line.strip() for line in str(text).splitlines() if line.strip()]
    return text.strip() if isinstance(text, str) else text


def text_part(row: Plain, name: str, most: int) -> str:
    """A text of a row, with line ends of one kind; ValidationError for anything else."""
    value = row.get(name) or ""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValidationError(
            _now("%(name)s must be text of up to %(most)s characters.") % {"name": name, "most": most}
        )
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def words_field(label: Any, most: int = 300, required: bool = True, **more: Any) -> forms.CharField:
    """A reason, remark or question in words."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


def moment_field(label: Any, required: bool = False, **more: Any) -> forms.DateTimeField:
    """A day and time in UTC."""
    return forms.DateTimeField(
        label=label,
        required=required,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DAY_TIME),
        error_messages={"invalid": _("Enter date and time in UTC, for example 2026-11-12T18:00.")},
        **more,
    )
