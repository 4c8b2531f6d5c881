"""The pages of the gateway, and what the floor, journeys, travellers and programs read of it."""

from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.gateway.models import Query, Source
from apps.gateway.simulator.state import read_modes
from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from tests.gateway.people import DOCUMENTS, OPERATOR, SUPERVISOR, WATCH, ask, manifest, switched_on
from tests.gateway.side import Side
from tests.jrcc.people import QUILL, RAM, hop, renamed, tomorrow
from tests.jrcc.test_budgets import MOST, asked

pytestmark = pytest.mark.django_db
SOURCES, QUERIES = "/gateway/", "/gateway/queries/"


def text(client: Any, place: str) -> str:
    response = client.get(place)
    assert response.status_code == 200, place
    return str(response.content.decode())


def test_the_supervisor_switches_a_source_on_with_a_reason(cast: Any, client_for: Any, side: Side) -> None:
    browser, source = client_for(SUPERVISOR), Source.objects.get(code=DOCUMENTS)
    place = reverse("gateway:do", args=[source.pk, "switch_on"])
    assert "Not connected" in text(browser, SOURCES)
    assert browser.post(place, {"why": ""}).status_code == 422
    assert browser.post(place, {"why": "Agreement of 20 November"}).status_code == 302
    page = text(browser, SOURCES)
    assert "Agreement of 20 November" in page
    assert "Switch off" in page
    assert Source.objects.get(pk=source.pk).list.code == "JRCC-INTERPOL-SLTD"
    assert client_for(WATCH).get(reverse("gateway:do", args=[source.pk, "switch_off"])).status_code == 403
    assert client_for("jam.border.head").get(SOURCES).status_code == 404


def test_the_pages_show_how_a_source_does_and_what_was_asked(cast: Any, client_for: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    side.behave("error")
    manifest(cast, QUILL, RAM)
    ask()
    page = text(client_for(WATCH), SOURCES)
    assert "Unavailable" in page
    assert "Error at the source" in page
    side.behave("normal")
    ask(later=3600)
    assert "Unavailable" not in text(client_for(WATCH), SOURCES)
    watch, operator = text(client_for(WATCH), QUERIES), text(client_for(OPERATOR), QUERIES)
    assert "Record found</" in watch
    assert "QUILLINGFORD" not in watch
    rows = operator.partition("<tbody")[2]
    assert "Answered" in rows
    assert "Record found" not in rows  # an operator does not learn that there was one
    assert "No match" in text(client_for(WATCH), f"{QUERIES}?source=INTERPOL-NOMINALS")
    assert client_for(OPERATOR).get(f"{QUERIES}?outcome=record").status_code == 422  # nor by asking for them


def test_journey_and_traveller_say_how_they_stand(cast: Any, client_for: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, QUILL)
    journey, traveller = Journey.objects.get(), Traveller.objects.get()
    places = [reverse("jrcc:journey", args=[journey.pk]), reverse("jrcc:traveller", args=[traveller.pk])]
    for place in places:
        assert "Waiting" in text(client_for(WATCH), place)
    ask()
    for place in places:
        assert "Record found" in text(client_for(WATCH), place)
        state = text(client_for("brb.border.head"), place)
        assert "INTERPOL SLTD" in state
        assert "Record found" not in state


def test_programs_read_the_same(cast: Any, api: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, QUILL)
    ask()
    watch, state = api("JRCC.watch"), api("BRB.border")
    journey, traveller = Journey.objects.get(), Traveller.objects.get()
    for kind, row in (("journeys", journey), ("travellers", traveller)):
        place = f"/api/v1/jrcc/{kind}/{row.pk}/"
        assert [one["kind"] for one in watch.get(place).json()["interpol"]] == ["hit"]
        assert [one["kind"] for one in state.get(place).json()["interpol"]] == ["answered"]
    found = watch.get("/api/v1/gateway/queries/").json()["results"]
    assert [(one["state"], one["subject_id"]) for one in found] == [("record", str(traveller.pk))]
    sources = {one["code"]: one for one in watch.get("/api/v1/gateway/sources/").json()["results"]}
    assert sources[DOCUMENTS]["condition"] == "up"
    assert sources["INTERPOL-NOMINALS"]["condition"] == "unconnected"
    assert state.get("/api/v1/gateway/sources/").json()["results"] == []
    assert state.get("/api/v1/gateway/queries/").json()["results"] == []


def test_the_operator_lets_the_simulator_fail_in_the_demonstration_only(
    cast: Any, client_for: Any, side: Side, settings: Any
) -> None:
    place = reverse("gateway:do", args=[Source.objects.get(code=DOCUMENTS).pk, "rehearse"])
    browser = client_for(OPERATOR)
    settings.DEMO = False
    browser.post(place, {"mode": "half"})
    assert read_modes(side.state)[DOCUMENTS] == "normal"
    assert AuditRecord.objects.get(verb="source.rehearse").reason == "only-in-demonstration"
    settings.DEMO = True
    assert "Simulate a fault" in text(browser, SOURCES)
    assert browser.post(place, {"mode": "half"}).status_code == 302
    assert read_modes(side.state)[DOCUMENTS] == "half"
    assert "Answers half of the questions" in text(browser, SOURCES)
    assert AuditRecord.objects.filter(verb="source.rehearse", outcome="done").count() == 1


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, client_for: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, QUILL)
    ask()
    hit = Hit.objects.order_by("pk")[0]
    places = [
        SOURCES,
        f"{QUERIES}?source={DOCUMENTS}",  # on one page: the first of several asks how many there are, too
        reverse("jrcc:floor"),
        f"{reverse('jrcc:floor')}?hit={hit.pk}",
        reverse("jrcc:journeys"),
        reverse("jrcc:journey", args=[hit.journey_id]),
        reverse("jrcc:traveller", args=[hit.traveller_id]),
    ]
    browser = client_for(WATCH)
    few = {place: len(asked(browser, place)) for place in places}
    crowd = [renamed(RAM, surname=f"CROWD{chr(65 + n)}", document=f"CR{n:06}") for n in range(11)]
    manifest(cast, QUILL, *crowd)
    manifest(cast, QUILL, *crowd, flight="7T602", hops=[hop("BGI", "POS", tomorrow(20))])
    ask()
    assert Query.objects.count() > 20
    many = {place: asked(browser, place) for place in places}
    assert {place: len(queries) for place, queries in many.items()} == few
    assert {place: n for place, n in few.items() if n > MOST} == {}
