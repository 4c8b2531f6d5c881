"""What is restricted to Member States does not show anywhere to an Associate, not even by its absence."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from apps.council.actions import agenda_items, drafts, seals
from apps.council.actions import votes as votes_actions
from apps.council.models import AgendaItem, Ballot, Decision
from apps.council.papers.actions import papers
from apps.council.procedures import actions as procedures_actions
from apps.council.queries import votes
from apps.council.queries.audience import is_restricted
from apps.people.queries import desk_ids
from caricom_portal.api import router
from tests.council import people
from tests.council.papers import world as writing
from tests.council.procedures.people import ministers
from tests.council.room import people as room

pytestmark = pytest.mark.django_db
CAYMAN, KEEPER, MANAGER = "cym.ministry.decider", "impacs.secretariat.officer", "impacs.secretariat.manager"
SECRET = "Meridian interdiction"
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|since="[^"]*"'
    rb"|upto=\d{13}|DTSTAMP:\w+|\d\d:\d\d(:\d\d)?|request[-_ ]id[^<,]*|\d+ (?:days?|h|min)\b",
    re.DOTALL,
)
"""What differs from one reading to the next: tokens, places in the stream, clocks, time left, what oneself did last."""
PLACES = (
    *("people:desk", "council:decisions", "council:decision_new", "council:meetings", "council:papers"),
    *("council:paper_new", "council:procedures", "council:procedure_new", "council:item_new"),
    *("impacs:matrix", "impacs:obligations", "notices:inbox"),
)


def restricted_item(cast, meeting):
    item = room.an_item(cast, meeting, kind="for_decision", title=SECRET, restricted=True)
    assert item.restricted
    return item


def a_secret(cast, meeting):
    """A restricted item with its issued paper and with a decision that is voted on."""
    item = restricted_item(cast, meeting)
    paper = papers.draft_paper(
        cast["jam.ministry.decider"], None, title=SECRET, language="en", body=SECRET, item=str(item.pk)
    )
    papers.submit_paper(cast["jam.ministry.decider"], paper)
    papers.start_paper_clearance(cast[writing.OFFICER], paper, legal="IMPACS.secretariat")
    papers.clear_paper(cast[writing.MANAGER], paper)
    papers.issue_paper(cast[writing.OFFICER], paper, financial_missing=True)
    decision = people.a_draft(cast, title=SECRET, item=item.pk)
    decision = drafts.attach_decision_costs(cast[MANAGER], decision, **people.NIL)
    decision = drafts.propose_decision(cast[MANAGER], decision)
    decision = votes_actions.open_vote(cast[MANAGER], decision)
    votes_actions.cast_vote(cast["jam.ministry.decider"], decision, vote="for", explanation=SECRET)
    return item, paper, decision


def a_sealed_secret(cast, meeting):
    """A second restricted decision, which is sealed and comes into force."""
    item = restricted_item(cast, meeting)
    decision = people.a_draft(cast, title=SECRET, item=item.pk)
    decision = drafts.attach_decision_costs(cast[MANAGER], decision, **people.NIL)
    decision = drafts.propose_decision(cast[MANAGER], decision)
    return seals.seal_decision(cast[MANAGER], votes_actions.adopt_decision_by_consensus(cast[MANAGER], decision))


def told_to_cayman():
    """How many events of the live stream Cayman's ministry was told of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_streamevent WHERE %s = ANY(groups)", desk_ids("CYM.ministry"))
        return cursor.fetchone()[0]


def addresses(meeting):
    """Every page and list that takes no record, and those of the meeting."""
    found = ["/register/", *map(reverse, PLACES)]
    for name in ("meeting", "room", "room_floor", "room_hall", "brief"):
        found.append(reverse(f"council:{name}", args=[meeting.pk]))
    found.append(reverse("council:meeting_calendar", args=[meeting.pk]))
    found += [f"/search/?q={word}" for word in ("Meridian", "interdiction", "CONSLE", "Contacts")]
    found += [f"{reverse('council:papers')}?q=Meridian", f"{reverse('council:decisions')}?q=Meridian"]
    return found


def api_addresses(meeting):
    # the audit grows with each reading of one's own; what it must not name is looked for below
    kept = [base for _prefix, view, base in router.registry if hasattr(view, "list") and base != "audit-records"]
    lists = [reverse(f"api:{base}-list") for base in kept]
    return [*lists, f"/api/v1/council/meetings/{meeting.pk}/", f"/api/v1/council/meetings/{meeting.pk}/actions/"]


def seen(client, places, **more):
    answers = {place: client.get(place, **more) for place in places}
    wrong = {place: one.status_code for place, one in answers.items() if one.status_code >= 500}
    assert wrong == {}
    return {
        place: (one.status_code, one.headers.get("ETag"), CHANGING.sub(b"", one.content))
        for place, one in answers.items()
    }


def test_a_restricted_item_its_paper_decision_and_vote_change_no_byte_of_what_an_associate_reads(
    cast, client_for, api, drain
):
    meeting = room.in_session(cast, present=room.FULL)
    room.a_decision(cast, room.an_item(cast, meeting, kind="for_decision"))
    drain()
    browser, program = client_for(CAYMAN), api("CYM.ministry")
    seen(browser, addresses(meeting))
    pages, lists = seen(browser, addresses(meeting)), seen(program, api_addresses(meeting))
    told_before = told_to_cayman()
    secrets = [*a_secret(cast, meeting), a_sealed_secret(cast, meeting)]
    drain()
    assert told_to_cayman() == told_before
    assert b"Advance passenger information" in pages[reverse("council:decisions")][2]
    told = {place: one for place, one in seen(program, api_addresses(meeting)).items() if one != lists[place]}
    assert list(told) == []
    read = seen(browser, addresses(meeting))
    assert [place for place in read if read[place] != pages[place]] == []
    assert SECRET.encode() not in b"".join(one[2] for one in read.values())
    audit = program.get("/api/v1/audit/records/?page_size=200").content + browser.get(reverse("audit:records")).content
    assert Decision.objects.get(pk=secrets[-1].pk).state == "in_force"
    assert [str(row) for row in secrets if str(row.pk).encode() in audit] == []


def test_what_is_restricted_is_answered_like_what_never_was_on_every_address(cast, client_for, api):
    meeting = room.in_session(cast, present=room.FULL)
    item, paper, decision = a_secret(cast, meeting)
    browser, program = client_for(CAYMAN), api("CYM.ministry")
    nobody = "01990000-0000-7000-8000-000000000000"
    for name, row in (("item", item), ("paper", paper), ("decision", decision)):
        page, none = (browser.get(reverse(f"council:{name}", args=[pk])) for pk in (row.pk, nobody))
        assert (page.status_code, none.status_code) == (404, 404)
        for tail in ("", "actions/", "actions/withdraw/"):
            got = [
                (program.post if tail == "actions/withdraw/" else program.get)(f"/api/v1/council/{name}s/{pk}/{tail}")
                for pk in (row.pk, nobody)
            ]
            bodies = [{k: v for k, v in one.json().items() if k != "request_id"} for one in got]
            assert got[0].status_code == 404
            assert bodies[0] == bodies[1]
    for place in ("papers", "items", "decisions"):
        assert program.get(f"/api/v1/council/{place}/?meeting={meeting.pk}").json()["results"] == []
    for name in ("record.pdf", "record.json"):
        stem = reverse("council:decision", args=[decision.pk])
        assert browser.get(f"{stem}{name}").status_code == 404
    paper_body = {"title": "x", "language": "en", "body": "x", "item": str(item.pk)}
    unknown = program.post("/api/v1/council/papers/", paper_body, format="json").json()["errors"]
    never = program.post("/api/v1/council/papers/", paper_body | {"item": nobody}, format="json").json()["errors"]
    assert unknown == never
    body = {"title": "x", "kind": "decision", "clauses": people.clauses(), "item": str(item.pk)}
    first = program.post("/api/v1/council/decisions/", body, format="json").json()["errors"]
    second = program.post("/api/v1/council/decisions/", body | {"item": nobody}, format="json").json()["errors"]
    assert first == second


def test_a_text_drafted_again_from_a_restricted_one_stays_with_the_member_states(cast, api):
    meeting = room.in_session(cast, present=room.FULL)
    *_, decision = a_secret(cast, meeting)
    decision = votes_actions.close_vote(cast[MANAGER], decision)
    assert decision.state == "rejected"
    again = drafts.retable_decision(cast["jam.ministry.decider"], None, decision=decision.pk)
    again = drafts.attach_decision_costs(cast[MANAGER], again, **people.NIL)
    again = drafts.propose_decision(cast["jam.ministry.decider"], again)
    assert is_restricted(again)
    assert api("BRB.ministry").get(f"/api/v1/council/decisions/{again.pk}/").status_code == 200
    assert api("CYM.ministry").get(f"/api/v1/council/decisions/{again.pk}/").status_code == 404
    ministers()
    row = procedures_actions.prepare_procedure(cast[MANAGER], None, decision=again)
    row = procedures_actions.dispatch_procedure(cast[MANAGER], row)
    assert api("CYM.ministry").get(f"/api/v1/council/procedures/{row.pk}/").status_code == 404


def test_a_proposal_put_under_a_restricted_item_is_closed_to_associates(cast, api):
    meeting = room.in_session(cast, present=room.FULL)
    decision = people.a_proposal(cast, title=SECRET)
    program = api("CYM.ministry")
    assert program.get(f"/api/v1/council/decisions/{decision.pk}/").status_code == 200
    drafts.place_decision_on_agenda(cast[MANAGER], decision, item=restricted_item(cast, meeting).pk)
    assert program.get(f"/api/v1/council/decisions/{decision.pk}/").status_code == 404


def test_a_written_procedure_on_an_item_that_becomes_restricted_is_closed_to_associates(cast, api):
    meeting = room.a_meeting(cast)
    item = room.an_item(cast, meeting, kind="for_decision")
    decision = room.a_decision(cast, item)
    ministers()
    row = procedures_actions.dispatch_procedure(
        cast[MANAGER], procedures_actions.prepare_procedure(cast[MANAGER], None, decision=decision)
    )
    program = api("CYM.ministry")
    assert program.get(f"/api/v1/council/procedures/{row.pk}/").status_code == 200
    agenda_items.restrict_agenda_item(cast[MANAGER], AgendaItem.objects.get(pk=item.pk))
    assert program.get(f"/api/v1/council/procedures/{row.pk}/").status_code == 404
    assert program.get(f"/api/v1/council/decisions/{decision.pk}/").status_code == 404
    assert api("BRB.ministry").get(f"/api/v1/council/procedures/{row.pk}/").status_code == 200


def ballots_known(api, decision, desk="BRB.ministry"):
    return [one["party"] for one in api(desk).get(f"/api/v1/council/decisions/{decision.pk}/").json()["votes"]]


def test_ballots_of_a_written_vote_are_nobody_elses_before_the_close(cast, api, client_for):
    decision = votes_actions.open_vote(cast[MANAGER], people.a_proposal(cast))
    votes_actions.cast_vote(cast["jam.ministry.decider"], decision, vote="against", explanation="Too dear for us")
    assert ballots_known(api, decision) == []
    assert ballots_known(api, decision, "IMPACS.secretariat") == []
    assert ballots_known(api, decision, "JAM.ministry") == ["JAM"]
    page = client_for("brb.ministry.decider").get(reverse("council:decision", args=[decision.pk])).content.decode()
    assert "Too dear for us" not in page
    board = votes.board(cast["brb.ministry.decider"], decision)
    assert [(seat.party, seat.value) for seat in board.seats if seat.value] == []
    assert set(board.counts) == {"voted", "not_voted"}
    assert board.standing == ""


def test_ballots_of_a_void_electronic_vote_stay_with_their_states(cast, api):
    meeting = people.a_session()
    decision = votes_actions.open_vote(cast[MANAGER], people.a_proposal(cast, meeting=meeting.pk))
    votes_actions.cast_vote(cast["jam.ministry.decider"], decision, vote="against", explanation="Too dear for us")
    votes_actions.void_vote(cast[MANAGER], decision, reason="Quorum lost")
    assert Ballot.objects.visible_to(cast["brb.ministry.decider"]).count() == 0
    assert Ballot.objects.visible_to(cast["jam.ministry.decider"]).count() == 1
