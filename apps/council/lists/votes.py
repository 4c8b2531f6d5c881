"""The roll call of a vote, and what States answered in a written procedure."""

import datetime
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import code, icon, in_words, local_time
from apps.council.lists.cells import STATE
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import WIDE, Around, Col, Moment, Title
from apps.pages.tables import Table


def _present(row: Any) -> Cell:
    yes, no = pgettext("words, council", "yes"), pgettext("words, council", "no")
    return Cell(yes) if row["seat"].present else Cell(no, tone="q")


def _entitled(row: dict[str, Any]) -> str:
    seat = row["seat"]
    return pgettext("words, council", "yes") if seat.entitled else seat.reason


def _vote(row: dict[str, Any]) -> Cell | None:
    """How a State voted; of an open vote only that it has."""
    if row["words"]:
        kind, picture = row["look"]
        return Cell(format_html('<span class="{}">{}</span> {}', kind, icon(picture, "i-s"), row["words"]))
    return Cell(pgettext("words, council", "has voted"), tone="q") if row["seat"].voted else None


Table(
    "council.roll",
    _("Roll call table"),
    (
        Title("seat.name", STATE),
        Col("present", pgettext_lazy("column, council", "Present"), value=_present),
        Col("entitled", pgettext_lazy("column, council", "Can vote"), value=_entitled),
        Col("vote", pgettext_lazy("column, council", "Vote"), value=_vote, nowrap=True),
        Col("told", pgettext_lazy("column, council", "Explanation"), value=lambda row: linebreaksbr(row["told"])),
    ),
)


def roll_columns(board: Any) -> list[Moment]:
    """Of a written vote, when each State confirmed its receipt."""
    if board is None or not board.closes_at:
        return []
    return [Moment("seat.received_at", pgettext("column, of a written vote", "Receipt confirmed"))]


def _state(line: Any) -> Any:
    name = as_party(line.party.short_name)
    return format_html("{} {}", code(line.party.code, name), name)


def _no_vote(line: Any) -> str:
    """Why a State has no vote."""
    if not line.member:
        return _now("Associate Member, no vote")
    if line.without_vote == "ARREARS":
        return _now("No vote: contributions in arrears, Article 27(2)")
    return _now("No vote: party to the dispute, Article 28(4)") if line.without_vote else ""


class Received(Moment):
    """When a State received the text, and how that is known; the Secretariat reads its own note."""

    def cell(self, row: Any, around: Around) -> Cell:
        """The moment; that a mail came back; or that nothing came yet."""
        sent = row.sent
        if not sent.receipt_at:
            if sent.bounced_at:
                return Cell(pgettext("words, council", "Mail bounced"), chip=("bad", "mail"))
            return Cell(pgettext("words, council", "Not yet"), chip=("mute", "clock"))
        how = str(sent.get_receipt_kind_display())
        if around.actor.function == "secretariat" and sent.receipt_note:
            how = f"{how}: {sent.receipt_note}"
        return self.said(row, sent.receipt_at, (Small(how),), around)


LOOKS = {"object": ("bad", "flag"), "support": ("ok", "check")}


class Replies(Col):
    """What a State replied and when, one below the other."""

    def cell(self, row: Any, around: Around) -> Cell:
        """Each reply with its reason; one without effect says so."""
        return stack([line for reply in row.replies for line in self.reply(reply, around)])

    def reply(self, reply: Any, around: Around) -> list[Cell]:
        """The kind of a reply as a chip, with its moment, and its reason."""
        look = ("mute", "minus") if reply.code else LOOKS.get(reply.kind, ("info", "message"))
        void = (Small(pgettext("words, council", "without effect")),) if reply.code else ()
        told = Cell(reply.get_kind_display(), (*void, Small(in_words(reply.at, around.zone))), chip=look)
        return [told, Cell(linebreaksbr(reply.reason))] if reply.reason else [told]


Table(
    "council.replies",
    _("States, receipts and replies"),
    (
        Title("party", STATE, value=_state, small=_no_vote),
        Received("received", pgettext_lazy("column, council", "Received")),
        Replies("replies", pgettext_lazy("column, council", "Replies"), phone=WIDE),
    ),
)


def deadline_column(deadline: datetime.datetime | None) -> list[Col]:
    """The deadline in the time of each State, once it runs."""
    label = pgettext("column, council", "Local deadline")
    there = Col("there", label, value=lambda line: local_time(deadline, line.party.time_zone), nowrap=True)
    return [there] if deadline else []
