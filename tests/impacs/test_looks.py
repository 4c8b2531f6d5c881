"""A status looks the same wherever it is shown: colour, drawing and word of one table, and no letter beside them."""

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.text import capfirst
from openpyxl import load_workbook

from apps.impacs.models import Turn
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries.status_looks import LOOKS, RESERVED
from tests.impacs.people import ALL, BARBADOS, a_decision, action_of, reported

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
TONES = {"BLUE": "info", "GREEN": "ok", "AMBER": "warn", "RED": "bad", "GREY": "ink-3", RESERVED: "vio"}
FILLS = {"BLUE": "accent", "GREEN": "ok-fill", "AMBER": "warn-fill", "RED": "bad-fill", "GREY": "mute-ln"}
DRAWN = re.compile(r'<svg class="g g-([a-z]+)"[^>]*><use href="[^"#]*#([a-z]+)"/></svg>')
LETTER = re.compile(r">\s*[RAGB]\s*<")


def test_a_status_has_a_colour_of_its_own_name_a_drawing_of_its_own_and_a_word():
    assert len({look.picture for look in LOOKS.values()}) == len({str(look.word) for look in LOOKS.values()}) == 6
    sheet = (ROOT / "static/css/parts.css").read_text()
    icons = (ROOT / "static/img/icons.svg").read_text()
    for code, look in LOOKS.items():
        assert look.kind == ("held" if code == RESERVED else code.lower())
        assert f".g-{look.kind}{{color:var(--{TONES[code]})}}" in sheet
        assert f'id="{look.picture}"' in icons
        if code in FILLS:
            assert f".ch .{look.fill}{{fill:var(--{FILLS[code]})}}" in sheet


def a_round(today: datetime.date) -> dict[str, Any]:
    """{code: an action of Barbados in this status today}, each of a clause of one decision."""
    due = {"BLUE": 200, "GREEN": 200, "AMBER": 5, "RED": -30}
    clauses = [(f"Clause {code}.", ALL, today + datetime.timedelta(days=n)) for code, n in due.items()]
    decision = a_decision(*clauses, day=today - datetime.timedelta(days=100))
    rows = {code: action_of(decision, "BRB", clause=str(n)) for n, code in enumerate(due, start=1)}
    for code in ("BLUE", "GREEN", "AMBER"):
        reported(rows[code], today - datetime.timedelta(days=2), 60)
    done = today - datetime.timedelta(days=9)
    for kind in ("submitted", "verified"):
        Turn.objects.create(action=rows["BLUE"], kind=kind, day=done, completed_on=done, seat_id=0)
    return rows


def test_every_page_file_and_answer_says_the_same_of_a_status(cast, client_for, api):
    today = today_of(cast[BARBADOS])
    rows = a_round(today)
    decision = rows["RED"].decision
    told = {
        code: api("BRB.ministry").get(f"/api/v1/impacs/state-actions/{row.pk}/").json()["status"]
        for code, row in rows.items()
    }
    assert {code: one["colour"] for code, one in told.items()} == {code: code for code in rows}
    assert {code: one["word"] for code, one in told.items()} == {
        **{code: str(LOOKS[code].word) for code in ("BLUE", "GREEN", "AMBER")},
        "RED": "overdue",
    }

    browser = client_for(BARBADOS)
    places = [
        *("/impacs/matrix/", "/impacs/matrix/?by=clause", "/impacs/matrix/?by=state", "/impacs/against/"),
        *("/impacs/obligations/", "/impacs/obligations/print/", f"/impacs/decisions/{decision.pk}/progress/"),
        *(f"/impacs/thread/{row.clause_id}/" for row in rows.values()),
        *(f"/impacs/actions/{row.pk}/" for row in rows.values()),
    ]
    known = {(look.kind, look.picture) for look in LOOKS.values()}
    drawn: set[tuple[str, str]] = set()
    for place in places:
        page = browser.get(place).content.decode().split("<main")[1]
        assert not LETTER.search(page), (place, LETTER.search(page))
        assert set(DRAWN.findall(page)) <= known, place
        drawn |= set(DRAWN.findall(page))
        for code, row in rows.items():
            _linked_alike(page, row, code)
            assert not re.search(rf'class="[fh]-(?!{"|".join(look.kind for look in LOOKS.values())})', page), place
    assert {LOOKS[code].kind for code in rows} <= {kind for kind, _picture in drawn}

    for code, row in rows.items():
        page = browser.get(f"/impacs/actions/{row.pk}/").content.decode()
        today_says = page.split('id="st"')[1].split("</section>")[0]
        assert DRAWN.findall(today_says) == [(LOOKS[code].kind, LOOKS[code].picture)]
        assert f"</svg>{told[code]['word'].capitalize()}</span>" in today_says
        assert f'class="{LOOKS[code].fill}"' in page.split('class="ch hist"')[1]


def _linked_alike(page: str, row: Any, code: str) -> None:
    """Each link to the action that holds a drawing holds that of its status."""
    for inside in re.findall(rf'<a href="/impacs/actions/{row.pk}/">(.*?)</a>', page, re.S):
        assert set(DRAWN.findall(inside)) <= {(LOOKS[code].kind, LOOKS[code].picture)}
        words = re.findall(r'<span class="vh">(.*?)</span>', inside)
        if DRAWN.search(inside):
            assert any(str(LOOKS[code].word).split()[0] in said for said in words), (inside, code)


def test_files_hold_the_word_and_no_letter(cast, client_for):
    rows = a_round(today_of(cast[BARBADOS]))
    browser = client_for(BARBADOS)
    lines = browser.get("/impacs/matrix.csv?by=clause").content.decode("utf-8-sig").splitlines()
    column = lines[0].split(",").index("BRB")
    found = {one[2]: one for one in csv.reader(lines[1:-1])}
    book = load_workbook(io.BytesIO(browser.get("/impacs/matrix.xlsx?by=clause").content))
    sheet = {str(one[2]): one for one in list(book.active.values)[1:-1]}
    words = {"BLUE": "Done: ", "GREEN": "On track: ", "AMBER": "Needs attention: ", "RED": "Overdue: "}
    for code in rows:
        assert found[f"Clause {code}."][column].startswith(words[code])
        assert str(sheet[f"Clause {code}."][column]).startswith(words[code])
        assert found[f"Clause {code}."][-1] in {str(capfirst(look.word)) for look in LOOKS.values()}
    filled = load_workbook(io.BytesIO(browser.get("/impacs/obligations.xlsx").content))
    said = {str(one[4]): str(one[7]) for one in list(filled.active.values)[1:]}
    for code in ("GREEN", "AMBER", "RED"):
        assert said[f"Clause {code}."].startswith(words[code])
