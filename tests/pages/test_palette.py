"""The palette finds acts, records and places of the seat's own, and nothing of another's."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY
from apps.people.models import User
from apps.people.queries import actor_at, seats_of, work
from apps.people.queries.work import Registered, WorkRow
from apps.search.models import Asked
from apps.search.queries import kinds, results
from caricom_portal.palette import beginnings
from tests.pages.test_places import PERSON

pytestmark = pytest.mark.django_db
FIND = reverse("find")
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
OPTION = re.compile(
    r'<a\s+class="pal-o"\s+id="po-(\w+?)\d*"[^>]*href="([^"]+)"\s*>.*?<span>([^<]*)(?:<small>([^<]*))?', re.DOTALL
)


def actor_of(username: str) -> Actor:
    """Who this person is at their own desk."""
    seat = seats_of(User.objects.get(username=username))[0]
    return actor_at(seat)


def found(browser: Any, text: str) -> dict[str, list[tuple[str, str]]]:
    """{group: [(words, address)]} of what the palette offers."""
    answer = browser.get(FIND, {"q": text}, headers=PARTIAL)
    assert answer.status_code == 200
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, url, label, _note in OPTION.findall(answer.content.decode()):
        groups.setdefault(group, []).append((label.strip(), url.replace("&amp;", "&")))
    return groups


@pytest.mark.parametrize(
    ("desk", "text", "place"),
    [
        ("JAM.border", "my desk", ("Needs us", "/people/desk/")),
        ("JAM.border", "watch floor", ("Live floor", "/jrcc/floor/")),
        ("JAM.oversight", "anchors", ("Seals", "/oversight/anchors/")),
        ("JRCC.watch", "intake at work", ("Processing status", "/jrcc/operations/")),
        ("JAM.ministry", "search and ALERTS", ("Saved searches and alerts", "/search/saved/")),
        ("JAM.intelligence", "reports sent", ("Sent", "/rifc/?box=sent")),
    ],
)
def test_places_are_found_by_their_names_and_by_their_old_ones(
    desk: str, text: str, place: tuple[str, str], client_for: Any
) -> None:
    assert place in found(client_for(PERSON[desk]), text)["p"]


def test_a_place_of_another_function_is_not_found(client_for: Any) -> None:
    assert "p" not in found(client_for(PERSON["7T.carrier"]), "watchlists")
    assert "p" not in found(client_for(PERSON["JAM.ministry"]), "border desk")


def test_an_act_is_found_by_who_may_do_it_and_by_nobody_else(client_for: Any) -> None:
    send = (str(REGISTRY["submission.receive"].label), reverse("jrcc:submissions"))
    assert send in found(client_for(PERSON["7T.carrier"]), send[0])["a"]
    assert send not in found(client_for(PERSON["JAM.border"]), send[0]).get("a", [])
    paper = str(REGISTRY["paper.draft"].label)
    assert "a" in found(client_for("jam.ministry.decider"), paper)
    assert "a" not in found(client_for("jam.ministry.reader"), paper)


@pytest.mark.parametrize("desk", PERSON)
def test_every_act_that_a_seat_is_offered_opens_and_is_not_done(desk: str, client_for: Any) -> None:
    browser = client_for(PERSON[desk])
    refused = [row for row in beginnings(actor_of(PERSON[desk])) if browser.get(row.url).status_code != 200]
    assert refused == []


def test_what_waits_is_an_act_with_its_verb_once(client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = WorkRow("Pleasure craft: 2 clauses are late", "/impacs/x/", None, "DEC/2026/01", "alert", act="Report")
    said = WorkRow("Answer the invitation", "/council/x/", None, "29th Meeting", "mail", act="Answer")
    monkeypatch.setattr(work, "_providers", lambda: [Registered(lambda _actor: [row, said], work.WAITING, "people")])
    browser = client_for(PERSON["JAM.ministry"])
    assert found(browser, "report craft")["a"] == [("Report: Pleasure craft: 2 clauses are late", "/impacs/x/")]
    assert ("Answer the invitation", "/council/x/") in found(browser, "answer invitation")["a"]
    assert "a" not in found(browser, "pleasure boats")
    assert ("Answer the invitation", "/council/x/") not in found(browser, "an").get("a", [])


def test_no_group_has_more_than_eight_rows(client_for: Any) -> None:
    groups = found(client_for(PERSON["JRCC.watch"]), "")
    assert 0 < len(groups["p"]) <= 8
    assert all(len(rows) <= 8 for rows in groups.values())


@pytest.mark.usefixtures("demonstration")
def test_records_are_those_that_the_seat_sees_and_the_search_of_them_is_noted(client_for: Any) -> None:
    ministry, carrier = client_for(PERSON["JAM.ministry"]), client_for(PERSON["7T.carrier"])
    before = Asked.objects.count()
    seen = found(ministry, "cyber")
    assert seen["r"]
    assert all(ministry.get(url).status_code == 200 for _label, url in seen["r"])
    assert Asked.objects.count() == before + 1
    hidden, absent = found(carrier, "cyber"), found(carrier, "nothing-of-this-name")
    assert "r" not in hidden
    assert "r" not in absent
    assert Asked.objects.count() == before + 3
    assert found(ministry, "cyber")["all"] == [("Search every record for “cyber”", "/search/?q=cyber")]


@pytest.mark.usefixtures("demonstration")
def test_hidden_and_absent_records_cost_the_same(client_for: Any) -> None:
    carrier, counts = client_for(PERSON["7T.carrier"]), []
    found(carrier, "warming up")
    for text in ("cyber", "nothing-of-this-name"):
        with CaptureQueriesContext(connection) as asked:
            found(carrier, text)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_travellers_and_watchlist_entries_are_not_in_the_palette(client_for: Any, monkeypatch: Any) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(results, "_statements", lambda offered, *_more: asked.extend(offered) or {})
    found(client_for(PERSON["JRCC.watch"]), "williams")
    assert asked
    assert not any(kind.persons for kind in asked)
    assert any(kind.persons for kind in kinds._kinds().values())


def test_two_letters_search_no_records(client_for: Any) -> None:
    before = Asked.objects.count()
    found(client_for(PERSON["JAM.ministry"]), "cy")
    assert Asked.objects.count() == before


def test_as_a_page_of_its_own_it_is_the_search(client_for: Any) -> None:
    answer = client_for(PERSON["JAM.ministry"]).get(FIND, {"q": "cyber crime"})
    assert (answer.status_code, answer.url) == (302, "/search/?q=cyber+crime")


def test_without_scripts_the_field_is_a_link_to_the_search(client_for: Any) -> None:
    page = client_for(PERSON["JAM.ministry"]).get("/people/desk/").content.decode()
    assert re.search(r'<a\s+class="go"\s+href="/search/"\s+data-open="pal"', page)
    assert '<dialog class="pal" id="pal"' in page
