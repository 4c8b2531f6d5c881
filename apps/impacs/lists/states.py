"""Tables of a State's actions: against what is asked, by date, on paper, and what waits for IMPACS."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.templatetags.portal import percent
from apps.impacs.lists.obligations import was_due
from apps.impacs.models import ExtensionRequest
from apps.impacs.obligations.queries.history import Stretch
from apps.impacs.obligations.queries.own_state import Line
from apps.impacs.obligations.queries.verification import ToVerify
from apps.impacs.obligations.queries.workbooks import Line as FilledLine
from apps.impacs.obligations.rules.rag import BLUE
from apps.impacs.queries.obligations import Obligation
from apps.impacs.queries.status_looks import LOOKS
from apps.impacs.templatetags.impacs import status_of
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Status, Title
from apps.pages.tables import Table

CLAUSE = pgettext_lazy("column, impacs", "Clause")
DONE, DUE = pgettext_lazy("column, impacs", "Done"), pgettext_lazy("column, impacs", "Due")
STATUS = pgettext_lazy("column, impacs", "Status")
FROM, UNTIL = pgettext_lazy("column, impacs", "From"), pgettext_lazy("column, impacs", "Until")


def done_of(done: int, of: int) -> str:
    """ "3 of 5"."""
    return pgettext("words, impacs", "%(done)s of %(of)s") % {"done": done, "of": of}


def _done(line: Line) -> Cell:
    """A bar, and the same in words below it."""
    label = _now("%(done)s of %(of)s clauses done") % {"done": line.done, "of": line.of}
    bar = format_html('<progress max="{}" value="{}" aria-label="{}"></progress>', line.of, line.done, label)
    return Cell(bar, (Small(done_of(line.done, line.of)),))


def _step(line: Line) -> Cell:
    """What the State does next for the decision."""
    if line.step is None or line.at is None:
        return Cell(_now("Nothing to do"))
    words = Truncator(line.step.clause_text).chars(90)
    why = " ".join(line.at.sentences)
    return Cell(words, (Small(why),) if why else (), url=reverse("impacs:action", args=[line.step.pk]))


def _due(line: Line) -> Cell:
    if line.step is None or line.at is None:
        return Cell(status_of(LOOKS[BLUE], pgettext("status, impacs", "Complete")))
    due = line.at.status.effective_due
    if due is None:
        return Cell(pgettext("words, impacs", "no date"), tone="q")
    return Cell(Day.in_words(due), stamp=due.isoformat())


Table(
    "impacs.against",
    _("Decisions and the State's progress"),
    [
        Title(
            "number",
            pgettext_lazy("column, impacs", "Decision"),
            small=lambda line: Truncator(line.title).chars(60),
        ),
        Col("done", DONE, value=_done, nowrap=True),
        Col("step", _("Our next step"), value=_step),
        Col("due", DUE, value=_due, nowrap=True),
    ],
    page=lambda line: reverse("council:decision", args=[line.decision]),
)


def _last(one: Stretch) -> Cell:
    if one.still:
        return Cell(pgettext("date, impacs", "today"))
    return Cell(Day.in_words(one.last), stamp=one.last.isoformat())


Table(
    "impacs.history",
    _("Status by date"),
    [
        Title(
            "first",
            FROM,
            value=lambda one: Cell(Day.in_words(one.first), stamp=one.first.isoformat()),
            nowrap=True,
        ),
        Col("last", pgettext_lazy("column, impacs", "To"), value=_last, nowrap=True),
        Col("look", STATUS, value=lambda one: status_of(one.look, one.word)),
        Col("at", _("Reason on the first day"), value=lambda one: " ".join(one.at.sentences)),
    ],
)


def _printed_due(one: Obligation) -> Cell:
    """The due date in force and, where it was moved, the original one."""
    due = one.due or one.row.due_on
    return Cell(Day.in_words(due), was_due(one), stamp=due.isoformat()) if due else Cell()


def _why(one: Obligation) -> Any:
    return format_html("{}. {}", status_of(one.look, one.word), " ".join(one.at.sentences))


Table(
    "impacs.printed",
    pgettext_lazy("words, impacs", "Obligations"),
    [
        Title("row", CLAUSE, value=lambda one: f"{one.row.decision_number}, {one.row.clause_number}"),
        Col("row.clause_text", _("What we must do")),
        Col("who", pgettext_lazy("column, impacs", "Responsible")),
        Col("due", DUE, value=_printed_due, nowrap=True),
        Count("at", DONE, value=lambda one: Cell(percent(one.at.facts.progress_pct))),
        Col("look", STATUS, value=_why),
    ],
)


def _waits(one: ToVerify) -> Cell:
    """The day of the submission, and how long it waits."""
    if one.late:
        small = Small(ngettext("%(n)s day, late", "%(n)s days, late", one.waited) % {"n": one.waited}, "bad")
    else:
        small = Small(ngettext("%(n)s day", "%(n)s days", one.waited) % {"n": one.waited})
    if one.since is None:
        return Cell(small=(small,))
    return Cell(Day.in_words(one.since), (small,), stamp=one.since.isoformat())


def _stands(one: ToVerify) -> str:
    if one.barred:
        return _now("This State seconded you to the agency, so someone else must verify it.")
    return " ".join(one.at.sentences)


Table(
    "impacs.to_verify",
    _("Evidence to verify"),
    [
        Title(
            "row",
            pgettext_lazy("column, impacs", "Action"),
            value=lambda one: f"{one.row.party}: {one.row.decision_number}, {one.row.clause_number}",
        ),
        Col(
            "row.clause_text",
            _("What the clause requires"),
            value=lambda one: Truncator(one.row.clause_text).chars(160),
        ),
        Col("since", pgettext_lazy("column, impacs", "Submitted"), value=_waits, nowrap=True),
        Count(
            "judged",
            pgettext_lazy("column, impacs", "Assessed"),
            value=lambda one: Cell(done_of(one.judged, one.proofs)),
        ),
        Col("at", STATUS, value=_stands),
    ],
    page=lambda one: f"{reverse('impacs:action', args=[one.row.pk])}#ev",
)


def _power(one: ExtensionRequest) -> Cell:
    """Who decides, and where it stands on an agenda."""
    place = reverse("council:item", args=[one.item_id]) if one.item else ""
    return Cell(one.get_power_display(), (Small(_now("on the agenda"), url=place),) if place else ())


Table(
    "impacs.extensions",
    pgettext_lazy("words, impacs", "Extension requests"),
    [
        Title(
            "action",
            pgettext_lazy("column, impacs", "Request"),
            value=lambda one: f"{one.party_id}: {one.action.decision}, {one.action.clause.number}",
        ),
        Day("from_due", FROM),
        Day("new_due_on", UNTIL),
        Col("power", pgettext_lazy("column, impacs", "Who decides"), value=_power),
        Day("answer_by", pgettext_lazy("column, impacs", "Answer by")),
    ],
    page=lambda one: reverse("impacs:extension", args=[one.pk]),
)


def _verdict(line: FilledLine) -> tuple[str, str, Any]:
    """What a row of a filled list comes to."""
    if line.conflict:
        return "warn", "alert", pgettext("words, impacs", "Conflict")
    if line.faults:
        return "bad", "circle-x", pgettext("words, impacs", "Not possible")
    return "ok", "circle-check", pgettext("column, impacs", "Report")


def _asked(line: FilledLine) -> str:
    return f"{line.action.decision}, {line.action.clause.number}" if line.action else ""


Table(
    "impacs.filled",
    pgettext_lazy("heading, impacs", "Preview"),
    [
        Title("number", pgettext_lazy("column, impacs", "Row")),
        Col("action", CLAUSE, value=_asked, nowrap=True),
        Count(
            "now",
            pgettext_lazy("column, impacs", "Progress, now"),
            value=lambda line: Cell(percent(line.now) if line.action else ""),
        ),
        Count(
            "progress",
            _("Progress, in the spreadsheet"),
            value=lambda line: Cell("" if line.progress is None else percent(line.progress)),
        ),
        Col("text", _("What was done"), value=lambda line: Truncator(line.text).chars(200)),
        Status(
            "verdict",
            pgettext_lazy("column, impacs", "Result"),
            value=_verdict,
            small=lambda line: tuple(Small(fault, "why") for fault in line.faults),
        ),
    ],
)
