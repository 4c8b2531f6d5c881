"""Where things stand on a timeline and in a month: numbers for the templates, which draw. No words but dates."""

import calendar
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.impacs.plan.rules.recurrence import nth
from apps.impacs.plan.rules.schedule import FF, SS, Link, Span
from apps.impacs.plan.rules.workload import monday_of

ZOOMS = {"month": 1, "quarter": 3, "year": 12}
"""How many months a timeline shows."""

WIDTH, LEFT, RIGHT = 1170, 330, 1160
"""Width of the drawing, and from where to where days are drawn, in its own units."""
HEAD, ROW, BAR = 42, 34, 20
"""Height of the head with its dates and the word for today, of a row, of a bar."""
HALF = 8
"""Half the width of a milestone."""
LETTER = 7
"""Width reserved for a letter of a label."""
DONE, GOING, LATE, TODO, HELD = LOOKS = ("done", "going", "late", "todo", "held")


@dataclass(frozen=True, slots=True)
class Frame:
    """The days that a timeline shows, both ends included."""

    zoom: str
    first: date
    last: date

    def x(self, day: date) -> int:
        """Where a day begins; the day after the last one is at the right edge."""
        days = (self.last - self.first).days + 1
        return LEFT + (RIGHT - LEFT) * (day - self.first).days // days

    def clipped(self, day: date) -> date:
        """The day, or the end of the frame beyond which it lies; the last end is the day after."""
        return min(max(day, self.first), self.last + timedelta(days=1))

    def beside(self, windows: int) -> date:
        """The first day of the frame that lies so many frames later (earlier if negative)."""
        return nth(self.first, "monthly", windows * ZOOMS[self.zoom])


def frame(zoom: str, first: date) -> Frame:
    """The frame that begins with the month of `first`; raises ValueError for an unknown zoom."""
    if zoom not in ZOOMS:
        raise ValueError(f"{zoom!r} is none of {', '.join(ZOOMS)}.")
    begins = first.replace(day=1)
    return Frame(zoom, begins, nth(begins, "monthly", ZOOMS[zoom]) - timedelta(days=1))


def usual(zoom: str, today: date) -> Frame:
    """The frame to begin with: this month, the month before and two from it, or this calendar year."""
    if zoom == "quarter":
        return frame(zoom, nth(today.replace(day=1), "monthly", -1))
    return frame(zoom, today.replace(month=1, day=1) if zoom == "year" else today)


@dataclass(frozen=True, slots=True)
class Tick:
    """A vertical line with the day that it stands for. `long` lines begin a month, or a quarter of a year."""

    x: int
    day: date
    long: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be drawn in one row: a bar for the span, of which `done_pct` is darker, or a milestone."""

    key: Hashable
    span: Span | None
    look: str
    label: str = ""
    done_pct: int | None = None
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn row: `x`, `width` of the bar within the frame and `done`, the width of its darker part.

    `outside` is "before" or "after" when the whole span lies beyond the frame. `diamond` are the corners of a
    milestone. `label_x` is where the label begins, or ends if `label_left`.
    """

    key: Hashable
    y: int
    look: str
    label: str
    x: int = 0
    width: int = 0
    done: int = 0
    outside: str = ""
    diamond: str = ""
    label_x: int = LEFT
    label_left: bool = False

    @property
    def bar_y(self) -> int:
        """Top of the bar."""
        return self.y + (ROW - BAR) // 2

    @property
    def text_y(self) -> int:
        """Baseline of texts in the row."""
        return self.y + ROW // 2 + 4

    @property
    def line_y(self) -> int:
        """The line below the row."""
        return self.y + ROW


@dataclass(frozen=True, slots=True)
class Arrow:
    """A dependency as a path; `broken` when its successor begins too early."""

    path: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """All numbers of one drawing. `now` is the place of today, or None if it lies outside."""

    height: int
    ticks: list[Tick]
    bars: list[Bar]
    arrows: list[Arrow]
    now: int | None
    width: int = WIDTH
    head: int = HEAD


def timeline(lines: Sequence[Line], over: Frame, today: date, links: Iterable[Link] = ()) -> Timeline:
    """The drawing of these lines, one row each; links of which one end is not shown are left out."""
    bars = {line.key: bar(line, HEAD + ROW * place, over) for place, line in enumerate(lines)}
    spans = {line.key: line.span for line in lines}
    arrows = [
        arrow(bars[link.before], bars[link.after], link, _broken(spans[link.before], spans[link.after], link))
        for link in links
        if link.before in bars and link.after in bars and _drawn(bars[link.before]) and _drawn(bars[link.after])
    ]
    return Timeline(
        height=HEAD + ROW * len(lines) + 2,
        ticks=ticks(over),
        bars=list(bars.values()),
        arrows=arrows,
        now=over.x(today) if over.first <= today <= over.last else None,
    )


def bar(line: Line, y: int, over: Frame) -> Bar:
    """One row."""
    if line.span is None:
        return Bar(line.key, y, line.look, line.label)
    if line.span.due < over.first or line.span.start > over.last:
        before = line.span.due < over.first
        return Bar(
            line.key,
            y,
            line.look,
            line.label,
            outside="before" if before else "after",
            label_x=LEFT + 24 if before else RIGHT - 24,
            label_left=not before,
        )
    if line.milestone:
        return _milestone(line, line.span, y, over)
    x, end = over.x(over.clipped(line.span.start)), over.x(over.clipped(line.span.due + timedelta(days=1)))
    width = max(end - x, 3)
    done = width if line.done_pct is None else _done(line.span, line.done_pct, over, x, width)
    return Bar(line.key, y, line.look, line.label, x, width, done, "", "", *_beside(line.label, x, x + width))


def _done(span: Span, pct: int, over: Frame, x: int, width: int) -> int:
    """The darker part: so much of the whole span, of which the frame may show a piece."""
    until = span.start + timedelta(days=span.days * pct // 100)
    return min(max(over.x(over.clipped(until)) - x, 0), width)


def _milestone(line: Line, span: Span, y: int, over: Frame) -> Bar:
    middle = (over.x(over.clipped(span.due)) + over.x(over.clipped(span.due + timedelta(days=1)))) // 2
    cy = y + ROW // 2
    corners = f"{middle - HALF},{cy} {middle},{cy - HALF} {middle + HALF},{cy} {middle},{cy + HALF}"
    x, width = middle - HALF, 2 * HALF
    return Bar(line.key, y, line.look, line.label, x, width, width, "", corners, *_beside(line.label, x, x + width))


def _beside(label: str, x: int, end: int) -> tuple[int, bool]:
    """(where the label stands, whether it ends there): right of the bar if there is room, else left of it, or in it."""
    if end + 8 + LETTER * len(label) <= WIDTH:
        return end + 8, False
    return (x - 8, True) if x - 8 - LETTER * len(label) >= LEFT else (end - 8, True)


def _drawn(one: Bar) -> bool:
    return one.width > 0


def arrow(before: Bar, after: Bar, link: Link, broken: bool) -> Arrow:
    """From the end (or start) of one bar to the start (or end) of the other."""
    x1 = before.x if link.kind == SS else before.x + before.width
    x2 = after.x + after.width if link.kind == FF else after.x
    y1, y2 = before.y + ROW // 2, after.y + ROW // 2
    step = x1 - 6 if link.kind == SS else x1 + 6
    if link.kind == FF:
        step = max(x1, x2) + 6
    edge = after.y if y2 > y1 else after.y + ROW
    back = x2 + 6 if link.kind == FF else x2 - 6
    return Arrow(f"M{x1} {y1}H{step}V{edge}H{back}V{y2}H{x2}", broken)


def _broken(before: Span | None, after: Span | None, link: Link) -> bool:
    if before is None or after is None:
        return False
    lag = timedelta(days=link.lag)
    if link.kind == SS:
        return after.start < before.start + lag
    if link.kind == FF:
        return after.due < before.due + lag
    return after.start <= before.due + lag


def ticks(over: Frame) -> list[Tick]:
    """Mondays in a month; months in a quarter and in a year."""
    if over.zoom == "month":
        mondays = (monday_of(over.first) + timedelta(weeks=n) for n in range(7))
        days = [over.first, *(day for day in mondays if over.first < day <= over.last)]
        return [Tick(over.x(day), day, day == over.first) for day in days]
    months = [nth(over.first, "monthly", n) for n in range(ZOOMS[over.zoom])]
    return [Tick(over.x(day), day, over.zoom == "quarter" or day.month % 3 == 1) for day in months]


@dataclass(frozen=True, slots=True)
class Day[T]:
    """A day of a month's sheet: what is on it, of which the page shows the first ones and counts the rest."""

    day: date
    within: bool
    today: bool
    shown: Sequence[T]
    more: int


def sheet[T](month: date, entries: Mapping[date, Sequence[T]], today: date, most: int) -> list[list[Day[T]]]:
    """The weeks of a month, Monday first, with days of the months beside it, at most `most` entries a day."""
    return [
        [
            Day(day, day.month == month.month, day == today, found[:most], max(len(found) - most, 0))
            for day in week
            for found in [entries.get(day, ())]
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
