"""Tables that leave the portal, CSV and XLSX: whatever somebody typed, no cell of theirs is a formula."""

import csv
import datetime
import io
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from openpyxl import load_workbook

from apps.access.refused import Refused
from apps.audit import actions as audit
from apps.audit.exports import LIKE_A_FORMULA
from apps.entrance.journal import Visitor
from apps.impacs import exporting
from apps.impacs.planning import sheet
from apps.jrcc.scores import charts
from apps.jrcc.scores.queries import Score
from apps.people import evidence
from apps.people.models import User
from apps.region.views.common import as_csv

FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
DAY = datetime.date(2026, 11, 2)
NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
WRITES = re.compile(r"csv\.(?:Dict)?[wW]riter\(|\bWorkbook\(")
OF_CONSTANTS = {"apps/jrcc/paxlst/blanks.py", "caricom_portal/bench/intake.py"}
"""Blank forms, whose every cell is a word of ours, and a file that a benchmark sends."""


def of_a_review(cell):
    user = SimpleNamespace(username=cell, full_name=cell)
    seat = SimpleNamespace(
        desk=SimpleNamespace(code="JAM.border"), user=user, role=cell, kind="", valid_from=NOON, seconded_from=cell
    )
    item = SimpleNamespace(
        seat=seat, dormant=False, unused=False, conflicting="", state="kept", note=cell, by_seat=seat, decided_at=NOON
    )
    return evidence.sheet(SimpleNamespace(party_id="JAM", opened_at=NOON, due_at=NOON, state="open"), [item])


TEXTS = {
    "apps/region/views/common.py": lambda cell: as_csv([[cell, 3]], "x").content.decode("utf-8-sig"),
    "apps/impacs/exporting.py": lambda cell: exporting.to_csv([[cell, 3]]).decode("utf-8-sig"),
    "apps/people/evidence.py": of_a_review,
}
BOOKS = {
    "apps/impacs/exporting.py": lambda cell: exporting.to_xlsx([["Title"], [cell]], "Matrix"),
    "apps/impacs/planning/sheet.py": lambda cell: sheet.write([dict.fromkeys(sheet.HEADS, cell)]),
}
BY_TESTS_OF_THEIR_OWN = {"apps/audit/exports.py", "apps/jrcc/views/carriers.py"}


def cells(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def like_formulas(found):
    return [cell for cell in found if cell[:1] in LIKE_A_FORMULA and cell]


def test_every_writer_of_tables_is_tried_here():
    root = Path(settings.BASE_DIR)
    writers = {
        str(path.relative_to(root))
        for folder in ("apps", "caricom_portal")
        for path in (root / folder).rglob("*.py")
        if WRITES.search(path.read_text(encoding="utf-8"))
    }
    assert writers == {*TEXTS, *BOOKS, *BY_TESTS_OF_THEIR_OWN, *OF_CONSTANTS}


@pytest.mark.parametrize("cell", FORMULAS)
@pytest.mark.parametrize("writer", TEXTS)
def test_no_cell_of_a_csv_begins_like_a_formula(writer, cell):
    found = cells(TEXTS[writer](cell))
    assert f"'{cell}" in found
    assert like_formulas(found) == []


@pytest.mark.parametrize("cell", FORMULAS)
@pytest.mark.parametrize("writer", BOOKS)
def test_no_cell_of_a_workbook_is_a_formula(writer, cell):
    book = load_workbook(io.BytesIO(BOOKS[writer](cell)))
    found = [one for leaf in book.worksheets for row in leaf.iter_rows() for one in row if one.value is not None]
    assert {one.data_type for one in found} == {"s"}
    assert cell.strip() in {one.value.strip() for one in found}


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_carrier_and_no_state_of_the_scores_is_a_formula(cell):
    row = charts.cells(DAY, cell, Score(key=cell, median=-5))
    assert row.count(f"'{cell}") == 2
    assert like_formulas(str(one) for one in row) == ["-5.0"], "a number of ours stays one"


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_line_of_the_audit_is_a_formula(client_for, cell):
    tried = Visitor(0, cell, "JAM", "r", None, role=cell)
    audit.append([audit.entry(tried, "session.sign_in", User, outcome="refused", reason=Refused("may-not").code)])
    answer = client_for("jam.administration.administrator").get("/audit/?format=csv&verb=session.sign_in")
    found = cells(answer.content.decode())
    assert like_formulas(found) == []
    assert f"'{cell}" in found
