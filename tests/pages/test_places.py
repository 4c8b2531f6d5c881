"""Navigation by job: eight places at most, landing by function, the tabs of a place, and no old address lost."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from apps.access.manifest import Tab, registry
from apps.operations import queries as operations
from apps.people.models import Seat
from apps.people.queries import my_work
from caricom_portal import places
from caricom_portal.navigation import Arranged, arranged_for, landing_of, located
from tests.seats import REAL, seat

pytestmark = pytest.mark.django_db
BEFORE = tomllib.loads((Path(__file__).parent / "rail_before.toml").read_text())
PERSON = {
    "JAM.ministry": "jam.ministry.decider",
    "JAM.border": "jam.border.officer",
    "JAM.intelligence": "jam.intelligence.officer",
    "JAM.contact": "jam.contact.officer",
    "JAM.customs": "jam.customs.officer",
    "JAM.administration": "jam.administration.administrator",
    "JAM.oversight": "jam.oversight.officer",
    "7T.carrier": "7t.carrier.agent",
    "IMPACS.secretariat": "impacs.secretariat.manager",
    "IMPACS.oversight": "impacs.oversight.officer",
    "IMPACS.platform": "portal.platform.head",
    "JRCC.watch": "jrcc.watch.officer",
    "JRCC.administration": "jrcc.administration.administrator",
    "JRCC.oversight": "jrcc.oversight.officer",
    "RIFC.watch": "rifc.watch.officer",
    "RIFC.analysis": "rifc.analysis.analyst",
}
"""Somebody of the cast at each kind of desk."""
LANDING = {
    "JAM.ministry": "/people/desk/",
    "JAM.border": "/jrcc/border/",
    "JAM.intelligence": "/people/desk/",
    "JAM.contact": "/people/desk/",
    "JAM.customs": "/people/desk/",
    "JAM.administration": "/people/accounts/",
    "JAM.oversight": "/oversight/cases/",
    "7T.carrier": "/jrcc/manifests/",
    "IMPACS.secretariat": "/impacs/matrix/",
    "IMPACS.oversight": "/oversight/cases/",
    "IMPACS.platform": "/operations/",
    "JRCC.watch": "/jrcc/floor/",
    "JRCC.administration": "/people/accounts/",
    "JRCC.oversight": "/oversight/cases/",
    "RIFC.watch": "/watch/",
    "RIFC.analysis": "/people/desk/",
}
RAIL = {
    "JAM.ministry": "My work, Council, Implementation, Region, Reporting, Intelligence, Borders, Our office",
    "JAM.border": "Border desk, My work, Journeys, Hits, Watchlists, Intelligence, Our office",
    "JRCC.watch": "Watch floor, My work, Journeys, Hits, Watchlists, Intelligence, Region, Our office",
    "RIFC.watch": "Watch log, My work, Reports, Requests, Assessments, Entities, Region, Our office",
    "RIFC.analysis": "My work, Reports, Requests, Assessments, Entities, Screening, Region, Our office",
    "7T.carrier": "Manifests, My work, Schedule, Performance, Cases, Our office",
    "JAM.administration": "Accounts, My work, Sign-in, Data protection, Audit trail",
    "IMPACS.platform": "System status, My work, Connections, API keys, Data protection, Audit trail",
}

COUNTING = {
    "JAM.ministry": 25,
    "JAM.border": 14,
    "JAM.intelligence": 12,
    "JAM.contact": 11,
    "JAM.customs": 10,
    "JAM.administration": 7,
    "JAM.oversight": 7,
    "7T.carrier": 9,
    "IMPACS.secretariat": 18,
    "IMPACS.oversight": 6,
    "IMPACS.platform": 5,
    "JRCC.watch": 17,
    "JRCC.administration": 7,
    "JRCC.oversight": 7,
    "RIFC.watch": 16,
    "RIFC.analysis": 14,
}
"""Questions to the database by which the numbers of a rail are found, at most: what each kind of work adds."""


def desks() -> Iterator[str]:
    """Every desk that a party has from the start."""
    for party, functions in REAL.items():
        yield from (f"{party}.{function}" for function in functions)


def pages_of(arranged: list[Arranged]) -> set[str]:
    """Names of the addresses that are tabs of a seat."""
    return {entry.tab.name for place in arranged for entry in place.entries}


@pytest.mark.parametrize("desk", sorted(desks()))
def test_every_page_that_a_manifest_offers_a_desk_is_in_one_of_its_places_and_no_place_is_too_full(desk: str) -> None:
    actor = seat(f"{desk} head")
    offered = {tab.name for tab in registry.tabs.values() if tab.is_for(actor)}
    arranged = arranged_for(actor)
    assert pages_of(arranged) == offered
    in_the_rail = [place for place in arranged if not place.beside]
    assert 1 < len(in_the_rail) <= places.MOST_PLACES
    assert len({place.code for place in arranged}) == len(arranged)
    for place in in_the_rail:
        assert len({entry.url for entry in place.entries}) == len(place.entries)


def rows_and_loose(tabs: Iterable[Tab]) -> tuple[set[str], set[str]]:
    """(the tabs that rows name, those that no row names and whose manifest says no known place either)."""
    rows = [*places.BY_FUNCTION.values(), places.OUTSIDE]
    named = {
        one.view if isinstance(one, places.Called) else one for row in rows for tabs in row.values() for one in tabs
    }
    return named, {tab.view for tab in tabs if tab.view not in named and tab.place not in places.PLACES}


def test_every_tab_stands_in_a_row_or_says_its_place_and_every_row_names_tabs() -> None:
    rows = [*places.BY_FUNCTION.values(), places.OUTSIDE]
    named, loose = rows_and_loose(registry.tabs.values())
    assert loose == set()
    assert named <= set(registry.tabs)
    assert {code for row in rows for code in row} == set(places.PLACES)
    assert {desk.rpartition(".")[2] for desk in places.BY_FUNCTION} == {desk.partition(".")[2] for desk in desks()}


def test_a_tab_of_a_new_app_stands_in_the_place_that_it_says_or_is_found_missing() -> None:
    new = [Tab("Cards", "cards:cards", place="our_office"), Tab("A", "cards:a", place="nowhere"), Tab("B", "cards:b")]
    assert rows_and_loose(new)[1] == {"cards:a", "cards:b"}


@pytest.mark.parametrize("desk", BEFORE)
def test_each_address_of_the_old_rail_is_two_steps_away_at_most(desk: str) -> None:
    actor = seat(f"{desk} head")
    assert set(BEFORE[desk]) - pages_of(arranged_for(actor)) == set()


def rail_of(page: str) -> list[tuple[str, str]]:
    """[(address, name)] of the rail of a page."""
    nav = page.partition('<nav class="rail"')[2].partition('<div class="r-foot">')[0]
    assert nav
    return re.findall(r'<a\s+href="([^"]+)".*?</svg>\s*<span>([^<]+)</span>', nav, re.DOTALL)


def tabs_of(page: str) -> list[tuple[str, str]]:
    """[(address, name)] of the tabs of a page's place."""
    nav = page.partition('id="place-tabs"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]+)"[^>]*>\s*([^<]+)', nav)


@pytest.mark.parametrize("desk", PERSON)
def test_a_person_lands_on_the_page_of_their_job_and_every_place_and_tab_opens(desk: str, client_for: Any) -> None:
    browser = client_for(PERSON[desk])
    answer = browser.get("/")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, LANDING[desk])
    page = browser.get(answer.url)
    assert page.status_code == 200
    rail = rail_of(page.content.decode())
    assert 1 < len(rail) <= 8
    assert rail[0][0].replace("&amp;", "&") == answer.url
    if desk in RAIL:
        assert ", ".join(name for _url, name in rail) == RAIL[desk]
    opened = {answer.url}
    for url, _name in rail:
        place = browser.get(url)
        assert place.status_code == 200, url
        for tab, _label in tabs_of(place.content.decode()):
            if tab not in opened:
                opened.add(tab)
                assert browser.get(tab).status_code == 200, tab


@pytest.mark.parametrize("desk", PERSON)
def test_counting_for_the_rail_has_a_ceiling_and_is_paid_once_in_half_a_minute(
    desk: str, cast: Any, django_assert_max_num_queries: Any
) -> None:
    """The first page of a half minute costs them besides its own; budgets of pages that are looked at twice do not."""
    actor = cast[PERSON[desk]]
    my_work.count(actor)  # what a process keeps for good (kinds of records, permissions) is not asked each time
    my_work.forget(actor)
    with django_assert_max_num_queries(COUNTING[desk]):
        counted = my_work.count(actor)
    assert my_work.remembered(actor) == counted


def test_what_is_switched_off_is_asked_once_for_all_tabs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[operations.Now] = []

    def now() -> operations.Now:
        asked.append(operations.Now({}, "", ""))
        return asked[-1]

    monkeypatch.setattr(operations, "now", now)
    assert len(arranged_for(seat("JRCC.watch officer"))) > 1
    assert len(asked) == 1


def test_one_address_lies_in_different_places_for_different_jobs() -> None:
    where = {
        desk: located("/jrcc/lookups/0199/", {}, arranged_for(seat(f"{desk} head")))
        for desk in ("JAM.border", "JRCC.watch", "JAM.ministry")
    }
    assert where["JAM.border"]
    assert where["JAM.border"].place.code == "border_desk"
    assert where["JRCC.watch"]
    assert where["JRCC.watch"].place.code == "hits"
    assert where["JAM.ministry"] is None
    clause = "/impacs/actions/0199/"
    for desk, tab in (("JAM.ministry", "impacs:obligations"), ("IMPACS.secretariat", "impacs:verification")):
        found = located(clause, {}, arranged_for(seat(f"{desk} head")))
        assert found
        assert (found.place.code, found.entry.tab.view, found.is_tab) == ("implementation", tab, False)


@pytest.mark.parametrize(
    ("query", "tab"),
    [
        ({}, "jrcc:hits"),
        ({"state": "open"}, "jrcc:hits?state=open"),
        ({"state": "open", "grade": "low"}, "jrcc:hits?state=open"),
        ({"state": "dismissed"}, "jrcc:hits"),
    ],
)
def test_of_tabs_of_one_page_that_is_shown_which_the_page_was_asked_for(query: dict[str, str], tab: str) -> None:
    found = located(reverse("jrcc:hits"), query, arranged_for(seat("JRCC.watch officer")))
    assert found
    assert (found.entry.tab.view, found.is_tab) == (tab, True)


def test_a_page_marks_its_tab_and_a_record_has_crumbs_of_place_and_tab(client_for: Any) -> None:
    browser = client_for("jam.ministry.decider")
    decisions = browser.get("/council/decisions/").content.decode()
    assert [name for _url, name in tabs_of(decisions)][:3] == ["Overview", "Meetings", "Decisions"]
    assert re.search(r'<a href="/council/decisions/" aria-current="page"', decisions)
    assert re.search(r'href="/council/"\s+aria-current="true"', decisions), "the rail names the place, not the page"
    assert 'class="crumbs"' not in decisions
    deeper = browser.get("/council/decisions/0199-none/").content.decode()
    assert tabs_of(deeper) == []


def test_more_than_seven_tabs_go_into_a_menu_that_needs_no_script(client_for: Any) -> None:
    page = client_for("jam.border.officer").get("/rifc/").content.decode()
    nav = page.partition('id="place-tabs"')[2].partition("</nav>")[0]
    beside, _, menu = nav.partition("<details")
    assert len(re.findall("<a ", beside)) == places.MOST_TABS
    assert re.findall(r'<a href="([^"]+)"', menu) == ["/rifc/requests/", "/rifc/openings/", "/rifc/intake/"]


def test_who_has_no_seat_lands_on_my_work_which_says_how_to_get_one(client_for: Any) -> None:
    browser = client_for("jam.border.officer")
    Seat.objects.filter(user__username="jam.border.officer").update(state="ended")
    assert browser.get("/").url == reverse("people:desk")


def test_the_landing_of_the_portals_own_seats_is_my_work() -> None:
    assert landing_of(seat("JRCC.automation officer")) == reverse("people:desk")
