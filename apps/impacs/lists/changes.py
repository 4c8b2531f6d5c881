"""Tables of many tasks changed at once: chosen, before and after, from a sheet, and what follows of a move."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.portal import icon
from apps.impacs.plan.queries.slip import Proposed
from apps.impacs.plan.queries.workbook import Verdict
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Status, Title
from apps.pages.table_columns import Tick
from apps.pages.tables import Table

TASK = pgettext_lazy("column, impacs", "Task")
Change = tuple[Any, str, str]
"""(name of a field, before, after)."""


def _task_page(line: dict[str, Any]) -> str:
    return reverse("impacs:task", args=[line["row"].pk])


def written_changes(changes: Iterable[Change]) -> SafeString:
    """Fields before and after."""
    lines = [(name, format_html("<del>{}</del> ", was) if was else "", now or "–") for name, was, now in changes]
    return format_html('<ul class="cells">{}</ul>', format_html_join("", "<li>{}: {}<ins>{}</ins></li>", lines))


def _became(line: dict[str, Any]) -> Cell:
    """What was changed of a task."""
    if not line["cells"]:
        return Cell(pgettext("words, impacs", "no change"), tone="q")
    return Cell(written_changes(line["cells"]))


Table(
    "impacs.batch",
    pgettext_lazy("words, impacs", "Changed tasks"),
    [
        Title("title", TASK, code="reference"),
        Col("cells", pgettext_lazy("column, impacs", "Outcome"), value=_became),
    ],
    page=lambda line: reverse("impacs:task", args=[line["task"]]),
)


def _chosen(line: dict[str, Any]) -> SafeString:
    """The box of a chosen task, with the version that was looked at."""
    row = line["row"]
    box = Tick.box("task", row.pk, row.title, ticked=not line["faults"] or line["stale"])
    return box + format_html('<input type="hidden" name="version_{}" value="{}">', row.pk, line["version"])


def _dates(line: dict[str, Any]) -> str:
    row = line["row"]
    return " – ".join(Day.in_words(day) for day in (row.starts_on, row.due_on) if day)


def _becomes(line: dict[str, Any]) -> Cell:
    """What is wrong with what is asked for, and what it changes."""
    faults = tuple(Small(fault, "bad", "alert") for fault in line["faults"])
    if line["cells"]:
        return Cell(written_changes(line["cells"]), faults)
    return Cell("" if faults else pgettext("words, impacs", "No change"), faults, "q")


CHOSEN = [
    Tick("row.pk", pgettext_lazy("words, impacs", "Selected"), value=_chosen),
    Title("row.title", TASK, code="row.reference"),
    Col("state", pgettext_lazy("column, impacs", "Status"), value=lambda line: line["row"].get_state_display()),
]
CHOSEN_TASKS = pgettext_lazy("words, impacs", "Selected tasks")
Table(
    "impacs.chosen",
    CHOSEN_TASKS,
    [*CHOSEN, Col("dates", pgettext_lazy("column, impacs", "Dates"), value=_dates, nowrap=True)],
    page=_task_page,
)
Table(
    "impacs.previewed",
    CHOSEN_TASKS,
    [*CHOSEN, Col("cells", pgettext_lazy("column, impacs", "Result"), value=_becomes)],
    page=_task_page,
)


def _accepting(one: Proposed) -> SafeString:
    """The box that accepts a shift, with what was looked at; a lock where it is not for the task to move."""
    if not one.can_accept:
        return icon("lock")
    box = Tick.box("accept", one.task.pk, one.name, ticked=True)
    return box + format_html('<input type="hidden" name="new_{}" value="{}">', one.task.pk, one.seen)


def _span(span: Any) -> str:
    return f"{Day.in_words(span.start)} – {Day.in_words(span.due)}"


Table(
    "impacs.shifts",
    pgettext_lazy("words, impacs", "Proposed date changes"),
    [
        Tick("task", pgettext_lazy("button, impacs", "Accept"), value=_accepting),
        Title("name", TASK),
        Col("old", pgettext_lazy("column, impacs", "Now"), value=lambda one: _span(one.shift.old), nowrap=True),
        Col(
            "new",
            pgettext_lazy("column, impacs", "Proposed"),
            value=lambda one: format_html("<b>{}</b>", _span(one.shift.new)),
            nowrap=True,
        ),
        Col(
            "reason",
            pgettext_lazy("column, impacs", "Reason"),
            small=lambda one: tuple(Small(flag, "bad") for flag in one.flags),
        ),
    ],
    page=lambda one: reverse("impacs:task", args=[one.task.pk]) if one.task else "",
)

VERDICTS = {
    "fault": ("bad", "alert", _("Cannot be imported")),
    "conflict": ("warn", "alert", _("Changed in both")),
    "new": ("ok", "plus", pgettext_lazy("words, impacs", "New")),
    "changed": ("info", "pen", pgettext_lazy("words, impacs", "Changed")),
    "same": ("mute", "minus", pgettext_lazy("status, impacs", "Unchanged")),
}


def _sheet_task(one: Verdict) -> Cell:
    """The task, or the title of the one to be made."""
    if one.task is None:
        return Cell(Truncator(one.line.cells.get("title") or "–").chars(120))
    place = reverse("impacs:task", args=[one.task.pk])
    return Cell(one.task.title, (Small(one.task.reference, "ref"),), url=place)


def _choice(one: Verdict) -> SafeString:
    """Which side is taken of what both changed."""
    changed = [(name, stands or "–", says or "–") for name, stands, says in one.conflicts]
    words = (pgettext("words, impacs", "portal"), pgettext("words, impacs", "spreadsheet"))
    lines = format_html_join(
        "", "<li>{}: {} <b>{}</b>, {} <b>{}</b></li>", ((n, words[0], a, words[1], b) for n, a, b in changed)
    )
    sides = [("portal", _now("Keep the portal's value")), ("file", _now("Use the spreadsheet's value"))]
    options = format_html_join(
        "",
        '<label class="opt"><input type="radio" name="take_{}" value="{}"{}><span>{}</span></label>',
        ((one.task.pk, side, SafeString(" checked" if one.take == side else ""), said) for side, said in sides),
    )
    return format_html(
        '<fieldset class="f"><legend>{}</legend><ul class="cells">{}</ul>{}</fieldset>',
        _now("Changed here and in the spreadsheet since the export"),
        lines,
        options,
    )


def _meanwhile(one: Verdict) -> SafeString:
    """What somebody changed since the export."""
    said = pgettext("words, impacs", "Changed in the meantime:")
    lines = ((said, name, was or "–", now or "–") for name, was, now in one.meanwhile)
    return format_html('<ul class="cells was">{}</ul>', format_html_join("", "<li>{} {} {} → {}</li>", lines))


def _does(one: Verdict) -> Cell:
    """Its faults, what both sides changed, what was changed meanwhile, and what it changes."""
    faults = format_html_join("", '<p class="t-bad"><b class="mono">{}</b> {}</p>', one.faults)
    parts = [
        _choice(one) if one.conflicts else "",
        _meanwhile(one) if one.meanwhile else "",
        written_changes(one.changes) if one.kind != "fault" and one.changes else "",
    ]
    return Cell(faults + SafeString("".join(parts)))


Table(
    "impacs.sheet",
    pgettext_lazy("words, impacs", "Spreadsheet rows"),
    [
        Title("task", TASK, value=_sheet_task),
        Count("line.number", pgettext_lazy("column, impacs", "Row")),
        Status("kind", pgettext_lazy("column, impacs", "Result"), value=lambda one: VERDICTS[one.kind]),
        Col("does", pgettext_lazy("column, impacs", "Changes"), value=_does),
    ],
)
