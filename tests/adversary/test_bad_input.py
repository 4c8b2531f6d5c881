"""Input that nobody means well with: every answer is a located problem or a page with a sentence, never a 500."""

import json

import pytest

from apps.access import parsers
from tests import world

ENTRIES = "/api/v1/screening/entries/"
LONG_NUMBER = "9" * 5000


@pytest.fixture
def keeper(api, cast):
    """A program of Jamaica's intelligence desk, which has a list."""
    world.a_watchlist(cast)
    return api("JAM.intelligence")


def an_entry(**more):
    fields = {"list": "JAM-WATCH", "reference": "A-1", "subject": {"surname": "Vane", "birth_date": "1970-01-01"}}
    return {**fields, "instruction": "question", **more}


def sent(client, body):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(ENTRIES, text, content_type="application/json")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"subject": {"surname": "A\x00B"}}, "/subject/surname"),
        ({"subject": {"surname": "A\ud800B"}}, "/subject/surname"),
        ({"subject": {"surname": "Vane", "x\x00": 1}}, "/subject"),
        ({"reference": "A\ud800"}, "/reference"),
        ({"reference": ["A-1"]}, "/reference"),
        ({"reference": {"a": 1}}, "/reference"),
        ({"reference": True}, "/reference"),
        ({"valid_until": 5}, "/valid_until"),
        ({"valid_until": ["2010-01-01"]}, "/valid_until"),
        ({"subject": True}, "/subject"),
        ({"subject": '{"surname": "Vane"}'}, "/subject"),
        ({"visibility": "all"}, "/visibility"),
        ({"visibility": {"screen_for": ["USA"]}}, "/visibility"),
    ],
)
def test_what_cannot_be_kept_is_an_error_at_its_place(keeper, change, pointer):
    answer = sent(keeper, an_entry(**change))
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_number_beyond_all_bounds_is_an_error_at_its_place(keeper):
    answer = sent(keeper, json.dumps(an_entry()).replace('"1970-01-01"', '"1970-01-01", "x": 1e400'))
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/subject/x"]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"subject": ' + "[" * 10_000 + "]" * 10_000 + "}"])
def test_json_without_end_is_refused_in_words(keeper, text):
    answer = sent(keeper, text)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert "deeply" in answer.json()["detail"]


def test_nesting_is_taken_to_a_certain_depth_only():
    deep = []
    for _ in range(parsers.DEEPEST):
        deep = [deep]
    assert list(parsers.faults(deep[0])) == []
    assert len(list(parsers.faults(deep))) == 1


def test_optional_fields_may_be_null_or_left_out(keeper):
    assert sent(keeper, an_entry(valid_until=None, visibility=None)).status_code == 201
    assert sent(keeper, an_entry(reference="A-2", visibility={"screen_for": "all"})).status_code == 201
    assert sent(keeper, an_entry(reference=3)).json()["reference"] == "3"


def test_a_body_beyond_the_limit_is_too_large_and_not_a_page(keeper, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = sent(keeper, an_entry(reason="x" * 2000))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("collection", ["jrcc/hits", "people/parties", "audit/records"])
@pytest.mark.parametrize("query", ["page_size=" + LONG_NUMBER, "before=%00"])
def test_parameters_that_are_no_numbers_are_errors_at_their_names(api, collection, query):
    answer = api("JRCC.watch", "read").get(f"/api/v1/{collection}/?{query}")
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{query.partition('=')[0]}"]


@pytest.mark.parametrize(
    ("collection", "name"), [("hits", "entry"), ("hits", "journey"), ("journeys", "date"), ("travellers", "journey")]
)
def test_a_filter_that_cannot_be_read_is_an_error_at_its_name(api, collection, name):
    answer = api("JRCC.watch", "read").get(f"/api/v1/jrcc/{collection}/?{name}=nonsense")
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{name}"]


def test_a_version_of_thousands_of_digits_is_stale(api, cast):
    hit = world.a_hit(cast)
    answer = api("JRCC.watch").post(
        f"/api/v1/jrcc/hits/{hit.pk}/actions/claim/", {}, format="json", headers={"If-Match": LONG_NUMBER}
    )
    assert answer.status_code == 412


@pytest.mark.parametrize("address", ["/jrcc/hits/", "/jrcc/journeys/", "/jrcc/manifests/"])
@pytest.mark.parametrize("place", ["nonsense", LONG_NUMBER, "0001-01-01"])
def test_a_place_in_a_list_that_is_none_is_a_page_that_says_so(client_for, address, place):
    answer = client_for("jrcc.watch.officer").get(address, {"before": place})
    assert answer.status_code == 400
    assert "could not read that request" in answer.content.decode()


@pytest.mark.parametrize("address", ["/search/?q=%00", "/audit/?person=%00", "/jrcc/hits/?state=%00"])
def test_nul_in_an_address_is_a_page_that_says_so(client_for, address):
    assert client_for("jrcc.watch.officer").get(address).status_code == 400


@pytest.mark.parametrize("address", ["/audit/jrcc.hit/%00/", "/api/v1/jrcc/hits/%00/"])
def test_nothing_is_at_an_address_with_nul(client_for, address):
    assert client_for("jrcc.watch.officer").get(address).status_code == 404


def test_the_last_day_of_all_is_a_day_to_filter_by(client_for):
    assert client_for("jrcc.watch.officer").get("/audit/?until=9999-12-31").status_code == 200


def test_a_page_of_travellers_begins_at_a_traveller_or_at_the_first(client_for, cast):
    journey = world.a_submission(cast).journey_id
    assert client_for("jrcc.watch.officer").get(f"/jrcc/journeys/{journey}/?after=1.{'z' * 32}").status_code == 200


def test_a_seat_of_thousands_of_digits_is_nobodys(client_for):
    assert client_for("jrcc.watch.officer").post("/people/seat/", {"seat": LONG_NUMBER}).status_code == 404


@pytest.mark.django_db
def test_the_description_tells_of_pages_and_of_problems(client):
    get = client.get("/api/schema/?format=json").json()["paths"]["/api/v1/jrcc/hits/"]["get"]["responses"]
    assert get["200"]["content"]["application/json"]["schema"]["$ref"].endswith("PaginatedHitList")
    assert list(get["default"]["content"]) == ["application/problem+json"]
