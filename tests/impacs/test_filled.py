"""The list of a State as a workbook: out, filled in, and back with a preview, all of it or nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from apps.impacs import actions
from apps.impacs.models import Report
from apps.impacs.obligations.queries import workbooks
from tests.impacs.people import BARBADOS, JAMAICA, action_of
from tests.impacs.test_pages import text_of
from tests.impacs.working import an_action, fresh, submitted

pytestmark = pytest.mark.django_db
OUT, BACK = "/impacs/obligations.xlsx", "/impacs/obligations/filled/"


def taken(browser):
    return load_workbook(io.BytesIO(browser.get(OUT).content))


def in_bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill(book: Workbook, *reports: tuple[int, object, str]) -> Workbook:
    """Write (row, per cent, words) into the two last columns."""
    for row, progress, text in reports:
        book.active.cell(row, workbooks.DONE + 1, progress)
        book.active.cell(row, workbooks.TEXT + 1, text)
    return book


def send(cast, browser, book: Workbook | bytes, who: str = BARBADOS):
    data = book if isinstance(book, bytes) else in_bytes(book)
    file = SimpleUploadedFile("list.xlsx", data)
    return browser.post(BACK, {"_seat": cast[who].seat_id, "file": file})


def confirm(cast, browser, preview, who: str = BARBADOS):
    return browser.post(BACK, {"_seat": cast[who].seat_id, "kept": preview.context["kept"]})


def test_what_was_filled_in_is_shown_and_then_on_record(cast, client_for):
    first, second = an_action(), an_action(due=90)
    browser = client_for(BARBADOS)
    preview = send(cast, browser, fill(taken(browser), (2, 40, "Begun."), (3, "70 %", "Nearly there.")))
    assert (preview.status_code, Report.objects.count()) == (200, 0)
    assert "Import 2 reports" in text_of(preview)
    assert confirm(cast, browser, preview).status_code == 302
    assert sorted(Report.objects.values_list("progress", "text")) == [(40, "Begun."), (70, "Nearly there.")]
    assert {fresh(first).state, fresh(second).state} == {"in_progress"}


def test_a_row_left_empty_is_left_alone(cast, client_for):
    an_action()
    an_action(due=90)
    browser = client_for(BARBADOS)
    confirm(cast, browser, send(cast, browser, fill(taken(browser), (3, 40, "Begun."))))
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((2, 140, "Much."), "J2: enter a whole number from 0 to 100"),
        ((2, "half", "Half."), "J2: enter a whole number from 0 to 100"),
        ((2, 40, ""), "K2: write what was done"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken_over(cast, client_for, cells, words):
    an_action()
    an_action(due=90)
    browser = client_for(BARBADOS)
    preview = send(cast, browser, fill(taken(browser), cells, (3, 50, "Fine.")))
    assert (preview.status_code, words in text_of(preview), preview.context["kept"]) == (422, True, "")


def test_what_changed_since_is_a_conflict_that_shows_all_three(cast, client_for):
    row = an_action()
    browser = client_for(BARBADOS)
    book = fill(taken(browser), (2, 40, "From the sheet."))
    actions.report_on_state_action(cast[BARBADOS], row, text="Meanwhile.", progress=55)
    preview = send(cast, browser, book)
    assert preview.status_code == 422
    assert "it was 0 per cent, the portal now has 55, you entered 40" in text_of(preview)


def test_what_changes_between_preview_and_confirmation_stops_all_of_it(cast, client_for):
    row = an_action()
    an_action(due=90)
    browser = client_for(BARBADOS)
    preview = send(cast, browser, fill(taken(browser), (2, 40, "One."), (3, 50, "Two.")))
    actions.report_on_state_action(cast[BARBADOS], row, text="Meanwhile.", progress=55)
    answer = confirm(cast, browser, preview)
    assert (answer.status_code, "has changed in the meantime" in text_of(answer)) == (409, True)
    assert [report.text for report in Report.objects.all()] == ["Meanwhile."]


def test_rows_of_others_twice_and_finished_ones_are_told(cast, client_for):
    row = an_action()
    an_action(due=90)
    done = submitted(cast, an_action(due=120))
    browser = client_for(BARBADOS)
    book = fill(taken(browser), (2, 40, "One."), (3, 40, "Two."), (4, 40, "Three."))
    book.active.cell(2, 1, str(action_of(row.decision, "JAM").pk))
    book.active.cell(3, 1, str(done.pk))
    preview = send(cast, browser, book)
    page = text_of(preview)
    assert "A2: your State has no obligation with this ID" in page
    assert "A3: this obligation no longer accepts reports" in page
    assert "this obligation is in the spreadsheet twice" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (in_bytes(Workbook()), "Download it from this page, fill it in and upload it"),
        (b"PK\x03\x04 no workbook", "The file is damaged"),
        (b"", "The file is empty"),
    ],
)
def test_another_file_is_told_at_its_field(cast, client_for, data, words):
    answer = send(cast, client_for(BARBADOS), data)
    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_an_empty_list_says_that_nothing_is_filled_in(cast, client_for):
    an_action()
    browser = client_for(BARBADOS)
    assert "Nothing is filled in" in text_of(send(cast, browser, taken(browser)))


def test_a_list_that_is_too_long_is_told(cast, client_for, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    an_action()
    an_action(due=90)
    browser = client_for(BARBADOS)
    book = fill(taken(browser), (2, 40, "One."), (3, 40, "Two."))
    assert "more than 1 rows" in text_of(send(cast, browser, book))


def test_a_preview_is_its_own_desks(cast, client_for):
    an_action()
    browser = client_for(BARBADOS)
    preview = send(cast, browser, fill(taken(browser), (2, 40, "One.")))
    assert confirm(cast, client_for(JAMAICA), preview, JAMAICA).status_code == 422
    assert not Report.objects.exists()


def test_a_reader_takes_the_list_and_changes_nothing(cast, client_for):
    an_action()
    reader = "brb.ministry.reader"
    browser = client_for(reader)
    preview = send(cast, browser, fill(taken(browser), (2, 40, "One.")), reader)
    assert confirm(cast, browser, preview, reader).status_code == 403
    assert not Report.objects.exists()


def test_no_cell_of_the_list_is_a_formula(cast, client_for):
    row = an_action()
    actions.hand_over_state_action(cast[BARBADOS], row, responsible="=HYPERLINK(1)")
    cell = taken(client_for(BARBADOS)).active.cell(2, 6)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
