"""Blank lists to fill in, made by the portal: air lists, and FAL forms 5 and 6 for ships."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.audit.spreadsheets import Sheet, csv_bytes, workbook, xlsx_bytes

from .layout import template_on

XLSX, CSV = "xlsx", "csv"
ROWS = 500
"""Rows under the headings for which a workbook checks what is typed."""
DOCUMENT = ("Document type", "Document number", "Issuing State", "Expiry date")
PERSON = ("Surname", "Given names", "Sex", "Date of birth", "Nationality")
AIR_HEAD = ("Template", "Carrier", "Flight", "From", "To", "Departure", "Arrival")
SHIP_HEAD = (
    *("Template", "Name of ship", "IMO number", "Call sign", "Flag State", "Voyage number", "Arrival or departure"),
    *("Port", "Date", "Last port", "Next port"),
)
FAL5 = (
    *("No", "Family name", "Given names", "Rank or rating", "Nationality", "Date of birth", "Place of birth", "Gender"),
    *("Nature of identity document", "Number of identity document", "Issuing State", "Expiry date"),
)
FAL6 = (
    *("Family name", "Given names", "Nationality", "Date of birth", "Place of birth", "Gender"),
    *("Nature of identity document", "Number of identity document", "Issuing State", "Expiry date"),
    *("Port of embarkation", "Visa number", "Port of disembarkation", "Transit"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A template: its file name, the labels above the list, and the headings of each sheet."""

    name: str
    head: Sequence[str]
    sheets: Sequence[tuple[str, Sequence[str]]]


FORMS = {
    "air": Form(
        "air-list",
        AIR_HEAD,
        (
            ("Passengers", (*PERSON, *DOCUMENT, "Seat", "Booking reference", "Embarkation", "Disembarkation")),
            ("Crew", (*PERSON, *DOCUMENT, "Rank")),
        ),
    ),
    "fal5": Form("fal-5-crew", SHIP_HEAD, (("FAL form 5 crew list", FAL5),)),
    "fal6": Form("fal-6-passengers", SHIP_HEAD, (("FAL form 6 passengers", FAL6),)),
}
"""Templates by the word in their address. FAL forms: IMO FAL Convention, FAL.14(46)."""
ONE_OF = {"Sex": "M,F,X", "Gender": "M,F,X", "Transit": "yes,no", "Arrival or departure": "arrival,departure"}
DATES = frozenset({"Date of birth", "Expiry date", "Departure", "Arrival", "Date"})


def template(kind: str, form: str, day: datetime.date) -> tuple[bytes, str]:
    """(bytes, file name) of a template of FORMS in force on a day, as `xlsx` or `csv`."""
    asked, version = FORMS[kind], template_on(day).version
    made = _workbook(asked, version) if form == XLSX else _csv(asked, version)
    return made, f"{asked.name}-{version}.{form}"


def _csv(asked: Form, version: str) -> bytes:
    """One table: crew and passengers are told by the column Type."""
    several = len(asked.sheets) > 1
    headings = list(dict.fromkeys(heading for _title, headings in asked.sheets for heading in headings))
    above = [[label, version if label == "Template" else ""] for label in asked.head]
    return csv_bytes([*above, [], [*(["Type"] if several else []), *headings]])


def _workbook(asked: Form, version: str) -> bytes:
    made = []
    for n, (title, headings) in enumerate(asked.sheets):
        head = asked.head if n == 0 else ()
        above = [[label, version if label == "Template" else ""] for label in head]
        widths = {place: max(12, len(heading) + 2) for place, heading in enumerate(headings, start=1)}
        rows = [*above, *([[]] if head else []), headings]
        made.append(Sheet(title, rows, f"A{len(rows) + 1}", widths))
    book = workbook(*made)
    for n, (sheet, (_title, headings)) in enumerate(zip(book.worksheets, asked.sheets, strict=True)):
        _prepare(sheet, asked.head if n == 0 else (), headings)
    return xlsx_bytes(book)


def _prepare(sheet: Any, head: Sequence[str], headings: Sequence[str]) -> None:
    """Bold heads, the formats of the cells to fill in, and what may be typed into them."""
    from openpyxl.styles import Font

    for row, label in enumerate(head, start=1):
        sheet.cell(row, 1).font = Font(bold=True)
        if label in DATES:
            sheet.cell(row, 2).number_format = "yyyy-mm-dd hh:mm"
        _check(sheet, label, f"B{row}")
    top = len(head) + 2 if head else 1
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(top, column)
        cell.font = Font(bold=True)
        _check(sheet, heading, f"{cell.column_letter}{top + 1}:{cell.column_letter}{top + ROWS}")
        for row in range(top + 1, top + ROWS + 1):
            # text cells keep leading zeros of document numbers
            sheet.cell(row, column).number_format = "yyyy-mm-dd" if heading in DATES else "@"


def _check(sheet: Any, label: str, cells: str) -> None:
    if label not in ONE_OF:
        return
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{ONE_OF[label]}"', allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)
