"""Bulletins in the portal's search: for the desks that have them, and for no other."""

from typing import Any

import pytest

from tests.watch.people import GUYANA, JAMAICA, OFFICER, a_draft, issued

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/search/"


def found(browser: Any, words: str) -> set[str]:
    answer = browser.get(PLACE, {"q": words}).json()
    assert answer["count"] == len(answer["results"])
    return {one["id"] for one in answer["results"] if one["type"] == "bulletin"}


@pytest.mark.parametrize("words", ["pirogue outboard", '"off Demo Bay"', "south coast"])
def test_a_desk_that_has_a_bulletin_finds_it_by_its_words(cast: Any, client_for: Any, words: str) -> None:
    row = issued(cast)
    assert found(client_for(JAMAICA), words) == {str(row.pk)}
    assert found(client_for(GUYANA), row.number) == {str(row.pk)}
    assert found(client_for("brb.contact.head"), words) == set()
    assert found(client_for("brb.contact.head"), row.number) == set()


def test_a_draft_is_found_by_its_desk_alone(cast: Any, client_for: Any) -> None:
    row = a_draft(cast)
    assert found(client_for(OFFICER), "pirogue") == {str(row.pk)}
    assert found(client_for(JAMAICA), "pirogue") == set()
