"""Small tables of the pages on which the watch and the intake are looked at from outside: numbers and operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.audit.sentences import kind_in_words
from apps.jrcc.rules import numbers
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import WIDE, Act, Col, Count, Link, Moment, Status, Title
from apps.pages.tables import Table

STEPS_BY = {
    "state": _("By acting State"),
    "carrier": pgettext_lazy("words, jrcc", "By carrier"),
    "list": pgettext_lazy("words, jrcc", "By watchlist"),
}
for _code, _words in STEPS_BY.items():
    Table(
        f"jrcc.steps_by_{_code}",
        _words,
        (Title("name", _words), Count("hits", pgettext_lazy("column, jrcc", "Hits"))),
    )


def _took(n: int) -> Any:
    def cell(row: numbers.Row) -> Cell | None:
        step = row.steps[n]
        if step.median is None:
            return None
        return Cell(floatformat(step.median, 1), (Small(f"{floatformat(step.ninetieth, 1)} ({step.n})"),))

    return cell


@dataclass(frozen=True)
class Minutes(Col):
    """How long something took, at the right."""

    usual = "num"


def columns_of_steps(rows: Sequence[numbers.Row]) -> list[Col]:
    """How long each step took; and of States how many were overdue."""
    columns: list[Col] = [Minutes(f"step{n}", name, value=_took(n)) for n, name in enumerate(numbers.step_names())]
    if rows and rows[0].overdue is not None:
        columns.append(Count("overdue", pgettext_lazy("column, jrcc", "Overdue steps")))
    return columns


Table(
    "jrcc.work_by_hour",
    _("Work by hour"),
    (
        Title("hour", pgettext_lazy("column, jrcc", "Hour")),
        Count("raised", pgettext_lazy("column, jrcc", "Raised")),
        Count("settled", pgettext_lazy("column, jrcc", "Settled")),
    ),
)


def _record(row: Any) -> tuple[str, str]:
    is_list = row.object_type == "jrcc.submission"
    return kind_in_words(row.object_type), reverse("jrcc:submission", args=[row.object_id]) if is_list else ""


def _cause(row: Any) -> Cell:
    return Cell(row.error, mono=True, tone="wrap")


def _next_try(row: Any) -> Cell:
    if row.dead_at:
        return Cell(pgettext("words, jrcc", "Stopped"), chip=("bad", "alert"))
    return Cell(portal.ago(row.available_at))


def _try_again(row: Any) -> Press:
    place = reverse("jrcc:work_retry", args=[row.pk])
    return Press(pgettext("button, jrcc", "Retry"), place, f"{row.topic} {row.pk}", posts=True)


Table(
    "jrcc.failed",
    pgettext_lazy("words, jrcc", "Failed jobs"),
    (
        Title("topic", pgettext_lazy("column, jrcc", "Work"), small="listener"),
        Link("record", pgettext_lazy("noun", "Record"), value=_record),
        Moment("created_at", pgettext_lazy("column, jrcc", "Since")),
        Count("attempts", pgettext_lazy("column, jrcc", "Attempts")),
        Col("error", pgettext_lazy("column, jrcc", "Cause"), value=_cause, phone=WIDE),
        Col("next", pgettext_lazy("column, jrcc", "Next attempt"), value=_next_try, nowrap=True),
        Act("again", pgettext_lazy("column, jrcc", "Actions"), value=_try_again),
    ),
)
Table(
    "jrcc.waiting",
    pgettext_lazy("heading, jrcc", "Queue"),
    (
        Title("topic", pgettext_lazy("column, jrcc", "Work")),
        Count("waiting", pgettext_lazy("column, jrcc", "Waiting")),
        Col("oldest", pgettext_lazy("column, jrcc", "Oldest"), value=lambda row: portal.ago(row["oldest"])),
        Count("failing", pgettext_lazy("column, jrcc", "Failing")),
        Count("dead", pgettext_lazy("column, jrcc", "Stopped")),
    ),
)
Table(
    "jrcc.lists_by_hour",
    _("Manifests by hour"),
    (
        Title("hour", pgettext_lazy("column, jrcc", "Hour"), value=lambda bar: portal.local_time(bar["hour"])),
        Count("lists", pgettext_lazy("column, jrcc", "Manifests")),
        Count("done", pgettext_lazy("column, jrcc", "Jobs done")),
    ),
)
STATES = {"failed": ("bad", "alert"), "bounced": ("bad", "alert"), "sent": ("ok", "check")}


def _mail_state(mail: Any) -> tuple[str, str, Any]:
    return (*STATES.get(mail.state, ("info", "clock")), mail.get_state_display())


def _came_back(mail: Any) -> str:
    return mail.error if mail.state in {"failed", "bounced"} else ""


def _carrier(mail: Any) -> tuple[str, str]:
    return mail.contact.carrier_id, reverse("jrcc:carrier", args=[mail.contact.carrier_id])


Table(
    "jrcc.mails",
    _("Mail to carriers"),
    (
        Title("about", pgettext_lazy("column, jrcc", "About"), code="number"),
        Link("carrier", pgettext_lazy("column, jrcc", "Carrier"), value=_carrier, small="contact.role"),
        Moment("at", pgettext_lazy("column, jrcc", "When")),
        Status("state", pgettext_lazy("column, jrcc", "Status"), value=_mail_state, small=_came_back),
    ),
)
Table(
    "jrcc.retries",
    pgettext_lazy("heading, jrcc", "Retried jobs"),
    (
        Title("topic", pgettext_lazy("column, jrcc", "Work")),
        Moment("at", pgettext_lazy("column, jrcc", "When")),
        Col("error", _("Error before the retry"), value=_cause, phone=WIDE),
        Col("by", pgettext_lazy("column, jrcc", "By")),
    ),
)
