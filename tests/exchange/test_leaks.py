"""Nobody who is asked learns of another one, of another text, or of how many there are; nobody else learns anything."""

import json
from typing import Any

import pytest
from django.urls import reverse

from apps.access.models import StreamEvent
from apps.exchange.actions import answers, requests
from apps.exchange.models import Addressee, Answer, AnswerDraft, Message, Question, Request, Subject, Variant
from apps.notices.models import Notice
from tests.exchange.people import (
    CAYMAN,
    HEAD,
    JAMAICA,
    OFFICER,
    REQUESTS,
    TRINIDAD,
    WATCH,
    Person,
    answered,
    fresh,
    part,
    sent,
)

pytestmark = pytest.mark.django_db
SECRETS = ("number DB-4417", "Marlin Quay", "Tobago Bank", "TTO", "Trinidad")
"""What Jamaica must not read anywhere: the other text and everything of the other desk."""


def two_texts(cast: Any, **more: Any) -> Request:
    """Jamaica is asked in plain words, Trinidad with more; Trinidad has answered, asked back and been replied to."""
    row = sent(
        cast,
        variants=[
            {"to": ["JAM.contact"], "text": "Boats."},
            {"to": ["TTO.contact"], "text": "The number DB-4417 of Marlin Quay.", "classification": "RESTRICTED"},
        ],
        subjects=[{"kind": "phone", "value": "+1 246 555 0142"}],
        **more,
    )
    answers.ask_rfi_question(cast[TRINIDAD], part(row, "TTO.contact"), text="Of Tobago Bank?")
    requests.reply_to_rfi_question(cast[OFFICER], fresh(row), desk="TTO.contact", text="Of Tobago Bank.")
    answered(cast, row, TRINIDAD, text="Tobago Bank holds two.")
    return row


def test_an_addressee_reads_no_row_of_the_others(cast: Any) -> None:
    row = two_texts(cast)
    jamaica = cast[JAMAICA]
    assert not Request.objects.visible_to(jamaica).exists()
    assert [one.owner.code for one in Addressee.objects.visible_to(jamaica)] == ["JAM.contact"]
    assert [one.text for one in Variant.objects.visible_to(jamaica)] == ["Boats."]
    for model in (Answer, Message, Subject, AnswerDraft):
        assert not model.objects.visible_to(jamaica).exists(), model
    assert Question.objects.visible_to(jamaica).count() == len(row.questions)


def test_no_page_and_no_answer_of_the_api_tells_of_another_one(cast: Any, client_for: Any, drain: Any) -> None:
    row = two_texts(cast)
    drain()
    client = client_for(JAMAICA)
    places = [
        reverse("exchange:requests"),
        reverse("exchange:request", args=[row.pk]),
        reverse("exchange:answer", args=[row.pk]),
        reverse("exchange:overview"),
        reverse("people:desk"),
        reverse("notices:inbox"),
        REQUESTS,
        f"{REQUESTS}{row.pk}/",
        f"{REQUESTS}{row.pk}/actions/",
    ]
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200, place
        text = answer.content.decode()
        told = [word for word in SECRETS if word in text and not (word in {"TTO", "Trinidad"} and "/api/" not in place)]
        assert told == [], place
        assert "2 of" not in text


def test_the_answer_for_one_of_two_is_letter_by_letter_that_for_the_only_one(cast: Any, client_for: Any) -> None:
    alone = sent(cast, variants=[{"to": ["JAM.contact"], "text": "Boats."}])
    among = two_texts(cast)
    asked = Person(client_for(JAMAICA))
    bodies = [asked.read(row.pk).json() for row in (alone, among)]
    for body in bodies:
        for own in ("id", "url", "number", "due"):
            body.pop(own)
        body["addressees"][0].pop("due")
    assert bodies[0] == bodies[1]
    assert asked.read(alone.pk)["ETag"] == asked.read(among.pk)["ETag"]


def test_what_another_one_does_changes_nothing_for_an_addressee(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    asked = Person(client_for(JAMAICA))
    before = asked.read(row.pk)
    answered(cast, row, TRINIDAD)
    after = asked.read(row.pk)
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


def test_the_stream_tells_each_desk_of_its_own_part_by_the_names_of_the_contract(cast: Any) -> None:
    row = sent(cast)
    answered(cast, row, TRINIDAD)
    told = StreamEvent.objects.filter(object_id=str(row.pk)).order_by("id")
    jamaica, trinidad, barbados = cast[JAMAICA].desk_id, cast[TRINIDAD].desk_id, cast[OFFICER].desk_id
    heard = {desk: [one.verb for one in told if desk in one.groups] for desk in (jamaica, trinidad, barbados)}
    assert heard[jamaica] == ["exchange.rfi.received"]
    assert heard[trinidad] == ["exchange.rfi.received", "exchange.rfi.answer"]
    assert heard[barbados][-1] == "exchange.rfi.answered"
    assert {one.version for one in told if jamaica in one.groups} == {1}


def test_only_where_that_is_open_an_addressee_reads_who_else_is_asked(cast: Any, client_for: Any) -> None:
    closed, opened = sent(cast), sent(cast, open_addressees=True)
    asked = Person(client_for(JAMAICA))
    assert asked.read(closed.pk).json()["also_asked"] == []
    body = asked.read(opened.pk).json()
    assert body["also_asked"] == ["TTO.contact"]
    assert [one["target"] for one in body["addressees"]] == ["JAM.contact"]


def test_for_everybody_else_there_is_nothing(cast: Any, client_for: Any) -> None:
    row = two_texts(cast)
    nobodies = (CAYMAN, "brb.contact.officer", "jam.customs.officer", "jam.intelligence.head", WATCH)
    for username in nobodies:
        client = client_for(username)
        absent = client.get(f"{REQUESTS}01990000-0000-7000-8000-000000000000/").json()
        found = client.get(f"{REQUESTS}{row.pk}/")
        assert found.status_code == 404, username
        assert {**found.json(), "request_id": ""} == {**absent, "request_id": ""}
        assert client.get(reverse("exchange:request", args=[row.pk])).status_code == 404
        assert client.get(REQUESTS).json()["results"] == []
        assert client.get(reverse("exchange:part", args=[part(row, "JAM.contact").pk])).status_code == 404


def test_the_watch_reads_routes_and_a_point_of_contact_those_of_its_state(cast: Any, client_for: Any) -> None:
    row = two_texts(cast)
    customs = sent(cast, subject="Crates", variants=[{"to": ["JAM.customs"], "text": "Crates of Marlin Quay."}])
    page = client_for(WATCH).get(reverse("exchange:overview"), {"show": "all"}).content.decode()
    for known in (row.number, customs.number, "BRB.intelligence", "JAM.contact", "TTO.contact", "JAM.customs"):
        assert known in page
    for word in ("Open boats", "Crates", "DB-4417", "Tobago Bank", "Boats."):
        assert word not in page
    own = client_for(JAMAICA).get(reverse("exchange:overview"), {"show": "all"}).content.decode()
    assert customs.number in own
    assert "TTO.contact" not in own
    assert "Crates" not in own
    assert client_for("jam.customs.officer").get(reverse("exchange:overview")).status_code == 404


def test_a_draft_answer_is_read_by_its_desk_alone(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    before = Person(client_for(OFFICER)).read(row.pk)
    answers.save_rfi_answer_draft(cast[JAMAICA], None, of=part(row, "JAM.contact"), internal="Source Heron says two.")
    assert "Heron" in client_for(JAMAICA).get(reverse("exchange:answer", args=[row.pk])).content.decode()
    after = Person(client_for(OFFICER)).read(row.pk)
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])
    for username in (OFFICER, HEAD, TRINIDAD):
        assert not AnswerDraft.objects.visible_to(cast[username]).exists()


def test_notices_carry_the_number_and_no_word(cast: Any, drain: Any) -> None:
    row = two_texts(cast)
    drain()
    rows = list(Notice.objects.filter(code__startswith="rfi."))
    assert {one.number for one in rows} == {row.number}
    assert {one.title for one in rows} == {""}
    mine = {one.code for one in rows if one.owner_id == cast[JAMAICA].desk_id}
    assert mine == {"rfi.received"}


def test_without_the_mou_what_was_asked_is_no_longer_read(cast: Any, as_owner: Any, client_for: Any) -> None:
    from apps.rifc.models import MouMembership

    row = sent(cast)
    MouMembership.objects.filter(party="JAM").update(in_force_to="2020-01-01")
    assert Person(client_for(JAMAICA)).read(row.pk).status_code == 404
    assert Person(client_for(TRINIDAD)).read(row.pk).status_code == 200
    assert Person(client_for(OFFICER)).read(row.pk).status_code == 200
    refused = Person(client_for("jam.intelligence.officer")).create(variants=[])
    assert (refused.status_code, refused.json()["code"]) == (403, "mou-not-in-force")
    to_jamaica = Person(client_for(OFFICER)).create(variants=[{"to": ["JAM.contact"], "text": "x"}]).json()["id"]
    answer = Person(client_for(HEAD)).do(to_jamaica, "send")
    assert (answer.status_code, answer.json()["findings"][0]["rule"]) == (422, "V02")


def test_the_same_desk_of_one_state_reads_by_its_clearance(cast: Any) -> None:
    row = sent(cast, author=HEAD, classification=2)
    low = part(row, "JAM.contact")
    assert low.level == 2
    reader = cast[JAMAICA]
    assert Addressee.objects.visible_to(reader).filter(pk=low.pk).exists() is (reader.clearance >= 2)
    assert json.dumps(low.others) == "[]"
