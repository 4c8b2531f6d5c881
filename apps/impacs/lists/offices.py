"""Tables of offices, escalations, mandates and secondments, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party, as_words, seconded_in_words
from apps.impacs.models import Escalation, Office, Secondment
from apps.impacs.queries.offices import NAMED_ORDER
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import Act, Col, Day, Party, Title
from apps.pages.tables import Table

NO_DATE = pgettext_lazy("words, impacs", "no date")


def _told(row: Escalation) -> Cell:
    """Who is asked, and the office that was vacant."""
    vacant = pgettext("words, impacs", "vacant: %(office)s") % {"office": row.get_office_display()}
    return Cell(row.get_told_display(), (Small(vacant),) if row.vacant else ())


def _answer(row: Escalation) -> Cell:
    """What was answered: at which meeting, or on which day."""
    small = str(row.meeting) if row.meeting else Day.in_words(row.acknowledged_on) if row.acknowledged_on else ""
    return Cell(row.get_state_display(), (Small(small),) if small else ())


Table(
    "impacs.escalations",
    _("Escalations, newest first"),
    [
        Title("title", pgettext_lazy("column, impacs", "Matter"), code="row.number"),
        Party("row.party", pgettext_lazy("column, impacs", "State")),
        Day("row.due_on", pgettext_lazy("column, impacs", "Due")),
        Col("told", _("Who is asked"), value=lambda line: _told(line["row"])),
        Day("row.raised_on", pgettext_lazy("column, impacs", "Raised")),
        Col("answer", pgettext_lazy("column, impacs", "Answer"), value=lambda line: _answer(line["row"])),
    ],
    page=lambda line: reverse("impacs:escalation", args=[line["row"].pk]),
    line=lambda line: "sel" if line["mine"] else "",
)


def _clause(line: dict[str, Any]) -> Cell:
    """The clause, as the way to its decision for whom the Council's pages are open."""
    row = line["row"]
    place = reverse("impacs:progress", args=[row.decision_id]) if line["council"] else ""
    return Cell(f"{row.decision}, {row.clause.number}", url=place)


def _tasks(line: dict[str, Any]) -> Cell:
    """How many of its tasks are done, and how many late."""
    tasks = line["tasks"]
    if not tasks:
        return Cell(pgettext("words, impacs", "none"), tone="q")
    late = pgettext("words, impacs", "%(n)s overdue") % {"n": tasks["late"]}
    said = pgettext("words, impacs", "%(done)s of %(all)s done") % {"done": tasks["done"], "all": tasks["all"]}
    return Cell(said, (Small(late, "bad"),) if tasks["late"] else ())


Table(
    "impacs.mandates",
    pgettext_lazy("words, impacs", "Mandates table"),
    [
        Title("row.title", pgettext_lazy("column, impacs", "Mandate")),
        Col("row.body", pgettext_lazy("column, impacs", "Body"), value=lambda line: as_words(line["row"].body)),
        Col("clause", pgettext_lazy("column, impacs", "Clause"), value=_clause, nowrap=True),
        Day("row.due_on", pgettext_lazy("column, impacs", "Due"), empty=NO_DATE),
        Col("tasks", pgettext_lazy("column, impacs", "Tasks"), value=_tasks, nowrap=True),
        Col("state", pgettext_lazy("column, impacs", "Status"), value=lambda line: line["row"].get_state_display()),
    ],
    page=lambda line: reverse("impacs:mandate", args=[line["row"].pk]),
    anchor="m",
    key="row.pk",
)


def _holder(holder: Any) -> Cell:
    """Who holds an office, and which party sent them."""
    sent = holder.seat.seconded_from
    return Cell(holder.seat.user.get_full_name(), (Small(seconded_in_words(sent), "", "user-check"),) if sent else ())


def _named(line: dict[str, Any]) -> Cell:
    return _holder(line["holder"]) if line["holder"] else Cell(_now("no one named"), tone="q")


def _ending(line: dict[str, Any]) -> Press | None:
    """Ending a holding whose end is not known yet."""
    holder = line["holder"]
    if not (holder and line["may"]) or holder.valid_to:
        return None
    place = reverse("impacs:office_end", args=[holder.pk])
    return Press(pgettext("button, impacs", "End"), place, line["words"], posts=True)


Table(
    "impacs.offices",
    _("Offices of the party"),
    [
        Title("words", pgettext_lazy("column, impacs", "Office")),
        Col("holder", pgettext_lazy("column, impacs", "Held by"), value=_named),
        Day("holder.valid_from", pgettext_lazy("column, impacs", "Since")),
        Act("may", pgettext_lazy("words, impacs", "Actions"), value=_ending),
    ],
)


def _of_state(code: str) -> Any:
    """The holder of an office in a State, or that there is none."""

    def read(line: tuple[Any, dict[str, Any]]) -> Cell:
        holder = line[1][code]
        return _holder(holder) if holder else Cell(pgettext("words, impacs", "Vacant"), chip=("warn", "alert"))

    return read


Table(
    "impacs.state_offices",
    _("Offices of the States"),
    [
        Title("party", pgettext_lazy("column, impacs", "State"), value=lambda line: as_party(line[0].short_name)),
        *(Col(code, Office(code).label, value=_of_state(code)) for code in NAMED_ORDER),
    ],
)


def end_form(row: Secondment, hidden: SafeString) -> SafeString:
    """The form in which the last day of a secondment is entered. `hidden`: what every form posts along."""
    name = row.user.get_full_name()
    return format_html(
        '<form class="flex" method="post" novalidate>{}<input type="hidden" name="end" value="{}">'
        '<label class="vh" for="until-{}">{}</label><input class="in in-s" id="until-{}" name="until" size="12" '
        'placeholder="30 Sep 2026"><button class="btn btn-s">{}<span class="vh">: {}</span></button></form>',
        hidden,
        row.pk,
        row.pk,
        _now("Last day of %(person)s") % {"person": name},
        row.pk,
        pgettext("button, impacs", "End"),
        name,
    )


def _until(line: dict[str, Any]) -> Cell:
    """The last day, the form for it, or that the person is still here."""
    if line["row"].valid_to:
        return Cell(Day.in_words(line["row"].valid_to), stamp=line["row"].valid_to.isoformat())
    return Cell(line["form"]) if line["form"] else Cell(pgettext("words, impacs", "current"), tone="q")


Table(
    "impacs.secondments",
    pgettext_lazy("heading, impacs", "Secondments"),
    [
        Title("person", pgettext_lazy("column, impacs", "Person"), value=lambda line: line["row"].user.get_full_name()),
        Party("row.sending_state", pgettext_lazy("column, impacs", "Sent by")),
        Day("row.valid_from", pgettext_lazy("column, impacs", "From")),
        Col("until", pgettext_lazy("column, impacs", "Until"), value=_until),
    ],
)
