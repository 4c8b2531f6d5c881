"""How a CUSRES is written: its segments, its interchange, and the numbered telegrams that a Type-B line can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .segments import Delimiters

PART_LENGTH = 3_600  # characters of a telegram, addresses and line ends included
LINE_LENGTH = 63
_MOST_PARTS = 99  # UNH 0070 has two digits
_FRAME_LENGTH = 420  # UNA, UNB, UNG, UNH, UNT, UNE, UNZ and the addresses of a telegram at their longest
_ADDRESS = re.compile(r"\b[A-Z]{3}[A-Z0-9]{4}\b")
_PRIORITY_LINE = re.compile(r"^[^A-Z0-9\r\n]*Q[A-Z][ \t]+([A-Z0-9 \t]+)$", re.IGNORECASE | re.MULTILINE)
_HEAD = 2_000
_REST = "FURTHER TRAVELLERS ARE NAMED IN THE PORTAL"


class Writer:
    """Writes segments with one sender's delimiters; values that hold a delimiter are released."""

    def __init__(self, marks: Delimiters) -> None:
        self.marks = marks
        self.segments: list[str] = []

    def released(self, text: object) -> str:
        """The value with the release character before each delimiter, or with blanks where there is none."""
        marks, value = self.marks, str(text)
        for mark in (marks.release, marks.terminator, marks.element, marks.component):
            if mark:
                value = value.replace(mark, marks.release + mark if marks.release else " ")
        return value

    def add(self, tag: str, *elements: object) -> None:
        """One segment; a tuple is a composite, empty tails are left out."""
        marks = self.marks
        written = [
            marks.component.join(self.released(part) for part in element).rstrip(marks.component)
            if isinstance(element, tuple)
            else self.released(element)
            for element in elements
        ]
        while written and not written[-1]:
            written.pop()
        self.segments.append(marks.element.join([tag, *written]))

    def taken(self) -> list[str]:
        """The segments so far, which are its caller's from now on."""
        segments, self.segments = self.segments, []
        return segments

    def lines(self) -> list[str]:
        """The service string advice and the segments, each with its terminator."""
        marks = self.marks
        ending = "" if marks.by_lines else marks.terminator
        advice = f"UNA{marks.component}{marks.element}.{marks.release or ' '} "
        return [segment + ending for segment in [advice, *self.segments]]

    def text(self) -> str:
        """The interchange with its service string advice, one segment a line."""
        return "".join(line + "\n" for line in self.lines())


@dataclass(slots=True)
class Answer:
    """The answer to one list: what each part of it begins with, and an ERP with what belongs to it a group."""

    own: str
    version: tuple[str, ...]
    access: str
    head: list[str] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)

    @property
    def segments(self) -> list[str]:
        """All its groups, one after the other."""
        return [segment for group in self.groups for segment in group]

    def write(self, writer: Writer, body: list[str], part: tuple[str, ...] = ("01", "F")) -> None:
        """UNH to UNT around a body."""
        start = len(writer.segments)
        writer.add("UNH", self.own, self.version, self.access, part)
        writer.segments += [*self.head, *body]
        writer.add("UNT", len(writer.segments) - start + 1, self.own)


@dataclass(slots=True)
class Frame:
    """What stands around the messages of an interchange."""

    writer: Writer
    ours: tuple[str, str]
    theirs: tuple[str, str]
    stamp: tuple[str, str]
    reference: str
    version: tuple[str, ...]

    def open(self, reference: str) -> None:
        """UNB and UNG."""
        self.writer.add("UNB", ("UNOA", "4"), self.ours, self.theirs, self.stamp, reference, "", "APIS")
        self.writer.add("UNG", "CUSRES", self.ours, self.theirs, self.stamp, "1", "UN", self.version)

    def close(self, reference: str, messages: int) -> None:
        """UNE and UNZ."""
        self.writer.add("UNE", messages, "1")
        self.writer.add("UNZ", "1", reference)


def addresses_of(text: str, origin: str) -> tuple[str, str]:
    """Seven-letter addresses of a telegram: who sent it, and the first of those that it was sent to; "" if unknown."""
    found = _PRIORITY_LINE.search(text[:_HEAD])
    ours = _ADDRESS.search(found.group(1).upper()) if found else None
    return origin, ours.group() if ours else ""


def telegrams(frame: Frame, answers: list[Answer], addresses: tuple[str, str], prepared: datetime) -> str:
    """Numbered telegrams, each an interchange of its own, with at most 3,600 characters in lines of at most 63.

    A list has at most 99 of them; the last says when not everybody is named. What follows is lost to no carrier: the
    portal's page and API have it all.
    """
    bodies = [(one, list(_bodies(one, PART_LENGTH - _FRAME_LENGTH - sum(map(_cost, one.head))))) for one in answers]
    parts = [(one, bodies, number) for one, bodies in bodies for number in range(1, len(bodies) + 1)]
    texts = []
    for index, (one, found, number) in enumerate(parts[:_MOST_PARTS], start=1):
        mark = ("F",) if number == len(found) else ("C",) if number == 1 else ()
        reference = frame.reference if len(parts) == 1 else f"{frame.reference.removeprefix('J')[:12]}{index:02}"
        body = found[number - 1]
        frame.open(reference)
        one.write(frame.writer, body, (f"{number:02}", *mark))
        frame.close(reference, 1)
        texts.append(_telegram(frame.writer.lines(), addresses, prepared))
        frame.writer.taken()
    return "\n".join(texts)


def _bodies(answer: Answer, budget: int) -> Iterator[list[str]]:
    """The groups of an answer in portions; a group that is too long goes on behind its own first segments."""
    body: list[str] = []
    size, left = 0, _MOST_PARTS
    for group in (piece for whole in answer.groups for piece in _pieces(whole, budget)):
        length = sum(_cost(segment) for segment in group)
        if body and size + length > budget:
            left -= 1
            if not left:
                yield [*body, f"FTX{answer.head[0][3]}AAP{answer.head[0][3] * 3}{_REST}"]
                return
            yield body
            body, size = [], 0
        body = [*body, *group]
        size += length
    yield body


def _pieces(group: list[str], budget: int) -> Iterator[list[str]]:
    """A group as it is, or its texts spread over several that begin alike."""
    begin = [segment for segment in group if not segment.startswith("FTX")]
    texts = [segment for segment in group if segment.startswith("FTX")]
    room = budget - sum(map(_cost, begin))
    piece: list[str] = []
    for text in texts:
        if piece and sum(map(_cost, piece)) + _cost(text) > room:
            yield [*begin, *piece]
            piece = []
        piece.append(text)
    yield [*begin, *piece]


def _cost(segment: str) -> int:
    """Characters of a segment with its terminator and line ends."""
    return len(segment) + 2 + len(segment) // (LINE_LENGTH - 3)


def _telegram(lines: list[str], addresses: tuple[str, str], prepared: datetime) -> str:
    """Addresses, the text in short lines, and the end mark; the lines alone where nobody's address is known."""
    theirs, ours = addresses
    wrapped = [piece for line in lines for piece in _wrapped(line.replace("_", "-"))]
    if not theirs:
        return "".join(line + "\n" for line in wrapped)
    origin = [f".{ours} {prepared:%d%H%M}"] if ours else []
    return "".join(line + "\n" for line in [f"QU {theirs}", *origin, *wrapped, "NNNN"])


def _wrapped(line: str) -> Iterator[str]:
    """Pieces of at most 63 characters; none begins or ends with a blank, which lines lose on their way."""
    while len(line) > LINE_LENGTH:
        cut = LINE_LENGTH
        while cut > 1 and (line[cut - 1] == " " or line[cut] == " "):
            cut -= 1
        yield line[:cut]
        line = line[cut:]
    yield line
