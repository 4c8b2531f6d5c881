"""An assessment as a file: what a reader has to know before they trust its text."""

import io

import docx
import pytest
from pypdf import PdfReader

from apps.access import outbox
from tests.assessments.people import (
    DIRECTOR,
    JUDGEMENT,
    LEAD,
    POINTS,
    SIGNERS,
    a_report_of_barbados,
    position,
    sign,
    written,
)

BOTH = pytest.mark.parametrize("fmt", ["pdf", "docx"])


def text_of(room, fmt, username=LEAD):
    """The words of the file, its lines joined."""
    data = io.BytesIO(room.get(username, f"export.{fmt}").content)
    if fmt == "pdf":
        said = " ".join(page.extract_text() for page in PdfReader(data).pages)
    else:
        file = docx.Document(data)
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        said = " ".join([*(one.text for one in file.paragraphs), *cells])
    return " ".join(said.split())


def resting_on_a_report(client_for):
    """A released one that rests on a report of Barbados; and that report."""
    report = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    cited = JUDGEMENT | {"confidence_basis": "one State reports it", "citations": [{"report": report, "para": 1}]}
    room = written(client_for, judgement=cited)
    for state in ("coordination", "positions"):
        room.went(state)
    assert [position(room, who).status_code for who in SIGNERS.values()] == [200, 200]
    room.went("sign_off")
    assert [sign(room, who).status_code for who in SIGNERS.values()] == [200, 200]
    room.went("released", DIRECTOR)
    outbox.drain()
    return room, report


@BOTH
def test_the_file_says_that_it_is_under_review_and_why_until_it_stands_again(fmt, client_for):
    room, report = resting_on_a_report(client_for)
    assert "Under review" not in text_of(room, fmt)
    recall = {"reason_code": "inaccurate", "text": "It was another boat."}
    assert room[SIGNERS["BRB"]].post(f"/api/v1/rifc/reports/{report}/actions/recall/", recall).status_code == 200
    outbox.drain()
    assert room.row.state == "under_review"
    for reader in (LEAD, POINTS["JAM"]):
        said = text_of(room, fmt, reader)
        assert "Under review" in said
        assert "A report it is based on was recalled. Judgements affected: 1." in said
        assert said.index("A report it is based on was recalled") < said.index("Judgements")
    day = {"reason": "Two other States report it.", "review_date": "2099-01-01"}
    assert room.act(DIRECTOR, "reaffirm", day).json()["state"] == "released"
    assert "Under review" not in text_of(room, fmt)
