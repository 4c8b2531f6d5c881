"""Lists of data protection, as they are declared."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.access.templatetags import portal
from apps.pages.cells import Cell, Small
from apps.pages.columns import HIDE, WIDE, Around, Col, Count, Day, Moment, Status, Title, When
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.pages.tables import Table
from apps.protection.models import RequestRule, SubjectRequest
from apps.protection.models.registers import Right
from apps.protection.queries import registers

REQUEST_STATES = {
    "received": ("warn", "clock"),
    "gathered": ("info", "half"),
    "prepared": ("warn", "user-check"),
    "released": ("ok", "check"),
    "withdrawn": ("mute", "undo"),
}
UNANSWERED = frozenset({*SubjectRequest.OPEN, "prepared"})


def _person(row: SubjectRequest) -> Cell:
    """Who it is about, as long as that is kept."""
    if not row.surname:
        return Cell(_("deleted: retention period ended"), tone="q")
    return Cell(f"{row.surname}, {row.given_names or '–'}")


def _due(row: SubjectRequest) -> Any:
    """By when it is answered, and how late that is; of what is answered the day alone."""
    return row.due_on if row.state in UNANSWERED else Cell(Day.in_words(row.due_on), stamp=row.due_on.isoformat())


class Requests(List):
    """Requests of persons that the seat may see, newest first."""

    of, address, opens = "protection.subjectrequest", "protection:requests", "protection:subjectrequest"
    title = _("Data subject requests")
    sub = _(
        "People who ask what is held about them, or to have it corrected or deleted. Every "
        "desk of the party searches each time; one person prepares the answer, another "
        "releases it."
    )
    noun = ngettext_lazy("%(n)d request", "%(n)d requests", "n")
    columns = (
        Title("right", _("What is requested"), code="number"),
        Col("person", pgettext_lazy("column, protection", "Person"), value=_person),
        Day("received_on", pgettext_lazy("column, protection", "Received on"), phone=HIDE),
        When("due_on", pgettext_lazy("column, protection", "Answer by"), value=_due, file=lambda row: row.due_on),
        Status("state", pgettext_lazy("column, protection", "Status"), chips=REQUEST_STATES),
    )
    filters = (
        Choice("state", pgettext_lazy("field, protection", "Status"), choices=SubjectRequest.State.choices),
        Choice("right", _("What is requested"), choices=Right.choices),
    )
    reads = "subject_request.list"
    creates = ("subject_request.record", "protection:request_new")
    template = "protection/requests.html"
    banner = OFFICIAL
    empty = Blank(
        _("No requests yet"),
        _("The oversight or administration desk that receives a request records it."),
        "user-check",
    )

    def deadlines(self) -> list[RequestRule]:
        """The rules by when a request is answered, as they hold for the reader's party today."""
        return registers.request_rules(self.actor, timezone.now().date())


def _source(row: RequestRule) -> Small | None:
    if row.status != "unverified":
        return None
    return Small(pgettext("words, protection", "not verified"), "warn", "help")


Table(
    "protection.deadlines",
    pgettext_lazy("words, protection", "Request deadlines"),
    [
        Title("right", pgettext_lazy("column, protection", "Right")),
        Col(
            "party",
            pgettext_lazy("column, protection", "Party"),
            empty=pgettext_lazy("words, protection", "All others"),
            nowrap=True,
        ),
        Count("days", pgettext_lazy("column, protection", "Days")),
        Count("keep_days", _("Kept after the answer, days")),
        Day("valid_from", pgettext_lazy("column, protection", "Since")),
        Col("source", pgettext_lazy("column, protection", "Source"), small=_source),
    ],
)


@dataclass(frozen=True)
class Figure(Col):
    """A number or words in place of it, at the right."""

    usual = "num"


def _kept(line: Any) -> Cell:
    """How long, and since when that counts."""
    days, since = line.rule.days, Small(line.rule.since)
    return Cell("" if days is None else ngettext("%(n)d day", "%(n)d days", days) % {"n": days}, (since,))


def _due_now(line: Any) -> str | None:
    if line.never:
        return pgettext("due", "never")
    return None if line.due is None else portal.grouped(line.due)


@dataclass(frozen=True)
class LastRound(Moment):
    """When the work of a rule was last done, and when it last found something."""

    def cell(self, row: Any, around: Around) -> Cell:
        """Nothing where no round does it."""
        if row.last is None:
            return Cell(pgettext("words, protection", "not yet") if row.rule.round else "")
        return super().cell(row, around)

    def smalls(self, row: Any, found: Any, around: Around) -> tuple[Small, ...]:
        """The last round that took something."""
        some = row.last_with_some
        if some is None:
            return (Small(_("no data processed yet")),)
        day = some.at.astimezone(ZoneInfo(around.zone)).date()
        return (Small(_("last run with data: %(n)s on %(day)s") % {"n": some.total, "day": Day.in_words(day)}),)


Table(
    "protection.rules",
    pgettext_lazy("heading, protection", "Retention rules"),
    (
        Title("rule.what", pgettext_lazy("column, protection", "Data"), name="data"),
        Col("rule.room", pgettext_lazy("column, protection", "Area"), name="room"),
        Col("kept", pgettext_lazy("column, protection", "Kept"), value=_kept),
        Col("rule.then", pgettext_lazy("column, protection", "Then"), name="then"),
        Figure("due", pgettext_lazy("column, protection", "Due now"), value=_due_now),
        LastRound("last.at", pgettext_lazy("column, protection", "Last run"), name="last"),
        Moment("next", pgettext_lazy("column, protection", "Next run")),
        Col(
            "rule.source",
            pgettext_lazy("column, protection", "Source"),
            tone="wrap",
            small=lambda line: _("States may have their own rule") if line.rule.place else "",
            name="source",
            phone=WIDE,
        ),
    ),
)
Table(
    "protection.holds",
    pgettext_lazy("words, protection", "Holds"),
    (
        Title("ground", pgettext_lazy("column, protection", "Grounds")),
        Count("count", _("Holds in force")),
        Day("first", _("First end date")),
    ),
)


def _held(section: Any) -> Cell:
    """What is held, and behind it each line of it."""
    lines = section["it"].lines
    if not lines:
        return Cell(section["label"])
    shown = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    fold = '{}<details><summary>{}</summary><ul class="stack-s">{}</ul></details>'
    return Cell(format_html(fold, section["label"], pgettext("button, protection", "Lines"), shown))


Table(
    "protection.sections",
    _("What the desks recorded"),
    (
        Title("label", pgettext_lazy("column, protection", "Data held"), value=_held),
        Col("it.desk", pgettext_lazy("column, protection", "Desk"), name="desk"),
        Count("it.count", pgettext_lazy("column, protection", "Number"), name="number"),
        Moment("it.at", pgettext_lazy("column, protection", "Noted"), small="it.by", name="noted"),
    ),
)
