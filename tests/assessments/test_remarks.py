"""Remarks in the margin: on words of the text, answered, resolved, suggestions accepted, and who is told."""

import base64
import re

import pytest

from apps.assessments.models import Remark
from apps.coedit.actions import section_texts
from apps.coedit.yjs import quotes, tree
from apps.notices.models import Notice
from tests.assessments.people import (
    DRAFTER,
    LEAD,
    OTHER_DRAFTER,
    POINTS,
    SIGNERS,
    STRANGER,
    asked_for_positions,
    written,
)
from tests.jrcc.test_budgets import MOST, asked

QUOTE = "used in 2026"


def remark(room, username, **more):
    body = {"text": "By whom?", "quote": QUOTE} | more
    return room.post(username, f"sections/{room.section}/remarks/", body)


def listed(room, username=LEAD):
    return room.get(username, f"sections/{room.section}/remarks/").json()["results"]


def text(room):
    return room.get(LEAD, f"sections/{room.section}/text/").json()["plain"]


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        (b"\0\x05\x07\0", True),
        (b"\0\x05\x07\x41", True),
        (b"\0\x05\x07", True),
        (b"", False),
        (b"\0\x05", False),
        (b"\1\4body\0", False),
        (b"\0\x05\x07\0\0", False),
        (b"\0" + b"\x80" * 60, False),
    ],
)
def test_an_anchor_names_one_letter_and_nothing_else(data, fits):
    assert quotes.is_anchor(data) is fits


def test_of_words_that_stand_twice_the_ones_at_the_anchor_are_meant():
    doc = tree.new_doc()
    pids = ["11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111112"]
    tree.fill(
        doc,
        {
            "type": "doc",
            "content": [
                {"type": "paragraph", "attrs": {"pid": pid}, "content": [{"type": "text", "text": "a boät, a boät."}]}
                for pid in pids
            ],
        },
    )
    places = [quotes.place_of(doc, "boät", pid) for pid in pids]
    assert [(one.pid, one.start) for one in places] == [(pid, 2) for pid in pids]
    assert quotes.place_of(doc, "ship") is None
    assert quotes.place_of(doc, "boät", pids[1], b"rubbish").pid == pids[1]
    quotes.replace(doc, places[1], "boät", "ship")
    assert tree.plain(tree.to_json(doc)) == "a boät, a boät.\n\na ship, a boät."


@pytest.mark.django_db
def test_a_remark_quotes_words_of_the_text_and_is_answered_resolved_and_opened_again(client_for, cast):
    room = written(client_for)
    assert remark(room, DRAFTER, quote="never written").status_code == 400
    assert remark(room, STRANGER).status_code == 404
    assert remark(room, DRAFTER, anchor_from="not base64!").status_code == 400
    anchor = base64.b64encode(b"\0\x05\x07\0").decode()
    made = remark(room, DRAFTER, anchor_from=anchor, anchor_to=anchor)
    assert made.status_code == 201, made.json()
    key = made.json()["id"]
    at = f"remarks/{key}/actions"
    assert room.post(LEAD, f"{at}/answer/", {"text": "By two crews."}).status_code == 201
    first, answer = listed(room)
    assert (first["quote"], first["state"], answer["answers"]) == (QUOTE, "open", key)
    assert first["pid"]
    assert room.post(OTHER_DRAFTER, f"{at}/resolve/").status_code == 200, "who writes may resolve"
    assert room.post(OTHER_DRAFTER, f"{at}/resolve/").status_code == 409
    assert room.post(DRAFTER, f"{at}/reopen/").status_code == 200
    theirs = room.post(POINTS["JAM"], f"{at}/resolve/")
    assert (theirs.status_code, theirs.json()["code"]) == (403, "jta-not-your-remark")
    assert listed(room)[0]["state"] == "open"
    room.went("coordination")
    assert remark(room, POINTS["JAM"]).status_code == 201
    room.went("positions")
    assert remark(room, DRAFTER).json()["code"] == "jta-no-remarks"


@pytest.mark.django_db
def test_an_accepted_suggestion_is_an_edit_of_who_accepts_it(client_for, cast):
    room = written(client_for)
    assert remark(room, POINTS["JAM"], quote="", suggests=True).status_code == 400
    key = remark(room, POINTS["JAM"], suggests=True, suggestion="used in 2025 and 2026").json()["id"]
    at = f"remarks/{key}/actions"
    assert room.post(POINTS["JAM"], f"{at}/accept/").status_code == 403
    assert room.post(DRAFTER, f"{at}/accept/").status_code == 200
    assert text(room) == "The route was used in 2025 and 2026.\n\nIt was not used in 2025."
    assert section_texts.moments(room.section)[0].user_id == cast[DRAFTER].user_id
    assert room.post(DRAFTER, f"{at}/accept/").status_code == 409
    late = remark(room, POINTS["JAM"], quote="The route", suggests=True, suggestion="").json()["id"]
    seq = room.get(LEAD, f"sections/{room.section}/").json()["seq"]
    room.post(LEAD, f"sections/{room.section}/actions/replace_text/", {"plain": "All else.", "if_seq": seq})
    answer = room.post(DRAFTER, f"remarks/{late}/actions/accept/")
    assert answer.status_code == 400
    assert "Make the change yourself, then resolve the remark" in str(answer.json())
    assert Remark.objects.get(pk=late).state == "open"


@pytest.mark.django_db
def test_only_who_may_see_the_text_is_named_and_told(client_for, cast, drain):
    room = written(client_for)
    stranger = f"user:{cast[STRANGER].user_id}"
    outside = f"desk:{cast[STRANGER].desk_id}"
    for name in (stranger, outside, "user:0", "desk:x"):
        assert remark(room, DRAFTER, mentions=[name]).status_code == 400, name
    person, desk = f"user:{cast[OTHER_DRAFTER].user_id}", f"desk:{cast[POINTS['BRB']].desk_id}"
    assert remark(room, DRAFTER, mentions=[person, desk]).status_code == 201
    drain()
    told = Notice.objects.filter(code="jta.mention")
    assert sorted(told.values_list("owner__code", flat=True)) == ["BRB.contact", "JAM.intelligence"]
    assert not any(QUOTE in str(vars(one)) or "By whom" in str(vars(one)) for one in told)


@pytest.mark.django_db
def test_the_list_stands_beside_the_text_and_works_without_a_script(client_for, cast):
    room = written(client_for)
    client, section = client_for(DRAFTER), f"/rifc/assessments/{room.key}/sections/{room.section}/"
    shown = client.get(section).content.decode()
    assert "Everyone who works on the assessment can add remarks during drafting" in shown
    assert f"{section}remark/" in shown
    body = {"_seat": cast[DRAFTER].seat_id, "section": room.section, "text": "By whom?", "quote": "no such words"}
    wrong = client.post(f"{section}remark/", body)
    assert wrong.status_code == 422
    assert "These words are not in the text" in wrong.content.decode()
    body |= {"quote": QUOTE, "suggests": "on", "suggestion": "used twice in 2026"}
    assert client.post(f"{section}remark/", body)["Location"] == section
    key = Remark.objects.get().pk
    shown = client.get(section).content.decode()
    assert "<ins>used twice in 2026</ins>" in shown
    accept = f"/rifc/assessments/{room.key}/parts/{key}/remark-accept/"
    assert accept in shown
    assert "used twice in 2026" in client.get(accept).content.decode()
    done = client.post(accept, {"_seat": cast[DRAFTER].seat_id, "remark": key})
    assert done["Location"] == section
    assert "used twice in 2026" in text(room)
    reader = client_for(SIGNERS["JAM"]).get(section).content.decode()
    assert accept not in reader
    few = len(asked(client, section))
    for _each in range(5):
        assert remark(room, LEAD, quote="").status_code == 201
    assert len(asked(client, section)) == few <= MOST


@pytest.mark.django_db
def test_nobody_remarks_on_a_frozen_text(client_for, cast):
    room = asked_for_positions(client_for)
    shown = client_for(DRAFTER).get(f"/rifc/assessments/{room.key}/sections/{room.section}/").content.decode()
    assert "data-remark-form" not in shown


@pytest.mark.django_db
def test_an_open_page_asks_for_the_remarks_alone_and_reads_out_whose_the_newest_is(client_for, cast):
    room = written(client_for)
    where = f"/rifc/assessments/{room.key}/sections/{room.section}/"
    drafter = client_for(DRAFTER)
    assert 'hx-trigger="assessments-assessment-changed from:body' in drafter.get(where).content.decode()
    assert remark(room, OTHER_DRAFTER).status_code == 201
    shown = drafter.get(where, headers={"HX-Request-Type": "partial"}).content.decode()
    assert "By whom?" in shown
    assert "<form" not in shown, "a remark that is begun stays as it is"
    words = re.search(r'role="status">([^<]*)', shown)[1]
    assert words.startswith("1 remark; latest reply by ")
    assert words.endswith(", JAM")
    assert room[STRANGER].get(where, headers={"HX-Request-Type": "partial"}).status_code == 404
