"""Tables of the budget, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.portal import percent
from apps.impacs.queries.money import Share, Standing, write_amount
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Title, value_at
from apps.pages.tables import Table


def _amount(path: str, label: Any) -> Count:
    """A sum in the line's currency."""
    return Count(path, label, value=lambda one: Cell(write_amount(int(value_at(one, path)), one.currency)), nowrap=True)


APPROVED = pgettext_lazy("column, impacs", "Approved")
COMMITTED = pgettext_lazy("column, impacs", "Committed")
PAID = pgettext_lazy("column, impacs", "Paid")


def _used(one: Standing) -> Any:
    """The share, and a bar of it."""
    label = pgettext("label, impacs", "Used of %(title)s") % {"title": one.line.title}
    bar = '{0}<meter min="0" max="100" value="{1}" aria-label="{2}">{0}</meter>'
    return format_html(bar, percent(one.used_pct), str(one.used_pct), label)


Table(
    "impacs.budget",
    pgettext_lazy("words, impacs", "Budget lines"),
    [
        Title("line.title", pgettext_lazy("column, impacs", "Line"), small=lambda one: str(one.line.programme)),
        Col("line.fund.code", pgettext_lazy("column, impacs", "Fund"), small="line.fund.donor"),
        _amount("line.approved_minor", APPROVED),
        _amount("committed", COMMITTED),
        _amount("spent", PAID),
        _amount("free", pgettext_lazy("column, impacs", "Available")),
        Col("used_pct", pgettext_lazy("column, impacs", "Used"), value=_used, nowrap=True),
    ],
    page=lambda one: reverse("impacs:line", args=[one.line.pk]),
)
Table(
    "impacs.donors",
    pgettext_lazy("words, impacs", "Per donor"),
    [
        Title("name", pgettext_lazy("column, impacs", "Fund")),
        _amount("approved", APPROVED),
        _amount("committed", COMMITTED),
        _amount("spent", PAID),
    ],
)


def _clause(one: Share) -> str:
    return one.name or pgettext("column, impacs", "Internal work")


Table(
    "impacs.clauses",
    pgettext_lazy("words, impacs", "Per clause"),
    [
        Title("name", pgettext_lazy("column, impacs", "Clause"), value=_clause),
        _amount("committed", COMMITTED),
        _amount("spent", PAID),
    ],
)


def _kind(one: dict[str, Any]) -> str:
    """Promised or paid, and whether out of what was promised."""
    if one["kind"] != "paid":
        return pgettext("words, impacs", "Committed")
    return _now("Paid from a commitment") if one["row"].commitment_id else pgettext("words, impacs", "Paid")


def _task(one: dict[str, Any]) -> Cell:
    task = one["row"].task
    return Cell(task.reference, url=reverse("impacs:task", args=[task.pk])) if task else Cell()


def _paid(one: dict[str, Any]) -> Cell:
    """The amount in its own currency, with the rate where that is not the line's."""
    row = one["row"]
    words = write_amount(row.amount_minor, row.currency)
    if row.currency == one["currency"]:
        return Cell(words)
    since = f"{row.rate.normalize()} {pgettext('words, impacs', 'since')} {Day.in_words(row.rate_on)}"
    return Cell(words, (Small(since),))


Table(
    "impacs.amounts",
    pgettext_lazy("words, impacs", "Amounts"),
    [
        Title("row.text", _("Document and purpose"), small=lambda one: str(one["row"].category)),
        Day("row.on", pgettext_lazy("column, impacs", "Day")),
        Col("kind", pgettext_lazy("column, impacs", "Kind"), value=_kind),
        Col("task", pgettext_lazy("column, impacs", "Task"), value=_task),
        Count("paid", pgettext_lazy("column, impacs", "Amount"), value=_paid, nowrap=True),
        Count(
            "line",
            _("In the line's currency"),
            value=lambda one: Cell(write_amount(one["row"].line_minor, one["currency"])),
            nowrap=True,
        ),
    ],
)
