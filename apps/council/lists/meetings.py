"""The agenda of a meeting and its delegations; who has opened a paper."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import chip, code, end_of_day, in_words, local_time
from apps.council.lists.cells import STATE, STATUS, named
from apps.council.models import Meeting
from apps.pages.cells import Cell, Small
from apps.pages.columns import Around, Col, Moment, Status, Title
from apps.pages.tables import Table


def _subject(row: dict[str, Any]) -> str:
    item = row["line"].item
    return str(item.title) if item.position is None else f"{item.position}. {item.title}"


def _from(row: dict[str, Any]) -> str:
    item = row["line"].item
    hidden = pgettext("column, council", "restricted") if item.restricted else ""
    return ", ".join(filter(None, (as_party(item.originator.short_name), hidden)))


def _time(row: dict[str, Any]) -> Cell:
    """When an item begins at the place of the meeting, or how long it asks for."""
    item, meeting = row["line"].item, row["meeting"]
    if item.starts_at:
        return Cell(local_time(item.starts_at, meeting.time_zone))
    if meeting.agenda_version and item.state == "scheduled":
        return Cell(_now("No time left on the agenda"), tone="warn")
    return Cell(f"{item.slot_minutes} min", tone="q")


Table(
    "council.agenda",
    pgettext_lazy("words, council", "Agenda table"),
    (
        Title("subject", pgettext_lazy("column, council", "Subject"), value=_subject, small=_from),
        Col("for", pgettext_lazy("column, council", "For"), value=lambda row: row["line"].item.get_kind_display()),
        Status("paper", pgettext_lazy("column, council", "Paper"), value=lambda row: row["line"].paper_chip),
        Status("state", STATUS, value=lambda row: row["line"].state_chip),
        Col("time", pgettext_lazy("column, council", "Time"), value=_time, nowrap=True),
    ),
    page=lambda row: reverse("council:item", args=[row["line"].item.pk]),
)


def agenda_rows(lines: Iterable[Any], meeting: Meeting) -> list[dict[str, Any]]:
    """Items of an agenda with their meeting."""
    return [{"line": line, "meeting": meeting} for line in lines]


def position_column(party: str) -> list[Col]:
    """What the own State means to say of an item, and the way to it."""
    label = pgettext("column, council", "Position of %(party)s") % {"party": party}
    return [Col("position", label, value=_position)]


def _position(row: dict[str, Any]) -> SafeString:
    line = row["line"]
    said = chip(*line.position_chip)
    if not line.position:
        return said
    return format_html('<a class="lk" href="{}">{}</a>', reverse("council:position", args=[line.position.pk]), said)


def _answer(row: Any) -> tuple[str, str, Any]:
    return {
        "accepted": ("ok", "check", pgettext("words, council", "Takes part")),
        "declined": ("bad", "x", _now("Does not take part")),
    }.get(row["it"].answer, ("mute", "clock", _now("No answer yet")))


def _vote(row: dict[str, Any]) -> str:
    return pgettext("words, council", "Votes") if row["it"].votes else _now("Speaks, no vote")


Table(
    "council.delegations",
    pgettext_lazy("words, council", "Delegations table"),
    (
        Title("party", STATE, value=lambda row: named(row["it"].party)),
        Col("it.head", pgettext_lazy("column, council", "Head of delegation")),
        Status("answer", pgettext_lazy("column, council", "Answer"), value=_answer),
        Status("credentials", pgettext_lazy("column, council", "Credentials"), value=lambda row: row["chip"]),
        Col(
            "until",
            pgettext_lazy("column, council", "Valid until"),
            value=lambda row: end_of_day(row["it"].credentials_until, row["zone"]),
            nowrap=True,
        ),
        Col("votes", pgettext_lazy("column, council", "Vote"), value=_vote),
    ),
)


class Opened(Moment):
    """When a delegation first opened a paper, and below it when it first downloaded it."""

    def cell(self, row: Any, around: Around) -> Cell:
        """Both, or that it has not yet."""
        none, at = pgettext("words, council", "not yet"), row.downloaded_at
        loaded = f"{pgettext('column, council', 'Downloaded')}: {in_words(at, around.zone) if at else none}"
        small = (Small(loaded),) if row.opened_at or at else ()
        return self.said(row, row.opened_at, small, around) if row.opened_at else Cell(none, small, "q")


Table(
    "council.receipts",
    pgettext_lazy("words, council", "Receipts table"),
    (
        Title("name", STATE, value=lambda line: format_html("{} {}", code(line.party, line.name), line.name)),
        Opened("opened_at", pgettext_lazy("column, council", "Opened")),
    ),
)
