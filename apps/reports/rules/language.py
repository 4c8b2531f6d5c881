"""The language of a report's sentences: text with places for values, and how each value is written.

    "[{n:Word} of the {N:word}] Member States currently use it."

A place is {name} or {name:formatter}; brackets mark a computed phrase, which pages tint as one. A place outside of
brackets is a phrase by itself. Two braces or brackets in a row stand for one.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.reports.rules import words
from apps.reports.rules.values import NAME, Value
from apps.reports.rules.words import Month, Parties


class TemplateError(ValueError):
    """A sentence that cannot be read; says what is wrong and at which character, counted from 1."""

    def __init__(self, said: str, place: int, text: str) -> None:
        super().__init__(f"{said} (character {place + 1} of “{text}”)")
        self.place = place


class Missing(LookupError):
    """A value that the record does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand in the template."""

    text: str
    phrase: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes, and how it is written."""

    name: str
    form: str
    phrase: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a rendered sentence; computed ones come from the record."""

    text: str
    computed: bool


def _number(write: Callable[[int], str]) -> Callable[[Value], str]:
    def written(value: Value) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError("a whole number")
        return write(value)

    return written


def _list(value: Value) -> str:
    if isinstance(value, Parties):
        return words.listed(value.names)
    if isinstance(value, tuple):
        return words.listed(value)
    if isinstance(value, str):
        return value
    raise TypeError("a list")


def _day(value: Value) -> str:
    if isinstance(value, datetime.date):
        return words.day(value)
    if isinstance(value, Month):
        return str(value)
    raise TypeError("a day")


def _month(value: Value) -> str:
    if isinstance(value, datetime.date | Month):
        return words.month(value)
    raise TypeError("a day or month")


def _plain(value: Value) -> str:
    if isinstance(value, Month | datetime.date):
        return _day(value)
    return _list(value) if isinstance(value, Parties | tuple) else str(value)


FORMS: dict[str, Callable[[Value], str]] = {
    "": _plain,
    "word": _number(words.word),
    "Word": _number(lambda number: words.capital(words.word(number))),
    "ordinal": _number(words.ordinal),
    "list": _list,
    "List": lambda value: words.capital(_list(value)),
    "D": _day,
    "M_Y": _month,
    "M Y": _month,
}
"""How a value is written: the formatters of the template's data file, and List for the beginning of a sentence."""

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|[{}\[\]]")


def parse(text: str) -> list[Literal | Place]:
    """The parts of a template in order; TemplateError where it is wrong. `phrase` numbers them, 0 for plain words."""
    return list(_parsed(text))


def _parsed(text: str) -> Iterator[Literal | Place]:
    phrase, inside, at, opened = 0, False, 0, 0
    while at < len(text):
        token = _TOKEN.search(text, at)
        end = token.start() if token else len(text)
        if end > at:
            yield Literal(text[at:end], phrase if inside else 0)
        if token is None:
            break
        mark, at = token.group(), token.end()
        if len(mark) == 2:
            yield Literal(mark[0], phrase if inside else 0)
        elif mark == "{":
            phrase += not inside
            place, at = _place(text, token.start(), phrase)
            yield place
        elif mark == "[" and not inside:
            phrase, inside, opened = phrase + 1, True, token.start()
        elif mark == "]" and inside:
            inside = False
        else:
            raise TemplateError(f"“{mark}” has nothing to open or close here", token.start(), text)
    if inside:
        raise TemplateError("this bracket is never closed", opened, text)


def _place(text: str, start: int, phrase: int) -> tuple[Place, int]:
    end = text.find("}", start)
    if end < 0 or "{" in text[start + 1 : end]:
        raise TemplateError("this brace is never closed", start, text)
    name, colon, form = text[start + 1 : end].partition(":")
    if not NAME.fullmatch(name):
        raise TemplateError(f"“{name}” is not the name of a value", start + 1, text)
    if form not in FORMS or (colon and not form):
        raise TemplateError(f"there is no formatter “{form}”; there are {', '.join(filter(None, FORMS))}", start, text)
    return Place(name, form, phrase), end + 1


def names(text: str) -> set[str]:
    """Names of the values that a template asks for."""
    return {part.name for part in parse(text) if isinstance(part, Place)}


def render(text: str, values: Mapping[str, Value]) -> list[Stretch]:
    """The sentence as stretches of plain and computed text.

    Missing for a value that is not there; TemplateError where a value cannot be written as the template wants it.
    """
    found: list[Stretch] = []
    last = 0
    for part in parse(text):
        said = part.text if isinstance(part, Literal) else _said(text, part, values)
        if part.phrase and part.phrase == last and found:
            found[-1] = Stretch(found[-1].text + said, True)
        else:
            found.append(Stretch(said, bool(part.phrase)))
        last = part.phrase
    return _capital(_merged(found))


def _said(text: str, part: Place, values: Mapping[str, Value]) -> str:
    value: Any = values.get(part.name)
    if value is None or value == () or (isinstance(value, Parties) and not value.codes):
        raise Missing(part.name)
    try:
        return FORMS[part.form](value)
    except TypeError as wrong:
        place = text.index("{" + part.name)
        raise TemplateError(f"“{part.name}” has to be {wrong} to be written as “{part.form}”", place, text) from wrong


def _merged(found: list[Stretch]) -> list[Stretch]:
    """Neighbouring plain stretches as one: escaped marks cut them."""
    merged: list[Stretch] = []
    for one in found:
        if merged and not merged[-1].computed and not one.computed:
            merged[-1] = Stretch(merged[-1].text + one.text, False)
        else:
            merged.append(one)
    return merged


def _capital(found: list[Stretch]) -> list[Stretch]:
    """A sentence begins with a capital letter, whatever value stands first."""
    if found and found[0].computed:
        found[0] = Stretch(words.capital(found[0].text), True)
    return found


def plain(stretches: list[Stretch]) -> str:
    """The sentence as text."""
    return "".join(one.text for one in stretches)
