"""A table as a file: CSV and XLSX, its cells never formulas."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

from apps.audit.exports import inert

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def to_csv(rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs misread dashes and accents."""
    text = io.StringIO()
    csv.writer(text).writerows([[inert(str(cell)) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[Sequence[Any]], title: str) -> bytes:
    """One sheet; the head row stays in sight, and every text is stored as text."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title[:31]
    sheet.freeze_panes = "D2"
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x, value)
            if isinstance(value, str):
                cell.data_type = "s"
    for x, width in ((1, 24), (3, 60)):
        sheet.column_dimensions[get_column_letter(x)].width = width
    file = io.BytesIO()
    save_workbook(book, file)
    return file.getvalue()
