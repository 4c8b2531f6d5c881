"""What a document consists of: words and structure, never looks. Every renderer draws the same description."""

import dataclasses
import datetime
from dataclasses import dataclass, field

from apps.documents.rendering import words

COLUMN_KINDS = frozenset({"text", "number", "code"})
LINKS = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A link of another scheme than LINKS is dropped, its words stay."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not self.link.lower().startswith(LINKS):
            object.__setattr__(self, "link", "")


Text = str | tuple[Run, ...]


def runs(text: Text) -> tuple[Run, ...]:
    """The text as runs."""
    return (Run(text),) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The text without its styles."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's title; level 1 to 3. A level that skips one is drawn as the next one."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a heading has words")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a newline in it is a line break."""

    text: Text


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause ("1", "(a)", "OP 3") with what is said about it below, indented."""

    number: str
    text: Text
    details: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page. `kinds` of columns: text, number (to the right) or code."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("every row of a table has as many cells as its head")
        if not set(self.kinds) <= COLUMN_KINDS or len(self.kinds) not in {0, len(self.head)}:
            raise ValueError(f"one kind of {sorted(COLUMN_KINDS)} for each column, or none at all")

    def kind(self, column: int) -> str:
        """The kind of a column."""
        return self.kinds[column] if self.kinds else "text"


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names and what belongs to them: "Adopted" – "12 Feb 2008"."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that is not part of the text, set apart from it."""

    text: Text
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A calculation, line by line, and what it gives: votes, majorities, silence periods."""

    lines: tuple[tuple[str, str], ...]
    result: tuple[str, str]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item holds blocks. Ordered lists count from `start`."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks quoted from elsewhere."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose spaces and line breaks count."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Clause | Table | KeyValues | Note | Arithmetic | Listing | Quote | Code | PageBreak


@dataclass(frozen=True, slots=True)
class Marking:
    """Who may read it, in words: "CONFIDENTIAL" and "Members of CONSLE only"."""

    level: str
    caveat: str = ""

    @property
    def line(self) -> str:
        """Both, as printed at the head and foot of every page."""
        return f"{self.level} – {self.caveat}" if self.caveat else self.level


@dataclass(frozen=True, slots=True)
class Closing:
    """How the reader can tell that the text is true: the content's hash, a seal, the code to type, where to verify."""

    content_hash: str
    verify_at: str
    code: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is drawn. `date` is aware and goes into the file, so that equal input gives equal bytes.

    `language` is a BCP 47 tag; `copy_mark` is the line of one seat's copy, empty in the archival copy; `fictional`
    says on every page that the data are a demonstration.
    """

    title: str
    reference: str
    marking: Marking
    version: str
    date: datetime.datetime
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    copy_mark: str = ""
    fictional: bool = False
    issuer: str = "Caribbean Community"
    closing: Closing | None = field(default=None)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document has a title")
        if self.date.tzinfo is None:
            raise ValueError("the date of a document is an aware moment")


def watermarked(document: Document, copy_mark: str, at: datetime.datetime, *, holder: str = "") -> Document:
    """The document as the copy of one seat: "Copy BRB-3-0117-2, for Ministry, Barbados, 12 Feb 2008, 18:02 UTC"."""
    said = words.of(document.language)
    whom = f", {said['for']} {holder}" if holder else ""
    line = f"{said['copy']} {copy_mark}{whom}, {words.moment(at)} UTC"
    return dataclasses.replace(document, copy_mark=line)
