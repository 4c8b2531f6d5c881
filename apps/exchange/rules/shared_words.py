"""Beside each other: an internal text and what is sent. What occurs in both is listed for the eye of a person."""

import difflib
import re
from dataclasses import dataclass

WORD = re.compile(r"\S+|\s+")
TOKEN = re.compile(r"[^\W_][\w.'’:/-]*[^\W_]|[^\W_]")
SENTENCE_END = frozenset(".!?:\n")


@dataclass(frozen=True, slots=True)
class Kept:
    """A word of both texts: a number (it has a figure), or a name or place (written with a capital)."""

    kind: str
    text: str


def kept(internal: str, sent: str) -> list[Kept]:
    """Names, numbers and places that occur in both texts, in the order of the sent one; each once."""
    there = {each.text.casefold() for each in _telling(internal)}
    found: dict[str, Kept] = {}
    for each in _telling(sent):
        if each.text.casefold() in there:
            found.setdefault(each.text.casefold(), each)
    return list(found.values())


def _telling(text: str) -> list[Kept]:
    """Figures, and words with a capital that is not only that of a sentence's beginning."""
    words = [(match.group(), match.start()) for match in TOKEN.finditer(text)]
    inside = {word.casefold() for word, at in words if word[0].isupper() and not _begins(text, at)}
    found = []
    for word, at in words:
        if any(letter.isdigit() for letter in word):
            found.append(Kept("number", word))
        elif word[0].isupper() and len(word) > 1 and (not _begins(text, at) or word.casefold() in inside):
            found.append(Kept("name", word))
    return found


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'“‘(")
    return not before or before[-1] in SENTENCE_END


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: the same as in the other one, or changed."""

    text: str
    changed: bool


def pieces(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with what differs marked."""
    one, two = WORD.findall(left), WORD.findall(right)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for what, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for side, words in zip(sides, (one[a:b], two[c:d]), strict=True):
            if words:
                side.append(Piece("".join(words), what != "equal"))
    return sides
