"""Words marked where they are shown. Texts stay texts: what makes them HTML escapes every piece."""

import re
from collections.abc import Sequence

START, END = "\ue000", "\ue001"
"""Private letters that PostgreSQL is told to put around words; in a text of somebody's own they only mark more."""
ENDINGS = re.compile(r"(?:ies|ing|ed|es|s|y)$")
SHORTEST_STEM = 3

Pieces = list[tuple[str, bool]]


def pieces(headline: str) -> Pieces:
    """[(text, whether it is marked)] of what ts_headline gives with START and END."""
    found: Pieces = []
    for number, part in enumerate(re.split(f"[{START}{END}]", headline)):
        if part:
            found.append((part, number % 2 == 1))
    return found


def marked(text: str, words: Sequence[str]) -> Pieces:
    """The same for a title, by the stems of the words asked for."""
    stems = [re.escape(_stem(word)) for word in words]
    if not stems:
        return [(text, False)] if text else []
    pattern = re.compile(rf"(?<!\w)((?:{'|'.join(stems)})\w*)", re.IGNORECASE)
    return [(part, number % 2 == 1) for number, part in enumerate(pattern.split(text)) if part]


def _stem(word: str) -> str:
    stem = ENDINGS.sub("", word)
    return stem if len(stem) >= SHORTEST_STEM else word
