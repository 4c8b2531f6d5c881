"""Tables of IMPACS' plan: tasks in a list, in their tree, on a timeline, in a month; people by weeks."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party, seconded
from apps.access.templatetags.portal import icon, percent
from apps.impacs.plan.queries.lines import Row, Shown
from apps.impacs.queries.mandates import Branch
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Status, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.table_columns import Tick
from apps.pages.tables import Table

NO_DATE = pgettext_lazy("words, impacs", "no date")
TASK = pgettext_lazy("column, impacs", "Task")
STATUS = pgettext_lazy("column, impacs", "Status")
DESK = pgettext_lazy("column, impacs", "Desk")
START = pgettext_lazy("column, impacs", "Start")
DUE = pgettext_lazy("column, impacs", "Due")


def task_page(key: Any) -> str:
    """The address of a task."""
    return reverse("impacs:task", args=[key])


def _under(line: Shown) -> tuple[Small, ...]:
    """Its number, and what it is for."""
    mandate = (Small(Truncator(line.mandate).chars(90)),) if line.mandate else ()
    return (Small(line.task.reference, "ref"), *mandate)


def _late(line: Shown | Branch) -> Small | str:
    return Small(line.late, "bad") if line.late else ""


TASKS = pgettext_lazy("words, impacs", "Tasks table")
LISTED = [
    Title("task.title", TASK, small=_under, name="reference"),
    Status("state", STATUS, value=lambda line: line.state),
    Col(
        "task.owner",
        DESK,
        value=lambda line: Cell(line.task.owner.code, code=True, hover=as_party(line.task.owner.party.short_name)),
        name="owner",
    ),
    Day("task.starts_on", START, empty=NO_DATE, name="start"),
    Day("task.due_on", DUE, empty=NO_DATE, small=_late, name="due"),
    Col(
        "priority",
        pgettext_lazy("column, impacs", "Priority"),
        value=lambda line: line.task.get_priority_display(),
    ),
]
Table("impacs.tasks", TASKS, LISTED, page=lambda line: task_page(line.task.pk))
Table(
    "impacs.tasks_to_choose",
    TASKS,
    [
        Tick(
            "task.pk",
            pgettext_lazy("column, impacs", "Choose"),
            value=lambda line: Tick.box("task", line.task.pk, line.task.title),
        ),
        *LISTED,
    ],
    page=lambda line: task_page(line.task.pk),
)


def _branch(one: Branch) -> Any:
    """A task; of a part it is read aloud that it is one."""
    if not one.depth:
        return one.row.title
    return format_html('<span class="vh">{} </span>{}', pgettext("words, impacs", "part:"), one.row.title)


Table(
    "impacs.tree",
    TASKS,
    [
        Title("row.title", TASK, value=_branch, code="row.reference"),
        Col("row.owner.code", DESK),
        Day("row.starts_on", START),
        Day("row.due_on", DUE, small=_late),
        Col("state", STATUS, value=lambda one: one.row.get_state_display()),
    ],
    page=lambda one: task_page(one.row.pk),
    line=lambda one: f"in-{one.depth}",
)
Table(
    "impacs.template",
    _("Tasks of the template"),
    [
        Title("title", TASK, value=lambda one: f"{one.key}. {one.title}"),
        Day("starts_on", START),
        Day("due_on", DUE),
        Col("estimate_days", pgettext_lazy("column, impacs", "Estimate")),
        Col("after", pgettext_lazy("column, impacs", "After"), value=lambda one: ", ".join(one.after)),
        Count("checklist", pgettext_lazy("column, impacs", "Checklist"), value=lambda one: len(one.checklist)),
    ],
    line=lambda one: f"in-{one.depth}",
)


def on_timeline(rows: Iterable[Row]) -> list[tuple[Any, Shown]]:
    """(the title of its group, the task) of each task of a timeline."""
    found, group = [], None
    for row in rows:
        if row.group:
            group = row.group.title
        elif row.shown:
            found.append((group, row.shown))
    return found


Table(
    "impacs.timeline",
    _("Tasks of the timeline"),
    [
        Title("task", TASK, value=lambda line: line[1].task.title),
        Col("owner", DESK, value=lambda line: line[1].task.owner.code),
        Col("state", STATUS, value=lambda line: line[1].state[2]),
        Day("starts_on", START, value=lambda line: line[1].task.starts_on),
        Day("due_on", DUE, value=lambda line: line[1].task.due_on, small=lambda line: _late(line[1])),
    ],
    page=lambda line: task_page(line[1].task.pk),
    group=lambda line: line[0],
)


def month_grid(weeks: Sequence[Sequence[Any]], to_list: str) -> Grid:
    """A month by weeks, with what is due on each of its days. `to_list`: where all of a day are listed."""
    return Grid(
        pgettext("words, impacs", "Calendar"),
        pgettext("column, impacs", "Week"),
        [GridHead(capfirst(date_format(day.day, "l"))) for day in weeks[0]],
        [
            GridLine(GridHead(week[0].day.isocalendar().week), SafeString("".join(_day(day, to_list) for day in week)))
            for week in weeks
        ],
        css="cal",
    )


def _day(day: Any, to_list: str) -> SafeString:
    """A day with its number, its first entries, and how many there are more."""
    kind = ' class="now" aria-current="date"' if day.today else "" if day.within else ' class="off"'
    number = date_format(day.day, "j M" if day.day.day == 1 or not day.within else "j")
    today = format_html(' <span class="vh">{}</span>', pgettext("date, impacs", "today")) if day.today else ""
    return format_html(
        '<td{}><b class="no">{}{}</b>{}{}</td>', SafeString(kind), number, today, _entries(day), _more(day, to_list)
    )


def _entries(day: Any) -> SafeString:
    if not day.shown:
        return SafeString("")
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_entry(line),) for line in day.shown)))


def _entry(line: Shown) -> SafeString:
    """A task in its colour, as the way to its page; its status is read aloud."""
    flag = icon("flag", "i-s") if line.task.kind == "milestone" else ""
    state = f"{line.state[2]}, {line.late}" if line.late else line.state[2]
    words = Truncator(line.task.title).chars(60)
    link = '<a class="ent {}" href="{}">{}{}<span class="vh">, {}</span></a>'
    return format_html(link, line.look, task_page(line.task.pk), flag, words, state)


def _more(day: Any, to_list: str) -> SafeString:
    if not day.more:
        return SafeString("")
    said = ngettext("one more", "%(n)s more", day.more) % {"n": day.more}
    link = '<a class="fs" href="{0}&amp;due_from={1}&amp;due_to={1}">{2}<span class="vh"> {3}</span></a>'
    return format_html(link, to_list, day.day.isoformat(), said, date_format(day.day, "j M Y"))


def weeks_grid(units: Sequence[tuple[Any, Sequence[Any]]], weeks: Sequence[datetime.date], now: datetime.date) -> Grid:
    """People of the units by weeks: how full each week is."""
    lines = []
    for unit, rows in units:
        lines.append(
            GridLine(GridHead(format_html('{} <span class="mono">{}</span>', unit.name, unit.code)), css="unit")
        )
        lines += [GridLine(_person(row), [_week(row, cell) for cell in row["cells"]]) for row in rows]
    return Grid(
        pgettext("words, impacs", "Workload table"),
        pgettext("column, impacs", "Person"),
        [_monday(monday, now) for monday in weeks],
        lines,
        css="heat",
    )


def _monday(monday: datetime.date, now: datetime.date) -> GridHead:
    words = date_format(monday, "j M")
    if monday != now:
        return GridHead(words)
    said = pgettext("date, impacs", "this week")
    return GridHead(format_html('{}<span class="vh">, {}</span>', words, said), css="now")


def _person(row: dict[str, Any]) -> GridHead:
    """Somebody with the State that sent them, and how many of their tasks are open."""
    person = row["person"]
    sent_by = format_html(' <span class="code">{}</span>', person.sent_by) if person.sent_by else ""
    if not row["url"]:
        words: Any = pgettext("column, impacs", "Not assigned yet")
    else:
        link = format_html('<a href="{}">{}</a>', row["url"], person.name)
        words = format_html("{} {}", link, seconded(person.seat.seconded_from))
    return GridHead(format_html("{}{}", words, sent_by), small=_open_tasks(person))


def _open_tasks(person: Any) -> Any:
    n = person.open_tasks
    if person.ends_on:
        words = ngettext("term ends %(on)s, one open task", "term ends %(on)s, %(n)s open tasks", n)
        said = words % {"on": date_format(person.ends_on, "j M Y"), "n": n}
        return format_html('<span class="t-bad">{}</span>', said)
    return ngettext("one open task", "%(n)s open tasks", n) % {"n": n} if n else ""


def _week(row: dict[str, Any], cell: dict[str, Any]) -> GridCell:
    """How full a week is: in per cent of what there is time for; of what nobody has, in days."""
    picture = icon(cell["icon"], "i-s") if cell["icon"] else ""
    css = f"wk {cell['kind']}".strip()
    if not row["url"]:
        days = f"{cell['days']} {pgettext('words, impacs', 'd')}" if cell["week"].load else "–"
        return GridCell(format_html("{} {}", picture, days), css)
    of = pgettext("words, impacs", "%(days)s of %(of)s d") % {"days": cell["days"], "of": cell["capacity"]}
    return GridCell(format_html("{} {}<small>{}</small>", picture, _full(cell), of), css)


def _full(cell: dict[str, Any]) -> Any:
    if cell["week"].capacity:
        return format_html("<b>{}</b>", percent(cell["week"].pct))
    away = pgettext("words, impacs", "away")
    return format_html("<b>{}</b>", away) if cell["week"].load else away
