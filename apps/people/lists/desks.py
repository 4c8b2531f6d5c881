"""Tables of a desk's work by person, and of how far a review of access is, as they are declared."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.urgency import OVERDUE
from apps.pages.cells import Cell
from apps.pages.columns import BARE, Col, Count, Title
from apps.pages.tables import Table
from apps.people.queries.my_work import GROUPS, Load
from apps.people.rules.review_progress import Bar


def _overdue(load: Load) -> int | Cell:
    n = load.counts[OVERDUE]
    return Cell(n, tone="bad") if n else n


Table(
    "people.team",
    _("Work at this desk by person"),
    [
        Title("name", pgettext_lazy("column, people", "Person")),
        *(
            Count(f"counts.{name}", words, value=_overdue if name == OVERDUE else None)
            for name, words in GROUPS.items()
        ),
        Count("rows", pgettext_lazy("column, people", "All"), value=lambda load: len(load.rows)),
    ],
    page=lambda load: f"#p-{load.seat or 0}" if load.rows else "",
)


def _drawing(bar: Bar) -> Any:
    """The numbers beside it, for the eye."""
    parts = format_html_join(
        "",
        '<rect class="p-{}" x="{}" y="1" width="{}" height="10"/>',
        ((kind, str(x), str(w)) for kind, x, w in bar.parts),
    )
    return format_html(
        '<svg class="prog" viewBox="0 0 200 12" width="200" height="12" aria-hidden="true">{}</svg>', parts
    )


Table(
    "people.progress",
    _("Progress by desk"),
    [
        Title("name", pgettext_lazy("column, people", "Desk"), code="desk"),
        Col("parts", pgettext_lazy("words, people", "Progress chart"), value=_drawing, phone=BARE),
        Count("kept", pgettext_lazy("column, people", "Kept")),
        Count("changed", _("To be changed")),
        Count("gone", pgettext_lazy("column, people", "Removed")),
        Count("open", pgettext_lazy("status, people", "Open")),
    ],
)
