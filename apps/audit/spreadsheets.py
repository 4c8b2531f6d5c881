"""Tables that leave the portal, CSV and XLSX: the one place where cells are written, and no cell is ever a formula.

Pure, and in the lowest app, because every app writes some. Answers to a browser: apps.access.downloads.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a command that writes no workbook does not load what writes them (caricom_portal.memory.LATER)
    from openpyxl import Workbook

LIKE_A_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
Row = Sequence[Any]


def inert(cell: Any) -> Any:
    """A cell that a spreadsheet takes for text: what somebody typed may begin like a formula. A number stays one.

    Source: OWASP ASVS 5.0, 1.2.10, and OWASP's page on CSV injection (line feed, letters of full width).
    """
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    text = str(cell)
    return f"'{text}" if text[:1] in LIKE_A_FORMULA else text


def write_csv(file: Any, rows: Iterable[Row]) -> int:
    """Write rows to an open text file; how many."""
    writer, count = csv.writer(file), 0
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
        count += 1
    return count


def csv_text(rows: Iterable[Row]) -> str:
    """Rows as CSV."""
    file = io.StringIO(newline="")
    write_csv(file, rows)
    return file.getvalue()


def csv_bytes(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs misread dashes and accents."""
    return csv_text(rows).encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; rows above and columns before the cell `freeze` stay in sight; widths in characters."""

    title: str
    rows: Iterable[Row]
    freeze: str | None = None
    widths: Mapping[int, float] = field(default_factory=dict)
    hidden: bool = False


def workbook(*sheets: Sheet) -> "Workbook":
    """A workbook whose every text is stored as text, never guessed from how it begins. An empty text makes no cell."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(one.title[:31])  # the most that spreadsheet programs take
        sheet.freeze_panes = one.freeze
        sheet.sheet_state = "hidden" if one.hidden else "visible"
        _fill(sheet, one.rows)
        for place, width in one.widths.items():
            sheet.column_dimensions[get_column_letter(place)].width = width
    return book


def _fill(sheet: Any, rows: Iterable[Row]) -> None:
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(y, x)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def xlsx_bytes(book: "Workbook", marking: str = "") -> bytes:
    """The workbook as a file; its marking stands in its properties, and at head and foot of each printed page."""
    from openpyxl.writer.excel import save_workbook

    book.properties.category = marking or None
    for sheet in book.worksheets if marking else ():
        for place in (sheet.oddHeader, sheet.oddFooter):
            place.center.text = marking.replace("&", "&&")  # an ampersand begins a code there (ECMA-376, 18.3.1.46)
    file = io.BytesIO()
    save_workbook(book, file)
    return file.getvalue()
