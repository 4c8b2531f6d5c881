"""A matrix as it is printed: heads that are read aloud, one's own marked, nothing of a text taken for HTML."""

import re

from django.utils.safestring import SafeString

from apps.pages.grids import Grid, GridCell, GridHead, GridLine, print_grid

COLUMNS = [GridHead("JAM", hover="Jamaica", css="me"), GridHead("BLZ", url="/belize/")]


def test_a_line_has_its_head_and_a_cell_for_each_column() -> None:
    line = GridLine(GridHead("Clause 1", small="Name a contact"), [GridCell("done", "me"), GridCell("<late>")])
    page = print_grid(Grid("Clauses by State", "Clause", COLUMNS, [line]))
    assert '<th scope="col" class="me"><abbr title="Jamaica">JAM</abbr></th>' in page
    assert '<th scope="col"><a href="/belize/">BLZ</a></th>' in page
    assert '<th scope="row">Clause 1<small>Name a contact</small></th>' in page
    assert '<td class="me">done</td><td>&lt;late&gt;</td>' in page
    assert "tfoot" not in page


def test_a_group_and_the_sums_are_told_from_lines() -> None:
    printed = GridLine(GridHead("Clause 1"), SafeString("<td>1</td><td>2</td>"))
    foot = GridLine(GridHead("In all"), [GridCell(1), GridCell(2)])
    page = print_grid(Grid("Clauses", "Clause", COLUMNS, [GridLine(GridHead("Decision 4")), printed], foot=foot))
    assert '<th scope="rowgroup" colspan="3">Decision 4</th>' in page
    assert '<th scope="row">Clause 1</th><td>1</td><td>2</td>' in page
    assert '<tfoot><tr><th scope="row">In all</th><td>1</td><td>2</td></tr></tfoot>' in page


def test_it_scrolls_under_its_own_name() -> None:
    page = print_grid(Grid("Clauses & States", "Clause", COLUMNS, []))
    assert '<div class="tw" tabindex="0" role="group" aria-label="Clauses &amp; States"><table class="mx">' in page


def test_it_begins_with_ones_own() -> None:
    columns = [GridHead("BLZ"), GridHead("JAM", css="me"), GridHead("In all", css="sum")]
    lines = [
        GridLine(GridHead("Belize"), [GridCell("a"), GridCell("b", "me"), GridCell("c", "sum")]),
        GridLine(GridHead("Jamaica"), [GridCell("d"), GridCell("e", "me"), GridCell("f", "sum")], css="me"),
    ]
    page = print_grid(Grid("States by States", "State", columns, lines))
    assert re.findall(r'<th scope="(?:col|row)"[^>]*>([^<]*)', page) == [
        *("State", "JAM", "BLZ", "In all"),
        *("Jamaica", "Belize"),
    ]
    assert re.findall(r"<td[^>]*>(.)", page) == ["e", "d", "f", "b", "a", "c"]
    grouped = print_grid(Grid("States", "State", columns, [GridLine(GridHead("Members")), *lines]))
    assert grouped.index("Belize") < grouped.index("Jamaica")
