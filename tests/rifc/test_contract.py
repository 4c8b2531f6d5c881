"""contract-rifc.md, section 4, line by line: reports, receipts, read log, recall, release."""

import pytest

from tests.rifc.people import (
    AUTHOR,
    BODY,
    CAYMAN,
    GUYANA,
    HEAD,
    JAMAICA,
    REPORTS,
    REQUESTS,
    SECRET_NAME,
    TRINIDAD,
    Person,
    by_api,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client_for):
    class People(dict):
        def __missing__(self, name):
            self[name] = Person(client_for(name))
            return self[name]

    return People()


def rules(answer):
    return [finding["rule"] for finding in answer.json()["findings"]]


def test_a_report_is_written_handed_in_approved_by_another_and_shared(people):
    author, head = people[AUTHOR], people[HEAD]
    made = author.create()
    assert (made.status_code, made.json()["state"], made.json()["version"]) == (201, "draft", 1)
    key = made.json()["id"]
    assert author.do(key, "share", {"to": ["JAM.contact"]}).status_code == 409
    assert author.do(key, "submit").json()["state"] == "review"
    assert author.do(key, "approve").status_code == 403
    assert head.do(key, "return", {"text": "Say when."}).json()["state"] == "returned"
    assert author.do(key, "submit").json()["state"] == "review"
    assert head.do(key, "approve").json()["state"] == "approved"
    shared = author.do(key, "share", {"to": ["JAM.contact", "TTO.customs"], "ack_required": True})
    assert (shared.status_code, shared.json()["state"], shared.json()["version"]) == (200, "shared", 1)
    assert shared.json()["id"] == key
    assert shared.json()["number"].startswith("RIFC/IR/")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"tlp": "CLEAR"}, "P1"),
        ({"tlp": "GREEN", "classification": "CONFIDENTIAL"}, "P2"),
        ({"tlp": "CLEAR", "classification": "UNCLASSIFIED", "orcon": True, "paragraphs": []}, "P3"),
        ({"tlp": "RED"}, "P4"),
        ({"eyes": ["JAM"]}, "P5"),
        ({"classification": "UNCLASSIFIED"}, "L16"),
        ({"title_portion": "C"}, "L16"),
    ],
)
def test_a_marking_that_does_not_go_together_is_422_with_its_rule(people, change, rule):
    answer = people[AUTHOR].create(**change)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert rule in rules(answer)


@pytest.mark.parametrize("grading", [{"scheme": "nato6x6", "value": "G1"}, {"scheme": "x", "value": "B2"}, "B2", 5])
def test_a_grading_that_is_none_is_refused(people, grading):
    body = [BODY["paragraphs"][0] | {"grading": grading}]
    assert people[AUTHOR].create(paragraphs=body).status_code == 400


@pytest.mark.parametrize(
    ("marking", "target", "rule"),
    [
        ({"eyes": ["BRB", "JAM"]}, "TTO.contact", "V08"),
        ({"handling": ["NOASSOC"]}, "CYM.contact", "V09"),
        ({"classification": "SECRET"}, "TTO.contact", "V04"),
    ],
)
def test_one_target_that_cannot_receive_it_and_nothing_is_shared(people, marking, target, rule):
    author = people[AUTHOR]
    key = author.create(**marking).json()["id"]
    author.do(key, "submit")
    people[HEAD].do(key, "approve")
    answer = author.do(key, "share", {"to": ["JAM.intelligence", target]})
    assert (answer.status_code, rules(answer)) == (422, [rule])
    assert author.report(key).json()["state"] == "approved"
    assert people["jam.intelligence.officer"].report(key).status_code == 404


def test_a_party_without_the_mou_gets_nothing(people, as_owner):
    author = people[AUTHOR]
    key = author.create().json()["id"]
    author.do(key, "submit")
    people[HEAD].do(key, "approve")
    from apps.rifc.models import MouMembership

    MouMembership.objects.filter(party="GUY").update(in_force_to="2020-01-01")
    answer = author.do(key, "share", {"to": ["GUY.contact"]})
    assert (answer.status_code, rules(answer)) == (422, ["V02"])


def test_boxes_hold_what_is_in_them(people, client_for):
    key = by_api(client_for, "JAM.contact")
    draft = people[AUTHOR].create(title="Another").json()["id"]
    jamaica, author = people[JAMAICA], people[AUTHOR]
    [item] = jamaica.get(REPORTS, box="inbox").json()["results"]
    assert (item["id"], item["title"], item["classification"], item["tlp"]) == (
        key,
        BODY["title"],
        "RESTRICTED",
        "AMBER",
    )
    assert (item["originator"], item["state"], item["ack_state"]) == ("BRB", "shared", "delivered")
    assert "paragraphs" not in item
    assert [one["id"] for one in author.get(REPORTS, box="sent").json()["results"]] == [key]
    assert [one["id"] for one in author.get(REPORTS, box="drafts").json()["results"]] == [draft]
    assert jamaica.get(REPORTS, box="sent").json()["results"] == jamaica.get(REPORTS, box="drafts").json()["results"]
    assert people[TRINIDAD].get(REPORTS).json()["results"] == []
    assert jamaica.get(REPORTS, box="attic").status_code == 400


def test_a_report_as_its_recipient_reads_it(people, client_for):
    key = by_api(client_for, "JAM.contact")
    answer = people[JAMAICA].report(key)
    read = answer.json()
    assert answer.status_code == 200
    for name in ("id", "number", "version", "state", "title", "classification", "tlp", "orcon", "handling", "eyes"):
        assert name in read
    first, second = read["paragraphs"]
    assert (first["order"], first["portion"], first["grading"]["value"]) == (1, "R", "C3")
    assert second["text"] == "Two open boats met it."
    assert (read["ack"]["required"], read["ack"]["at"]) == (True, None)
    assert all("source_ref" not in one for one in read["paragraphs"])
    assert SECRET_NAME not in answer.content.decode()


def test_the_source_is_for_its_own_handler_alone(people, client_for):
    key = by_api(client_for, "JAM.contact", "BRB.contact")
    assert people[HEAD].report(key).json()["paragraphs"][0]["source_ref"] == SECRET_NAME
    for who in (AUTHOR, JAMAICA, "brb.contact.officer", "brb.contact.head", "brb.intelligence.officer"):
        answer = people[who].report(key)
        assert answer.status_code == 200, who
        assert SECRET_NAME not in answer.content.decode(), who


def test_the_read_log_has_the_reading_and_is_the_originators_alone(people, client_for):
    key = by_api(client_for, "JAM.contact")
    people[JAMAICA].report(key)
    [row] = people[AUTHOR].report(key, "readlog/").json()["results"]
    assert (row["party"], row["desk"], row["channel"], row["version"]) == ("JAM", "JAM.contact", "api", 1)
    assert row["at"].endswith("Z")
    assert people[JAMAICA].report(key, "readlog/").status_code == 404
    assert people[TRINIDAD].report(key, "readlog/").status_code == 404
    assert people[JAMAICA].report(key, "recipients/").status_code == 404
    [entry] = people[AUTHOR].report(key, "recipients/").json()["results"]
    assert (entry["target"], entry["state"], entry["ack_at"]) == ("JAM.contact", "opened", None)
    assert entry["first_opened_at"]
    assert entry["delivered_at"]


def test_a_receipt_is_given_once_for_the_version_that_is_in_force(people, client_for):
    key = by_api(client_for, "JAM.contact")
    jamaica = people[JAMAICA]
    assert jamaica.do(key, "ack", {"version": 1}).status_code == 409  # nobody has opened it
    jamaica.report(key)
    assert jamaica.do(key, "ack", {"version": 2}).status_code == 409
    first = jamaica.do(key, "ack", {"version": 1})
    second = jamaica.do(key, "ack", {"version": 1})
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["at"] == second.json()["at"]
    assert people[AUTHOR].do(key, "ack", {"version": 1}).status_code == 403
    assert jamaica.report(key).json()["ack"]["at"] == first.json()["at"]
    assert people[TRINIDAD].do(key, "ack", {"version": 1}).status_code == 404


def test_the_next_version_voids_the_receipts_and_its_readers_are_asked_again(people, client_for):
    key = by_api(client_for, "JAM.contact")
    jamaica, author = people[JAMAICA], people[AUTHOR]
    jamaica.report(key)
    jamaica.do(key, "ack", {"version": 1})
    made = author.do(key, "supersede", BODY | {"title": "Vessel movements, corrected"})
    assert (made.status_code, made.json()["id"], made.json()["version"], made.json()["state"]) == (201, key, 2, "draft")
    assert jamaica.report(key).json()["version"] == 1
    assert author.do(key, "supersede", BODY).status_code == 409
    author.do(key, "submit")
    people[HEAD].do(key, "approve")
    assert author.do(key, "share", {"to": ["TTO.customs"], "ack_required": True}).status_code == 400  # JAM forgotten
    assert author.do(key, "share", {"to": ["JAM.contact"], "ack_required": True}).json()["version"] == 2
    read = jamaica.report(key).json()
    assert (read["version"], read["title"], read["ack"]["at"]) == (2, "Vessel movements, corrected", None)
    [now] = author.report(key, "recipients/").json()["results"]
    [before] = author.report(key, "recipients/?version=1").json()["results"]
    assert (now["state"], before["state"]) == ("opened", "void")
    assert jamaica.do(key, "ack", {"version": 1}).status_code == 409
    assert jamaica.do(key, "ack", {"version": 2}).status_code == 200


def test_a_release_is_asked_of_the_originator_who_decides_once(people, client_for):
    key = by_api(client_for, "JAM.contact")
    jamaica, head = people[JAMAICA], people[HEAD]
    asked = jamaica.do(key, "request_release", {"to": ["TTO.contact"], "purpose": "policy", "portion": "all"})
    assert (asked.status_code, asked.json()["state"]) == (201, "submitted")
    place = f"{REQUESTS}{asked.json()['id']}/"
    assert (jamaica.get(place).status_code, people[AUTHOR].get(place).status_code) == (200, 200)
    assert (people[TRINIDAD].get(place).status_code, people[GUYANA].get(place).status_code) == (404, 404)
    decide = f"{place}actions/decide/"
    assert jamaica.post(decide, {"decision": "approve"}).status_code == 403
    assert people[TRINIDAD].post(decide, {"decision": "approve"}).status_code == 404
    assert people[AUTHOR].post(decide, {"decision": "approve"}).status_code == 403
    assert people[TRINIDAD].report(key).status_code == 404
    done = head.post(decide, {"decision": "approve", "reason": "For the ministers."})
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert head.post(decide, {"decision": "approve"}).status_code == 409
    assert people[TRINIDAD].report(key).status_code == 200
    assert jamaica.get(place).json()["decisions"][0]["answer"] == "approved"
    assert "For the ministers." not in jamaica.get(place).content.decode()


@pytest.mark.parametrize(
    ("marking", "to", "rule"),
    [({"eyes": ["BRB", "JAM"]}, "TTO.contact", "O02"), ({"handling": ["NOASSOC"]}, "CYM.contact", "O03")],
)
def test_nobody_is_asked_for_what_the_marking_shuts_out(people, client_for, marking, to, rule):
    key = by_api(client_for, "JAM.contact", **marking)
    answer = people[JAMAICA].do(key, "request_release", {"to": [to], "purpose": "policy", "portion": "all"})
    assert (answer.status_code, rules(answer)) == (422, [rule])
    hidden = people[CAYMAN].do(key, "request_release", {"to": [to], "purpose": "policy", "portion": "all"})
    assert hidden.status_code == 404


def test_a_recall_takes_the_report_away_at_once_and_leaves_a_tombstone_to_who_had_it(people, client_for):
    key = by_api(client_for, "JAM.contact", "TTO.customs")
    jamaica, head = people[JAMAICA], people[HEAD]
    jamaica.report(key)
    body = {"reason_code": "inaccurate", "text": "The place is wrong. Remove all copies."}
    assert jamaica.do(key, "recall", body).status_code == 403
    assert people[GUYANA].do(key, "recall", body).status_code == 404
    assert people[AUTHOR].do(key, "recall", body).status_code == 403
    assert head.do(key, "recall", {"reason_code": "boredom", "text": "x"}).status_code == 400
    done = head.do(key, "recall", body)
    assert (done.status_code, done.json()["state"]) == (200, "recalled")
    gone = jamaica.report(key)
    assert gone.status_code == 410
    assert set(gone.json()) == {"recalled", "number", "originator", "recalled_at", "text", "ack_due"}
    assert (gone.json()["recalled"], gone.json()["originator"], gone.json()["text"]) == (True, "BRB", body["text"])
    assert BODY["title"] not in gone.content.decode()
    assert people[GUYANA].report(key).status_code == 404
    assert jamaica.get(REPORTS).json()["results"] == []
    assert head.report(key).status_code == 200
    waiting = head.report(key, "recall-acks/").json()["results"]
    assert [(one["target"], one["state"]) for one in waiting] == [("JAM.contact", "open"), ("TTO.customs", "open")]
    answer = jamaica.do(key, "recall_ack", {"result": "confirmed_removed", "to": [], "text": "One print, shredded."})
    assert answer.status_code == 200
    customs = people["tto.customs.officer"]
    assert customs.do(key, "recall_ack", {"result": "passed_on", "to": ["TTO.contact"]}).status_code == 200
    told = {one["target"]: (one["state"], one["to"]) for one in head.report(key, "recall-acks/").json()["results"]}
    assert told == {
        "JAM.contact": ("confirmed_removed", []),
        "TTO.customs": ("passed_on", ["TTO.contact"]),
        "TTO.contact": ("open", []),
    }
    assert people[TRINIDAD].report(key).status_code == 410
    assert jamaica.report(key, "recall-acks/").status_code == 404
    assert people[GUYANA].do(key, "recall_ack", {"result": "cannot", "text": "x"}).status_code == 404


def test_invisible_and_absent_have_one_body(people, client_for):
    key = by_api(client_for, "JAM.contact")
    bodies = [
        {name: value for name, value in people[GUYANA].report(one).json().items() if name != "request_id"}
        for one in (key, "11111111-2222-4333-8444-555555555555", "nothing")
    ]
    assert bodies[0] == bodies[1] == bodies[2]
