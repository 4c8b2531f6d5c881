"""How a task looks in the views over the plan: colour, words, and the line that is drawn. No queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from apps.access.templatetags.portal import percent
from apps.access.urgency import late_by
from apps.impacs.models import Task
from apps.impacs.plan.rules import timeline as timeline_rules
from apps.impacs.plan.rules.schedule import span_of
from apps.impacs.plan.rules.timeline import Line
from apps.impacs.queries.mandates import late_days

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
    timeline_rules.DONE: "b2",
    timeline_rules.GOING: "b1",
    timeline_rules.LATE: "b3",
    timeline_rules.HELD: "b4",
    timeline_rules.TODO: "b0",
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
        return late_by(self.days_late)

    @property
    def line(self) -> Line:
        """What is drawn of it on a timeline."""
        milestone = self.task.kind == Task.Kind.MILESTONE
        span = span_of(self.task.starts_on, self.task.due_on)
        return Line(self.task.pk, span, self.look, self.label, self.done_pct, milestone)


def describe_task_line(task: Any, today: datetime.date, mandates: dict[Any, str], steps: dict[Any, int]) -> Shown:
    """What a row says of a task, given the names of mandates and the steps done that the reader may see."""
    late = late_days(task, today)
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


def _pct(task: Any, steps: dict[Any, int]) -> int | None:
    """Nobody types progress: it is the share of steps ticked; nothing before the start, all of it at the end."""
    if task.state == S.DONE:
        return 100
    return steps.get(task.pk) if task.state in Task.STARTED else 0


def _look(task: Any, late: int) -> str:
    if late:
        return timeline_rules.LATE
    if task.state == S.DONE:
        return timeline_rules.DONE
    if task.state in {S.WAITING, S.BLOCKED}:
        return timeline_rules.HELD
    return timeline_rules.GOING if task.state in Task.STARTED else timeline_rules.TODO


def _label(task: Any, today: datetime.date, late: int, pct: int | None) -> str:
    said = []
    if task.state == S.DONE:
        return pgettext("words, impacs", "done %(day)s") % {"day": short(task.actual_end or task.due_on, today)}
    if task.state == S.CANCELLED:
        return pgettext("words, impacs", "cancelled")
    if late:
        said.append(late_by(late))
    elif task.due_on:
        share = f"{percent(pct)}, " if pct else ""
        said.append(share + pgettext("words, impacs", "due %(day)s") % {"day": short(task.due_on, today)})
    if task.state == S.WAITING and task.waiting_for:
        said.append(
            ngettext("waiting for one State", "waiting for %(n)d States", len(task.waiting_for))
            % {"n": len(task.waiting_for)}
        )
    elif task.state == S.BLOCKED:
        said.append(pgettext("words, impacs", "blocked"))
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


def draw_timeline_page(
    lines: list[Shown],
    place: int,
    links: list[Any],
    groups: list[Any],
    over: timeline_rules.Frame,
    today: datetime.date,
) -> tuple[list[Row], timeline_rules.Timeline]:
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
    drawn = timeline_rules.timeline([line for line, *_rest in order], over, today, links)
    return [Row(bar, *rest) for bar, (_line, *rest) in zip(drawn.bars, order, strict=True)], drawn
