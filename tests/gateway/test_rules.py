"""The pure parts: what an answer is, who goes alone, how long to wait."""

import datetime
import json
from typing import Any

import pytest

from apps.gateway import policy
from apps.gateway.queries.subjects import questions
from apps.gateway.rules import wire
from apps.gateway.rules.patience import Breaker, pause, rest
from apps.gateway.simulator import records

DOC = {"type": "P", "number": "A1", "issuer": "JAM"}
NOW = datetime.datetime(2009, 11, 26, tzinfo=datetime.UTC)


def read(*answers: Any, request: str = "r", asked: Any = None) -> wire.Reply:
    body = json.dumps({"request": request, "answers": answers}).encode()
    return wire.read_source_answer("documents", body, "r", {"1": asked or DOC})["1"]


def an_answer(**more: Any) -> dict[str, Any]:
    return {"id": "1", "document": DOC, "result": "none", "records": [], **more}


RECORD = {"id": "S-1", "status": "stolen", "document": {"number": "a 1", "issuer": "JAM"}}


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (lambda: read(an_answer()), ""),
        (lambda: read(an_answer(result="found", records=[RECORD])), ""),
        (lambda: read(), "half_answer"),
        (lambda: read(an_answer(), request="another"), "other_question"),
        (lambda: read(an_answer(document={**DOC, "number": "A2"})), "other_question"),
        (lambda: read(an_answer(result="found", records=[{**RECORD, "document": {**DOC, "number": "A2"}}])),
         "other_question"),
        (lambda: read(an_answer(result="found")), "broken"),
        (lambda: read(an_answer(records=[RECORD])), "broken"),
        (lambda: read(an_answer(records=None)), "broken"),
        (lambda: read(an_answer(result="found", records=[{**RECORD, "id": ""}])), "broken"),
        (lambda: read(an_answer(result="found", records=["S-1"])), "broken"),
        (lambda: read(an_answer(), an_answer()), "broken"),
        (lambda: wire.read_source_answer("documents", b'{"request": "r"', "r", {"1": DOC})["1"], "broken"),
        (lambda: wire.read_source_answer("documents", b"[]", "r", {"1": DOC})["1"], "broken"),
    ],
)  # fmt: skip
def test_only_a_whole_answer_to_this_question_is_an_answer(reply: Any, fault: str) -> None:
    assert reply().fault == fault


def test_what_fails_again_and_again_goes_alone() -> None:
    asked = [("a", 0), ("b", 1), ("poison", 5), ("c", 0)]
    assert wire.batches(asked, 2, 2) == [["a", "b"], ["c"], ["poison"]]


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    assert [pause(n).total_seconds() for n in (1, 2, 3, 50)] == [15, 30, 60, 900]
    assert [rest(n).total_seconds() for n in (1, 2, 50)] == [5, 10, 300]


def test_the_breaker_opens_tries_one_and_closes() -> None:
    failed = Breaker().after(answered=False, now=NOW)
    assert failed.allows(NOW, 100) == 0
    assert failed.allows(NOW + datetime.timedelta(seconds=5), 100) == 1
    again = failed.after(answered=False, now=NOW + datetime.timedelta(seconds=5))
    assert again.failing_since == NOW
    assert again.after(answered=True, now=NOW).allows(NOW, 100) == 100


def test_a_source_is_asked_no_more_than_it_needs() -> None:
    person = {"surname": "A", "given_names": None, "sex": "M", "documents": [DOC, {"type": "P", "number": None}]}
    assert questions("documents", person) == [DOC]
    assert questions("persons", person) == [{"surname": "A", "sex": "M"}]
    assert questions("persons", {"sex": "F"}) == []


def test_the_records_of_the_demonstration_hold_together() -> None:
    held = records.load_simulator_records()
    for kind, part in wire.ASKS.items():
        for one in held[kind]:
            body = json.dumps(
                {"request": "r", "answers": [{"id": "1", part: one[part], "result": "found", "records": [one]}]}
            ).encode()
            assert wire.read_source_answer(kind, body, "r", {"1": one[part]})["1"].fault == ""
            found = records.of_document if kind == "documents" else records.of_person
            assert one in found(held[kind], one[part])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "switch", "rehearse", "hits"),
    [
        ("jrcc.watch.supervisor", True, "not-platform-head", True),
        ("jrcc.watch.officer", "needs-supervisor", "not-platform-head", True),
        ("rifc.watch.supervisor", "not-watch", "not-platform-head", False),
        ("jam.border.head", "not-watch", "not-platform-head", False),
        ("portal.platform.head", "not-watch", True, False),
    ],
)
def test_who_may(cast: Any, who: str, switch: Any, rehearse: Any, hits: bool) -> None:
    actor = cast[who]
    verdicts = [policy.may_switch(actor, None), policy.may_rehearse(actor, None)]
    assert [getattr(one, "code", True) for one in verdicts] == [switch, rehearse]
    assert policy.knows_hits(actor) is hits
    assert not policy.may_ask(actor, None)
