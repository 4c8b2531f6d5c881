"""A small table on a page: as wide as the page, or scrolling by itself where it has more columns than fit."""

from typing import Any

from django.template.loader import render_to_string

from apps.pages.columns import Col, Title
from apps.pages.tables import Printed, Table


def printed(rf: Any, columns: int) -> str:
    request = rf.get("/")
    request.actor = None
    table = Table(
        "tests.wide", "Wide & long", [Title("name", "Name"), *(Col("name", str(n)) for n in range(columns - 1))]
    )
    found: Printed = table.of(request, [{"name": "Ann", "pk": 1}])
    return render_to_string("components/kit/table_of.html", {"list": found})


def test_a_table_of_seven_columns_is_part_of_the_page(rf: Any) -> None:
    page = printed(rf, 7)
    assert page.count(">Ann<") == 7
    assert 'class="tw"' not in page


def test_one_of_more_columns_scrolls_under_its_own_name(rf: Any) -> None:
    page = printed(rf, 8)
    assert page.count(">Ann<") == 8
    assert '<div class="tw" tabindex="0" role="group" aria-label="Wide &amp; long">' in page
