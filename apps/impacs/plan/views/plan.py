"""Views over the plan: the list, the month's calendar, the timeline. The same filters, in the address, for all."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from apps.access.refusal import Refused
from apps.impacs.lists.plan import month_grid, on_timeline
from apps.impacs.models import SavedFilter
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.forms.filters import TaskFilter
from apps.impacs.plan.policy.tasks import MAKERS, may_create
from apps.impacs.plan.queries import lines as drawn_as
from apps.impacs.plan.queries import pages
from apps.impacs.plan.queries import plan as reading
from apps.impacs.plan.queries.lines import describe_task_line
from apps.impacs.plan.rules import timeline as timeline_rules
from apps.impacs.plan.rules.recurrence import nth

ROWS = 50
A_DAY = 5
"""Entries of one day in the calendar; the rest is counted and linked."""
MOST_IN_A_MONTH = 1000
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 1)
VIEWS: dict[str, tuple[str, Any, str]] = {
    "board": ("impacs:tasks", pgettext_lazy("words, impacs", "Overview"), "grid"),
    "list": ("impacs:task_list", pgettext_lazy("view, impacs", "List"), "list-checks"),
    "timeline": ("impacs:timeline", pgettext_lazy("words, impacs", "Timeline"), "panel"),
    "calendar": ("impacs:calendar", pgettext_lazy("words, impacs", "Calendar"), "calendar"),
    "workload": ("impacs:workload", pgettext_lazy("words, impacs", "Workload"), "users"),
}
BY = {
    "mandate": pgettext_lazy("words, impacs", "Mandate"),
    "programme": pgettext_lazy("words, impacs", "Programme"),
    "owner": pgettext_lazy("words, impacs", "Desk"),
}
ZOOMS = {
    "month": pgettext_lazy("words, impacs", "Month"),
    "quarter": pgettext_lazy("words, impacs", "Quarter"),
    "year": pgettext_lazy("words, impacs", "Year"),
}
LEGEND = (
    ("b2", pgettext_lazy("status, impacs", "Done")),
    ("b1", pgettext_lazy("words, impacs", "Under way")),
    ("b3", pgettext_lazy("words, impacs", "Late")),
    ("b4", gettext_lazy("Waiting or blocked")),
    ("b0", gettext_lazy("Still to do")),
)


def views_of(request: Any, current: str, passed: str) -> list[dict[str, Any]]:
    """The views of the plan that this seat has, with the filters that go along."""
    tail = f"?{passed}" if passed else ""
    own = [name for name in VIEWS if name != "workload" or request.actor.function in MAKERS]
    return [
        {"url": reverse(url) + tail, "label": label, "icon": icon, "current": name == current}
        for name in own
        for url, label, icon in [VIEWS[name]]
    ]


def address_of(row: SavedFilter) -> str:
    """Where kept filters lead."""
    return reverse(VIEWS[row.view][0]) + (f"?{row.query}" if row.query else "")


class Asked:
    """What every view over the plan needs: the filters, what they leave, and the frame around it."""

    own: tuple[str, ...] = ("o", "after", "before", "zoom", "from", "by", "at", "month")
    """Parameters that belong to one view; filters pass from view to view, these do not."""

    def __init__(self, request: Any, view: str) -> None:
        self.request, self.view, self.actor = request, view, request.actor
        self.today = today_of(request.actor)
        self.offered = reading.choices(request.actor)
        self.form = TaskFilter(request.GET, offered=self.offered)
        self.form.is_valid()
        self.filters = self.form.filters()
        self.rows = reading.tasks(request.actor, self.filters, self.today)
        self.wrong: str = ""

    def given(self, *without: str) -> dict[str, str]:
        """Parameters that are set, but those named."""
        return {name: value for name, value in self.request.GET.items() if value and name not in without}

    def address(self, *without: str, **values: Any) -> str:
        """This view with other parameters; the place in the list is always forgotten."""
        return "?" + urlencode({**self.given("after", "before", *without), **values})

    def read(self, name: str, make: Callable[[str], Any], usual: Any) -> Any:
        """A parameter of this view, or the usual value; one that cannot be read is told above the page."""
        text = self.request.GET.get(name, "")
        if not text:
            return usual
        try:
            return make(text)
        except ValueError:
            self.wrong = _("“%(text)s” cannot be shown here. Choose from the page instead.") % {"text": text[:40]}
            return usual

    def page(self, template: str, **context: Any) -> HttpResponse:
        """The page with its frame: filters, saved filters, the other views."""
        passed = urlencode(self.given(*self.own))
        saved = SavedFilter.objects.visible_to(self.actor).filter(state="kept").order_by("name")
        wrong = bool(self.form.errors or self.wrong)
        frame = {
            "form": self.form,
            "asked": self,
            "view": self.view,
            "views": views_of(self.request, self.view, passed),
            "saved": [(row, address_of(row)) for row in saved],
            "words": self.form.words(),
            "query": self.request.GET.urlencode(),
            "passed": passed,
            "may_change": bool(may_create(self.actor, None)),
            "kept": {name: value for name, value in self.given().items() if name in self.own[3:] or name == "o"},
            "wrong": self.wrong,
            "today": self.today,
            "marking": {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")},
        }
        return render(self.request, template, {**frame, **context}, status=422 if wrong else 200)

    def lines(self, rows: list[Any], *, steps: bool = False) -> list[Any]:
        """What the rows say; with `steps` one further query."""
        done = reading.steps_done(self.actor, rows) if steps and rows else {}
        return [describe_task_line(row, self.today, self.offered.titles, done) for row in rows]

    def cut(self, keys: list[pages.Key], *, backwards: bool = False) -> pages.Page:
        """A page of the selection; a place that is none is not there."""
        try:
            return pages.cut(self.rows, keys, self.request.GET, ROWS, backwards=backwards)
        except ValidationError as wrong:
            raise Refused("not-visible") from wrong


def _one_of(names: Any) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError(text)
        return text

    return read


def _month(text: str) -> datetime.date:
    found = datetime.date.fromisoformat(f"{text}-01")
    if not FIRST <= found <= LAST:
        raise ValueError(text)
    return found


@require_safe
def tasks(request: Any) -> HttpResponse:
    """Tasks as a table that can be sorted by each of its columns."""
    asked = Asked(request, "list")
    order = asked.read("o", _one_of({sign + name for name in reading.ORDERS for sign in ("", "-")}), "due")
    backwards, name = order.startswith("-"), order.removeprefix("-")
    found = asked.cut([reading.ORDERS[name]], backwards=backwards)
    turned = {
        column: (
            asked.address(o=f"-{column}" if column == name and not backwards else column),
            ("descending" if backwards else "ascending") if column == name else "",
        )
        for column in reading.ORDERS
    }
    total = asked.rows.count()
    return asked.page(
        "impacs/task_list.html",
        lines=asked.lines(found.rows),
        turned=turned,
        newer=found.newer,
        older=found.older,
        said=found.said(total),
        total=total,
    )


@require_safe
def calendar(request: Any) -> HttpResponse:
    """A month with what is due on each of its days."""
    asked = Asked(request, "calendar")
    month = asked.read("month", _month, asked.today.replace(day=1))
    last = nth(month, "monthly", 1) + datetime.timedelta(days=6)
    due = asked.rows.filter(due_on__gte=month - datetime.timedelta(days=6), due_on__lte=last)
    rows = list(due.order_by("due_on", "-priority", "pk")[:MOST_IN_A_MONTH])
    by_day: dict[datetime.date, list[Any]] = {}
    for line in asked.lines(rows):
        by_day.setdefault(line.task.due_on, []).append(line)
    to_list = reverse("impacs:task_list") + "?" + urlencode(asked.given(*asked.own, "due_from", "due_to"))
    return asked.page(
        "impacs/calendar.html",
        month=month,
        grid=month_grid(timeline_rules.sheet(month, by_day, asked.today, A_DAY), to_list),
        counted=sum(len(found) for day, found in by_day.items() if day.month == month.month),
        earlier=asked.address(month=f"{nth(month, 'monthly', -1):%Y-%m}"),
        later=asked.address(month=f"{nth(month, 'monthly', 1):%Y-%m}"),
    )


@require_safe
def timeline(request: Any) -> HttpResponse:
    """Tasks as bars over a month, a quarter or a year, in groups, fifty to a page."""
    asked = Asked(request, "timeline")
    zoom = asked.read("zoom", _one_of(timeline_rules.ZOOMS), "quarter")
    usual = timeline_rules.usual(zoom, asked.today)
    frame = asked.read("from", lambda text: timeline_rules.frame(zoom, _month(text)), usual)
    by = asked.read("by", _one_of(reading.GROUPS), "mandate")
    key = reading.GROUPS[by]
    counted = reading.groups(asked.rows, by, asked.offered.titles, asked.today)
    at = asked.read("at", key.read, None)
    if at is not None:
        asked.rows = asked.rows.annotate(at_group=key.expression).filter(at_group__gte=at)
    found = asked.cut([key, reading.ORDERS["start"]])
    lines = asked.lines(found.rows, steps=True)
    links = reading.links_among(asked.actor, [line.task.pk for line in lines])
    total = sum(group.count for group in counted)
    before = sum(group.count for group in counted if at is not None and group.key < at)
    rows, drawn = drawn_as.draw_timeline_page(lines, before + found.place, links, counted, frame, asked.today)
    return asked.page(
        "impacs/timeline.html",
        zoom=zoom,
        by=by,
        over=frame,
        drawn=drawn,
        rows=rows,
        tasks=on_timeline(rows),
        counted=[(asked.address("at", at=group.key), group) for group in counted],
        legend=LEGEND,
        zooms=[
            {"url": asked.address("from", zoom=name), "label": word, "current": name == zoom}
            for name, word in ZOOMS.items()
        ],
        arrangements=_segments(BY, by, lambda name: asked.address("at", by=name)),
        earlier=asked.address(**{"from": f"{frame.beside(-1):%Y-%m}"}),
        later=asked.address(**{"from": f"{frame.beside(1):%Y-%m}"}),
        to_today=asked.address("from") if frame != usual else "",
        newer=found.newer,
        older=found.older,
        total=total,
        said=found.said(total - before),
        at=at,
        whole=asked.address("at"),
    )


def _segments(words: dict[str, Any], now: str, address: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{"url": address(name), "label": word, "current": name == now} for name, word in words.items()]
