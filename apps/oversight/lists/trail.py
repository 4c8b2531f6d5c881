"""Tables of the audit trail: its entries, who read a record, what a person touched, and figures by day and by hour."""

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.manifest import registry
from apps.access.templatetags.names import as_words, seconded_in_words
from apps.access.templatetags.portal import day, in_words
from apps.access.templatetags.refusals import refusal_words
from apps.audit.sentences import Line
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import WIDE, Around, Col, Count, Moment, Title
from apps.pages.tables import Table

WHO = pgettext_lazy("column, audit", "Person and desk")
READ = pgettext_lazy("column, audit", "Read")
DONE = pgettext_lazy("column, audit", "Done")
REFUSED = pgettext_lazy("column, audit", "Refused")
LAST = pgettext_lazy("column, audit", "Last")


def _who(line: Line) -> Cell:
    """The person where the reader may know them, else the desk; from where they were sent, and by which key."""
    desk = f"{line.row.desk}, {line.role}" if line.person and line.row.desk else ""
    place = reverse("audit:person", args=[line.person]) if line.person else ""
    lines = [Cell(line.name or line.person or line.row.desk, (Small(desk),) if desk else (), url=place)]
    if line.seconded_from:
        lines.append(Cell(seconded_in_words(line.seconded_from), chip=("vio", "user-check")))
    if line.key:
        lines.append(Cell(format_html("<small>{}</small>", _key(line))))
    if line.emergency:
        lines.append(Cell(pgettext("column, audit", "Emergency access"), chip=("warn", "life-buoy")))
    return stack(lines)


def _key(line: Line) -> str:
    """The key by which a program acted, and by whose hands it was made."""
    said = {"key": line.key, "maker": line.key_made_by, "second": line.key_approved_by}
    if line.key_approved_by:
        return _now("Key %(key)s…, made by %(maker)s, approved by %(second)s") % said
    if line.key_made_by:
        return _now("Key %(key)s…, made by %(maker)s, not approved by a second person") % said
    return _now("Key %(key)s…, from before keys took two people") % said


def _page_in_words(view: str) -> str:
    """The tab that was opened; of a page within it what it is about."""
    tab = registry.tabs.get(view)
    if tab is not None:
        return str(tab.label)
    space = view.partition(":")[0]
    return str(apps.get_app_config(space).verbose_name) if apps.is_installed(f"apps.{space}") else ""


def _status(kind: str, value: str) -> str:
    """A status as its model says it; the trail outlives models, of whose statuses no more is known."""
    try:
        return str(apps.get_model(kind).State(value).label)
    except (LookupError, ValueError, AttributeError):
        return as_words(value)


def _action(line: Line) -> Cell:
    """What was done, on which page, and from which status to which."""
    row, lines = line.row, []
    if page := _page_in_words(line.page):
        lines.append(Small(page))
    if row.before and row.after and row.before != row.after:
        lines.append(Small(f"{_status(row.object_type, row.before)} → {_status(row.object_type, row.after)}"))
    return Cell(line.verb, tuple(lines))


def _named(line: Line) -> SafeString:
    return format_html('{} <span class="mono fs">{}</span>', line.record, line.reference)


def _object(line: Line) -> Cell:
    """The record as the way to its history."""
    found = _unlinked(line)
    if not line.row.object_id:
        return found
    place = reverse("audit:object", args=[line.row.object_type, line.row.object_id])
    link = format_html('<a href="{}" title="{}">{}</a>', place, line.row.object_id, _named(line))
    return Cell(link, found.small)


def _unlinked(line: Line) -> Cell:
    """The record in words, where not every entry is the reader's elsewhere."""
    owner = line.row.owner_party
    of = (Small(f"{pgettext('words, audit', 'of')} {owner}"),) if owner else ()
    if not line.row.object_id:
        return Cell(line.kind, of)
    return Cell(format_html('<span title="{}">{}</span>', line.row.object_id, _named(line)), of)


class Outcome(Col):
    """How it ended; of what was refused, why and how often again."""

    def cell(self, row: Line, around: Around) -> Cell:
        """The chip, and what is below it."""
        kind, picture, words = row.chip
        lines = []
        if row.row.outcome == "refused" and row.row.reason:
            lines.append(Small(refusal_words(row.row.reason)))
        if row.period:
            again = ngettext("once more", "%(times)s more times", row.times) % {"times": row.times}
            since, until = (in_words(moment, around.zone) for moment in row.period)
            lines.append(Small(f"{again}, {since} – {until}"))
        return Cell(words, tuple(lines), chip=(kind, picture))


def _entry(line: Line) -> Cell:
    """The place in the chain, and the way to its proof."""
    receipt = pgettext("link, audit", "Receipt")
    proof = (Small(receipt, url=reverse("oversight:receipt", args=[line.receipt])),) if line.receipt else ()
    return Cell(format_html("<code>{}</code>", line.place), proof)


FIRST = (
    Title("who", WHO, value=_who),
    Moment("row.at", pgettext_lazy("column, audit", "Time")),
    Col("action", pgettext_lazy("column, audit", "Action"), value=_action, phone=WIDE),
)
OBJECT = pgettext_lazy("column, audit", "Object")
ENDS = (
    Outcome("outcome", pgettext_lazy("column, audit", "Outcome")),
    Col("entry", pgettext_lazy("of a log", "Entry"), value=_entry, nowrap=True),
)
NAME = pgettext_lazy("words, audit", "Audit entries")
Table("audit.entries", NAME, (*FIRST, Col("object", OBJECT, value=_object), *ENDS))
Table("audit.unlinked", NAME, (*FIRST, Col("object", OBJECT, value=_unlinked), *ENDS))
Table("audit.of_record", NAME, (*FIRST, *ENDS))
Table(
    "audit.readers",
    pgettext_lazy("words, audit", "Readers"),
    (
        Title("who", WHO, value=lambda row: _who(row[1])),
        Count("times", pgettext_lazy("column, audit", "Times"), value=lambda row: row[0].times),
        Moment("first", pgettext_lazy("column, audit", "First"), value=lambda row: row[0].first),
        Moment("last", LAST, value=lambda row: row[0].last),
    ),
)


def _touched(row: Any) -> Cell:
    found = _object(row[1])
    owner = row[1].row.owner_party
    return Cell(found.words, (Small(f"{pgettext('column, audit', 'of')} {owner}"),) if owner else ())


Table(
    "audit.touched",
    _("Records by number of entries"),
    (
        Title("record", pgettext_lazy("noun", "Record"), value=_touched),
        Count("read", READ, value=lambda row: row[0].outcomes["read"]),
        Count("done", DONE, value=lambda row: row[0].outcomes["done"]),
        Count("refused", REFUSED, value=lambda row: row[0].outcomes["refused"]),
        Moment("last", LAST, value=lambda row: row[0].last),
    ),
)
COUNTS = (Count("counts.read", READ), Count("counts.done", DONE), Count("counts.refused", REFUSED))
Table(
    "audit.by_day",
    pgettext_lazy("heading, oversight", "By day"),
    (Title("name", pgettext_lazy("column, audit", "Day"), value=lambda bar: day(bar.name)), *COUNTS),
)
Table(
    "audit.by_hour",
    _("By hour of the day"),
    (Title("name", pgettext_lazy("column, audit", "Hour")), *COUNTS),
)
