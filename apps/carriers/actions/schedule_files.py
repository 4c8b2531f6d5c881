"""Schedules as a table: read with the same form as by hand, each fault at its row and column."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.forms import form_for_verb
from apps.carriers.actions.schedules import made
from apps.carriers.rules import ssim
from apps.manifests.queries import parties
from apps.manifests.rules import routing

COLUMNS = (
    *("carrier", "mode", "number", "days", "from", "to", "departs", "arrives", "arrives_day"),
    *("valid_from", "valid_until"),
)
OPTIONAL = frozenset({"carrier", "arrives_day"})
FIELD_OF = {"from": "origin", "to": "destination"}
MOST_ROWS, LONGEST = 500, 200_000
LONGEST_SSIM = 2_000_000
"""Characters: an airline sends all that it flies, of which the legs that touch a State are taken."""
EXAMPLE = ",".join(COLUMNS) + "\nBW,air,600,12345,POS,BGI,14:05,15:05,0,2026-12-01,2027-03-27\n"


@dataclass
class Line:
    """One row of the file: its number in the file, what stood there, what it would enter, and its faults."""

    number: int
    cells: list[str]
    row: Any = None
    given: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass
class Table:
    """A file that was read: its lines, or what is wrong with all of it."""

    lines: list[Line] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    elsewhere: int = 0  # legs that touch no State that takes part

    @property
    def wrong(self) -> int:
        """Lines with faults."""
        return sum(bool(line.faults) for line in self.lines)

    @property
    def given(self) -> list[dict[str, Any]]:
        """Input of all its lines, when none is wrong."""
        return [line.given for line in self.lines]


def read(actor: Actor, text: str) -> Table:
    """The rows of a CSV file with a head line; comma, semicolon or tab, columns in any order. Or of an SSIM file."""
    table = Table()
    if ssim.is_ssim(text):
        _read_ssim(actor, text, table)
        return table
    if len(text) > LONGEST:
        table.faults.append(_("The file is too long. Send at most %(most)s rows.") % {"most": MOST_ROWS})
        return table
    head, _newline, _rest = text.lstrip("\ufeff").partition("\n")
    mark = max(",;\t", key=head.count)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    _check_head(table, names, len(rows))
    if table.faults:
        return table
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            table.lines.append(_line(actor, number, names, [cell.strip()[:60] for cell in cells]))
    if not table.lines:
        table.faults.append(_("There are no rows below the headings."))
    _find_twins(table)
    return table


def _read_ssim(actor: Actor, text: str, table: Table) -> None:
    """The legs of an SSIM file that touch a State that takes part; times become local as schedules have them."""
    if len(text) > LONGEST_SSIM:
        table.faults.append(_("The file is too long. Send only the services in the region."))
        return
    states = parties.states_by_alpha2()
    for leg in ssim.legs(text):
        if not {routing.place(code).country for code in (leg.origin, leg.destination)} & set(states):
            table.elsewhere += 1
        elif leg.wrong:
            table.lines.append(Line(leg.line, [leg.sent], faults=[_at(leg.wrong.column, str(leg.wrong))]))
        else:
            table.lines.append(_line(actor, leg.line, list(COLUMNS), [leg.fields[name] for name in COLUMNS]))
        if len(table.lines) > MOST_ROWS:
            table.faults.append(_("Send at most %(most)s rows in one file.") % {"most": MOST_ROWS})
            return
    if not table.lines:
        table.faults.append(_("No leg in the file touches a participating State."))
    _find_twins(table)


def _check_head(table: Table, names: list[str], rows: int) -> None:
    missing = [name for name in COLUMNS if name not in names and name not in OPTIONAL]
    if missing:
        text = _("Row 1: these columns are missing: %(names)s. The first row names the columns.")
        table.faults.append(text % {"names": ", ".join(missing)})
    if rows > MOST_ROWS + 1:
        table.faults.append(_("Send at most %(most)s rows in one file.") % {"most": MOST_ROWS})


def _line(actor: Actor, number: int, names: list[str], cells: list[str]) -> Line:
    line = Line(number, cells)
    held = dict(zip(names, cells, strict=False))
    data = {FIELD_OF.get(name, name): held.get(name, "") for name in COLUMNS}
    data["mode"] = data["mode"].lower()
    form = form_for_verb("schedule.add")(data, actor=actor)
    if not form.is_valid():
        line.faults = [_at(name, str(text)) for name, texts in form.errors.items() for text in texts]
        return line
    try:
        line.row, line.given = made(actor, form.cleaned_data), dict(form.cleaned_data)
    except ValidationError as wrong:
        line.faults = [_at(name, text) for name, texts in wrong.message_dict.items() for text in texts]
    return line


def _at(name: str, text: str) -> str:
    column = next((column for column, field_name in FIELD_OF.items() if field_name == name), name)
    return f"{column}: {text}"


def _find_twins(table: Table) -> None:
    """Rows of one number that run on the same days of the same time."""
    seen: list[Line] = []
    for line in (one for one in table.lines if one.row is not None):
        twin = next((one for one in seen if _meets(one.row, line.row)), None)
        if twin:
            line.faults.append(
                _("number: row %(n)s already has this number for some of these days.") % {"n": twin.number}
            )
        seen.append(line)


def _meets(one: Any, other: Any) -> bool:
    same = all(
        getattr(one, name) == getattr(other, name) for name in ("carrier_id", "mode", "number", "origin", "destination")
    )
    at_once = one.valid_from <= other.valid_until and other.valid_from <= one.valid_until
    return same and at_once and not set(one.days).isdisjoint(other.days)
