"""Lists of schedules, and of services that lists show."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access import urgency
from apps.access.marking import OFFICIAL
from apps.carriers import policy
from apps.carriers.queries import expected_journeys, inferred_schedules
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import RIGHT, WIDE, Act, Col, Count, Day, Moment, Status, Title
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table

ROUTE = Col(
    "route",
    pgettext_lazy("column, jrcc", "Route"),
    value=lambda line: f"{line['it'].origin}–{line['it'].destination}",
    nowrap=True,
)


def _days(line: Any) -> str:
    return pgettext("words, jrcc", "daily") if line["daily"] else ", ".join(line["days"])


DAYS = Col("days", pgettext_lazy("column, jrcc", "Days"), value=_days)


def _arrival(row: Any) -> str:
    """The time on arriving, and how many days later."""
    return f"{row.arrives:%H:%M} +{row.arrives_day}" if row.arrives_day else f"{row.arrives:%H:%M}"


def _until(line: Any) -> str:
    return pgettext("words, jrcc", "until %(day)s") % {"day": Day.in_words(line["it"].valid_until)}


class Schedules(List):
    """Schedules that the seat may see, newest first."""

    of, address, opens, key = "jrcc.schedule", "jrcc:schedules", "jrcc:schedule", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Schedules")
    sub = _("What carriers plan to operate. The portal raises an alarm if a departure's manifest is missing.")
    noun = ngettext_lazy("%(n)d schedule", "%(n)d schedules", "n")
    read: ClassVar[Any] = expected_journeys.schedules
    columns = (
        Title("it", pgettext_lazy("column, jrcc", "Service"), small="it.carrier.name"),
        ROUTE,
        DAYS,
        Col(
            "departs",
            pgettext_lazy("column, jrcc", "Departs"),
            value=lambda line: f"{line['it'].departs:%H:%M}",
            small="from_zone",
            nowrap=True,
        ),
        Col(
            "arrives",
            pgettext_lazy("column, jrcc", "Arrives"),
            value=lambda line: _arrival(line["it"]),
            small="to_zone",
            nowrap=True,
        ),
        Day("it.valid_from", pgettext_lazy("column, jrcc", "From"), small=_until, name="from"),
        Status("state", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["chip"], phone=RIGHT),
        Day("it.valid_until", pgettext_lazy("column, jrcc", "Until"), hidden=True, name="until"),
    )
    creates = ("schedule.add", "jrcc:schedule_new")
    empty = Blank(
        _("No schedules yet"),
        _("Without schedules, the portal learns of a journey only from its manifest."),
        "calendar",
    )

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Schedules in words."""
        today = timezone.now().date()
        return [expected_journeys.schedule_line(row, today) for row in rows]

    def more(self) -> list[Button]:
        """What lists show of services, and a table of many."""
        if not policy.may_schedule(self.actor, None):
            return []
        table = Button(_("From a file"), reverse("jrcc:schedule_file"), "upload")
        if self.actor.desk_code != "JRCC.watch":
            return [table]
        return [Button(_("Seen in manifests"), reverse("jrcc:schedules_learnt"), "trending-up"), table]


def _enter(line: Any) -> Press:
    place = f"{reverse('jrcc:schedule_new')}?{line['query']}"
    return Press(pgettext("button, jrcc", "Add"), place, f"{line['it'].carrier} {line['it'].number}")


class Services(List):
    """Flights that lists show and no schedule names, the most often seen first."""

    of, address = "jrcc.schedule", "jrcc:schedules_learnt"
    title = _("Services seen in manifests")
    sub = _(
        "Flights with a manifest on the same weekday in three of the last four weeks, and no "
        "schedule. Nothing is added automatically: check the times, then add the schedule."
    )
    noun = ngettext_lazy("%(n)d service", "%(n)d services", "n")
    order = ""
    ordered = _("the most often seen first")
    live = False
    columns = (
        Title(
            "service",
            pgettext_lazy("column, jrcc", "Service"),
            value=lambda line: f"{line['it'].carrier} {line['it'].number}",
        ),
        ROUTE,
        DAYS,
        Moment("it.departs_at", pgettext_lazy("column, jrcc", "Last departure"), zone="from_zone", name="departed"),
        Moment("it.arrives_at", pgettext_lazy("column, jrcc", "Arrived"), zone="to_zone", name="arrived"),
        Count("it.seen", pgettext_lazy("column, jrcc", "Seen"), name="seen"),
        Act("enter", pgettext_lazy("column, jrcc", "Add"), value=_enter),
    )
    banner = OFFICIAL
    empty = Blank(
        _("Nothing to propose"),
        _("Every regular flight has a schedule, or none has been seen often enough."),
        "calendar",
    )

    @staticmethod
    def read(actor: Any) -> list[inferred_schedules.Service]:
        """All that is proposed today."""
        return inferred_schedules.services(actor, timezone.now().date())

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Services in words, each with the form that it fills."""
        today = timezone.now().date()
        return [expected_journeys.service_line(row, today) for row in rows]


def _due(line: Any) -> str:
    """How far its deadline is, as long as a list is waited for."""
    return urgency.due(line.it.deadline_at) if line.it.state in ("expected", "missing") else ""


Table(
    "carriers.expected",
    pgettext_lazy("words, jrcc", "Expected journeys"),
    (
        Title("it", pgettext_lazy("column, jrcc", "Journey"), small=lambda line: Day.in_words(line.it.date)),
        Col(
            "route",
            pgettext_lazy("column, jrcc", "Route"),
            value=lambda line: f"{line.it.origin}–{line.it.destination}",
            nowrap=True,
        ),
        Moment("it.departs_at", pgettext_lazy("column, jrcc", "Departs"), zone="from_zone", phone=WIDE),
        Moment("it.deadline_at", _("Manifest due by"), small=_due, phone=WIDE),
        Moment("it.received_at", pgettext_lazy("column, jrcc", "Manifest received"), phone=WIDE),
        Status("state", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line.chip, small="it.said"),
    ),
    page=lambda line: reverse("jrcc:expectedjourney", args=[line.it.pk]),
)


def _service(line: Any) -> Cell:
    """The service; of a row that cannot be read, what stands there and what is wrong with it."""
    if not line.faults:
        return Cell(line.row)
    said = (Small(", ".join(line.cells)), *(Small(fault) for fault in line.faults))
    return Cell(pgettext("words, jrcc", "Correct this"), said, chip=("bad", "alert"))


def _of_row(read: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda line: "" if line.faults else read(line.row)


def _valid(row: Any) -> str:
    return f"{Day.in_words(row.valid_from)} – {Day.in_words(row.valid_until)}"


Table(
    "carriers.schedule_file",
    _("Rows of the table"),
    (
        Title("number", pgettext_lazy("column, jrcc", "Row")),
        Col("service", pgettext_lazy("column, jrcc", "Service"), value=_service, phone=WIDE),
        Col(
            "route",
            pgettext_lazy("column, jrcc", "Route"),
            value=_of_row(lambda row: f"{row.origin}–{row.destination}"),
        ),
        Col("days", pgettext_lazy("column, jrcc", "Days"), value=_of_row(lambda row: "".join(map(str, row.days)))),
        Col("departs", pgettext_lazy("column, jrcc", "Departs"), value=_of_row(lambda row: f"{row.departs:%H:%M}")),
        Col("arrives", pgettext_lazy("column, jrcc", "Arrives"), value=_of_row(_arrival)),
        Col("valid", pgettext_lazy("column, jrcc", "Valid"), value=_of_row(_valid)),
    ),
    anchor="row",
    key="number",
)
