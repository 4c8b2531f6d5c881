"""Small tables of an entry's versions, and of the lines of a file."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.pages.cells import Cell, stack
from apps.pages.columns import WIDE, Col, Count, Moment, Status, Title
from apps.pages.tables import Table
from apps.screening.models import ImportLine
from apps.screening.queries.state_chips import STATES


def _state(version: Any) -> tuple[str, str, Any]:
    kind, picture = STATES[version.state]
    suspended = version.state == "suspended"
    return kind, picture, pgettext("words, screening", "Suspended") if suspended else version.get_state_display()


def _differences(changes: Iterable[Any]) -> Cell:
    """Each fact with what it was and what it is."""
    gone = format_html('<span class="q">{}</span>', _("no longer stated"))
    lines = [
        format_html(
            "<b>{}:</b> {}{}",
            words,
            format_html("<del>{}</del> ", before) if before else "",
            format_html("<ins>{}</ins>", after) if after else gone,
        )
        for words, before, after in changes
    ]
    return stack([Cell(line) for line in lines])


def _changed(version: Any) -> Cell:
    if version.changes:
        return _differences(version.changes)
    recorded = pgettext("words, screening", "Recorded")
    return Cell(recorded if version.number == 1 else _("Nothing that your desk may read"), tone="q")


Table(
    "screening.entry_versions",
    _("Versions of the entry"),
    (
        Title("number", pgettext_lazy("column, screening", "Version")),
        Moment("at", pgettext_lazy("column, screening", "From")),
        Status("state", pgettext_lazy("column, screening", "Status"), value=_state),
        Col("changes", pgettext_lazy("column, screening", "What changed"), value=_changed, phone=WIDE),
    ),
)
WHO_AND_WHY = (
    Col("who", pgettext_lazy("column, screening", "By")),
    Col("why", pgettext_lazy("column, screening", "Reason"), phone=WIDE),
)
"""Of a version, for whom the reason of the entry is."""

LINE = Count("line", pgettext_lazy("column, screening", "Line"))
REFERENCE = Title(
    "reference",
    pgettext_lazy("column, screening", "Reference"),
    value=lambda line: Cell(line.reference, mono=True),
)
NAME = Col("name", pgettext_lazy("column, screening", "Name"))
CHANGES = Col(
    "changes",
    pgettext_lazy("column, screening", "What changes"),
    value=lambda line: _differences(line.changes),
    phone=WIDE,
)
WRONG = Col("reason", pgettext_lazy("column, screening", "Reason"), phone=WIDE)
OF_KIND = {"new": (LINE, REFERENCE, NAME), "changed": (LINE, REFERENCE, NAME, CHANGES)}
OF_KIND |= {"withdrawn": (REFERENCE, NAME), "rejected": (LINE, REFERENCE, WRONG)}
for _code, _words in ImportLine.Change.choices:
    Table(f"screening.lines_{_code}", _words, OF_KIND[_code])
