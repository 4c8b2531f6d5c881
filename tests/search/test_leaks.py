"""The leak hunt: for each kind of seat, what search tells, counts, offers and shows, compared with the rule."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.rifc.models import Report
from apps.rifc.queries import rule
from apps.rifc.rules.release import FULL, view
from tests.rifc.test_leaks import SEATS, WORD, a_region

pytestmark = pytest.mark.django_db
API = "/api/v1/search/"
HUNTED = [*SEATS[:2], *SEATS[3:11], *SEATS[12:14]]
FOUND = ("shared", "superseded", "archived", "draft", "review", "returned", "approved")


def test_terms_facets_counts_and_passages_are_of_what_the_seat_sees(cast: Any, client_for: Any) -> None:
    reports = a_region(cast)
    known = {name: rule.facts(row) for name, row in reports.items()}
    for seat in HUNTED:
        viewer, browser = rule.viewer_of(cast[seat]), client_for(seat)
        seen = {
            name for name, facts in known.items() if view(facts, viewer).result == FULL and reports[name].state in FOUND
        }
        visible = Report.objects.visible_to(cast[seat]).filter(pk__in=[row.pk for row in reports.values()])
        assert {str(reports[name].thread) for name in seen} == {
            str(row.thread) for row in visible if row.state in FOUND
        }, seat
        _compare(browser, seat, reports, seen)


def _compare(browser: Any, seat: str, reports: dict[str, Report], seen: set[str]) -> None:
    body = browser.get(API, {"q": WORD}).json()
    mine = [reports[name] for name in seen]
    assert {one["id"] for one in body["results"]} == {str(row.thread) for row in mine}, seat
    assert (body["count"], body["more"]) == (len(mine), False), seat
    for facet, column in (("tlp", "tlp"), ("level", "level"), ("party", "originator_id")):
        counted = {one["value"]: one["count"] for one in body["facets"].get(facet, [])}
        values = [str(getattr(row, column)) for row in mine]
        wanted = {value: values.count(value) for value in values}
        assert counted == (wanted if len(wanted) > 1 else {}), (seat, facet)
        for value in ("RED", "AMBER", "GREEN") if facet == "tlp" else ():
            narrowed = browser.get(API, {"q": WORD, "tlp": value}).json()
            assert narrowed["count"] == wanted.get(value, 0), (seat, value)
    page = browser.get(reverse("search"), {"q": WORD}).content.decode()
    texts = re.sub(r"</?mark>", "", page)
    assert set(re.findall(rf"{WORD} (\w+)", texts)) == seen, seat
    assert set(re.findall(r"\) (\w+) text", texts)) <= seen, seat
    for name in ("draft", "strict", "eyes", "red", "recalled", "dropped"):
        alone = browser.get(API, {"q": f'"{WORD} {name}"'}).json()
        assert [one["id"] for one in alone["results"]] == [str(reports[name].thread)] * (name in seen), (seat, name)
        assert alone["count"] == (name in seen), (seat, name)
    by_number = browser.get(API, {"q": reports["eyes"].number}).json()
    assert by_number["count"] == ("eyes" in seen), seat
