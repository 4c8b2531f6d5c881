"""Terms that the portal's texts do not use: `python -m caricom_portal.languages.terms`, part of `make check`.

The table stands in terms.toml beside this module. It is held against every marked text, of Python and of templates.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from caricom_portal.languages.sources import Text, marked

TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Term:
    """A term that is not used, what is written instead, and the texts that keep it with the reason."""

    found: re.Pattern[str]
    better: str
    keep: dict[str, str]


def read(table: Path = TABLE) -> list[Term]:
    """The terms of the table; a kept text that says no reason is a KeyError."""
    rows = tomllib.loads(table.read_text())["term"]
    return [
        Term(re.compile(row["found"]), row["better"], {one["text"]: one["why"] for one in row.get("keep", ())})
        for row in rows
    ]


def faults(texts: Iterable[Text], terms: Iterable[Term]) -> Iterator[str]:
    """A line for each text that uses one of the terms."""
    known = list(terms)
    for row in texts:
        for words in (row.text, row.plural):
            for term in known:
                if words and row.text not in term.keep and (match := term.found.search(words)):
                    yield f"{min(row.places)}: “{match[0]}” in “{words}”. Write: {term.better}."


def unneeded(texts: Iterable[Text], terms: Iterable[Term]) -> Iterator[str]:
    """A line for each text that is kept and that nobody shows any more."""
    shown = {row.text for row in texts}
    for term in terms:
        yield from (f"{TABLE.name}: “{text}” is no text any more." for text in term.keep if text not in shown)


def main() -> int:
    """Print the faults; 1 when there are some."""
    texts, terms = marked(), read()
    lines = [*faults(texts, terms), *unneeded(texts, terms)]
    for line in lines:
        sys.stderr.write(f"{line}\n")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
