"""The API of requests as the contract writes it (contract-rifc.md, section 4)."""

from typing import Any

import pytest

from tests.exchange.people import BODY, CAYMAN, HEAD, JAMAICA, OFFICER, REQUESTS, TRINIDAD, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client_for: Any) -> dict[str, Person]:
    return {name: Person(client_for(name)) for name in (OFFICER, HEAD, JAMAICA, TRINIDAD, CAYMAN)}


def _sent(people: dict[str, Person], **more: Any) -> str:
    made = people[OFFICER].create(**more)
    assert made.status_code == 201, made.json()
    key: str = made.json()["id"]
    assert people[HEAD].do(key, "send").status_code == 200
    return key


def _answers(kind: str = "full", text: str = "Two boats.") -> dict[str, Any]:
    return {"answers": [{"n": n, "kind": kind, "text": text} for n in (1, 2)]}


def test_a_request_is_made_and_sent(people: dict[str, Person]) -> None:
    made = people[OFFICER].create()
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    assert made["Location"].endswith(f"{REQUESTS}{made.json()['id']}/")
    assert people[OFFICER].do(made.json()["id"], "send").status_code == 403
    done = people[HEAD].do(made.json()["id"], "send")
    assert (done.status_code, done.json()["state"]) == (200, "sent")
    assert done.json()["number"].startswith("RFI-")
    assert people[HEAD].do(made.json()["id"], "send").status_code == 409


def test_a_desk_in_two_texts_is_422(people: dict[str, Person]) -> None:
    wrong = people[OFFICER].create(variants=[{"to": ["JAM.contact"], "text": "a"}, {"to": ["JAM"], "text": "b"}])
    assert wrong.status_code == 422
    assert wrong.json()["findings"][0]["rule"] == "R2"


def test_an_addressee_reads_its_own_text_and_entry(people: dict[str, Person]) -> None:
    key = _sent(people)
    body = people[JAMAICA].read(key).json()
    assert (body["id"], body["subject"], body["state"]) == (key, BODY["subject"], "received")
    assert body["text"] == BODY["variants"][0]["text"]
    assert body["questions"] == [{"n": n, "text": text} for n, text in enumerate(BODY["questions"], start=1)]
    assert [one["target"] for one in body["addressees"]] == ["JAM.contact"]
    assert "variants" not in body
    assert people[CAYMAN].read(key).status_code == 404


def test_the_asker_reads_texts_states_and_answers(people: dict[str, Person]) -> None:
    key = _sent(people)
    assert people[JAMAICA].do(key, "accept").json()["state"] == "accepted"
    assert people[JAMAICA].do(key, "answer", _answers()).json()["state"] == "answered"
    refused = people[TRINIDAD].do(key, "refuse", {"reason": "national_law"})
    assert (refused.status_code, refused.json()["state"]) == (200, "refused")
    body = people[OFFICER].read(key).json()
    assert body["state"] == "answered"
    assert [one["text"] for one in body["variants"]] == [one["text"] for one in BODY["variants"]]
    assert [(one["target"], one["state"], one["reason"]) for one in body["addressees"]] == [
        ("JAM.contact", "answered", ""),
        ("TTO.contact", "refused", "national_law"),
    ]
    assert [(one["target"], one["n"], one["kind"], one["text"]) for one in body["answers"]] == [
        ("JAM.contact", 1, "full", "Two boats."),
        ("JAM.contact", 2, "full", "Two boats."),
    ]


def test_closing_needs_every_answer_and_a_feedback(people: dict[str, Person]) -> None:
    key = _sent(people)
    assert people[OFFICER].do(key, "close", {"feedback": "useful"}).status_code == 409
    people[JAMAICA].do(key, "answer", _answers())
    people[TRINIDAD].do(key, "answer", _answers("nothing_held", ""))
    assert people[OFFICER].do(key, "close", {"feedback": "splendid"}).status_code == 400
    assert people[OFFICER].do(key, "close", {"feedback": "useful"}).json()["state"] == "closed"


def test_who_may_not_is_told_so_and_who_must_not_know_finds_nothing(people: dict[str, Person]) -> None:
    key = _sent(people)
    assert people[JAMAICA].do(key, "close", {"feedback": "useful"}).status_code == 403
    assert people[OFFICER].do(key, "answer", _answers()).status_code == 403
    assert people[CAYMAN].do(key, "accept").status_code == 404
    people[JAMAICA].do(key, "refuse", {"reason": "out_of_remit"})
    for verb, body in (("accept", {}), ("answer", _answers()), ("refuse", {"reason": "national_law"})):
        assert people[JAMAICA].do(key, verb, body).status_code == 409, verb


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("refuse", {"reason": "because"}),
        ("refuse", {"reason": "national_law", "text": "We hold it."}),
        ("answer", {"answers": []}),
        ("answer", {"answers": "all"}),
        ("answer", {"answers": [{"n": 9, "kind": "full", "text": "x"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "maybe", "text": "x"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": ""}]}),
        ("answer", {"answers": [{"n": True, "kind": "full", "text": "x"}]}),
        ("answer", {"answers": [{"n": [1], "kind": "full", "text": "x"}]}),
        ("answer", {"answers": [{"n": 1, "kind": {"a": 1}, "text": "x"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x\u0000"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x", "secret": "y"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x"}] * 2}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x" * 20_001}]}),
        ("answer", {"answers": [1, 2]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "report": "../../x"}]}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x"}], "classification": "COSMIC"}),
        ("answer", {"answers": [{"n": 1, "kind": "full", "text": "x"}], "tlp": "RED"}),
        ("ask_back", {"text": "", "n": 1}),
        ("ask_back", {"text": "Which?", "n": 77}),
        ("transfer", {"to": "TTO.customs"}),
    ],
)
def test_bad_input_of_who_is_asked_is_refused_in_a_sentence(
    people: dict[str, Person], verb: str, body: dict[str, Any]
) -> None:
    key = _sent(people)
    answer = people[JAMAICA].do(key, verb, body)
    assert answer.status_code in {400, 422}, answer.json()
    assert answer.json()["errors"][0]["message"]
    assert people[JAMAICA].read(key).json()["state"] == "received"


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"subject": "x" * 201},
        {"questions": []},
        {"questions": [""]},
        {"questions": [1, 2]},
        {"questions": ["x" * 2001]},
        {"questions": ["Why?"] * 51},
        {"priority": "soon"},
        {"due": "yesterday"},
        {"due": "2001-01-01T00:00:00Z"},
        {"variants": {"to": []}},
        {"variants": [{"to": "JAM"}]},
        {"variants": [{"to": ["NOWHERE.contact"]}]},
        {"variants": [{"to": ["JAM.ministry"]}]},
        {"variants": [{"to": [None]}]},
        {"variants": [{"to": ["J\u0000M"]}]},
        {"variants": [{"to": ["JAM"], "text": 5}]},
        {"variants": [{"to": ["JAM"], "questions": "x"}]},
        {"variants": [{"to": ["JAM"], "colour": "red"}]},
        {"subjects": [{"kind": "phone", "value": "call me"}]},
        {"subjects": [{"kind": "ghost", "value": "x"}]},
        {"classification": "RESTRICTED", "tlp": "CLEAR"},
        {"unknown": 1},
    ],
)
def test_bad_input_of_who_asks_is_refused_in_a_sentence(people: dict[str, Person], wrong: dict[str, Any]) -> None:
    answer = people[OFFICER].create(**wrong)
    assert answer.status_code in {400, 422}, answer.json()
    assert answer.json()["errors"][0]["message"]


def test_lists_show_each_side_its_box_and_keep_to_their_filters(people: dict[str, Person]) -> None:
    key = _sent(people)
    draft = people[OFFICER].create(subject="Another").json()["id"]
    assert [one["id"] for one in people[OFFICER].get(box="asked").json()["results"]] == [draft, key]
    assert [one["id"] for one in people[JAMAICA].get(box="received").json()["results"]] == [key]
    assert people[JAMAICA].get(box="asked").json()["results"] == []
    assert [one["id"] for one in people[OFFICER].get(state="sent").json()["results"]] == [key]
    assert people[JAMAICA].get(state="sent").json()["results"] == []
    assert people[CAYMAN].get().json() == {"next": None, "previous": None, "results": []}
    assert people[JAMAICA].get(box="elsewhere").status_code == 400


def test_a_version_that_has_moved_on_is_refused(people: dict[str, Person]) -> None:
    key = _sent(people)
    tag = people[JAMAICA].read(key)["ETag"]
    people[JAMAICA].do(key, "accept")
    late = people[JAMAICA].client.post(
        f"{REQUESTS}{key}/actions/refuse/",
        {"reason": "national_law"},
        content_type="application/json",
        headers={"If-Match": tag},
    )
    assert late.status_code in {409, 412}


def test_a_desk_that_may_not_hold_what_is_marked_so_high_keeps_it_from_all(
    people: dict[str, Person],
) -> None:
    key = people[HEAD].create(classification="SECRET").json()["id"]
    answer = people[HEAD].do(key, "send")
    assert (answer.status_code, {one["rule"] for one in answer.json()["findings"]}) == (422, {"V04"})
    assert people[JAMAICA].read(key).status_code == 404
