"""Many people as CSV: read line by line, so that one wrong line is told and none is lost."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

COLUMNS = ("name", "username", "email", "desk", "role", "clearance")
MOST = 200
LEVELS = {"official": "1", "confidential": "2"}


@dataclass
class Line:
    """One line of a sheet: its number as editors count, what it says, what is wrong with it, what takes two people."""

    number: int
    said: dict[str, str]
    faults: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    two: list[str] = field(default_factory=list)


def read_account_sheet(text: str) -> tuple[list[Line], str]:
    """(lines, ""), or ([], what is wrong with the whole). Columns in any order, parted by commas or semicolons."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";" if ";" in first else ",")
    try:
        head = [name.strip().lower() for name in next(rows, [])]
        if set(head) != set(COLUMNS) or len(head) != len(COLUMNS):
            return [], _("The first line names the columns: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
        lines = [_line(rows.line_num, head, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error:
        return [], _("This is not CSV: a quotation mark is not closed.")
    if not lines:
        return [], _("There are no lines below the column names.")
    if len(lines) > MOST:
        return [], _("There are %(n)s lines. Send at most %(most)s at a time.") % {"n": len(lines), "most": MOST}
    seen: set[str] = set()
    for line in lines:
        name = line.said.get("username", "")
        if name in seen:
            line.faults.append(_("This user name is also on an earlier line."))
        seen.add(name)
    return lines, ""


def _line(number: int, head: list[str], row: list[str]) -> Line:
    cells = [cell.strip() for cell in row]
    said = dict(zip(head, cells, strict=False))
    said["clearance"] = LEVELS.get(said.get("clearance", "").lower(), said.get("clearance", ""))
    faults = [] if len(row) == len(head) else [_("Enter %(n)s columns in each line.") % {"n": len(head)}]
    return Line(number, said, faults)
