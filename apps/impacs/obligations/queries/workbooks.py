"""A State's list as a workbook that is filled in without the portal, and what it says when it comes back."""

import datetime
import io
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.impacs.models import StateAction
from apps.impacs.queries.obligations import Obligation

MOST_ROWS = 5000
LONGEST_TEXT = 6000
KEY, VERSION, WAS, DONE, TEXT = 0, 1, 8, 9, 10
"""Columns that are read back: row key, version, per cent when it was written, per cent now, what was done."""


def head() -> list[str]:
    """The head of the sheet, in its order."""
    return [
        *(
            _("Row (do not change)"),
            _("Version (do not change)"),
            pgettext("words, impacs", "Decision"),
            pgettext("words, impacs", "Clause"),
            _("What we must do"),
        ),
        *(
            pgettext("field, impacs", "Responsible"),
            pgettext("words, impacs", "Due"),
            pgettext("words, impacs", "Status"),
            _("Progress when exported, per cent"),
        ),
        *(_("Progress, per cent: fill in"), _("What was done: fill in")),
    ]


def make_report_sheet(found: Iterable[Obligation], versions: dict[Any, int]) -> list[list[Any]]:
    """Head and a row for each open action."""
    return [head(), *(_row(one, versions.get(one.row.pk, 0)) for one in found)]


def _row(one: Obligation, version: int) -> list[Any]:
    due = one.due.isoformat() if one.due else ""
    said = f"{capfirst(one.word)}: {' '.join(one.at.sentences)}"
    row = one.row
    return [
        *(str(row.pk), version, row.decision_number, row.clause_number, row.clause_text, one.who, due, said),
        *(one.at.facts.progress_pct, "", ""),
    ]


def versions_of(actor: Actor, found: Iterable[Obligation]) -> dict[Any, int]:
    """{action: its version}. One query."""
    rows = StateAction.objects.visible_to(actor).filter(pk__in=[one.row.pk for one in found])
    return dict(rows.values_list("pk", "version"))


@dataclass(slots=True)
class Line:
    """What one row of the sheet says: the report, or what is wrong with it and where."""

    number: int
    key: str
    version: int = 0
    action: Any = None
    now: int = 0
    was: int | None = None
    progress: int | None = None
    text: str = ""
    faults: list[str] = field(default_factory=list)
    conflict: bool = False

    def fault(self, column: int, words: str) -> None:
        """Say what is wrong, with the cell."""
        from openpyxl.utils import get_column_letter

        self.faults.append(f"{get_column_letter(column + 1)}{self.number}: {words}")


def read_report_workbook(path: Path) -> Iterator[Line]:
    """The rows of a workbook in which something was filled in. Raises ValueError with a sentence for the whole file."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # from its bytes: the stored file has no ending by which it could be told
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as damaged:
        raise ValueError(_("The workbook cannot be read. Save it again as XLSX, then upload it.")) from damaged
    rows = book.worksheets[0].iter_rows(values_only=True)
    first = [str(cell or "").strip() for cell in next(rows, ())]
    if len(first) <= TEXT or first[KEY] != head()[KEY] or first[TEXT] != head()[TEXT]:
        raise ValueError(
            _("This is not the spreadsheet of your obligations. Download it from this page, fill it in and upload it.")
        )
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise ValueError(
                _("The spreadsheet has more than %(most)s rows. Upload it in parts.") % {"most": MOST_ROWS}
            )
        values = [*cells, *[None] * (TEXT + 1)]
        if _filled(values[DONE]) or _filled(values[TEXT]):
            yield _line(number, values)


def _filled(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _line(number: int, values: list[Any]) -> Line:
    line = Line(number, str(values[KEY] or "").strip(), text=str(values[TEXT] or "").strip())
    line.version, line.was = _whole(values[VERSION]) or 0, _whole(values[WAS])
    if _filled(values[DONE]):
        line.progress = _whole(values[DONE])
        if line.progress is None or not 0 <= line.progress <= 100:
            line.progress = None
            line.fault(DONE, _("enter a whole number from 0 to 100, for example 60."))
    if not line.text:
        line.fault(TEXT, _("write what was done, for example: The bill had its second reading."))
    elif len(line.text) > LONGEST_TEXT:
        line.fault(TEXT, _("write at most 6,000 characters."))
    return line


def _whole(value: Any) -> int | None:
    try:
        number = float(str(value).strip().removesuffix("%"))
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def compare_report_lines(actor: Actor, lines: list[Line]) -> list[Line]:
    """The lines with their actions as they stand now: unknown ones, finished ones and conflicts are said. One query."""
    keys = [key for key in (_key(line.key) for line in lines) if key]
    rows = StateAction.objects.visible_to(actor).filter(pk__in=keys, party=actor.party_code)
    found: dict[Any, Any] = {row.pk: row for row in rows.select_related("decision", "clause")}
    seen: set[Any] = set()
    for line in lines:
        row = found.get(_key(line.key))
        if row is None:
            line.fault(KEY, _("your State has no obligation with this ID. Leave the first column as it was."))
            continue
        line.action, line.now = row, row.progress
        if row.pk in seen:
            line.fault(KEY, _("this obligation is in the spreadsheet twice. Keep one of the rows."))
        seen.add(row.pk)
        if row.state not in StateAction.WORKED:
            words = _("this obligation no longer accepts reports: %(state)s.")
            line.fault(KEY, words % {"state": row.get_state_display()})
        elif row.version != line.version:
            line.conflict = True
            words = _(
                "changed since the export: it was %(was)s per cent, the portal now has %(now)s, you entered %(you)s."
            )
            told = {"was": line.was, "now": row.progress, "you": line.progress if line.progress is not None else "–"}
            line.fault(DONE, words % told)
        elif line.progress is None and not line.faults:
            line.progress = row.progress
    return lines


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def name_report_workbook(party: str, day: datetime.date) -> str:
    """Name of the file."""
    return f"obligations-{party}-{day:%Y-%m-%d}.xlsx"
