"""Where a value is written in what was sent, in its sender's own terms: a column, a field, a segment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.manifests.models import Submission
from apps.manifests.paxlst.layout import Layouts, signature
from apps.manifests.paxlst.sheet_grid import TooLarge, column_letters, grids_of
from apps.manifests.paxlst.sheet_words import column_of, label_of
from apps.manifests.queries.corrections import FIELDS

MESSAGE, SHEET, FORM, DATA, NOTICE, HERE = "message", "sheet", "form", "data", "notice", "here"
"""Forms of a list: a PAXLST message, a spreadsheet, the portal's form, JSON, a ship's XML, the page's corrections."""
HEAD_ROWS = 40
"""Rows of a sheet that are looked at for its headings."""
COLUMNS = {
    "surname": ("family", "name"),
    "given_names": ("given", "name"),
    "sex": ("sex",),
    "birth_date": ("birth",),
    "nationality": ("nationality",),
    "status": ("category",),
    "seat": ("seat",),
    "pnr": ("pnr",),
    "from": ("origin",),
    "to": ("destination",),
    "document.type": ("document_type",),
    "document.number": ("number", "passport"),
    "document.issuer": ("issuer",),
    "document.expires": ("expiry",),
}
"""Columns of a sheet by the field that is read from them."""
LABELS = {
    "flight.carrier": ("carrier", "flight"),
    "flight.number": ("flight", "voyage"),
    "vessel.imo": ("imo",),
    "leg.from": ("origin", "last_port", "port"),
    "leg.to": ("destination", "port", "next_port"),
    "leg.departs": ("departs", "date"),
    "leg.arrives": ("arrives", "date"),
}
"""Labels above the list of a sheet, by the field that is read beside them."""
SEGMENTS = {
    "surname": "NAD",
    "given_names": "NAD",
    "sex": "ATT+2",
    "birth_date": "DTM+329",
    "nationality": "NAT+2",
    "from": "LOC+178",
    "to": "LOC+179",
    "document.type": "DOC",
    "document.number": "DOC",
    "document.issuer": "LOC+91",
    "document.expires": "DTM+36",
    "flight.carrier": "TDT",
    "flight.number": "TDT",
    "vessel.imo": "TDT",
    "leg.from": "LOC+125",
    "leg.to": "LOC+87",
    "leg.departs": "DTM+189",
    "leg.arrives": "DTM+232",
    "message.stated_total": "CNT",
}
"""Segments of a message, by the field that is read from them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its title, its first line in the numbers of findings, and its columns and labels."""

    title: str
    first: int
    columns: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SentForm:
    """The form that a list came in; of a spreadsheet also its headings."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)

    def places(self, fields: Collection[str]) -> str:
        """Where these fields are written, in a sentence; "" where the field beside it says it all."""
        if self.kind == SHEET:
            return self._columns(fields)
        if self.kind == MESSAGE:
            names = list(dict.fromkeys(SEGMENTS[name] for name in fields if name in SEGMENTS))
            return (
                ngettext("Segment %(names)s of your message.", "Segments %(names)s of your message.", len(names))
                % {"names": ", ".join(names)}
                if names
                else ""
            )
        if self.kind == DATA:
            return _("In your data: %(names)s.") % {"names": ", ".join(fields)} if fields else ""
        labels = ", ".join(str(FIELDS[name][0]) for name in fields if name in FIELDS)
        if not labels or self.kind == HERE:
            return ""
        return (_("In your form: %(names)s.") if self.kind == FORM else _("In your notice: %(names)s.")) % {
            "names": labels
        }

    def place_of(self, finding: Mapping[str, Any]) -> str:
        """Where somebody is written whom a finding is about: "Row 6", or "Person 3"; "" for the list itself."""
        number, line = finding.get("traveller"), finding.get("line")
        if not number:
            return ""
        if self.kind != SHEET or not line:
            return pgettext("place of a person in a list, jrcc", "Person %(n)s") % {"n": number}
        sheet = next((one for one in reversed(self.sheets) if one.first < line), None)
        row = line - (sheet.first if sheet else 0)
        if sheet and len(self.sheets) > 1:
            return pgettext("place in a workbook, jrcc", "%(sheet)s, row %(n)s") % {"sheet": sheet.title, "n": row}
        return pgettext("place in a sheet, jrcc", "Row %(n)s") % {"n": row}

    def _columns(self, fields: Collection[str]) -> str:
        sheet = self.sheets[0] if self.sheets else None
        if sheet is None:
            return ""
        columns = list(dict.fromkeys(_first(sheet.columns, COLUMNS.get(name, ())) for name in fields))
        labels = [_first(sheet.labels, LABELS.get(name, ())) for name in fields if name in LABELS]
        said = []
        found = [column for column in columns if column]
        if found:
            words = ", ".join(f"{letters} “{heading}”" for letters, heading in found)
            said.append(
                ngettext("Column %(names)s of your sheet.", "Columns %(names)s of your sheet.", len(found))
                % {"names": words}
            )
        above = list(dict.fromkeys(label for label in labels if label))
        if above:
            said.append(
                _("Above the list in your sheet: %(names)s.") % {"names": ", ".join(f"“{one}”" for one in above)}
            )
        absent = [str(FIELDS[name][0]) for name in fields if name in FIELDS and not _known(sheet, name)]
        if absent:
            said.append(_("Your sheet does not have: %(names)s.") % {"names": ", ".join(absent)})
        return " ".join(said)


def _known(sheet: Sheet, name: str) -> Any:
    return _first(sheet.columns, COLUMNS.get(name, ())) or _first(sheet.labels, LABELS.get(name, ()))


def _first(known: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((known[name] for name in names if name in known), None)


def form_of(raw: bytes, layouts: Layouts, channel: str = "") -> SentForm:
    """The form that a list came in. Of a workbook with one list only its first rows are opened."""
    if channel == Submission.Channel.FORM:
        return SentForm(FORM)
    if channel == Submission.Channel.CORRECTION:
        return SentForm(HERE)
    start = raw[:200].lstrip()[:1]
    if start in (b"{", b"["):
        return SentForm(DATA)
    if start == b"<":
        return SentForm(NOTICE)
    if not raw.startswith(b"PK") and b"UNH" in raw[:100_000].upper():
        return SentForm(MESSAGE)
    sheets = _sheets(raw, layouts)
    return SentForm(SHEET, sheets) if sheets or raw.startswith(b"PK") else SentForm(MESSAGE)


def _sheets(raw: bytes, layouts: Layouts) -> list[Sheet]:
    try:
        grids = grids_of(raw, layouts, HEAD_ROWS)
        if len(grids) > 1:
            grids = grids_of(raw, layouts)
    except TooLarge:
        return []
    found, first = [], 0
    for grid in grids:
        headings = grid.rows[grid.headings]
        layout = layouts.get(signature(cell.text for cell in headings))
        columns: dict[str, tuple[str, str]] = {}
        for position, cell in enumerate(headings):
            name = (layout.column(cell.text) if layout else None) or column_of(cell.text)
            if cell.text and name:
                columns.setdefault(name, (column_letters(position), cell.text))
        labels: dict[str, str] = {}
        for cells in grid.rows[: grid.headings]:
            for cell in cells:
                text = cell.text.partition(":")[0].strip()
                name = label_of(text)
                if text and name:
                    labels.setdefault(name, text)
        found.append(Sheet(grid.title, first, columns, labels))
        first += len(grid.rows)
    return found
