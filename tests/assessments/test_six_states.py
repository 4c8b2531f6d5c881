"""Six States take positions over the API, change them, and sign; what one changes voids what all have signed."""

import threading

import pytest
from django.db import connection

from apps.access.refusal import Refused
from apps.assessments.actions import sign_offs
from apps.assessments.models import Assessment, Position, Signature
from apps.notices.models import Notice
from tests.assessments import people
from tests.assessments.people import DIRECTOR, LEAD, asked_for_positions, position, sign
from tests.demonstrations import play_assessments

pytestmark = pytest.mark.django_db
SIX = ["ATG", "BRB", "GUY", "JAM", "LCA", "TTO"]
SIGNER = {party: f"{party.lower()}.intelligence.head" for party in SIX}
SAID = {
    "ATG": ("agree", ""),
    "BRB": ("agree", ""),
    "GUY": ("agree_reservation", "On the coast, yes; on the rivers we do not know."),
    "JAM": ("dissent", "The route has moved north."),
    "LCA": ("no_position", ""),
    "TTO": ("agree", ""),
}


@pytest.fixture
def room(client_for, monkeypatch):
    """An assessment of which the six are asked for positions."""
    monkeypatch.setattr(people, "POINTS", {party: f"{party.lower()}.contact.officer" for party in SIX})
    return asked_for_positions(client_for, parties=SIX)


def signed_states(room, username=LEAD):
    return {one["party"]: one["state"] for one in room.get(username).json()["signatures"]}


def to_be_signed(room):
    for party, (kind, text) in SAID.items():
        assert position(room, SIGNER[party], kind, text).status_code == 200
    room.went("sign_off")


def test_six_positions_stand_as_they_were_last_said_and_a_silent_state_keeps_all_waiting(room):
    for party, (kind, text) in SAID.items():
        if party != "TTO":
            assert position(room, SIGNER[party], kind, text).status_code == 200
    assert [one["message"][:3] for one in room.to("sign_off").json()["findings"]] == ["TTO"]
    assert position(room, SIGNER["TTO"], "dissent").status_code == 422, "dissent is written"
    assert position(room, SIGNER["TTO"], "dissent", "We have seen none.").status_code == 200
    assert position(room, SIGNER["TTO"]).status_code == 200, "until the sign-off a State may think again"
    room.went("sign_off")
    assert position(room, SIGNER["TTO"], "no_position").status_code == 409
    held = Position.objects.filter(void_at=None).values_list("party_id", "kind", "text")
    assert {party: (kind, text) for party, kind, text in held} == SAID
    shown = room[SIGNER["ATG"]].get(f"/rifc/assessments/{room.key}/").content.decode()
    assert all(text in shown for _kind, text in SAID.values())


def test_what_six_have_signed_is_void_for_each_of_them_once_positions_are_open_again(room, drain):
    to_be_signed(room)
    known = room.get(LEAD).json()["content_sha256"]
    assert [sign(room, who).status_code for who in SIGNER.values()] == [200] * 6
    room.went("positions", DIRECTOR, reason="Trinidad has new figures.")
    drain()
    told = set(Notice.objects.filter(code="jta.void").values_list("owner__code", flat=True))
    assert {f"{party}.intelligence" for party in SIX} <= told
    for who in SIGNER.values():
        assert signed_states(room, who) == dict.fromkeys(SIX, "void")
        assert "Signatures are void." in room[who].get(f"/rifc/assessments/{room.key}/").content.decode()
    assert position(room, SIGNER["TTO"], "dissent", "Our figures say otherwise.").status_code == 200
    room.went("sign_off")
    assert sign(room, SIGNER["BRB"], sha256=known).status_code == 409, "those words were signed, not these"
    assert [sign(room, who).status_code for who in SIGNER.values()] == [200] * 6
    room.went("released", DIRECTOR)
    assert signed_states(room) == dict.fromkeys(SIX, "signed")


def test_one_state_of_six_that_does_not_sign_keeps_it_from_release_until_it_signs_or_refuses(room):
    to_be_signed(room)
    assert [sign(room, SIGNER[party]).status_code for party in SIX if party != "LCA"] == [200] * 5
    assert "LCA" in str(room.to("released", DIRECTOR).json())
    assert room.act(SIGNER["LCA"], "refuse_sign", {"text": "No position was possible."}).status_code == 200
    room.went("released", DIRECTOR)
    assert signed_states(room) == dict.fromkeys(SIX, "signed") | {"LCA": "refused"}


@pytest.mark.django_db(transaction=True)
def test_six_who_sign_at_once_give_six_signatures_and_two_heads_of_one_state_one(room, cast):
    to_be_signed(room)
    sha256, outcomes = room.get(LEAD).json()["content_sha256"], []
    row = room.row

    def one(username):
        try:
            sign_offs.sign_assessment(cast[username], row, content_sha256=sha256, password=f"demo {username} 2008")
            outcomes.append("signed")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    names = [*SIGNER.values(), SIGNER["GUY"], "brb.contact.head"]
    assert len({cast[name].user_id for name in names}) == 7  # read before the threads ask for them
    threads = [threading.Thread(target=one, args=[name]) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["jta-signed-already"] * 2 + ["signed"] * 6
    assert sorted(Signature.objects.values_list("party_id", flat=True)) == SIX


def test_the_demonstration_shows_positions_of_six_states_released_and_of_seven_that_are_asked(cast, client_for):
    play_assessments()
    released = Assessment.objects.get(state="released")
    asked = Assessment.objects.get(state="positions")
    assert {one.party_id for one in Position.objects.filter(assessment=released)} == set(SIX)
    assert len(set(Position.objects.filter(assessment=asked).values_list("party_id", flat=True))) == 6
    shown = client_for(SIGNER["TTO"]).get(f"/rifc/assessments/{asked.pk}/").content.decode()
    assert "Our port went on by paper in an hour." in shown
    assert shown.count("Your position") == 2
