"""GET /api/v1/search/ as programs call it (contract-rifc.md, section 4), and what other apps offer."""

from typing import Any

import pytest

from apps.search.models import Asked
from tests import world
from tests.council.room.people import in_session
from tests.rifc.people import GUYANA, JAMAICA, paragraph, shared

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/search/"


def test_a_program_gets_type_and_id_of_what_it_sees_and_no_text(cast: Any, client_for: Any, api: Any) -> None:
    row = shared(cast, "JAM.contact", title="Marlin", paragraphs=[paragraph("A marlin swam by.")])
    body = client_for(JAMAICA).get(PLACE, {"q": "marlin"}).json()
    assert (body["count"], body["more"], body["next"], body["previous"]) == (1, False, None, None)
    [one] = body["results"]
    assert (one["type"], one["id"], one["title"]) == ("report", str(row.thread), "Marlin")
    assert "swam" not in str(body)
    assert client_for(GUYANA).get(PLACE, {"q": "marlin"}).json()["results"] == []
    assert api("JAM.contact", "read").get(PLACE, {"q": "marlin"}).json()["count"] == 1
    assert list(Asked.objects.order_by("pk").values_list("via", "found")) == [("web", 1), ("web", 0), ("api", 1)]


@pytest.mark.parametrize(
    "params", [{"q": "x" * 301}, {"q": "x", "from": "soon"}, {"q": "x", "page": "-1"}, {"word": "x"}, {"q": "a\x00b"}]
)
def test_what_cannot_be_read_is_a_problem_at_its_parameter(client_for: Any, params: dict[str, str]) -> None:
    answer = client_for(JAMAICA).get(PLACE, params)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert [one["pointer"] for one in answer.json()["errors"]]


def test_without_words_nothing_is_searched(client_for: Any) -> None:
    assert client_for(JAMAICA).get(PLACE).json()["results"] == []
    assert not Asked.objects.exists()


def test_rooms_offer_what_they_have_to_their_own_seats(cast: Any, client_for: Any) -> None:
    made = world.a_world(cast)
    watch = client_for("jrcc.watch.officer")
    hit = made.hit
    reference = hit.reference.replace("-", " ").lower()
    assert {one["type"] for one in watch.get(PLACE, {"q": reference}).json()["results"]} == {"hit"}
    entry = made.entry
    assert [one["type"] for one in watch.get(PLACE, {"q": entry.reference}).json()["results"]] == ["entry"]
    name = entry.display_name.split(",")[0]
    alike = watch.get(PLACE, {"q": f"{name[:-1]}x", "similar": "1", "kind": "entry"}).json()["results"]
    assert [one["id"] for one in alike] == [str(entry.pk)]
    for seat in ("7t.carrier.agent", "jam.ministry.decider"):
        assert client_for(seat).get(PLACE, {"q": entry.reference}).json()["count"] == 0


def test_meetings_are_found_by_the_council_alone(cast: Any, client_for: Any) -> None:
    meeting = in_session(cast)
    place = meeting.place or meeting.organ.name
    found = client_for("jam.ministry.decider").get(PLACE, {"q": place, "kind": "meeting"}).json()
    assert str(meeting.pk) in {one["id"] for one in found["results"]}
    assert client_for("jam.border.officer").get(PLACE, {"q": place}).json()["count"] == 0
