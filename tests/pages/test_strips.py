"""Bars with their words: as long as their numbers, nothing drawn of what is not known, no zero said."""

import re

from apps.pages.strips import Strip, StripPart, print_strips


def drawn(page: str) -> list[tuple[str, int, int]]:
    """(colour, place, width) of the parts of the bar."""
    found = re.findall(r'<rect class="(\w+)" x="(\d+)" width="(\d+)"', page)
    return [(css, int(x), int(width)) for css, x, width in found]


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


PARTS = [StripPart(5, "in force", "b2"), StripPart(0, "under way", "b1"), StripPart(3, "ended", "b4")]


def test_the_drawing_is_the_numbers_and_the_rest_stays_open() -> None:
    page = print_strips([Strip("Cybercrime", PARTS, 15, unknown="not recorded", url="/topic/")])
    assert drawn(page) == [("b2", 0, 5), ("b4", 5, 3)]
    assert 'viewBox="0 0 15 1"' in page
    assert words(page) == "Cybercrime 5 in force 3 ended 7 not recorded"
    assert '<a href="/topic/">Cybercrime</a>' in page


def test_what_nobody_knows_is_said_as_unknown_and_never_as_nought() -> None:
    page = print_strips([Strip("<Arms>", [StripPart(0, "in force", "b2")], 15, unknown="not recorded")])
    assert drawn(page) == []
    assert words(page) == "&lt;Arms&gt; 15 not recorded"


def test_a_bar_that_is_a_share_of_nothing_has_no_open_rest() -> None:
    page = print_strips([Strip("JAM", PARTS, 20, css="me")])
    assert '<li class="me whole">' in page
    assert words(page) == "JAM 5 in force 3 ended"
