"""The API as outside programs rely on it: errors, versions, repeats, pages, keys."""

import time

import pytest

from apps.access.models import IdempotencyKey
from apps.jrcc.models import Hit
from apps.manifests.models import Submission
from tests import world

PROBLEM = "application/problem+json"
NOBODY = "01990000-0000-7000-8000-000000000000"
SUBMISSIONS = "/api/v1/jrcc/submissions/"
EDIFACT = "application/edifact"


@pytest.fixture
def hit(cast):
    return world.a_hit(cast)


def do(client, hit, verb, data=None, **headers):
    return client.post(f"/api/v1/jrcc/hits/{hit.pk}/actions/{verb}/", data or {}, format="json", headers=headers)


def answered(carrier, url):
    """The submission once it is answered, as a carrier's system asks for it."""
    until = time.monotonic() + 60
    while (read := carrier.get(url).json())["state"] != "answered" and time.monotonic() < until:
        time.sleep(0.1)
    return read


def test_a_carriers_program_sends_a_list_and_reads_its_answer(api, drain):
    carrier = api("7T.carrier")
    sent = carrier.post(SUBMISSIONS, world.a_message(), content_type=EDIFACT)
    assert sent.status_code == 202
    assert set(sent.json()) == {"id", "receipt", "url"}
    drain()
    read = answered(carrier, sent.json()["url"])
    assert (read["state"], read["grade"], read["counts"]) == ("answered", "accepted", {"passengers": 4, "crew": 0})
    assert "CUSRES" in read["response"]
    assert read["findings"] == [] or all(f["severity"] == "info" for f in read["findings"])


def test_the_same_bytes_again_get_the_same_receipt(api):
    carrier = api("7T.carrier")
    first, second = (carrier.post(SUBMISSIONS, world.a_message(), content_type=EDIFACT).json() for _ in range(2))
    assert first == second
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [("", EDIFACT, 400), ("x", "image/jpeg", 415), ("x" * (10 * 2**20 + 1), EDIFACT, 413)],
    ids=["empty", "a picture", "too large"],
)
def test_what_is_no_message_is_refused_in_plain_words(api, body, kind, status):
    answer = api("7T.carrier").post(SUBMISSIONS, body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["detail"].endswith(".")


def test_a_carrier_reads_nothing_about_screening(api, cast, hit):
    carrier = api("7T.carrier")
    for collection in ("journeys", "travellers", "hits"):
        assert carrier.get(f"/api/v1/jrcc/{collection}/").json()["results"] == []
    [mine] = carrier.get(SUBMISSIONS).json()["results"]
    assert carrier.get(mine["journey"]).status_code == 404
    assert "hit" not in str(mine).lower().replace("white", "")


def test_absent_and_invisible_answer_alike(api, hit):
    guyana = api("GUY.border")
    answers = [guyana.get(f"/api/v1/jrcc/hits/{pk}/") for pk in (hit.pk, NOBODY, "no-key-at-all")]
    assert {answer.status_code for answer in answers} == {404}
    bodies = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]
    assert do(guyana, hit, "claim").status_code == 404


def test_without_a_key_one_is_asked_for_it(client, db):
    answer = client.get("/api/v1/jrcc/hits/")
    assert (answer.status_code, answer["WWW-Authenticate"], answer["Content-Type"]) == (401, "Bearer", PROBLEM)


def test_a_wrong_key_is_not_told_from_an_expired_one(client, db):
    answer = client.get("/api/v1/people/me/", headers={"Authorization": "Bearer ccp_wrong"})
    assert answer.status_code == 401


def test_a_read_only_key_may_not_act(api, hit):
    answer = do(api("JRCC.watch", "read"), hit, "claim")
    assert (answer.status_code, answer.json()["code"]) == (403, "read-only")


def test_the_verbs_of_a_record_say_what_is_allowed_and_why_not(api, hit):
    offered = api("JRCC.watch").get(f"/api/v1/jrcc/hits/{hit.pk}/actions/").json()
    assert {o["verb"]: o["allowed"] for o in offered} == {"claim": True, "refer": True, "dismiss": True}
    foreign = api("JAM.intelligence").get(f"/api/v1/jrcc/hits/{hit.pk}/actions/").json()
    assert foreign
    assert all(not offer["allowed"] and offer["why_not"] for offer in foreign)


def test_a_stale_version_changes_nothing(api, hit):
    watch = api("JRCC.watch")
    tag = watch.get(f"/api/v1/jrcc/hits/{hit.pk}/")["ETag"]
    assert do(watch, hit, "claim", **{"If-Match": tag}).status_code == 200
    assert do(watch, hit, "dismiss", {"reason": "name_only"}, **{"If-Match": tag}).status_code == 412
    assert Hit.objects.get(pk=hit.pk).state == "claimed"


def test_an_act_in_the_wrong_state_is_409(api, hit):
    watch = api("JRCC.watch")
    assert do(watch, hit, "dismiss", {"reason": "name_only"}).status_code == 200
    assert do(watch, hit, "claim").status_code == 409


def test_the_same_key_and_body_get_the_same_answer_and_no_second_effect(api, hit):
    watch = api("JRCC.watch")
    first = do(watch, hit, "claim", **{"Idempotency-Key": "k-1"})
    second = do(watch, hit, "claim", **{"Idempotency-Key": "k-1"})
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Hit.objects.get(pk=hit.pk).version == 2
    assert IdempotencyKey.objects.count() == 1


def test_the_same_key_for_another_request_is_a_conflict(api, hit):
    watch = api("JRCC.watch")
    do(watch, hit, "claim", **{"Idempotency-Key": "k-1"})
    answer = do(watch, hit, "dismiss", {"reason": "name_only"}, **{"Idempotency-Key": "k-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-conflict")


def test_a_refused_act_leaves_its_key_free(api, hit):
    watch = api("JRCC.watch")
    assert do(watch, hit, "release", **{"Idempotency-Key": "k-2"}).status_code == 409
    do(watch, hit, "claim")
    assert do(watch, hit, "release", **{"Idempotency-Key": "k-2"}).status_code == 200


def test_bad_input_names_every_field_at_once(api, cast):
    world.a_watchlist(cast)
    entry = {"list": "JAM-WATCH", "reference": "", "subject": {"birth_date": "1984-02-31"}, "instruction": "hug"}
    answer = api("JAM.intelligence").post("/api/v1/screening/entries/", entry | {"colour": 1}, format="json")
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} >= {"/reference", "/instruction", "/colour"}


def test_a_filter_that_is_none_is_an_error_since_a_silent_one_would_return_too_much(api, hit):
    answer = api("JRCC.watch").get("/api/v1/jrcc/hits/?colour=red")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/colour")


def test_pages_by_cursor_show_each_record_once(api, cast):
    for number in range(5):
        world.a_submission(cast, world.a_message(number, wanted=False))
    carrier, seen, address = api("7T.carrier"), [], f"{SUBMISSIONS}?page_size=2"
    while address:
        page = carrier.get(address).json()
        seen += [record["id"] for record in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)


def test_a_broken_cursor_is_bad_input(api):
    assert api("7T.carrier").get(f"{SUBMISSIONS}?before=yesterday").status_code == 400


def test_an_unchanged_record_is_not_sent_again(api, hit):
    watch = api("JRCC.watch")
    tag = watch.get(f"/api/v1/jrcc/hits/{hit.pk}/")["ETag"]
    assert watch.get(f"/api/v1/jrcc/hits/{hit.pk}/", headers={"If-None-Match": tag}).status_code == 304
    assert api("GUY.border").get(f"/api/v1/jrcc/hits/{hit.pk}/", headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_state_machine_is_the_interface(api, hit, method):
    answer = getattr(api("JRCC.watch"), method)(f"/api/v1/jrcc/hits/{hit.pk}/", {}, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)


def test_a_verb_that_does_not_exist_is_not_found(api, hit):
    answer = do(api("JRCC.watch"), hit, "raise")
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
