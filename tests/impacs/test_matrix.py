"""The matrix: who stands in it on a day, in which colour, and what goes into a file."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.audit.models import AuditRecord
from apps.council.models import Decision, Statement
from apps.impacs.models import StateAction, StatusRules
from apps.impacs.obligations.queries.matrix import Filters, make_matrix_table, matrix
from apps.impacs.obligations.queries.progress import by_clause
from apps.impacs.obligations.rules import rag
from apps.impacs.queries.status_looks import LOOKS, RESERVED
from tests.impacs.people import (
    ALL,
    BARBADOS,
    CAYMAN,
    JAMAICA,
    SECRETARIAT,
    a_decision,
    a_new_member,
    action_of,
    ended,
    reported,
    tell,
)
from tests.worlds import world

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 9, 30)
SUMMER, AUTUMN = datetime.date(2026, 6, 30), datetime.date(2026, 10, 12)
PAGE = "/impacs/matrix/"


def of(shown, party, line=0):
    return next(cell for cell in shown.lines[line].cells if cell.party == party)


def test_columns_are_the_member_states_of_the_day_in_roll_call_order(cast):
    a_decision()
    a_new_member(datetime.date(2026, 7, 1))
    codes = {day: [c.party.code for c in matrix(cast[BARBADOS], day, Filters()).columns] for day in (SUMMER, AUTUMN)}
    assert (len(codes[SUMMER]), len(codes[AUTUMN])) == (15, 16)
    assert codes[SUMMER][:3] == ["ATG", "BHS", "BRB"]
    assert codes[AUTUMN][-1] == "XNW"


def test_a_state_that_joined_later_is_not_bound_by_what_was_decided_before(cast):
    a_decision()
    a_new_member(datetime.date(2026, 7, 1))
    shown = matrix(cast[BARBADOS], AUTUMN, Filters())
    assert (of(shown, "XNW").said, shown.lines[0].of) == ("Newland: not addressed", 15)


def test_a_day_in_the_past_has_the_colours_of_that_day(cast):
    decision = a_decision()
    reported(action_of(decision, "BRB"), datetime.date(2026, 6, 20), 60)
    reported(action_of(decision, "BRB"), datetime.date(2026, 10, 1), 100)
    before, after = (matrix(cast[BARBADOS], day, Filters()) for day in (SUMMER, AUTUMN))
    assert (of(before, "BRB").colour, of(before, "GRD").reasons) == ("GREEN", ("BEHIND_PLAN", "NO_REPORT"))
    assert of(after, "GRD").said == (
        "Grenada: overdue, due 12 days ago, no evidence, no report yet; began 225 days ago"
    )
    assert of(after, "BRB").reasons == ("OVERDUE",)


def test_before_it_was_in_force_and_after_its_end_a_decision_is_not_in_the_matrix(cast):
    decision = a_decision()
    ended(decision, datetime.date(2026, 8, 1))
    days = (datetime.date(2026, 2, 28), SUMMER, datetime.date(2026, 8, 1))
    assert [len(matrix(cast[BARBADOS], day, Filters()).lines) for day in days] == [0, 1, 0]


def test_limits_hold_from_their_day(cast):
    decision = a_decision()
    reported(action_of(decision, "BRB"), datetime.date(2026, 6, 20), 30)
    assert of(matrix(cast[BARBADOS], SUMMER, Filters()), "BRB").colour == "AMBER"
    StatusRules.objects.create(valid_from=datetime.date(2026, 6, 25), content={"gap_amber": 35})
    assert of(matrix(cast[BARBADOS], SUMMER, Filters()), "BRB").colour == "GREEN"
    assert of(matrix(cast[BARBADOS], datetime.date(2026, 6, 24), Filters()), "BRB").colour == "AMBER"


def declared(decision, party, kind, state, **more):
    Statement.objects.create(decision=decision, party_id=party, kind=kind, state=state, text="…", seat_id=0, **more)


def test_an_opt_out_granted_takes_a_state_out_of_the_count(cast):
    decision = a_decision(("Act.", ALL, DUE), ("Report.", ALL, DUE))
    declared(decision, "BRB", "opt_out", "granted", clauses=["1"], granted_on=datetime.date(2026, 5, 1))
    declared(decision, "JAM", "opt_out", "asked")
    Statement.objects.update(at=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC))
    shown = matrix(cast[BARBADOS], SUMMER, Filters())
    assert of(shown, "BRB").reasons == ("OPTED_OUT",)
    assert [line.of for line in shown.lines] == [14, 15]
    assert of(shown, "BRB", line=1).reasons != ("OPTED_OUT",)
    before = matrix(cast[BARBADOS], datetime.date(2026, 4, 30), Filters())
    assert of(before, "BRB").reasons != ("OPTED_OUT",), "asked for is not granted"


def test_a_reservation_has_its_own_shape_and_keeps_the_colour(cast):
    decision = a_decision()
    reported(action_of(decision, "BHS"), datetime.date(2026, 6, 20), 60)
    declared(decision, "BHS", "reservation", "entered", until=datetime.date(2026, 7, 31))
    Statement.objects.update(at=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC))
    cell = of(matrix(cast[BARBADOS], SUMMER, Filters()), "BHS")
    assert (cell.look, cell.colour, cell.said) == (LOOKS[RESERVED], "GREEN", "The Bahamas: on track, reservation")
    later = of(matrix(cast[BARBADOS], datetime.date(2026, 8, 1), Filters()), "BHS")
    assert later.look == LOOKS["GREEN"]


def test_lines_roll_up_as_the_rule_says_and_a_decision_takes_the_worst_of_its_clauses(cast):
    decision = a_decision(("Act.", ["BRB", "JAM", "TTO"], DUE), ("Tell.", ["BRB"], datetime.date(2026, 5, 1)))
    for party in ("BRB", "JAM", "TTO"):
        reported(action_of(decision, party), datetime.date(2026, 6, 20), 60)
    clauses = matrix(cast[BARBADOS], SUMMER, Filters())
    assert [line.colour for line in clauses.lines] == ["GREEN", "RED"]
    (line,) = matrix(cast[BARBADOS], SUMMER, Filters(by="decision")).lines
    colours = [cell.colour for cell in line.cells if cell.action]
    assert colours == ["RED", "GREEN", "GREEN"]
    assert (line.colour, line.distribution) == (rag.roll_up(colours), rag.distribution(colours))


def test_compared_with_another_day_cells_tell_which_way_they_went(cast):
    decision = a_decision()
    reported(action_of(decision, "BRB"), datetime.date(2026, 9, 1), 90)
    shown = matrix(cast[BARBADOS], datetime.date(2026, 9, 10), Filters(compare=SUMMER))
    assert (of(shown, "BRB").moved, of(shown, "BRB").was) == ("up", "RED")
    assert of(shown, "GRD").moved == ""
    back = matrix(cast[BARBADOS], SUMMER, Filters(compare=datetime.date(2026, 9, 10)))
    assert of(back, "BRB").moved == "down"
    begun = matrix(cast[BARBADOS], SUMMER, Filters(compare=datetime.date(2026, 2, 1)))
    assert of(begun, "BRB").moved == "other"


def test_filters_narrow_the_lines(cast):
    a_decision(("Hosts act.", ["TTO"], DUE), subject="APIS")
    a_decision(subject="CYBER", kind="recommendation")
    asked = {
        "all": Filters(),
        "subject": Filters(subject="APIS"),
        "kind": Filters(kind="recommendation"),
        "mine": Filters(mine=True),
    }
    assert {name: len(matrix(cast[BARBADOS], SUMMER, f).lines) for name, f in asked.items()} == {
        "all": 2,
        "subject": 1,
        "kind": 1,
        "mine": 1,
    }


def test_associate_members_stand_in_columns_of_their_own_on_request(cast):
    a_decision(("Everybody acts.", ["BRB", "CYM"], DUE))
    bare = matrix(cast[BARBADOS], SUMMER, Filters())
    assert (len(bare.columns), bare.hidden > 0, bare.lines[0].of) == (15, True, 1)
    full = matrix(cast[BARBADOS], SUMMER, Filters(associates=True))
    assert (len(full.columns), full.hidden, full.lines[0].of) == (15 + bare.hidden, 0, 2)


def test_an_associate_member_sees_its_own_column_alone(cast):
    a_decision(("Everybody acts.", ["BRB", "CYM"], DUE))
    a_decision()
    shown = matrix(cast[CAYMAN], SUMMER, Filters())
    assert ([c.party.code for c in shown.columns], len(shown.lines)) == (["CYM"], 1)


def test_the_number_of_questions_does_not_grow_with_the_matrix(cast, client_for):
    a_decision()
    for _ in range(4):
        a_decision(*[(f"Clause {n}.", ALL, DUE) for n in range(10)], follow=False)
    for decision in Decision.objects.all():
        tell("decision.in_force", decision)
    assert StateAction.objects.count() == 41 * 15
    actor = cast[BARBADOS]
    with CaptureQueriesContext(connection) as asked:
        shown = matrix(actor, SUMMER, Filters(compare=AUTUMN))
    assert len(shown.lines) == 41
    assert len(asked) <= 8
    browser = client_for(BARBADOS)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"{PAGE}?as_of=2026-06-30&compare=2026-03-31")
    page = answer.content.decode()
    assert len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVE", "REL"))]) <= 12
    assert page.count("<tr>") == 1 + 32 + 1
    assert "Lines 1 to 32 of 41" in page
    assert "in all 41 lines" in page
    assert len(answer.content) < 200_000


@pytest.mark.parametrize("place", ["x", "2026-03-01~x~1", "2026-13-01~~", "~~~", "é"])
def test_a_place_that_is_none_is_not_there(cast, client_for, place):
    a_decision()
    for name in ("after", "before"):
        assert client_for(BARBADOS).get(PAGE, {name: place}).status_code == 404


def on_screen(page):
    """The number of each line of the table, and the words of its cells that are addressed, as they are read."""
    lines = re.findall(r"<tr><th scope=\"row\"><a[^>]*>([^<]*)</a>.*?</tr>", page)
    cell = re.compile(r'<a href="/impacs/actions/[^"]*">.*?<span class="vh">[^<]*?: ([^<]*)</span></a>')
    words = [cell.findall(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)]
    return lines, [row for row in words if row]


def test_the_file_is_what_stands_on_the_screen_and_is_recorded(cast, client_for):
    decision = a_decision(title="=HYPERLINK(1)")
    a_decision(("Hosts act.", ["BRB", "TTO"], DUE), subject="APIS")
    reported(action_of(decision, "BRB"), datetime.date(2026, 6, 20), 60, text="Secret words")
    browser = client_for(JAMAICA)
    query = "?as_of=2026-06-30&by=clause"
    page = browser.get(f"{PAGE}{query}").content.decode()
    answer = browser.get(f"/impacs/matrix.csv{query}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    numbers, words = on_screen(page)
    assert [f"{row[0]}, {row[1]}" for row in rows[1:-1]] == numbers
    own_first = sorted(range(3, 18), key=lambda place: rows[0][place] != "JAM")
    addressed = [[row[n].split(":")[0].lower() for n in own_first if row[n] != "–"] for row in rows[1:-1]]
    assert [len(row) for row in words] == [2, 15]
    for said, told in zip(words, addressed, strict=True):
        assert [each.startswith(word) for each, word in zip(said, told, strict=True)] == [True] * len(said)
    assert [rows[0][n] for n in own_first] == re.findall(r'<abbr title="[^"]*">([A-Z]{3})</abbr></th>', page)
    assert "Secret words" not in answer.content.decode() + page
    book = load_workbook(io.BytesIO(browser.get(f"/impacs/matrix.xlsx{query}").content))
    assert [[str(cell or "") for cell in row] for row in book.active.values] == rows
    assert AuditRecord.objects.filter(verb="matrix.export", party="JAM").count() == 2


def test_the_file_by_state_has_a_row_for_each_state(cast):
    a_decision()
    rows = make_matrix_table(matrix(cast[BARBADOS], SUMMER, Filters(by="state")))
    assert (len(rows), rows[0][:2], rows[1][0], rows[1][-1]) == (16, ["Code", "Member State"], "ATG", "0 of 1")


def test_a_decisions_progress_counts_its_states_by_clause(cast):
    decision = a_decision(("All act.", ALL, DUE), ("IMPACS helps.", ["IMPACS"], None))
    reported(action_of(decision, "BRB"), datetime.date(2026, 6, 20), 60)
    found = by_clause(cast[BARBADOS], decision, SUMMER)
    assert list(found) == ["1"]
    one = found["1"]
    assert (one.done, one.of, one.colour, one.look) == (0, 15, "RED", LOOKS["RED"])
    assert one.distribution == {"GREY": 0, "BLUE": 0, "GREEN": 1, "AMBER": 0, "RED": 14}


def test_the_secretariat_reads_the_matrix_and_a_border_desk_has_none(client_for):
    a_decision()
    assert client_for(SECRETARIAT).get(PAGE).status_code == 200
    assert client_for("brb.border.officer").get(PAGE).status_code == 404


@world
def many_decisions(_cast):
    """A dozen of three clauses, thirty of one, in force from another day."""
    made = [a_decision(*[(f"Clause {n}.", ALL, DUE) for n in range(3)], follow=False) for _ in range(12)]
    made += [a_decision(follow=False, day=datetime.date(2026, 2, 1)) for _ in range(30)]
    for decision in made:
        tell("decision.in_force", decision)
    return made


@pytest.fixture
def many(cast):
    """The decisions, for this test to change."""
    return many_decisions(cast)


@pytest.mark.parametrize("by", ["clause", "decision"])
def test_each_line_is_on_exactly_one_page_forwards_and_backwards(many, client_for, by):
    browser, wanted = client_for(BARBADOS), 66 if by == "clause" else 42
    forwards, places = walked(browser, f"?as_of=2026-06-30&by={by}", "older")
    assert len(forwards) == len(set(forwards)) == wanted
    backwards, _places = walked(browser, places[-1], "newer")
    assert backwards == forwards
    ended(many[7], datetime.date(2026, 3, 5))  # the page begins where it began, though the line has gone
    assert browser.get(PAGE + places[1]).status_code == 200


def walked(browser, query, way):
    """(lines met from page to page, addresses of the pages)."""
    found, places = [], []
    while query:
        places.append(query)
        shown = browser.get(PAGE + query).context
        lines = [line.head.words for line in shown["grid"].lines]
        found = found + lines if way == "older" else lines + found
        query = shown[way]
    return found, places
