"""Columns of lists and facts of records: what is read from a record, and the cell that says it.

    Title("title", _("Entry"), code="reference"), Status("state", _("Status"), chips=CHIPS),
    When("ends_on", _("Ends"), sort="ends_on", soon=timedelta(days=14), empty=_("No end date")),

The same declaration gives the head, the cell, its form on a telephone, the order, and the cell of a file.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext, pgettext_lazy

from apps.access import urgency
from apps.access.templatetags import portal
from apps.access.templatetags.names import as_party
from apps.pages.cells import Cell, Press, Small, print_cell

HIDE, BARE, RIGHT, WIDE = "\x00hide", "\x00bare", "\x00right", "\x00wide"
"""On a telephone: not at all, without its label, without it at the right of its line, with it on a line of its own."""
CODE = pgettext_lazy("column, pages", "Reference")


@dataclass(frozen=True, slots=True)
class Around:
    """What cells are printed with: the moment, the reader's time zone, the page of a record, and the reader."""

    now: datetime
    zone: str = "UTC"
    page: Callable[[Any], str] | None = None
    actor: Any = None


def value_at(row: Any, path: str) -> Any:
    """What stands at "party.name" of a record; None as soon as a step of the path is None. Of a mapping its entry."""
    return reduce(_step, path.split("."), row)


def _step(thing: Any, name: str) -> Any:
    if thing is None:
        return None
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name)


@dataclass(frozen=True)
class Col:
    """Plain words; of a choice its label. `path`: what is read, "party.name"; `value` reads it in another way, and may
    give a whole Cell.

    `sort`: the column of the database by which the list can be ordered; `small`: path or function of a second line;
    `empty`: words in place of nothing; `phone`: the label before the cell on a telephone, or HIDE, BARE, RIGHT, WIDE;
    `hidden`: shown only to who asks for it under Columns; `file`: what a file has in place of the cell's words.
    """

    path: str
    label: Any = ""
    _: KW_ONLY
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    small: str | Callable[[Any], Any] = ""
    tone: str | Callable[[Any], str] = ""
    empty: Any = ""
    phone: Any = ""
    hidden: bool = False
    narrow: bool = False
    """Left out between 1101 and 1240 px, where seven columns do not fit."""
    nowrap: bool = False
    file: Callable[[Any], Any] | None = None
    may: Callable[[Any], bool] | None = None
    """Who has the column (of the actor); None: everybody."""
    name: str = ""
    """What addresses call it; its path without one."""

    usual = ""
    """Classes of its cells."""
    usual_phone: ClassVar[Any] = ""

    @property
    def key(self) -> str:
        """What addresses call it."""
        return self.name or self.path.replace(".", "-")

    @property
    def css(self) -> str:
        """The classes of its cells and of its head."""
        phone = {HIDE: "c-hide", RIGHT: "c-2", WIDE: "c-all"}.get(self.phone, "")
        parts = (self.usual, "nw" if self.nowrap else "", phone or ("c-hide" if self.narrow else ""))
        return " ".join(filter(None, parts))

    @property
    def phone_label(self) -> Any:
        """What stands before the cell on a telephone; "" for nothing."""
        asked = self.phone or self.usual_phone
        if asked == WIDE:
            return self.label
        return "" if asked in (HIDE, BARE, RIGHT) else asked or self.label

    def read(self, row: Any) -> Any:
        """What it shows of a record; None for nothing."""
        if self.value:
            return self.value(row)
        in_words = getattr(row, f"get_{self.path}_display", None)
        return in_words() if in_words else value_at(row, self.path)

    def cell(self, row: Any, around: Around) -> Cell:
        """What the cell says."""
        found = self.read(row)
        if isinstance(found, Cell):
            return found
        small = self.smalls(row, found, around)
        if found is None or found == "":
            return Cell(self.empty, small, "q" if self.empty else "")
        return self.said(row, found, small, around)

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The cell of what there is."""
        return Cell(found, small, self.tone_of(row))

    def tone_of(self, row: Any) -> str:
        """The colour of a cell's words."""
        return self.tone(row) if callable(self.tone) else self.tone

    def smalls(self, row: Any, found: Any, around: Around) -> tuple[Small, ...]:
        """Its second lines."""
        if not self.small:
            return ()
        line = self.small(row) if callable(self.small) else value_at(row, self.small)
        line = line() if callable(line) else line
        if not line:
            return ()
        if isinstance(line, tuple):
            return line
        return (line if isinstance(line, Small) else Small(line),)

    def html(self, row: Any, around: Around) -> SafeString:
        """The cell as a fact of a record shows it."""
        return print_cell(self.cell(row, around))

    def words(self, row: Any, around: Around) -> Any:
        """The cell of a file; "" for nothing."""
        if self.file:
            found = self.file(row)
            return "" if found is None else found
        found = self.read(row)
        return (
            "" if found in (None, "") else found.text() if isinstance(found, Cell) else self.plain(row, found, around)
        )

    def plain(self, row: Any, found: Any, around: Around) -> Any:
        """What there is, for a file."""
        return str(found)

    def heads(self) -> list[str]:
        """Its heads in a file."""
        return [str(self.label)]

    def columns(self, row: Any, around: Around) -> list[Any]:
        """Its cells in a file, one for each head."""
        return [self.words(row, around)]


@dataclass(frozen=True)
class Title(Col):
    """What the record is called, as the way to its page; its code stands second and small. Always the first column.

    `marks`: words beside it ("New"); `lang`: path of the language that it is written in.
    """

    _: KW_ONLY
    code: str = ""
    marks: Callable[[Any], tuple[Any, ...]] | None = None
    lang: str = ""

    usual = "c-all"
    usual_phone = BARE

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The link, the second lines and the code."""
        code = value_at(row, self.code) if self.code else ""
        small = (*small, Small(code, "ref")) if code else small
        place = around.page(row) if around.page else ""
        language = value_at(row, self.lang) if self.lang else ""
        marks = self.marks(row) if self.marks else ()
        return Cell(found, small, url=place, lang=language or "", marks=marks)

    def heads(self) -> list[str]:
        """Of a title with a code, two."""
        return [str(self.label), str(CODE)] if self.code else [str(self.label)]

    def columns(self, row: Any, around: Around) -> list[Any]:
        """The words, and the code."""
        code = [str(value_at(row, self.code) or "")] if self.code else []
        return [self.words(row, around), *code]


@dataclass(frozen=True)
class Party(Col):
    """A State or body by its code, with its full name for those who do not know it. `path` leads to the party."""

    usual = "nw"

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """Its code, with the name on hovering and read aloud."""
        return Cell(found.code, small, code=True, hover=as_party(found.name))

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """Its name."""
        return str(found.name)


@dataclass(frozen=True)
class Status(Col):
    """Where a record is in its life. `chips`: {state: (kind, picture)}, in the words of the state's choices; `value`
    may give (kind, picture, words) where the state alone does not say it.
    """

    _: KW_ONLY
    chips: Mapping[str, tuple[str, str]] | None = None

    usual_phone = BARE

    def chip(self, row: Any) -> tuple[str, str, Any] | None:
        """Kind, picture and words; never green for a state that nobody said is good. None for no status."""
        if self.value:
            found: tuple[str, str, Any] | None = self.value(row)
            return found
        words = getattr(row, f"get_{self.path}_display")()
        kind, picture = (self.chips or {}).get(getattr(row, self.path), ("mute", ""))
        return kind, picture, words

    def read(self, row: Any) -> Any:
        """Its chip; None without words."""
        found = self.chip(row)
        return found if found and found[2] else None

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """Words, shape and colour."""
        kind, picture, words = found
        return Cell(words, small, chip=(kind, picture))

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """The words alone."""
        return str(found[2])


@dataclass(frozen=True)
class Link(Col):
    """Words that lead to another page: `value` gives (words, address)."""

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The link; the words alone without an address."""
        words, place = found
        return Cell(words, small, self.tone_of(row), url=place)

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """The words alone."""
        return str(found[0])


@dataclass(frozen=True)
class Day(Col):
    """A day, or the day of a moment at the reader's place."""

    usual = "nw"

    def day_of(self, found: Any, around: Around) -> date:
        """The day at the reader's place."""
        return found.astimezone(ZoneInfo(around.zone)).date() if isinstance(found, datetime) else found

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """ "12 Feb 2008"."""
        day = self.day_of(found, around)
        return Cell(self.in_words(day), small, self.tone_of(row), stamp=day.isoformat())

    @staticmethod
    def in_words(day: date) -> str:
        """ "12 Feb 2008"."""
        return date_format(day, pgettext("format of a day", "j M Y"))

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """ISO 8601, as files have it."""
        return self.day_of(found, around).isoformat()


@dataclass(frozen=True)
class When(Day):
    """When something ends or is due, and how far that is, told as everywhere (apps.access.urgency): a day, or of a
    moment its day. Within `soon` it warns; past, it is late or, of what nobody is late for (`passes`), only past.
    """

    _: KW_ONLY
    soon: timedelta = timedelta(0)
    passes: bool = False

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The day, and "in 6 days" or "3 days late" below it."""
        day, zone = self.day_of(found, around), around.zone
        until = found if isinstance(found, datetime) else urgency.end_of(day, zone)
        over = urgency.is_overdue(until, around.now)
        tone = self.tone_of(row) or ("" if over and self.passes else urgency.tone_of(until, around.now, zone))
        left = (day - around.now.astimezone(ZoneInfo(zone)).date()).days
        tone = tone or ("warn" if 0 <= left <= self.soon.days and self.soon else "")
        past = found if isinstance(found, datetime) else around.now + timedelta(days=left)
        told = portal.ago(past, around.now) if over and self.passes else urgency.due(until, around.now)
        return Cell(self.in_words(day), (Small(told), *small), tone, stamp=day.isoformat())


@dataclass(frozen=True)
class Moment(Col):
    """A moment with its zone: the reader's, or that of the place at the path `zone`. `distance`: how far it is, too."""

    _: KW_ONLY
    zone: str = ""
    distance: bool = False

    usual = "nw"

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """ "12 Feb 2008, 14:30 AST", in UTC on hovering."""
        zone = (value_at(row, self.zone) if self.zone else "") or around.zone
        small = (Small(portal.ago(found, around.now)), *small) if self.distance else small
        stamp = found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Cell(portal.in_words(found, zone), small, self.tone_of(row), stamp=stamp, hover=portal.in_words(found))

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """ISO 8601 in UTC."""
        return str(found.astimezone(UTC).isoformat())


@dataclass(frozen=True)
class Due(Moment):
    """The moment by which something is done and, as long as it is waited for (`waits`), how far that is."""

    _: KW_ONLY
    waits: Callable[[Any], bool] | None = None

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """ "12 Feb 2008, 14:30 AST" and "16 min late" below it, in its colour."""
        cell = super().said(row, found, small, around)
        if self.waits and not self.waits(row):
            return cell
        tone = self.tone_of(row) or urgency.tone_of(found, around.now, around.zone)
        return replace(cell, small=(Small(urgency.due(found, around.now)), *cell.small), tone=tone)


@dataclass(frozen=True)
class Count(Col):
    """A number, at the right; `link` gives where what was counted is listed. Nothing is said in words (`empty`)."""

    _: KW_ONLY
    link: Callable[[Any], str] | None = None

    usual = "num"

    def read(self, row: Any) -> Any:
        """The number; None where there are none and words stand in place of it."""
        found = super().read(row)
        return None if not found and self.empty else found

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """In groups of three."""
        place = self.link(row) if self.link and found else ""
        return Cell(portal.grouped(found), small, self.tone_of(row), url=place)

    def plain(self, row: Any, found: Any, around: Around) -> Any:
        """The number itself."""
        return found


@dataclass(frozen=True)
class Act(Col):
    """The one next step of a row: `value` gives a Press, or None; of several, a Cell of them. In a file, its label."""

    usual = "tr"
    usual_phone = BARE

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The button."""
        return Cell(press=found, small=small)

    def cell(self, row: Any, around: Around) -> Cell:
        """Nothing where there is nothing to do: no dash."""
        found: Press | Cell | None = self.read(row)
        if isinstance(found, Cell):
            return found
        return self.said(row, found, (), around) if found else Cell(" ")

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """Its label."""
        return str(found.label)
