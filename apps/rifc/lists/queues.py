"""Lists of openings of sealed texts, of reports to look at again, and of requests to pass reports on."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import Banner, of
from apps.access.models import Level
from apps.pages.cells import Cell, Press, Small, stack
from apps.pages.columns import HIDE, RIGHT, Act, Col, Day, Moment, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.pages.tables import Table
from apps.pages.verb_pages import offer_buttons
from apps.rifc.models import Opening, ReleaseRequest, Report
from apps.rifc.queries import releases, report_pages, retention_due, sealed_texts, vocabulary

OPENINGS: Banner = of(least=Level.CONFIDENTIAL, intelligence=True)
OPENING_STATES = {
    "asked": ("warn", "half"),
    "open": ("ok", "circle-check"),
    "refused": ("bad", "circle-x"),
    "over": ("mute", "history"),
}
REQUEST_STATES = {
    "submitted": ("info", "clock"),
    "partly_decided": ("info", "clock"),
    "approved": ("ok", "check"),
    "approved_sanitised": ("ok", "check"),
    "refused": ("bad", "circle-x"),
    "revoked": ("bad", "circle-x"),
    "withdrawn": ("mute", "minus"),
    "expired": ("mute", "minus"),
}
OF_REVIEWS = ("retain", "archive", "recall")


class Openings(List):
    """Openings that the seat sees: its own, those it is asked for, and for the originator all of its reports."""

    of, address, opens = "rifc.opening", "rifc:openings", "rifc:opening"
    title = _("Openings of sealed texts")
    sub = _("Who asked to read a text that is under keys of States. Two key holders of the reader's State open it.")
    noun = ngettext_lazy("%(n)d opening", "%(n)d openings", "n")
    read = sealed_texts.opening_rows
    columns = (
        Title(
            "report.number",
            pgettext_lazy("column, rifc", "Report"),
            value=lambda row: row.report.number or pgettext("heading, rifc", "a draft"),
            small="report.originator_id",
        ),
        Col("desk.code", pgettext_lazy("column, rifc", "Requested by")),
        Status(
            "state",
            pgettext_lazy("column, rifc", "Status"),
            chips=OPENING_STATES,
            small=lambda row: pgettext("words, rifc", "waits for your share") if row.waits else "",
        ),
        Moment("asked_at", pgettext_lazy("column, rifc", "Asked"), phone=HIDE),
        Moment("until", pgettext_lazy("column, rifc", "Until")),
    )
    filters = (Choice("state", pgettext_lazy("field, rifc", "Status"), choices=Opening.State.choices),)
    template = "rifc/openings.html"
    banner = OPENINGS
    empty = Blank(_("No one has asked"), _("On the page of a sealed report its text can be asked for."), "lock")

    def lines(self, rows: list[Any]) -> list[Any]:
        """The openings, with whether each waits for the reader's own share."""
        waiting = sealed_texts.waiting_for(self.actor).filter(pk__in=[row.pk for row in rows])
        keys = set(waiting.values_list("pk", flat=True))
        for row in rows:
            row.waits = row.pk in keys
        return rows


Table(
    "rifc.told_openings",
    _("Who asked to open it"),
    [
        Title("desk.code", pgettext_lazy("column, rifc", "Desk")),
        Status("state", pgettext_lazy("column, rifc", "Status"), chips=OPENING_STATES, phone=RIGHT),
        Moment("asked_at", pgettext_lazy("column, rifc", "Asked"), phone=HIDE),
        Moment("opened_at", pgettext_lazy("column, rifc", "Opened")),
    ],
)


def _kept_on(line: dict[str, Any]) -> str:
    """Since when a report is kept on, and why."""
    report = line["it"]
    if not report.retained_for:
        return ""
    said = {"day": Day.in_words(report.reviewed_on), "reason": report.retained_for}
    return pgettext("column, rifc", "kept on %(day)s: %(reason)s") % said


def _presses(line: dict[str, Any]) -> Cell:
    """What the seat may do with a report; in words that it is not its work."""
    about = line["it"].register_number
    presses = [Cell(press=Press(one["label"], one["url"], about, danger=one["danger"])) for one in line["offers"]]
    return stack(presses or [Cell(_("for officers of your desk"), tone="q")])


class Reviews(List):
    """Reports of the desk that are due to be looked at again, the oldest first.

    No file: reports leave the portal as copies with a number.
    """

    of, address, opens, key = "rifc.report", "rifc:reviews", "rifc:report", "it.thread"
    title = _("Reports to review")
    sub = _(
        "Your desk decides whether each is still needed: keep it with a reason, archive it, "
        "or recall it from its recipients."
    )
    name = _("Reports due for review")
    noun = ngettext_lazy("%(n)d report", "%(n)d reports", "n")
    columns = (
        Title(
            "it.title",
            pgettext_lazy("column, rifc", "Report"),
            code="it.register_number",
            small=_kept_on,
            lang="it.language",
        ),
        Moment("it.shared_at", pgettext_lazy("column, rifc", "Shared"), phone=HIDE),
        Day("it.retention_review", pgettext_lazy("column, rifc", "Review"), sort="retention_review"),
        Day(
            "it.valid_to",
            pgettext_lazy("column, rifc", "Valid until"),
            sort="valid_to",
            small=lambda line: Small(pgettext("words, rifc", "ended"), "bad") if line["over"] else "",
            empty=pgettext_lazy("words, rifc", "not stated"),
        ),
        Act("offers", pgettext_lazy("column, rifc", "Actions"), value=_presses),
    )
    order = "retention_review"
    ordered = _("the oldest first")
    page = 50
    export = None
    empty = Blank(
        _("Nothing to review"),
        _("A report is listed here when its review date has come, or when the last day that it gives is over."),
        "clock",
    )

    @staticmethod
    def read(actor: Actor) -> Any:
        """What is due today: of one desk, in force, by the index of those."""
        return retention_due.to_review(actor, vocabulary.today())

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Each with what the seat may do with it, and whether it claims to hold no more."""
        today = vocabulary.today()
        return [
            {"it": row, "offers": self.offers(row), "over": row.valid_to is not None and row.valid_to < today}
            for row in rows
        ]

    def offers(self, row: Report) -> list[dict[str, Any]]:
        """What the seat may do with a report, in the order of OF_REVIEWS."""
        fit = offer_buttons(self.actor, row, lambda verb: reverse("rifc:do", args=[row.thread, verb]))
        return sorted((one for one in fit if one["verb"] in OF_REVIEWS), key=lambda one: OF_REVIEWS.index(one["verb"]))

    def marking(self, rows: list[Any]) -> Banner:
        """The highest of anything shown."""
        return report_pages.highest(rows)


def _targets(row: ReleaseRequest) -> str:
    return ", ".join(filter(None, [*row.targets, row.external]))


class Requests(List):
    """Requests for release of which the reader's party decides, newest first."""

    of, address, opens = "rifc.releaserequest", "rifc:requests", "rifc:request"
    title = pgettext_lazy("words, rifc", "Release requests")
    sub = _("To forward a report, ask every originator. Silence is never consent: unanswered requests expire.")
    name = _("Requests to decide")
    noun = ngettext_lazy("%(n)d request", "%(n)d requests", "n")
    columns = (
        Title(
            "report.number",
            pgettext_lazy("column, rifc", "Report"),
            value=lambda row: row.report.number or _("not shared yet"),
        ),
        Col("owner.code", pgettext_lazy("column, rifc", "Requested by")),
        Col("targets", pgettext_lazy("column, rifc", "For"), value=_targets),
        Col("purpose", pgettext_lazy("column, rifc", "Purpose")),
        Status("state", pgettext_lazy("column, rifc", "Status"), chips=REQUEST_STATES, phone=RIGHT),
        Moment(
            "due_at",
            pgettext_lazy("column, rifc", "Lapses"),
            value=lambda row: row.due_at if row.state in ReleaseRequest.OPEN else None,
        ),
    )
    filters = (Choice("state", pgettext_lazy("field, rifc", "Status"), choices=ReleaseRequest.State.choices),)
    template = "rifc/requests.html"
    empty = Blank(
        pgettext_lazy("words, rifc", "No requests"),
        _("Requests to forward your material appear here."),
        "shield-check",
    )

    @staticmethod
    def read(actor: Actor) -> Any:
        """Those of other desks."""
        return releases.rows(actor).exclude(owner_id=actor.desk_id)

    def marking(self, rows: list[Any]) -> Banner:
        """The highest of the reports that are asked for."""
        return report_pages.highest([row.report for row in rows])


class OwnRequests(Requests):
    """Those of the reader's desk."""

    address = ""
    name = _("Requests of your desk")
    prefix = "own"
    export = None
    empty = Blank(
        pgettext_lazy("words, rifc", "No requests sent"), _("Request release from the page of a report."), "send"
    )

    @staticmethod
    def read(actor: Actor) -> Any:
        """Those that the desk itself has asked."""
        return releases.rows(actor).filter(owner_id=actor.desk_id)
