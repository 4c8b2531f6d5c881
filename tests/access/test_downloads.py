"""Each file and each mail that leaves the portal says how it is marked."""

import ast
import contextlib
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpResponse
from django.urls import resolve, reverse
from openpyxl import load_workbook

from apps.access.downloads import HEADER, download, line_of, require_marking, state_marking
from apps.access.marking import CONFIDENTIAL, OFFICIAL, Mark, Unmarked, of
from apps.audit.spreadsheets import Sheet, workbook, xlsx_bytes

APPS = Path(__file__).resolve().parent.parent.parent / "apps"
AMBER = of(Mark(1, "AMBER+STRICT", orcon=True))
ALONE = {"apps/audit/witness/caricom_witness.py"}
"""Runs beside the portal, from its own file alone, and mails a list of its own."""


def a_file(name: str = "tasks-2026.csv") -> HttpResponse:
    return HttpResponse(b"x", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@pytest.mark.parametrize(
    ("banner", "line", "name"),
    [
        (OFFICIAL, "OFFICIAL", "tasks-2026-OFFICIAL.csv"),
        (CONFIDENTIAL, "CONFIDENTIAL", "tasks-2026-CONFIDENTIAL.csv"),
        (AMBER, "RESTRICTED TLP:AMBER+STRICT ORCON", "tasks-2026-RESTRICTED-TLP-AMBER+STRICT.csv"),
        ({"level": 1, "caveat": "États membres"}, "OFFICIAL Etats membres", "tasks-2026-OFFICIAL.csv"),
    ],
)
def test_a_file_states_its_marking_in_its_answer_and_in_its_name(banner, line, name):
    answer = state_marking(a_file(), banner)
    assert (answer[HEADER], answer["Content-Disposition"]) == (line, f'attachment; filename="{name}"')


def test_what_bears_its_marking_itself_keeps_its_name():
    answer = state_marking(a_file("CONSLE-2008-5.pdf"), OFFICIAL, in_name=False)
    assert (answer[HEADER], answer["Content-Disposition"]) == ("OFFICIAL", 'attachment; filename="CONSLE-2008-5.pdf"')


def test_a_file_that_states_none_is_a_fault_and_at_work_states_the_most_that_its_reader_may_read(settings):
    request = SimpleNamespace(path="/x/", resolver_match=None, actor=SimpleNamespace(clearance=2))
    with pytest.raises(Unmarked):
        require_marking(request, a_file())
    settings.UNMARKED_PAGES_FAIL = False
    require_marking(request, answer := a_file())
    assert (answer[HEADER], "-CONFIDENTIAL.csv" in answer["Content-Disposition"]) == ("CONFIDENTIAL", True)


def test_what_a_view_states_of_its_pages_holds_for_its_files():
    request = SimpleNamespace(path="/x/", marking=CONFIDENTIAL)
    require_marking(request, answer := a_file())
    assert answer[HEADER] == "CONFIDENTIAL"
    require_marking(request, page := HttpResponse("a page"))
    assert HEADER not in page


def test_files_that_other_packages_make_state_theirs(rf):
    """Theirs are the only answers that are files and come from no view of ours."""
    request = rf.get(reverse("schema"))
    request.actor = None
    described = resolve(request.path).func(request)
    assert (described[HEADER], "PUBLIC" in described["Content-Disposition"]) == ("PUBLIC", False)
    request = rf.get(reverse("mfa_download_recovery_codes"))
    request.user, request.session = AnonymousUser(), SessionStore()
    with contextlib.suppress(Exception):  # what it answers to nobody is another matter
        resolve(request.path).func(request)
    require_marking(request, answer := a_file("recovery-codes.txt"))
    assert (answer[HEADER], "recovery-codes-OFFICIAL.txt" in answer["Content-Disposition"]) == ("OFFICIAL", True)


def test_a_workbook_bears_its_marking_in_its_properties_and_on_each_printed_page():
    rows = [["Title"], ["First"]]
    made = xlsx_bytes(workbook(Sheet("A", rows), Sheet("B", rows)), "RESTRICTED TLP:AMBER & more")
    book = load_workbook(io.BytesIO(download(made, "a.xlsx", AMBER).content))
    assert book.properties.category == "RESTRICTED TLP:AMBER & more"
    for sheet in book.worksheets:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "RESTRICTED TLP:AMBER && more"
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows  # programs read the same cells


def test_the_line_is_in_english_for_programs():
    from django.utils.translation import override

    with override("fr"):
        assert line_of({"level": 0}) == "PUBLIC"
        assert line_of({"level": 3}) == "SECRET"


def test_mails_are_made_in_one_place_which_states_their_marking():
    makers = {
        f"apps/{path.relative_to(APPS)}"
        for path in APPS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"EmailMessage", "EmailMultiAlternatives"}
    }
    assert makers - ALONE == {"apps/access/portal_mails.py"}
