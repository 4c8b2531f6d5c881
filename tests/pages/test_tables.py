"""Small tables of a page: what a button in a row posts, heads that order, boxes, lines of a log."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.safestring import SafeString

from apps.pages.cells import Press, print_press
from apps.pages.columns import Around, Col, Title
from apps.pages.table_columns import At, Tick
from apps.pages.tables import Table


def test_a_button_posts_its_fields_and_says_why_it_cannot_be_pressed() -> None:
    hidden = SafeString("<input name=token>")
    posts = print_press(Press("Again", "/x/", posts=True, fields=(("call", 'a"b'),)), hidden)
    assert '<input name=token><input type="hidden" name="call" value="a&quot;b"><button' in posts
    barred = print_press(Press("Again", "/x/", "call 1", posts=True, why_not="not <yours>"), hidden)
    assert 'aria-disabled="true">Again<span class="vh">: call 1</span></a><small>not &lt;yours&gt;</small>' in barred
    assert "<form" not in barred
    assert "href" not in barred


def test_a_box_posts_its_value_and_is_called_like_its_row() -> None:
    box = Tick.box("task", 7, "Buy <boats>", ticked=True)
    assert box == '<input type="checkbox" name="task" value="7" aria-label="Buy &lt;boats&gt;" checked>'
    assert "checked" not in Tick.box("task", 7, "Buy boats")


def test_a_line_of_a_log_is_called_by_its_moment_and_leads_to_its_page() -> None:
    at = datetime(2008, 1, 2, 3, 4, tzinfo=UTC)
    cell = At("at", "When").cell({"at": at}, Around(at, "America/Port_of_Spain", lambda _row: "/one/"))
    assert (cell.words, cell.stamp, cell.url) == ("1 Jan 2008, 23:04 AST", "2008-01-02T03:04:00Z", "/one/")
    assert At("at", "When").words({"at": at}, Around(at)) == "2008-01-02T03:04:00+00:00"


def test_heads_order_the_table_where_the_page_says_so_and_it_is_called_as_the_page_says(monkeypatch: Any) -> None:
    monkeypatch.setattr("apps.pages.tables.TABLES", {})
    request = SimpleNamespace(actor=None)
    table = Table("x.y", "Tasks", [Title("title", "Task"), Col("due", "Due")])
    printed = table.of(request, [], name="Tasks of IMPACS", turned={"due": ("?o=-due", "ascending")})
    assert [(head.url, head.sorted) for head in printed.heads] == [("", ""), ("?o=-due", "ascending")]
    assert (printed.name, table.of(request, []).name) == ("Tasks of IMPACS", "Tasks")
