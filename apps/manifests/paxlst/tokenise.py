"""From text to segments: find the delimiters that fit, split, and repair what carriers commonly break."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from .segments import BLANKS, BODY_TAGS, CLOSING_TAGS, KNOWN_TAGS, STANDARD, Delimiters, Segment
from .unwrap import Stretch

_PIECES_KEPT = 200  # unreadable or unknown pieces kept one by one; the rest are only counted
_SAMPLE = 200  # tags looked at to find out what stands before them
_EXCERPT = 40

# Elements a segment has in ordinary use, tag included: a longer one may hold the next segment.
_ORDINARY = {
    "UNH": 5, "BGM": 4, "RFF": 2, "DTM": 2, "NAD": 5, "COM": 4, "CTA": 3, "TDT": 6, "LOC": 3, "ATT": 4, "MEA": 4,
    "GEI": 3, "FTX": 5, "EMP": 3, "NAT": 3, "DOC": 3, "CNT": 2, "UNT": 3, "UNZ": 3, "UNE": 3, "UNG": 8, "UNB": 8,
}  # fmt: skip
# What the first element after a tag looks like; only then a tag inside an element is taken for a segment.
_FIRST_ELEMENT = {
    "BGM": re.compile(r"(745|250|266|336|655)\b"), "LOC": re.compile(r"\d{1,3}$"), "DTM": re.compile(r"\d{1,3}\D"),
    "NAD": re.compile(r"(FL|FM|DDU|DDT|MS|ZZZ|COT)$"), "ATT": re.compile(r"2$"), "NAT": re.compile(r"[12]$"),
    "RFF": re.compile(r"(TN|AVF|ABO|SEA|AEA|CR)\W"), "DOC": re.compile(r"[A-Z]{1,5}(\W|$)"),
    "CNT": re.compile(r"4[12]\W"), "UNT": re.compile(r"\d{1,40}$"), "TDT": re.compile(r"(20|34)$"),
    "EMP": re.compile(r"\d$"), "MEA": re.compile(r"(CT|WT)$"), "FTX": re.compile(r"BAG$"), "GEI": re.compile(r"4$"),
    "UNH": re.compile(r"."), "UNZ": re.compile(r"\d{1,40}$"), "UNE": re.compile(r"\d{1,40}$"),
    "COM": re.compile(r".{1,512}\W(TE|FX|EM)$"),
}  # fmt: skip
_WORDY_TAGS = frozenset({"NAD", "CTA", "COM", "FTX", "TDT", "UNB", "UNG"})  # values that may hold an apostrophe
_TAG_LIST = "|".join(sorted(BODY_TAGS | {"UNG", "UNE", "UNZ"}))


def fits(text: str, marks: Delimiters) -> bool:
    """True when the delimiters give a UNB or UNH followed by a BGM, TDT or NAD; `text` in upper case."""
    element, end = re.escape(marks.element), re.escape(marks.terminator)
    head = re.search(rf"UN[BH][ \t]*{element}", text)
    return bool(head and re.compile(rf"{end}[ \t]*(?:BGM|TDT|NAD)[ \t]*{element}").search(text, head.end()))


def fits_headless(text: str, marks: Delimiters) -> bool:
    """True when a list without UNB and UNH can be split: a BGM, TDT or NAD at the start or behind a terminator."""
    element, end = re.escape(marks.element), re.escape(marks.terminator)
    return bool(re.search(rf"(?:^|{end})[ \t]*(?:BGM|TDT|NAD)[ \t]*{element}", text))


def delimiters_of(stretch: Stretch, *, by_lines: bool = False) -> Delimiters | None:
    """The first of UNA, standard set and deduction that fits the text, None when it is no list."""
    text = stretch.text.upper()
    if not any(tag in text for tag in ("BGM", "TDT", "NAD")):
        return None
    candidates = [marks for marks in (stretch.advice, stretch.inherited, STANDARD) if marks]
    if by_lines:
        candidates = [replace(marks, terminator="\n") for marks in candidates]
    deduced = deduce(text, by_lines=by_lines)
    if deduced:
        candidates.append(deduced)
    for test in (fits, fits_headless):
        for marks in candidates:
            if test(text, marks):
                return marks
    return None


def deduce(text: str, *, by_lines: bool = False) -> Delimiters | None:
    """Delimiters read off the body: what follows UNB/UNH/BGM, stands in UNOA:4 or PAXLST:D, precedes tags."""
    head = re.search(r"(?:UNB|UNH|BGM)[ \t]*([^A-Z0-9 \t\r\n])", text)
    if not head:
        return None
    element = head.group(1)
    pattern = re.compile(r"(?:UNO[A-Z]|IAT[AB]|SIRE)([^A-Z0-9 ])\d|PAXLST([^A-Z0-9 ])D")
    inside = pattern.search(text, head.start())
    component = (inside.group(1) or inside.group(2)) if inside else STANDARD.component
    terminator = "\n" if by_lines else _before_tags(text, head.end(), element, component)
    if not terminator or component == element:
        return None
    release = STANDARD.release if STANDARD.release not in (element, component, terminator) else ""
    return Delimiters(component, element, release, terminator, "deduced")


def _before_tags(text: str, start: int, element: str, component: str) -> str | None:
    """The character that most often stands before a tag, None when that is a letter or digit."""
    counts: Counter[str] = Counter()
    for found in re.compile(rf"(?:{_TAG_LIST})[ \t]*{re.escape(element)}").finditer(text, start):
        before = found.start() - 1
        while before > start and text[before] in BLANKS:
            before -= 1
        counts[text[before]] += 1
        if counts.total() >= _SAMPLE:
            break
    if not counts:
        return None
    likely = counts.most_common(1)[0][0]
    return None if likely.isalnum() or likely in (element, component) else likely


def start_of(text: str, marks: Delimiters) -> int:
    """Where the first service segment begins; text in front is wrapping."""
    for tags in ("UNB|UNG|UNH", "BGM|TDT|NAD"):
        found = re.search(rf"(?:{tags})[ \t]*{re.escape(marks.element)}", text, re.IGNORECASE)
        if found:
            return found.start()
    return 0


class Cutter:
    """Splits one stretch at its terminators and joins back what was no segment end."""

    def __init__(self, marks: Delimiters) -> None:
        self.marks = marks
        self.segments: list[Segment] = []
        self.trailing = 0
        self.fragments: list[str] = []
        self.odd_pieces = 0
        self.spaced = False

    def cut(self, text: str) -> list[Segment]:
        """Segments in order of the text; a last one without terminator is kept only if it closes something."""
        marks = self.marks
        pieces = marks.shield(text).split(marks.terminator)
        last = pieces.pop()
        pieces = [piece for piece in pieces if piece]
        end = self._end_of_list(pieces)
        for piece in pieces[:end]:
            if piece[3:4] == marks.element and piece[:3].upper() in KNOWN_TAGS:
                self._flush()
                self.fragments.append(piece)
            else:
                self._odd(piece)
        self._flush()
        rest = pieces[end:]
        self.trailing = sum(map(len, rest))
        if not rest and last.strip(BLANKS):
            self._unfinished(last)
        else:
            self.trailing += len(last.strip(BLANKS))
        return self.segments

    def _end_of_list(self, pieces: list[str]) -> int:
        """Number of pieces up to the last segment when that closes the list; else all of them."""
        for index in range(len(pieces) - 1, -1, -1):
            tag = self._tag(pieces[index])
            if tag in KNOWN_TAGS:
                return index + 1 if tag in ("UNT", "UNE", "UNZ") else len(pieces)
        return len(pieces)

    def _tag(self, piece: str) -> str:
        """A three-letter word followed by an element separator or the end of the piece; "" for other text."""
        piece = piece.lstrip(BLANKS)
        word = piece[:3]
        if len(word) < 3 or not (word.isascii() and word.isalpha()):
            return ""
        rest = piece[3:].lstrip(BLANKS)
        if rest.startswith(self.marks.element):
            return word.upper()
        return word.upper() if not rest and word.upper() in KNOWN_TAGS else ""

    def _odd(self, piece: str) -> None:
        """A piece that does not begin with a known tag at once: blanks, an unknown tag, or part of a value."""
        tag = self._tag(piece)
        if tag in KNOWN_TAGS:
            self.spaced = True
            self._flush()
            self.fragments.append(piece)
        elif not piece.strip(BLANKS):
            return
        elif not tag and self.fragments and self._may_continue():
            self.fragments.append(piece)
        else:
            self._flush()
            self._set_aside(piece, tag)

    def _may_continue(self) -> bool:
        """True when the open segment ends in free text, where a delimiter may stand unescaped."""
        if self.marks.by_lines:
            return True
        opened = self.fragments[0]
        tag = opened.lstrip(BLANKS)[:3].upper()
        if tag in _WORDY_TAGS:
            return True
        value = opened.rpartition(self.marks.element)[2].rpartition(self.marks.component)[2]
        # a place or country written out (SAINT GEORGE'S), not a code
        return tag in ("LOC", "NAT") and len(value) > 5

    def _set_aside(self, piece: str, tag: str) -> None:
        """Keep an unknown or unreadable piece as one segment; beyond a limit only count it."""
        self.odd_pieces += 1
        if self.odd_pieces > _PIECES_KEPT and self.segments:
            self.segments[-1].span += 1
            return
        excerpt = piece.strip(BLANKS)[:_EXCERPT]
        segment = Segment(tag, [piece.strip(BLANKS)], self.marks, shielded=True)
        if tag:
            segment.note("UNKNOWN_SEGMENT", excerpt, tag=tag)
        else:
            segment.note("SEGMENT_UNREADABLE", excerpt, excerpt=excerpt)
        self.segments.append(segment)

    def _flush(self) -> None:
        """Close the open segment."""
        if not self.fragments:
            return
        glue = "" if self.marks.by_lines else self.marks.terminator
        text = self.fragments[0] if len(self.fragments) == 1 else glue.join(self.fragments)
        segment = self._segment(text)
        if len(self.fragments) > 1 and not self.marks.by_lines:
            segment.note("DELIMITER_NOT_ESCAPED", self.marks.terminator)
        self.fragments.clear()
        self._keep(segment)

    def _segment(self, text: str) -> Segment:
        elements = text.split(self.marks.element)
        elements[0] = elements[0].strip(BLANKS).upper()
        shielded = not text.isascii() and any("\ufdd0" <= mark <= "\ufdd3" for mark in text)
        return Segment(elements[0], elements, self.marks, shielded=shielded)

    def _keep(self, segment: Segment) -> None:
        """Store a segment, first split where the next tag stands inside one of its elements."""
        tag = segment.tag
        if len(segment.elements) > _ORDINARY.get(tag, 99) or tag in ("FTX", "CTA", "COM"):
            parts = _run_on(segment)
        else:
            parts = [segment]
        for part in parts:
            if part.tag == "NAD":
                _join_name(part)
            self.segments.append(part)

    def _unfinished(self, last: str) -> None:
        """What stands behind the last terminator: a closing segment counts, anything else broke off."""
        tag = self._tag(last)
        closed = bool(self.segments) and self.segments[-1].tag in ("UNT", "UNE", "UNZ")
        if tag in CLOSING_TAGS:
            self._keep(self._segment(last.rstrip(BLANKS)))
        elif closed and tag not in KNOWN_TAGS:
            self.trailing += len(last.strip(BLANKS))


def _run_on(segment: Segment) -> list[Segment]:
    """The segment, and those that run on inside it because a terminator is missing before their tag."""
    elements = segment.elements
    found: list[Segment] = [segment]
    start, lead = 0, segment.elements[0]
    for index in range(1, len(elements) - 1):
        tag = elements[index][-3:].upper()
        expected = _FIRST_ELEMENT.get(tag)
        if not (expected and expected.match(elements[index + 1].upper())):
            continue
        found[-1].elements = [lead, *elements[start + 1 : index], elements[index][:-3]]
        following = Segment(tag, [], segment.marks, shielded=segment.shielded)
        following.note("TERMINATOR_MISSING", tag=tag)
        found.append(following)
        start, lead = index, tag
    found[-1].elements = [lead, *elements[start + 1 :]]
    return found


# Components each element of a NAD may have after C080: street, city, subdivision, postcode, country.
_NAD_LIMITS = (4, 1, 4, 1, 1)
_NAME = 4
_NAME_PIECES = 8


def _join_name(segment: Segment) -> None:
    """Join an unescaped element separator back into the name if the address behind it would be impossible."""
    elements = segment.elements
    if len(elements) <= _NAME + 1 or _possible_address(elements[_NAME + 1 :], segment.marks.component):
        return
    component = segment.marks.component
    for count in range(1, min(len(elements) - _NAME, _NAME_PIECES)):
        last, rest = elements[_NAME + count], elements[_NAME + 1 + count :]
        # without given names so far, the name goes on to the element that brings them
        ends = component in elements[_NAME] or component in last
        if last and ends and _possible_address(rest, component):
            joined = segment.marks.element.join(elements[_NAME : _NAME + 1 + count])
            segment.elements = [*elements[:_NAME], joined, *rest]
            segment.note("DELIMITER_NOT_ESCAPED", segment.marks.element, joined)
            return


def _possible_address(elements: list[str], component: str) -> bool:
    return len(elements) <= len(_NAD_LIMITS) and all(
        element.count(component) < limit for element, limit in zip(elements, _NAD_LIMITS, strict=False)
    )
