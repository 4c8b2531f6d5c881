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

from apps.access.downloads import download_csv
from apps.access.marking import OFFICIAL
from apps.access.refusal import Refused
from apps.audit import actions as audit
from apps.audit.spreadsheets import LIKE_A_FORMULA, Sheet, csv_bytes, csv_text, inert, workbook, xlsx_bytes
from apps.carriers.queries import score_charts
from apps.carriers.queries.scores import Score
from apps.entrance.actions.journal import Visitor
from apps.impacs.obligations.queries.matrix import matrix_book
from apps.impacs.plan.rules import workbook as workbook_rules
from apps.manifests.paxlst import blanks
from apps.people.models import User
from apps.people.queries import review_evidence

FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
DAY = datetime.date(2009, 11, 2)
NOON = datetime.datetime(2009, 11, 2, 12, tzinfo=datetime.UTC)
WRITES = re.compile(r"csv\.(?:Dict)?[wW]riter\(|\bWorkbook\(")
WRITERS = {"apps/audit/spreadsheets.py", "bench/intake.py"}
"""The one place, and a file that a benchmark sends."""


def of_a_review(cell):
    user = SimpleNamespace(username=cell, full_name=cell)
    seat = SimpleNamespace(
        desk=SimpleNamespace(code="JAM.border"), user=user, role=cell, kind="", valid_from=NOON, seconded_from=cell
    )
    item = SimpleNamespace(
        seat=seat, dormant=False, unused=False, conflicting="", state="kept", note=cell, by_seat=seat, decided_at=NOON
    )
    return review_evidence.sheet(SimpleNamespace(party_id="JAM", opened_at=NOON, due_at=NOON, state="open"), [item])


TEXTS = {
    "a table": lambda cell: csv_bytes([[cell, 3]]).decode("utf-8-sig"),
    "a download": lambda cell: download_csv([[cell, 3]], "x", OFFICIAL).content.decode("utf-8-sig"),
    "access under review": of_a_review,
    "scores of carriers": lambda cell: csv_text([score_charts.cells(DAY, cell, Score(key=cell))]),
}
BOOKS = {
    "a workbook": lambda cell: xlsx_bytes(workbook(Sheet("A", [[cell]]), Sheet("B", [["x", cell]], hidden=True))),
    "the matrix": lambda cell: matrix_book([["Title"], [cell]], "Matrix"),
    "the plan": lambda cell: workbook_rules.write_plan_workbook([dict.fromkeys(workbook_rules.HEADS, cell)]),
}


def cells(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def like_formulas(found):
    return [cell for cell in found if cell[:1] in LIKE_A_FORMULA and cell]


def test_cells_are_written_in_one_place():
    root = Path(settings.BASE_DIR)
    writers = {
        str(path.relative_to(root))
        for folder in ("apps", "bench", "caricom_portal", "demo")
        for path in (root / folder).rglob("*.py")
        if WRITES.search(path.read_text(encoding="utf-8"))
    }
    assert writers == WRITERS


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


def test_a_number_of_ours_stays_one():
    row = score_charts.cells(DAY, "CJ", Score(key="BW", median=-5))
    assert like_formulas(cells(csv_text([row]))) == ["-5.0"]
    assert [inert(one) for one in (-1, -0.5, None, "-1", "")] == [-1, -0.5, None, "'-1", ""]


def test_a_workbook_keeps_titles_widths_and_what_is_hidden():
    made = workbook(Sheet("A" * 40, [["a", ""], [1, 2]], "B2", {1: 30}), Sheet("Kept", [["b"]], hidden=True))
    first, second = load_workbook(io.BytesIO(xlsx_bytes(made))).worksheets
    assert (first.title, first.freeze_panes, first.column_dimensions["A"].width) == ("A" * 31, "B2", 30)
    assert [[cell.value for cell in row] for row in first.iter_rows()] == [["a", None], [1, 2]]
    assert (second.title, second.sheet_state) == ("Kept", "hidden")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", blanks.FORMS)
def test_blank_forms_hold_their_heads(kind, form):
    made, name = blanks.template(kind, form, DAY)
    asked = blanks.FORMS[kind]
    assert name.endswith(form)
    if form == "csv":
        named = {*asked.head, *(one for _title, heads in asked.sheets for one in heads)}
        assert named <= set(cells(made.decode("utf-8-sig")))
        return
    book = load_workbook(io.BytesIO(made))
    for leaf, (title, heads) in zip(book.worksheets, asked.sheets, strict=True):
        head = next(row for row in leaf.iter_rows() if row[0].value == heads[0])
        assert ([cell.value for cell in head][: len(heads)], leaf.title) == (list(heads), title)
        assert leaf.freeze_panes == f"A{head[0].row + 1}"


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_line_of_the_audit_is_a_formula(client_for, cell):
    tried = Visitor(0, cell, "JAM", "r", None, role=cell)
    audit.append([audit.entry(tried, "session.sign_in", User, outcome="refused", reason=Refused("may-not").code)])
    answer = client_for("jam.administration.administrator").get("/audit/?format=csv&verb=session.sign_in")
    found = cells(answer.content.decode())
    assert like_formulas(found) == []
    assert f"'{cell}" in found
