"""Values of sentences: what a fact may hold, as JSON and as the language reads them.

JSON says the kind of what is not text, a number or a list of texts: {"day": "2007-12-06"}, {"month": "2006-07"},
{"parties": ["BRB", "JAM"]}.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from apps.reports.rules.words import Month, Parties

Value = str | int | bool | datetime.date | Month | Parties | tuple[str, ...]
Names = Mapping[str, str]
"""Names of States and bodies by code, in roll-call order."""

NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
LONGEST = 1000


class WrongValue(ValueError):
    """A value that no fact may hold; the message says which and what to write instead."""


def read_value(content: Any, names: Names | None = None) -> dict[str, Value]:
    """The values of a fact or of a stored sentence; WrongValue names the one that cannot be read.

    With `names` a code that is not among them is wrong; without, codes stand for themselves.
    """
    if not isinstance(content, Mapping):
        raise WrongValue('Write an object of names and values, for example {"n": 10}.')
    for name in content:
        if not NAME.fullmatch(str(name)):
            raise WrongValue(f"“{name}” cannot name a value: write letters, digits, underscores and dots.")
    return {name: _read(name, value, names) for name, value in content.items()}


def _read(name: str, value: Any, names: Names | None) -> Value:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(name, value)
    if isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            raise WrongValue(f"{name}: write a list of texts.")
        return tuple(_text(name, each) for each in value)
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, said),) = value.items()
        if kind in _KINDS:
            return _KINDS[kind](name, said, names)
    raise WrongValue(f"{name}: write a text, a whole number, a list of texts, or a day, month or parties object.")


def _text(name: str, value: str) -> str:
    if len(value) > LONGEST:
        raise WrongValue(f"{name}: write at most {LONGEST} characters.")
    return value


def _day(name: str, said: Any, _names: Names | None) -> Value:
    try:
        return datetime.date.fromisoformat(said)
    except (ValueError, TypeError) as wrong:
        raise WrongValue(f"{name}: write the day as 2007-12-06.") from wrong


def _month(name: str, said: Any, _names: Names | None) -> Value:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", said) if isinstance(said, str) else None
    if found is None:
        raise WrongValue(f"{name}: write the month as 2006-07.")
    return Month(int(found[1]), int(found[2]))


def _parties(name: str, said: Any, names: Names | None) -> Value:
    if not isinstance(said, list) or not all(isinstance(code, str) for code in said):
        raise WrongValue(f"{name}: write the codes of the parties as a list.")
    if names is None:
        return Parties(tuple(said), tuple(said))
    unknown = sorted(set(said) - set(names))
    if unknown:
        raise WrongValue(f"{name}: there is no party {', '.join(unknown)}.")
    return parties(said, names)


_KINDS = {"day": _day, "month": _month, "parties": _parties}


def parties(codes: Any, names: Names) -> Parties:
    """The parties of these codes in the order of `names`, which is the roll call."""
    wanted = set(codes)
    ordered = [code for code in names if code in wanted]
    return Parties(tuple(ordered), tuple(names[code] for code in ordered))


def written(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as JSON; `read` gives them back."""
    return {name: _written(value) for name, value in values.items()}


def _written(value: Value) -> Any:
    if isinstance(value, Month):
        return {"month": f"{value.year:04}-{value.month:02}"}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, Parties):
        return {"parties": list(value.codes)}
    return list(value) if isinstance(value, tuple) else value
