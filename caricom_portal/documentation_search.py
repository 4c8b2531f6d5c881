"""Search over the pages of docs/: every word must occur; a place is a paragraph's heading with what stands under it.

No index is kept: some two megabytes are folded once a process, each page anew when its file has changed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MOST_WORDS, MOST_PLACES, LONGEST = 8, 30, 120
EXCERPT = 220
TITLE, HEADING, TEXT, WHOLE = 12, 6, 1, 2
"""What a word counts where it occurs: in a page's title, in a heading, each time in a text up to AT_MOST; a whole word,
and not only the beginning of one, counts so many times as much."""
AT_MOST = 4

WORD = re.compile(r"\w+")
FENCE = re.compile(r"^(```|~~~)")
HEADING_LINE = re.compile(r"^(#{1,6}) +(.*?) *#*$")
NOT_OF_AN_ANCHOR = re.compile(r"[^\w\- ]")
MARKS = re.compile(r"!?\[([^][]*)\]\([^()]*\)|^\[help\]: .*$|^ *(?:[-*>]|\d+\.) +|^[|: -]+$|[`*|]", re.MULTILINE)
"""Of Markdown: links, of which the words stay, what a section is the help of, signs before a line, rules of tables,
emphasis and borders."""
INLINE = re.compile(r"!?\[([^][]*)\]\([^()]*\)|[`*]")
"""The same within a heading, whose number is no item of a list."""
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page, its anchor ("" for what stands above the first), and the text under it without marks."""

    title: str
    heading: str
    anchor: str
    text: str
    words: tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]
    """{folded word: how often} of title, heading and text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place that has all the words: the page's name, the section, and an excerpt as (text, whether it is a hit)."""

    page: str
    section: Section
    excerpt: tuple[tuple[str, bool], ...]


def fold(text: str) -> str:
    """Without upper case and accents, letter by letter, so that places in it are places in the text."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", one)[0].lower()[:1] for one in text)


def words_of(question: str) -> list[str]:
    """The words that are asked for, folded, each once, in their order."""
    return list(dict.fromkeys(WORD.findall(fold(question[:LONGEST]))))[:MOST_WORDS]


def anchor_of(heading: str) -> str:
    """The anchor by which links name a heading."""
    return NOT_OF_AN_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def find_places(question: str, pages: Mapping[str, Path]) -> list[Found]:
    """The places in which every word occurs, as a word or the beginning of one; the best first, at most MOST_PLACES."""
    words = words_of(question)
    ranked = []
    for name, path in pages.items() if words else ():
        for number, section in enumerate(_sections(name, path, path.stat().st_mtime_ns)):
            if score := _score(section, words):
                ranked.append((-score, name, number, section))
    ranked.sort(key=lambda one: one[:3])
    return [Found(name, section, _excerpt(section.text, words)) for _, name, _, section in ranked[:MOST_PLACES]]


def _score(section: Section, words: Iterable[str]) -> int:
    """0 where one of the words is missing."""
    total = 0
    for word in words:
        here = 0
        for weight, counted in zip((TITLE, HEADING, TEXT), section.words, strict=True):
            begun = sum(times for known, times in counted.items() if known.startswith(word))
            here += weight * (min(begun, AT_MOST) + (WHOLE if word in counted else 0))
        if not here:
            return 0
        total += here
    return total


@lru_cache(maxsize=512)
def _sections(name: str, path: Path, _changed: int) -> tuple[Section, ...]:
    return tuple(_cut(name, path.read_text(encoding="utf-8")))


def _cut(name: str, source: str) -> Iterator[Section]:
    """The sections of a page; its first heading is its title."""
    title, heading, anchor = "", "", ""
    lines: list[str] = []
    fenced = False
    for line in source.splitlines():
        fenced ^= bool(FENCE.match(line))
        began = None if fenced else HEADING_LINE.match(line)
        if began is None:
            lines.append(line)
            continue
        if title and (heading or any(lines)):
            yield _section(title, heading, anchor, lines)
        lines = []
        if title:
            heading, anchor = INLINE.sub(r"\1", began[2]), anchor_of(began[2])
        else:
            title = INLINE.sub(r"\1", began[2])
    yield _section(title or name, heading, anchor, lines)


def _section(title: str, heading: str, anchor: str, lines: list[str]) -> Section:
    text = SPACE.sub(" ", MARKS.sub(lambda found: found[1] or " ", "\n".join(lines))).strip()
    return Section(title, heading, anchor, text, (_counted(title), _counted(heading), _counted(text)))


def _counted(text: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for word in WORD.findall(fold(text)):
        found[word] = found.get(word, 0) + 1
    return found


def _excerpt(text: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """The text around the first word that is found in it, cut at blanks, with the hits told apart."""
    hit = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\w*")
    folded = fold(text)
    first = hit.search(folded)
    start = text.rfind(" ", 0, max(first.start() - EXCERPT // 3, 0)) + 1 if first else 0
    end = text.find(" ", start + EXCERPT)
    end = end if end >= 0 else len(text)
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for found in hit.finditer(folded, start, end):
        parts += [(text[at : found.start()], False), (text[found.start() : found.end()], True)]
        at = found.end()
    parts += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return tuple(part for part in parts if part[0])
