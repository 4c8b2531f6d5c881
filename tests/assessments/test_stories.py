"""What parties see and owe, what the clock does, two who sign at once, and the demonstration."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from apps.access.refusal import Refused
from apps.assessments.actions import sign_offs
from apps.assessments.models import Assessment, Comment, Section, Signature
from apps.assessments.queries import parts, rights
from apps.assessments.tasks import run_assessments_clock
from apps.coedit.actions import section_texts
from apps.coedit.models import Update
from apps.notices.models import Notice
from apps.people.queries import work
from demo import assessments as demo
from tests.assessments.people import (
    DIRECTOR,
    DRAFTER,
    LEAD,
    OTHER_DRAFTER,
    POINTS,
    SIGNERS,
    STRANGER,
    asked_for_positions,
    called,
    proposed,
    sign,
    to_be_signed,
    written,
)

pytestmark = pytest.mark.django_db


def titles(cast, username):
    rows = work.panels(cast[username])["waiting"]
    return [f"{row.title.partition(':')[0]}: {row.code}" for row in rows if "JTA-" in row.code]


def sees(cast, username):
    return Assessment.objects.visible_to(cast[username]).exists()


def test_the_demonstration_is_in_drafting_with_the_ids_that_programs_know(cast, drain):
    row = demo.in_drafting()
    assert (demo.in_drafting().pk, row.pk) == (demo.ASSESSMENT, demo.ASSESSMENT)
    first = parts.texts(row)[0]
    assert (row.state, first.section.pk, first.plain) == ("drafting", demo.SECTION, "")
    for username, mode in {
        LEAD: "write",
        DRAFTER: "write",
        OTHER_DRAFTER: "write",
        "tto.contact.reader": "read",
        SIGNERS["JAM"]: "read",
        STRANGER: None,
        "guy.contact.officer": None,
        "brb.border.head": None,
        "portal.platform.head": None,
    }.items():
        assert rights.grant(cast[username], row.pk, demo.SECTION).mode == mode, username
    assert rights.grant(cast[LEAD], row.pk, row.pk).mode is None
    drain()


def test_who_is_asked_sees_the_terms_and_who_declines_sees_no_draft(cast, client_for, drain):
    room = proposed(client_for, parties=["BRB", "JAM", "TTO"])
    assert titles(cast, POINTS["TTO"]) == [f"Accept or decline to take part: {room.row.number}"]
    room.act(POINTS["TTO"], "respond", {"answer": "decline"})
    assert sees(cast, POINTS["TTO"])
    assert not sees(cast, "tto.intelligence.officer")
    for party in ("BRB", "JAM"):
        room.act(POINTS[party], "respond", {"answer": "accept"})
    assert titles(cast, "rifc.analysis.head") == [f"Agree the terms: {room.row.number}"]
    room.went("terms_agreed", "rifc.analysis.head")
    room.went("call_open")
    assert f"Contribute: {room.row.number}" in titles(cast, POINTS["JAM"])
    for party in ("BRB", "JAM"):
        room.made(POINTS[party], "contributions/", {"nil": True})
    room.went("drafting")
    assert not sees(cast, POINTS["TTO"])
    drain()
    told = set(Notice.objects.filter(owner__code="JAM.contact").values_list("code", flat=True))
    assert {"jta.invited", "jta.step", "rfi.received"} <= told


def test_the_clock_reminds_who_is_late_once_and_closes_answered_comments(cast, client_for):
    room = called(client_for)
    due = datetime.date.fromisoformat(room.row.due["call_open"])
    noon = datetime.datetime.combine(due, datetime.time(12), datetime.UTC)
    assert run_assessments_clock(noon - datetime.timedelta(days=2))["reminders"] == 0
    assert run_assessments_clock(noon - datetime.timedelta(days=1))["reminders"] == 1
    assert run_assessments_clock(noon - datetime.timedelta(days=1))["reminders"] == 0
    assert run_assessments_clock(noon + datetime.timedelta(days=1))["reminders"] == 1
    room = written(client_for)
    room.went("coordination")
    key = room.made(POINTS["JAM"], "comments/", {"section": room.section, "kind": "blocking", "text": "No."})
    room.post(LEAD, f"comments/{key}/actions/resolve/", {"outcome": "accepted", "text": "Mended"})
    assert run_assessments_clock(timezone.now() + datetime.timedelta(days=1))["comments"] == 0
    assert run_assessments_clock(timezone.now() + datetime.timedelta(days=7))["comments"] == 1
    assert Comment.objects.get(pk=key).outcome == "closed"


def test_the_history_of_a_text_ends_ninety_days_after_the_assessment(client_for):
    room = written(client_for)
    text = room.get(LEAD, f"sections/{room.section}/text/").json()["plain"]
    kept = Update.objects.filter(document=room.section).count()
    room.went("cancelled", DIRECTOR, reason="No longer needed")
    now = timezone.now()
    assert run_assessments_clock(now + datetime.timedelta(days=89))["forgotten"] == 0
    assert run_assessments_clock(now + datetime.timedelta(days=91))["forgotten"] == kept > 0
    assert room.get(LEAD, f"sections/{room.section}/text/").json()["plain"] == text
    assert section_texts.moments(room.section) == []


def test_a_text_altered_behind_the_portals_back_shows_every_signature_as_void(client_for, cast):
    room = to_be_signed(client_for)
    assert sign(room, SIGNERS["BRB"]).status_code == 200
    section = Section.objects.get(pk=room.section)
    section_texts.thaw(section.pk)
    section_texts.replace_text(section.pk, "Other words.", parts.text_of(section).seq, 1, 1)
    states = {one["party"]: one["state"] for one in room.get(LEAD).json()["signatures"]}
    assert states == {"BRB": "void", "JAM": "requested"}
    assert "void" in room[LEAD].get(f"/rifc/assessments/{room.key}/").content.decode()
    assert sign(room, SIGNERS["JAM"]).status_code == 409
    assert room.to("released", "rifc.analysis.head").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_give_one_signature_for_each_party(client_for, cast):
    room = to_be_signed(client_for)
    sha256, outcomes = room.get(LEAD).json()["content_sha256"], []

    def one(username):
        try:
            sign_offs.sign_assessment(cast[username], room.row, content_sha256=sha256, password=f"demo {username} 2008")
            outcomes.append("signed")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[name]) for name in (SIGNERS["BRB"], SIGNERS["BRB"], SIGNERS["JAM"])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["jta-signed-already", "signed", "signed"]
    assert sorted(Signature.objects.values_list("party_id", flat=True)) == ["BRB", "JAM"]


def test_my_desk_says_what_a_signatory_owes(cast, client_for):
    room = asked_for_positions(client_for)
    number = room.row.number
    assert titles(cast, SIGNERS["BRB"]) == [f"Record your State's positions: {number}"]
    assert f"You lead: {number}" in titles(cast, LEAD)
    assert titles(cast, STRANGER) == []
