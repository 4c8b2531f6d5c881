"""What records and people are called. The apps hand their functions in; this one knows none of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from apps.audit.managers import Reader
from apps.audit.sentences import Line

Named = tuple[str, str]
"""Type of a record, and its key."""
Titles = Callable[[Reader, Collection[Named]], dict[Named, str]]
"""(reader, records) → what those that the reader sees are called, nobody's name among it. One query at most."""
Names = Callable[[Collection[str]], dict[str, str]]
"""(user names) → {user name: the person's name}. One query at most."""
_TITLES: list[Titles] = []
_NAMES: list[Names] = []


def register_titles(function: Titles) -> Titles:
    """Have the trail call records so; declared where the app is loaded."""
    _TITLES.append(function)
    return function


def register_names(function: Names) -> Names:
    """Have the trail call people so."""
    _NAMES.append(function)
    return function


def in_full(lines: Iterable[Line], reader: Reader | None) -> list[Line]:
    """The same with the titles of the records that the reader sees and the names of the people whom they may know."""
    told = list(lines)
    records = {(line.row.object_type, line.row.object_id) for line in told if line.row.object_id}
    people = {line.person for line in told if line.person}
    called = {one: title for ask in _TITLES if reader and records for one, title in ask(reader, records).items()}
    known = {one: name for ask in _NAMES if people for one, name in ask(people).items()}
    return [
        replace(
            line,
            title=called.get((line.row.object_type, line.row.object_id), ""),
            name=known.get(line.person, ""),
        )
        for line in told
    ]
