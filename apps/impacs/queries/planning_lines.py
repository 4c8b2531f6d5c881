"""How a task looks in the views over the plan: colour, words, and the line that is drawn. No queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.impacs.models import Task
from apps.impacs.planning import drawing
from apps.impacs.planning.drawing import Line
from apps.impacs.planning.schedule import span_of

S = Task.State
CHIPS: dict[str, tuple[str, str]] = {
    S.BACKLOG: ("mute", "circle"),
    S.PLANNED: ("mute", "calendar"),
    S.READY: ("mute", "play"),
    S.IN_PROGRESS: ("info", "half"),
    S.WAITING: ("warn", "clock"),
    S.BLOCKED: ("bad", "lock"),
    S.IN_REVIEW: ("info", "eye"),
    S.DONE: ("ok", "circle-check"),
    S.CANCELLED: ("mute", "x"),
}
"""Meaning and drawing of each state."""
INKS = {
    drawing.DONE: "b2",
    drawing.GOING: "b1",
    drawing.LATE: "b3",
    drawing.HELD: "b4",
    drawing.TODO: "b0",
    "group": "gb",
}
"""Classes of the bars of a timeline."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A task with everything that a row says of it. `days_late` is 0 when it is not late."""

    task: Any
    mandate: str
    state: tuple[str, str, str]
    days_late: int
    done_pct: int | None
    look: str
    label: str

    @property
    def late(self) -> str:
        """ "19 days late", or nothing."""
        n = self.days_late
        return ngettext("%(n)d day late", "%(n)d days late", n) % {"n": n} if n else ""

    @property
    def line(self) -> Line:
        """What is drawn of it on a timeline."""
        milestone = self.task.kind == Task.Kind.MILESTONE
        span = span_of(self.task.starts_on, self.task.due_on)
        return Line(self.task.pk, span, self.look, self.label, self.done_pct, milestone)


def shown(task: Any, today: datetime.date, mandates: dict[Any, str], steps: dict[Any, int]) -> Shown:
    """What a row says of a task, given the names of mandates and the steps done that the reader may see."""
    late = days_late(task, today)
    pct = _pct(task, steps)
    return Shown(
        task=task,
        mandate=mandates.get(task.mandate_id, ""),
        state=(*CHIPS[task.state], task.get_state_display()),
        days_late=late,
        done_pct=pct,
        look=_look(task, late),
        label=_label(task, today, late, pct),
    )


def days_late(task: Any, today: datetime.date) -> int:
    """How many days an open task is overdue."""
    if task.due_on is None or task.state not in Task.OPEN:
        return 0
    return max((today - task.due_on).days, 0)


def _pct(task: Any, steps: dict[Any, int]) -> int | None:
    """Nobody types progress: it is the share of steps ticked; nothing before the start, all of it at the end."""
    if task.state == S.DONE:
        return 100
    return steps.get(task.pk) if task.state in Task.STARTED else 0


def _look(task: Any, late: int) -> str:
    if late:
        return drawing.LATE
    if task.state == S.DONE:
        return drawing.DONE
    if task.state in {S.WAITING, S.BLOCKED}:
        return drawing.HELD
    return drawing.GOING if task.state in Task.STARTED else drawing.TODO


def _label(task: Any, today: datetime.date, late: int, pct: int | None) -> str:
    said = []
    if task.state == S.DONE:
        return _("done %(day)s") % {"day": short(task.actual_end or task.due_on, today)}
    if task.state == S.CANCELLED:
        return _("cancelled")
    if late:
        said.append(ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late})
    elif task.due_on:
        share = f"{pct} %, " if pct else ""
        said.append(share + _("due %(day)s") % {"day": short(task.due_on, today)})
    if task.state == S.WAITING and task.waiting_for:
        said.append(
            ngettext("waits for one State", "waits for %(n)d States", len(task.waiting_for))
            % {"n": len(task.waiting_for)}
        )
    elif task.state == S.BLOCKED:
        said.append(_("blocked"))
    return ", ".join(said)


def short(day: datetime.date | None, today: datetime.date) -> str:
    """ "4 Feb", with the year if it is another one."""
    return date_format(day, "j M" if day.year == today.year else "j M Y") if day else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the timeline: the head of a group, or a task. `continued` when the group began on an earlier page."""

    bar: Any
    group: Any = None
    shown: Shown | None = None
    continued: bool = False

    @property
    def ink(self) -> str:
        """Class of the darker part of the bar."""
        return INKS[self.bar.look]


def timeline(
    lines: list[Shown], place: int, links: list[Any], groups: list[Any], over: drawing.Frame, today: datetime.date
) -> tuple[list[Row], drawing.Timeline]:
    """(rows with the heads of their groups, the drawing) of a page that begins at `place` in the whole selection."""
    order: list[tuple[Line, Any, Shown | None, bool]] = []
    begin, end = 0, place + len(lines)
    for group in groups:
        upto = begin + group.count
        of_group = lines[max(begin - place, 0) : max(upto - place, 0)]
        if of_group and begin < end:
            head = Line(("group", group.key), span_of(group.first, group.last), "group")
            order.append((head, group, None, begin < place))
            order += [(one.line, None, one, False) for one in of_group]
        begin = upto
    drawn = drawing.timeline([line for line, *_rest in order], over, today, links)
    return [Row(bar, *rest) for bar, (_line, *rest) in zip(drawn.bars, order, strict=True)], drawn
