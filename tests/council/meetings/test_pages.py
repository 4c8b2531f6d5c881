"""The pages of meetings: one story by form, what stays hidden from whom, and the number of questions."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.council.actions import agenda, delegations, positions
from apps.council.models import AgendaItem, Delegation, Meeting, Position
from apps.people.queries.work import waiting_for
from tests.council.meetings.people import MANAGER, a_meeting, an_item, local
from tests.days import NEXT

pytestmark = pytest.mark.django_db
MOST = 12
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
BARBADOS = "brb.ministry.decider"


def text(answer: Any) -> str:
    return answer.content.decode()


def act(collection: str, row: Any, verb: str) -> str:
    return reverse("council:act", args=[collection, row.pk, verb])


def test_a_meeting_is_planned_called_and_answered_on_the_pages(cast: Any, client_for: Any) -> None:
    keeper, barbados = client_for(MANAGER), client_for(BARBADOS)
    form = {
        "organ": "CONSLE",
        "kind": "regular",
        "starts_at": "next week",
        "ends_at": local(41, "17:30"),
        "time_zone": "America/Port_of_Spain",
        "mode": "in_person",
        "place": "Hall of Nations, Port of Spain",
        "chair": "TTO",
        "notice_days": "21",
        "languages": "en fr",
    }
    wrong = keeper.post(reverse("council:meeting_new"), form)
    assert wrong.status_code == 422
    assert "for example 2026-12-10 09:00" in text(wrong)
    assert "Hall of Nations" in text(wrong), "nothing typed is lost"
    planned = keeper.post(reverse("council:meeting_new"), {**form, "starts_at": local(40)})
    meeting = Meeting.objects.get()
    assert planned.headers["Location"] == reverse("council:meeting", args=[meeting.pk])
    assert barbados.get(planned.headers["Location"]).status_code == 404
    assert "Hall of Nations" in text(keeper.get(act("meetings", meeting, "change"))), "the form holds what is there"
    assert keeper.post(act("meetings", meeting, "convene"), {}).status_code == 302
    page = text(barbados.get(planned.headers["Location"]))
    for shown in ("First Meeting, Council", "has not answered the invitation", "Chair: Trinidad and Tobago"):
        assert shown in page
    assert barbados.post(act("meetings", meeting, "answer_invitation"), {"answer": "accepted"}).status_code == 302
    assert Delegation.objects.get(meeting=meeting, party_id="BRB").answer == "accepted"
    assert keeper.post(act("meetings", meeting, "open_agenda"), {}).status_code == 302
    new = barbados.get(f"{reverse('council:item_new')}?meeting={meeting.pk}")
    assert f'value="{meeting.pk}" selected' in text(new)
    proposal = {"meeting": str(meeting.pk), "title": "Joining APIS", "kind": "for_decision", "slot_minutes": "60"}
    proposed = barbados.post(reverse("council:item_new"), proposal)
    item = AgendaItem.objects.get()
    assert proposed.headers["Location"] == reverse("council:item", args=[item.pk])
    assert keeper.post(act("items", item, "accept"), {}).status_code == 302
    assert "Joining APIS" in text(barbados.get(planned.headers["Location"]))


def test_fifteen_states_answer_at_once_and_none_is_out_of_date(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast, state="convened")
    forms = {who: client_for(f"{who}.ministry.decider") for who in ("brb", "jam")}
    address = act("meetings", meeting, "answer_invitation")
    for browser in forms.values():
        assert 'name="version"' not in text(browser.get(address))
    for browser in forms.values():
        assert browser.post(address, {"answer": "accepted"}).status_code == 302


def test_a_restricted_item_is_not_there_for_the_ministry_of_an_associate(cast: Any, client_for: Any, api: Any) -> None:
    meeting = a_meeting(cast)
    an_item(cast, meeting, title="Open matter")
    hidden = an_item(cast, meeting, title="Witness protection", restricted=True)
    home, page = reverse("council:meeting", args=[meeting.pk]), reverse("council:item", args=[hidden.pk])
    member, associate = client_for("jam.ministry.reader"), client_for("cym.ministry.decider")
    assert "Witness protection" in text(member.get(home))
    assert "<b>2</b><span>Items</span>" in text(member.get(home))
    shown = text(associate.get(home))
    assert "Witness protection" not in shown
    assert "<b>1</b><span>Items</span>" in shown
    assert "Witness protection" not in text(associate.get(reverse("council:brief", args=[meeting.pk])))
    nothing = reverse("council:item", args=[meeting.pk])
    assert associate.get(page).status_code == associate.get(nothing).status_code == 404
    program = api("CYM.ministry")
    found = program.get(f"/api/v1/council/meetings/{meeting.pk}/").json()
    assert [line["title"] for line in found["agenda"]] == ["Open matter"]
    assert program.get(f"/api/v1/council/items/{hidden.pk}/").status_code == 404
    assert [row["title"] for row in program.get("/api/v1/council/items/").json()["results"]] == ["Open matter"]
    own = next(row for row in found["delegations"] if row["party"] == "CYM")
    assert own["votes"] is False
    assert not any("Witness" in row.title for row in waiting_for(cast["cym.ministry.decider"]))


def test_a_position_is_seen_by_its_own_ministry_and_by_nobody_else(cast: Any, client_for: Any, api: Any) -> None:
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    jamaica = client_for("jam.ministry.decider")
    written = jamaica.post(
        reverse("council:position_new", args=[item.pk]),
        {"item": str(item.pk), "stance": "oppose", "note": "Cabinet paper 12", "speaking_note": "We cannot agree."},
    )
    assert written.status_code == 302
    position = Position.objects.get()
    page = reverse("council:position", args=[position.pk])
    assert "We cannot agree." in text(jamaica.get(page))
    assert "Cabinet paper 12" in text(jamaica.get(reverse("council:brief", args=[meeting.pk])))
    for who, desk in (
        (BARBADOS, "BRB.ministry"),
        (MANAGER, "IMPACS.secretariat"),
        ("cym.ministry.decider", "CYM.ministry"),
    ):
        browser, program = client_for(who), api(desk)
        assert browser.get(page).status_code == 404, who
        for place in ("council:meeting", "council:item"):
            shown = text(browser.get(reverse(place, args=[meeting.pk if place.endswith("meeting") else item.pk])))
            assert "Oppose" not in shown
            assert "Cabinet paper" not in shown
        assert program.get(f"/api/v1/council/positions/{position.pk}/").status_code == 404
        assert program.get("/api/v1/council/positions/").json()["results"] == []
        assert not any("Oppose" in f"{row.title}{row.detail}" for row in waiting_for(cast[who]))
    approved = jamaica.post(act("positions", position, "approve"), {})
    assert approved.status_code == 302
    again = jamaica.get(reverse("council:position_new", args=[item.pk]))
    assert again.headers["Location"] == act("positions", position, "change")
    changed = jamaica.post(again.headers["Location"], {"stance": "agree", "note": "", "speaking_note": "We agree."})
    assert changed.status_code == 302
    position.refresh_from_db()
    assert (position.state, position.stance) == ("draft", "agree"), "a changed position has to be approved again"


def test_a_reader_of_the_ministry_reads_its_position_and_does_not_write_it(cast: Any, client_for: Any) -> None:
    item = an_item(cast, a_meeting(cast))
    position = positions.write_position(cast[BARBADOS], None, item=str(item.pk), stance="agree", note="Cabinet 12")
    reader = client_for("brb.ministry.reader")
    assert "Cabinet 12" in text(reader.get(reverse("council:position", args=[position.pk])))
    assert reader.get(act("positions", position, "change")).status_code == 403
    assert reader.get(reverse("council:position_new", args=[item.pk])).status_code == 403


def test_a_position_that_is_still_open_is_not_approved(cast: Any, client_for: Any) -> None:
    item = an_item(cast, a_meeting(cast))
    position = positions.write_position(cast[BARBADOS], None, item=str(item.pk), stance="open")
    answer = client_for(BARBADOS).post(act("positions", position, "approve"), {})
    assert answer.status_code == 422
    assert "not decided yet" in text(answer)


def test_the_brief_says_what_to_write_and_what_votes_will_need(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast)
    an_item(cast, meeting)
    for who in ("brb", "jam", "guy"):
        delegations.answer_invitation(cast[f"{who}.ministry.decider"], meeting, answer="accepted")
    agenda.close_agenda(cast[MANAGER], Meeting.objects.get(pk=meeting.pk), missing=True)
    page = text(client_for(BARBADOS).get(reverse("council:brief", args=[meeting.pk])))
    assert "of 15 needed; 3 announced" in page
    assert "Write the position" in page
    item = page.partition('class="brief-i"')[2].partition("</li>")[0]
    papers, _our, position = item.partition("Our position")  # side by side, each chip below its head
    assert "Papers" in papers
    assert "Position needed" in position
    assert "data-print" in page
    assert "Our open proposals" in page
    assert client_for(MANAGER).get(reverse("council:brief", args=[meeting.pk])).status_code == 404


def test_my_desk_tells_the_ministry_and_the_secretariat_what_waits(cast: Any) -> None:
    meeting = a_meeting(cast)
    an_item(cast, meeting, accept=False)
    accepted = an_item(cast, meeting, title="Deportees")
    state = {row.title for row in waiting_for(cast["jam.ministry.decider"])}
    assert state == {"Answer the invitation: First Meeting, CONSLE", "Write a position: Deportees"}
    delegations.answer_invitation(cast["jam.ministry.decider"], meeting, answer="accepted")
    positions.write_position(cast["jam.ministry.decider"], None, item=str(accepted.pk), stance="agree")
    last = meeting.ends_at.date()
    delegations.present_credentials(cast["guy.ministry.decider"], Meeting.objects.get(pk=meeting.pk), until=last)
    left = {row.title for row in waiting_for(cast["jam.ministry.decider"])}
    assert left == {"Present credentials: First Meeting, CONSLE", "Approve the position: Deportees"}
    kept = {row.title for row in waiting_for(cast[MANAGER])}
    assert kept == {"Decide on the proposal: Joining APIS", "Credentials of Guyana"}
    assert waiting_for(cast["jam.ministry.reader"]) == []


def test_the_calendar_file_says_number_place_and_time_in_utc_alone(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast, starts_at=f"{NEXT}-02-10 09:00", ends_at=f"{NEXT}-02-11 17:30", place="Hall; East, Port")
    an_item(cast, meeting, title="Witness protection")
    answer = client_for(BARBADOS).get(reverse("council:meeting_calendar", args=[meeting.pk]))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert f"DTSTART:{NEXT}0210T130000Z" in lines
    assert f"DTEND:{NEXT}0211T213000Z" in lines
    assert "SUMMARY:First Meeting\\, CONSLE" in lines
    assert "LOCATION:Hall\\; East\\, Port" in lines
    assert "Witness" not in text(answer)


def test_the_meetings_are_the_work_of_ministries_and_the_secretariat(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast)
    for who, status in (
        ("cym.ministry.reader", 200),
        (MANAGER, 200),
        ("jam.border.head", 404),
        ("7t.carrier.agent", 404),
    ):
        browser = client_for(who)
        assert browser.get(reverse("council:meetings")).status_code == status, who
        assert browser.get(reverse("council:meeting", args=[meeting.pk])).status_code == status, who


def test_past_meetings_stand_below_those_to_come_in_pages_and_a_session_that_runs_on_is_not_past(
    cast: Any, client_for: Any
) -> None:
    rows = [a_meeting(cast, state="convened") for _ in range(33)]
    long_ago = {"starts_at": "2008-02-19 13:00+00", "ends_at": "2008-02-20 21:00+00"}
    Meeting.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(**long_ago, state="minutes_agreed")
    Meeting.objects.filter(pk=rows[0].pk).update(**long_ago, state="suspended")
    browser = client_for(BARBADOS)
    page = text(browser.get(reverse("council:meetings")))
    coming, past = page.split('id="list-past"')
    assert "First Meeting" in coming
    assert "First Meeting" not in past
    assert past.count('<tr role="row"') == 26
    [following] = re.findall(r'href="([^"]+)" rel="next"', past)
    older = text(browser.get(reverse("council:meetings") + following)).split('id="list-past"')[1]
    assert older.count('<tr role="row"') == 1 + 32 - 25
    assert "Third Meeting" in older


def asked(client: Any, place: str) -> list[str]:
    assert client.get(place).status_code == 200, place
    with CaptureQueriesContext(connection) as caught:
        client.get(place)
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]


def test_pages_ask_the_same_number_of_questions_for_one_item_and_for_twelve(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    positions.write_position(cast[BARBADOS], None, item=str(item.pk), stance="agree")
    browsers = {who: client_for(who) for who in (BARBADOS, MANAGER)}
    places = {
        "meetings": reverse("council:meetings"),
        "meeting": reverse("council:meeting", args=[meeting.pk]),
        "item": reverse("council:item", args=[item.pk]),
        "brief": reverse("council:brief", args=[meeting.pk]),
    }
    pages = [(who, name) for who in browsers for name in places if (who, name) != (MANAGER, "brief")]
    few = {page: len(asked(browsers[page[0]], places[page[1]])) for page in pages}
    for number in range(11):
        another = an_item(cast, meeting, title=f"Matter {number}")
        positions.write_position(cast[BARBADOS], None, item=str(another.pk), stance="agree")
    many = {page: asked(browsers[page[0]], places[page[1]]) for page in pages}
    assert {page: len(queries) for page, queries in many.items()} == few
    over = {page: queries for page, queries in many.items() if len(queries) > MOST}
    assert over == {}, "\n".join(f"{page}\n  " + "\n  ".join(q[:150] for q in found) for page, found in over.items())
