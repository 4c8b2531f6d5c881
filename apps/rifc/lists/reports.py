"""Tables of one report: who has it, who has read it, what it was good for, and what became of its copies."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party, seconded_person
from apps.access.templatetags.portal import code
from apps.access.urgency import due, tone_of
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import Act, Around, Col, Count, Moment, Status, Title
from apps.pages.tables import Table

RECIPIENT = pgettext_lazy("column, rifc", "Recipient")
DESK = pgettext_lazy("column, rifc", "Desk")
AT = pgettext_lazy("column, rifc", "Time")
CLOSABLE = frozenset({"confirmed_removed", "passed_on", "cannot"})


def _recipient(row: Any) -> Any:
    named = row.user.username if row.user else row.desk.code
    return format_html("{} {}", named, seconded_person(row.user, row.desk.party_id))


def _late(row: Any) -> str:
    return pgettext("words, rifc", "late") if row.late else ""


class Close(Act):
    """The desk whose report was recalled closes what was answered."""

    def cell(self, row: Any, around: Around) -> Cell:
        """The button, where there is something to close."""
        if row.state not in CLOSABLE or around.actor.desk_id != row.report_desk_id:
            return Cell(" ")
        place, label = reverse("rifc:close_answer", args=[row.pk]), pgettext("button, rifc", "Close")
        return Cell(press=Press(label, place, row.desk.code, posts=True))


Table(
    "rifc.recall_answers",
    _("Answers to the recall"),
    (
        Title(
            "recipient",
            RECIPIENT,
            value=_recipient,
            small=lambda row: _now("received from another recipient") if row.parent_id else "",
        ),
        Col("state", pgettext_lazy("column, rifc", "Answer"), small=_late),
        Col("text", pgettext_lazy("column, rifc", "Said"), small=lambda row: ", ".join(row.to or ())),
        Moment("at", AT),
        Close("act", pgettext_lazy("column, rifc", "Actions")),
    ),
)
Table(
    "rifc.uses",
    _("Feedback by recipient"),
    (
        Title("row.desk.code", DESK),
        Col("was", pgettext_lazy("column, rifc", "It was")),
        Col(
            "came",
            pgettext_lazy("words, rifc", "Result"),
            value=lambda one: ", ".join(map(str, one["came"])),
            small="row.note",
        ),
        Moment("row.at", AT),
    ),
)


def _holder(row: Any) -> Any:
    named = row.user.username if row.user else row.desk.function.name
    badge = seconded_person(row.user, row.desk.party_id)
    return format_html("{} {} {}", code(row.desk.party_id, as_party(row.desk.party.name)), named, badge)


def _basis(row: Any) -> str:
    if row.basis == "originator":
        return pgettext("column, rifc", "from you")
    return (
        _now("forwarded within its State") if row.basis == "internal-forward" else pgettext("words, rifc", "by release")
    )


def receipt_chip(row: Any) -> tuple[str, str, Any]:
    """How far an entry has come: kind, picture and words."""
    return {
        "acknowledged": ("ok", "check", pgettext("words, rifc", "Receipt acknowledged")),
        "overdue": ("bad", "clock", pgettext("words, rifc", "Receipt overdue")),
        "opened": ("info", "eye", pgettext("words, rifc", "Opened")),
        "delivered": ("info", "inbox", pgettext("words, rifc", "Delivered")),
        "sent": ("mute", "send", pgettext("status, rifc", "Sent")),
        "withdrawn": ("warn", "undo", pgettext("status, rifc", "Withdrawn")),
    }.get(row.state, ("mute", "history", _now("For an earlier version")))


class Acknowledged(Moment):
    """When a receipt was given, or until when it is due."""

    def cell(self, row: Any, around: Around) -> Cell:
        """Both with what the recipient said along with it."""
        note = (Small(row.ack_note),) if row.ack_note else ()
        if row.ack_at:
            late = (Small(_late(row)),) if row.late else ()
            return self.said(row, row.ack_at, (*late, *note), around)
        if row.ack_required:
            return Cell(due(row.ack_due, around.now), note, tone_of(row.ack_due, around.now, around.zone) or "q")
        return Cell(pgettext("words, rifc", "not asked"), note, "q")


Table(
    "rifc.entries",
    pgettext_lazy("words, rifc", "Recipients"),
    (
        Title("recipient", RECIPIENT, value=_holder, small=_basis),
        Status("state", pgettext_lazy("column, rifc", "Status"), value=receipt_chip, small="reason"),
        Moment(
            "opened_at",
            pgettext_lazy("column, rifc", "First opened"),
            empty=pgettext_lazy("words, rifc", "not yet"),
        ),
        Acknowledged("ack_at", pgettext_lazy("column, rifc", "Receipt")),
    ),
)


def _reader(one: dict[str, Any]) -> Any:
    row = one["row"]
    return format_html("{} {}", one["person"], seconded_person(row.user, row.party_id)) if one["person"] else ""


def _channel(one: dict[str, Any]) -> str:
    channel = one["row"].channel
    copy = pgettext("words, rifc", "copy")
    return {
        "web": pgettext("words, rifc", "page"),
        "api": pgettext("words, rifc", "program"),
        "opened": pgettext("words, rifc", "sealed text opened"),
        "compare": pgettext("words, rifc", "comparison"),
        "pdf": copy,
        "docx": copy,
        "taxii": "TAXII",
    }.get(channel, pgettext("words, rifc", "file"))


Table(
    "rifc.readings",
    pgettext_lazy("words, rifc", "Read log"),
    (
        Title("row.desk.code", DESK, small=_reader),
        Moment("row.at", AT),
        Col("channel", pgettext_lazy("column, rifc", "By"), value=_channel),
        Count("row.report.edition", pgettext_lazy("column, rifc", "Version")),
    ),
)


class Answered(Col):
    """What an originator answered a request: its reason is for its own party alone."""

    def cell(self, row: Any, around: Around) -> Cell:
        """The answer, its code and, for the own party, its reason."""
        code_, own = (row.code if row.answer == "refused" else ""), around.actor.party_code == row.party_id
        lines = [code_, row.reason if own else ""]
        return Cell(row.get_answer_display(), tuple(Small(line) for line in lines if line))


Table(
    "rifc.request_answers",
    pgettext_lazy("words, rifc", "Answers"),
    (
        Title("party_id", pgettext_lazy("column, rifc", "Party")),
        Answered("answer", pgettext_lazy("column, rifc", "Answer")),
        Moment("at", AT, empty=pgettext_lazy("words, rifc", "waiting")),
    ),
)
