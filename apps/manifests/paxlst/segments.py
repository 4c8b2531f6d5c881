"""The smallest pieces of a list: delimiters, and one segment with its elements."""

from __future__ import annotations

from dataclasses import dataclass, field

BLANKS = " \t\r\n"  # str.strip() without this would eat 1C-1F, which some carriers use as delimiters

ENVELOPE_TAGS = frozenset({"UNA", "UNB", "UNG", "UNE", "UNZ"})
BODY_TAGS = frozenset({
    "UNH", "BGM", "RFF", "DTM", "NAD", "CTA", "COM", "TDT", "LOC", "ATT", "MEA", "GEI", "FTX", "EMP", "NAT", "DOC",
    "CPI", "QTY", "ICD", "CNT", "AUT", "UNT",
})  # fmt: skip
KNOWN_TAGS = ENVELOPE_TAGS | BODY_TAGS
CLOSING_TAGS = frozenset({"CNT", "UNT", "UNE", "UNZ"})

# Non-characters of Unicode stand for released delimiters while the text is split.
SHIELDS = "\ufdd0\ufdd1\ufdd2\ufdd3"


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The service characters of one interchange; `release` is "" when the sender has none."""

    component: str = ":"
    element: str = "+"
    release: str = "?"
    terminator: str = "'"
    origin: str = "standard"

    @property
    def by_lines(self) -> bool:
        """True when segments end at line ends."""
        return self.terminator == "\n"

    @property
    def shown(self) -> str:
        """The characters as a carrier would write them, line ends named."""
        ending = "line end" if self.by_lines else self.terminator
        return f"{self.component} {self.element} {self.release} {ending}"

    def same_characters(self, other: Delimiters) -> bool:
        """True when both split a text alike."""
        mine = (self.component, self.element, self.release, self.terminator)
        return mine == (other.component, other.element, other.release, other.terminator)

    def shield(self, text: str) -> str:
        """Text in which released delimiters cannot be mistaken for delimiters; linear, no regex."""
        release = self.release
        if not release or release not in text:
            return text
        text = text.replace(release * 2, SHIELDS[0])
        if self.by_lines:  # a line end is never data
            text = text.replace(release + "\n", "")
        for mark, shield in zip((self.terminator, self.element, self.component), SHIELDS[1:], strict=True):
            text = text.replace(release + mark, shield)
        return text.replace(release, "")

    def unshield(self, value: str, release: str = "") -> str:
        """The value with its released characters back, each behind `release` when given."""
        for mark, shield in zip((self.release, self.terminator, self.element, self.component), SHIELDS, strict=True):
            value = value.replace(shield, release + mark)
        return value


STANDARD = Delimiters()


@dataclass(slots=True)
class Note:
    """Something the tokeniser repaired or set aside; becomes a finding of the message it stands in."""

    code: str
    original: str | None = None
    recovered: str | None = None
    slots: dict[str, str] = field(default_factory=dict)


class Segment:
    """One segment: tag, elements as sent, its running number in the file and its number in the message."""

    __slots__ = ("elements", "line", "marks", "notes", "position", "shielded", "span", "tag")

    def __init__(self, tag: str, elements: list[str], marks: Delimiters, *, shielded: bool = False) -> None:
        self.tag = tag
        self.elements = elements
        self.marks = marks
        self.shielded = shielded
        self.line = 0
        self.position: int | None = None
        self.notes: list[Note] | None = None
        self.span = 1

    def note(self, code: str, original: str | None = None, recovered: str | None = None, /, **slots: str) -> None:
        """Remember a repair for the findings."""
        if self.notes is None:
            self.notes = []
        self.notes.append(Note(code, original, recovered, slots))

    def composite(self, index: int) -> list[str]:
        """Components of an element as sent (case and blanks kept); [""] when it was not sent."""
        if index >= len(self.elements):
            return [""]
        values = self.elements[index].split(self.marks.component)
        if self.shielded:
            return [self.marks.unshield(value) for value in values]
        return values

    def value(self, index: int, component: int = 0) -> str:
        """One component in upper case without outer blanks; "" when it was not sent."""
        if index >= len(self.elements):
            return ""
        values = self.elements[index].split(self.marks.component, component + 1)
        if component >= len(values):
            return ""
        found = values[component]
        if self.shielded:
            found = self.marks.unshield(found)
        return found.strip(BLANKS).upper()

    @property
    def raw(self) -> str:
        """The segment as sent, with release characters, without its terminator."""
        text = self.marks.element.join(self.elements)
        return self.marks.unshield(text, self.marks.release) if self.shielded else text


def whole_number(text: str) -> int | None:
    """A count or part number of at most nine digits, else None (int() is slow and may refuse longer ones)."""
    return int(text) if 0 < len(text) <= 9 and text.isascii() and text.isdigit() else None
