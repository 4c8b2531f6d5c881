"""What is not translated, by area, and translations whose placeholders do not fit their text."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from caricom_portal.languages.catalogue import LOCALE, Catalogue
from caricom_portal.languages.sources import Text

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|</?[a-z][a-z0-9]*|&[a-z]+;")


@dataclass(frozen=True)
class Share:
    """How far an app is: its marked texts and those of them that wait for a translation."""

    area: str
    texts: int
    missing: tuple[Text, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * (self.texts - len(self.missing)) // max(self.texts, 1)


def area_of(place: str) -> str:
    """The app that a file belongs to: `jrcc` of apps/jrcc/policy.py and of templates/jrcc/hit.html."""
    parts = place.split("/")
    return parts[1] if len(parts) > 2 else "portal"


def shares(texts: Iterable[Text], known: Catalogue) -> list[Share]:
    """Every app's share; a text that several apps show counts in each."""
    rooms: dict[str, list[Text]] = {}
    for row in texts:
        for area in {area_of(place) for place in row.places}:
            rooms.setdefault(area, []).append(row)
    return [Share(area, len(rows), missing(rows, known)) for area, rows in sorted(rooms.items())]


def missing(texts: Iterable[Text], known: Catalogue) -> tuple[Text, ...]:
    """The texts without a translation."""
    return tuple(row for row in texts if row.key not in known)


def complete(texts: Iterable[Text]) -> list[Text]:
    """The texts of the files that locale/complete.toml declares complete: they may not miss a translation."""
    patterns = tomllib.loads((LOCALE / "complete.toml").read_text())["files"]
    return [row for row in texts if any(fnmatchcase(place, each) for place in row.places for each in patterns)]


def ill_fitting(texts: Iterable[Text], known: Catalogue) -> list[tuple[str, str]]:
    """(text, translation) where placeholders or marks of HTML differ. A singular may leave its number out."""
    found = []
    for row in texts:
        originals = [row.text, row.plural or row.text]
        for number, words in enumerate(known.get(row.key, [])):
            allowed = [_placeholders(each) for each in originals[number:]] if row.plural else [_placeholders(row.text)]
            if _placeholders(words) not in allowed:
                found.append((row.text, words))
    return found


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
