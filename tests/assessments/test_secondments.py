"""Somebody whom another party has sent: signatures, what became of judgements and remarks say so."""

from apps.assessments.actions import outcomes, remarks, sign_offs
from apps.assessments.models import Member, Outcome, Remark
from apps.audit.models import AuditRecord
from apps.people import actions as people
from apps.rifc.queries import targets
from tests.assessments.people import DIRECTOR, LEAD, SIGNERS, released, sign, to_be_signed, written
from tests.assessments.test_files import BOTH, text_of
from tests.assessments.test_remarks import remark
from tests.assessments.test_track import PAST, tell
from tests.people.governing import at_seat
from tests.people.seconding import sent_to

BADGE = "Seconded from LCA"
HEAD, OFFICER, JAMAICAN = "lca.intelligence.head", "lca.intelligence.officer", "jam.intelligence.officer"


def page(room):
    return f"/rifc/assessments/{room.key}/"


def signed_by_somebody_sent(cast, client_for):
    """One that a head of Saint Lucia signed who sits at Jamaica's intelligence."""
    room = to_be_signed(client_for)
    seat = sent_to(cast, HEAD, "JAM.intelligence", "head")
    known = room.get(SIGNERS["BRB"]).json()["content_sha256"]
    word = f"demo {HEAD} 2008"
    sign_offs.sign_assessment(at_seat(seat.user, seat), room.row, content_sha256=known, password=word)
    assert sign(room, SIGNERS["BRB"]).status_code == 200
    return room


@BOTH
def test_the_file_says_through_whom_a_state_has_signed_if_another_sent_him(fmt, cast, client_for):
    room = signed_by_somebody_sent(cast, client_for)
    said = text_of(room, fmt)
    assert "JAM (through a person seconded from LCA) signed on" in said
    assert "BRB signed on" in said


def test_the_page_and_what_is_released_say_so_too(cast, client_for):
    room = signed_by_somebody_sent(cast, client_for)
    assert client_for(LEAD).get(page(room)).content.decode().count(BADGE) == 1
    assert room.act(DIRECTOR, "release", {"to": []}).status_code == 200
    product = room.get(LEAD).json()["report"]
    paragraphs = room[LEAD].get(f"/api/v1/rifc/reports/{product}/").json()["paragraphs"]
    assert any("JAM (through a person seconded from LCA) signed on" in one["text"] for one in paragraphs)


def test_who_confirmed_what_became_of_a_judgement_is_marked_where_he_acted_for_another_party(cast, client_for):
    room = released(client_for, judgement=PAST)
    made = tell(room, DIRECTOR)
    seat = sent_to(cast, HEAD, "JAM.intelligence", "head")
    outcomes.agree_outcome(at_seat(seat.user, seat), room.row, outcome=made.json()["id"])
    assert Outcome.objects.get().second_party_id == "JAM"
    for place in (page(room), "/rifc/assessments/track-record/"):
        said = client_for(LEAD).get(place).content.decode()
        assert f"confirmed by {seat.user.full_name} (seconded from LCA)" in said
    Outcome.objects.update(second_party=None)  # confirmed before the party was kept: nothing is claimed
    said = client_for(LEAD).get(page(room)).content.decode()
    assert f"confirmed by {seat.user.full_name}</small>" in said


def test_who_closed_a_remark_is_marked_where_he_acted_for_another_party(cast, client_for):
    room = written(client_for)
    seat = sent_to(cast, OFFICER, "JAM.intelligence", "officer")
    assert room.act(LEAD, "add_member", {"user": OFFICER, "role": "drafter"}).status_code == 200
    key = remark(room, LEAD).json()["id"]
    remarks.settle_remark(at_seat(seat.user, seat), room.row, remark=key)
    assert Remark.objects.get().closed_party_id == "JAM"
    said = client_for(LEAD).get(f"{page(room)}sections/{room.section}/").content.decode()
    assert said.count(BADGE) == 1
    remarks.reopen_remark(at_seat(seat.user, seat), room.row, remark=key)
    assert Remark.objects.get().closed_party_id is None


def test_who_is_called_back_writes_no_longer_also_where_his_desk_at_home_takes_part(cast, client_for, drain):
    room = written(client_for)
    seat = sent_to(cast, OFFICER, "JAM.intelligence", "officer")
    for username in (OFFICER, JAMAICAN):
        assert room.act(LEAD, "add_member", {"user": username, "role": "drafter"}).status_code == 200
    own = [seat.user_id in room.row.drafters, len(room.row.drafters)]
    people.end_appointment(cast["lca.administration.administrator"], seat, reason="needed at home")
    drain()
    assert own[0]
    assert (seat.user_id in room.row.drafters, len(room.row.drafters)) == (False, own[1] - 1)
    assert not Member.objects.filter(user=seat.user_id, ended_at=None).exists()
    assert AuditRecord.objects.filter(verb="assessment.release_member", outcome="done").count() == 1


def test_who_is_named_for_his_own_desk_stays_when_a_secondment_elsewhere_ends(cast, client_for, drain):
    room = written(client_for)
    seat = sent_to(cast, JAMAICAN, "SUR.intelligence", "officer")
    assert room.act(LEAD, "add_member", {"user": JAMAICAN, "role": "drafter"}).status_code == 200
    people.end_appointment(cast["jam.administration.administrator"], seat, reason="needed at home")
    drain()
    assert seat.user_id in room.row.drafters
    assert Member.objects.get(user=seat.user_id, ended_at=None).desk.code == "JAM.intelligence"


def test_what_is_sent_to_him_by_name_reaches_him_at_home_and_at_the_higher_of_two_seats(cast):
    sent_to(cast, OFFICER, "JAM.intelligence", "officer")
    [seat], unknown = targets.people([OFFICER])
    assert (seat.desk.code, unknown) == ("LCA.intelligence", [])
    sent_to(cast, JAMAICAN, "LCA.intelligence", "head")
    [seat], _unknown = targets.people([JAMAICAN])
    assert seat.desk.code == "LCA.intelligence"
