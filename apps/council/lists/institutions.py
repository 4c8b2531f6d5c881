"""Bodies with their rules, and what States owe."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.templatetags.names import as_party, as_words
from apps.access.templatetags.portal import day, grouped
from apps.council.lists.cells import SOURCE, STATE, named
from apps.council.models import Decision
from apps.council.policy import may_keep
from apps.pages.cells import Cell, Press
from apps.pages.columns import Act, Col, Count, Day, Status, Title
from apps.pages.tables import Table

ORGAN = pgettext_lazy("column, council", "Organ")


def _also(one: Any) -> str:
    """What else a question needs."""
    said = [
        (one.vetoed_by_one, f"{_now('one vote against defeats it')}."),
        (one.money, f"{_now('financial statement required')}."),
        (one.binding, pgettext("words, council", "binding")),
    ]
    return " ".join(words for found, words in said if found)


def _needed(one: Any) -> Cell:
    return Cell(pgettext("words, council", "%(n)s of %(of)s") % {"n": one.needed, "of": one.of})


Table(
    "council.majorities",
    pgettext_lazy("words, council", "Majorities"),
    (
        Title(
            "question",
            pgettext_lazy("column, council", "Question"),
            value=lambda one: dict(Decision.Question.choices).get(one.question, ""),
        ),
        Count("needed", pgettext_lazy("column, council", "Needed"), value=_needed),
        Col("sum", _("How it is calculated")),
        Col("also", pgettext_lazy("column, council", "Other conditions"), value=_also),
        Col("basis", SOURCE),
    ),
)


def _window(row: Any) -> str:
    return f"{row.content['window_open_utc']}:00–{row.content['window_close_utc']}:00"


HOURS = (
    Title("organ.name", ORGAN),
    Count("content.minimum_hours", pgettext_lazy("column, council", "Minimum hours")),
    Count("content.min_full_working_days", _("Whole working days")),
    Col("window", _("Ends between (UTC)"), value=_window),
)
MOST = (
    Count("content.maximum_hours", pgettext_lazy("column, council", "Maximum hours")),
    Col("source", SOURCE),
)
EXTENSION = Count("content.extension_hours", pgettext_lazy("column, council", "Extension, hours"))
Table("council.silence", _("Written procedure limits"), (*HOURS, EXTENSION, *MOST))
Table("council.written_votes", _("Periods of votes outside a meeting"), (*HOURS, *MOST))


def _code(body: Any) -> str:
    return ", ".join(filter(None, (as_words(body.organ.code), body.organ.seat)))


def _doubt(body: Any) -> str:
    sure = body.organ.confidence
    return sure if sure != "verified" else ""


Table(
    "council.bodies",
    pgettext_lazy("words, council", "Bodies table"),
    (
        Title("organ.name", pgettext_lazy("column, council", "Body"), small=_code),
        Col("kind", pgettext_lazy("column, council", "Kind"), value=lambda body: body.organ.get_kind_display()),
        Col(
            "chair",
            pgettext_lazy("field, council", "Chair"),
            value=lambda body: named(body.chair) if body.chair else None,
            empty=pgettext_lazy("words, council", "not known"),
        ),
        Col("rule_set", pgettext_lazy("column, council", "Rules")),
        Col("organ.legal_basis", pgettext_lazy("column, council", "Basis"), small=_doubt),
    ),
    line=lambda body: f"in-{body.depth}",
)


def _keeps(actor: Actor) -> bool:
    return bool(may_keep(actor, None))


def _paid(row: Any) -> tuple[str, str, Any]:
    if row.state == "paid":
        return "ok", "check", pgettext("words, council", "Paid")
    return "warn", "clock", pgettext("words, council", "Unpaid")


def _payment(row: Any) -> Press | None:
    if row.state != "due":
        return None
    about = f"{as_party(row.party.short_name)} {row.year}"
    return Press(_now("Record the payment"), reverse("council:contribution_pay", args=[row.pk]), about)


ACT = pgettext_lazy("column, council", "Actions")
Table(
    "council.contributions",
    pgettext_lazy("words, council", "Contributions table"),
    (
        Title("party", STATE, value=lambda row: named(row.party)),
        Count("year", pgettext_lazy("column, council", "Year"), value=lambda row: Cell(str(row.year))),
        Day("due_on", pgettext_lazy("column, council", "Due")),
        Count(
            "amount",
            pgettext_lazy("column, council", "Amount"),
            value=lambda row: Cell(f"{grouped(row.amount)} {row.currency}"),
        ),
        Status(
            "state", pgettext_lazy("column, council", "Payment status"), value=_paid, small=lambda row: day(row.paid_on)
        ),
        Act("act", ACT, value=_payment, may=_keeps),
    ),
)


def _end(row: Any) -> Press | None:
    if row.state != "granted":
        return None
    place, about = reverse("council:waiver_end", args=[row.pk]), as_party(row.party.short_name)
    return Press(pgettext("button, council", "End permission"), place, about, posts=True)


Table(
    "council.waivers",
    pgettext_lazy("words, council", "Permissions to vote table"),
    (
        Title("party", STATE, value=lambda row: named(row.party)),
        Day("valid_from", pgettext_lazy("column, council", "From")),
        Day("valid_to", pgettext_lazy("column, council", "Until")),
        Col("basis", pgettext_lazy("column, council", "Decision")),
        Col("state", pgettext_lazy("column, council", "Permission status")),
        Act("act", ACT, value=_end, may=_keeps),
    ),
)
