"""The room's page: everything that the chair and a delegation need at a glance, and what each may do."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from apps.council.actions import floor, sessions, votes
from apps.council.models import AgendaItem, Delegation
from tests.council.meetings.people import planned
from tests.council.room.people import (
    FULL,
    KEEPER,
    a_decision,
    a_meeting,
    a_vote,
    actor_of,
    an_item,
    fresh,
    in_session,
    owes,
)

pytestmark = pytest.mark.django_db
MOST, CONTROL = 12, ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def place(meeting: Any, name: str = "room") -> str:
    return reverse(f"council:{name}", args=[meeting.pk])


def body(client: Any, meeting: Any, name: str = "room") -> str:
    answer = client.get(place(meeting, name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def meeting(cast: Any) -> Any:
    """A hybrid session with eleven States and the Cayman Islands, one item on the floor."""
    row = in_session(cast, (*FULL[:11], "CYM"), mode="hybrid")
    floor.open_agenda_item(cast[KEEPER], an_item(cast, row, title="Advance passenger information", kind="for_decision"))
    return fresh(row)


def test_the_quorum_stands_there_with_its_numbers(client_for: Any, meeting: Any) -> None:
    page = body(client_for("jam.ministry.reader"), meeting)
    assert "11 of 15 present" in page
    assert "8 needed" in page
    assert "Article 27(1)" in page
    assert "Advance passenger information" in page


def test_each_seat_says_why_it_has_no_vote(cast: Any, client_for: Any, meeting: Any) -> None:
    Delegation.objects.filter(meeting=meeting, party="GUY").update(credentials="presented")
    page = body(client_for("jam.ministry.decider"), meeting)
    guyana = page.partition('id="seat-GUY"')[2].partition("</li>")[0]
    assert "Nobody holds credentials to vote for it" in guyana
    assert "Credentials: presented" in guyana
    assert "They attend and speak; only Member States vote" in page.partition("Associate Members</h3>")[2]
    assert page.index('id="seat-ATG"') < page.index('id="seat-TTO"') < page.index('id="seat-CYM"')


def test_a_state_has_its_own_buttons_and_none_of_the_chair(client_for: Any, meeting: Any) -> None:
    page = body(client_for("jam.ministry.decider"), meeting)
    assert "/ask_for_floor/?from=room" in page
    assert "/note_presence/" not in page
    assert "/suspend/" not in page
    keeper = body(client_for(KEEPER), meeting)
    assert "/ask_for_floor/" not in keeper
    assert keeper.count("/note_presence/?from=room") == 20 + 1
    assert "/suspend/?from=room" in keeper


def test_a_button_leads_back_to_the_room_at_the_seat(client_for: Any, meeting: Any) -> None:
    keeper = client_for(KEEPER)
    url = reverse("council:act", args=["meetings", meeting.pk, "note_presence"]) + "?from=room"
    answer = keeper.post(url, {"party": "TTO", "event": "arrive"})
    assert (answer.status_code, answer.url) == (302, f"{place(meeting)}?seat=TTO")
    assert "12 of 15 present" in body(keeper, meeting)
    wrong = keeper.post(url, {"party": "TTO", "event": "arrive"})
    assert wrong.status_code == 422
    assert "TTO is already present." in wrong.content.decode()


def test_a_state_joins_asks_and_speaks_by_plain_forms(client_for: Any, meeting: Any) -> None:
    jamaica, keeper = client_for("jam.ministry.decider"), client_for(KEEPER)
    item = reverse("council:act", args=["items", meeting.floor_item_id, "ask_for_floor"]) + "?from=room"
    assert jamaica.post(item).status_code == 302
    assert "Ask for the floor" not in body(jamaica, meeting)
    assert "Leave the speakers&#x27; list" in body(jamaica, meeting)
    assert "Give the floor" in body(keeper, meeting)
    give = reverse("council:act", args=["items", meeting.floor_item_id, "give_floor"]) + "?from=room"
    assert keeper.post(give, {"party": "JAM"}).status_code == 302
    assert "has had the floor since" in body(jamaica, meeting)


def test_a_form_opened_in_the_room_is_not_stale_when_somebody_comes(cast: Any, client_for: Any, meeting: Any) -> None:
    keeper = client_for(KEEPER)
    url = reverse("council:act", args=["meetings", meeting.pk, "adjourn"]) + "?from=room"
    form = keeper.get(url).content.decode()
    assert 'name="version"' not in form
    assert place(meeting) in form
    sessions.join_meeting(actor_of("TTO.ministry"), meeting)
    assert keeper.post(url, {"reason": "Until tomorrow, 09:00"}).status_code == 302
    assert "Until tomorrow, 09:00" in body(keeper, meeting)


def test_the_room_of_a_meeting_that_is_not_yet_called_has_no_numbers(cast: Any, client_for: Any) -> None:
    page = body(client_for(KEEPER), planned(cast))
    assert "The quorum follows the rules fixed when the meeting is called" in page
    assert "No item is under discussion for your delegation" in page


def test_opening_is_refused_on_the_page_with_the_article(cast: Any, client_for: Any) -> None:
    meeting = a_meeting(cast)
    sessions.call_roll(cast[KEEPER], meeting, present=list(FULL[:7]))
    page = body(client_for(KEEPER), meeting)
    assert "Article 27(1): 8 of 15 needed, 7 present." in page.partition("Open the session")[2]
    url = reverse("council:act", args=["meetings", meeting.pk, "start_session"]) + "?from=room"
    answer = client_for(KEEPER).post(url)
    assert answer.status_code == 409
    assert "8 of 15 needed, 7 present" in answer.content.decode()


def on_floor(meeting: Any) -> AgendaItem:
    return AgendaItem.objects.get(pk=meeting.floor_item_id)


def test_an_open_vote_says_what_it_still_takes(cast: Any, client_for: Any, meeting: Any) -> None:
    a_vote(cast, a_decision(cast, on_floor(meeting)), *FULL[:9])
    page = body(client_for(KEEPER), meeting)
    assert "9 for, 12 needed: can no longer pass" in page
    for party in FULL[11:]:
        sessions.note_presence(cast[KEEPER], meeting, party=party, event="arrive")
    page = body(client_for(KEEPER), meeting)
    assert "9 for, 12 needed; can still pass: 6 entitled States present have not voted" in page
    assert page.count("/record_vote/?from=room") == 15
    assert "Can still pass" in page


def test_the_result_stands_there_with_its_arithmetic(cast: Any, client_for: Any, meeting: Any) -> None:
    decision = a_vote(cast, a_decision(cast, on_floor(meeting)), *FULL[:11])
    votes.close_vote(cast[KEEPER], decision)
    page = body(client_for("jam.ministry.reader"), meeting)
    assert "Rejected: 11 for, 12 of 15 needed." in page
    assert "Majority: <b>3/4 of 15 = 11.25, rounded up 12</b>" in page
    assert "Quorum status: <b>met</b>" in page
    assert "/cast_vote/" not in page


def test_each_proposal_on_the_table_can_be_voted_on_and_the_last_vote_stays_in_view(
    cast: Any, client_for: Any, meeting: Any
) -> None:
    first, second = a_decision(cast, on_floor(meeting)), a_decision(cast, on_floor(meeting))
    keeper = client_for(KEEPER)
    page = body(keeper, meeting)
    assert page.count("/open_vote/?from=room") == 2
    assert "Vote 1 on" not in page
    votes.close_vote(cast[KEEPER], a_vote(cast, second))
    page = body(keeper, meeting)
    assert f"Vote 1 on {second}" in page
    assert page.count("/open_vote/?from=room") == 1
    a_vote(cast, first)
    assert f"Vote 1 on {first}" in body(keeper, meeting)


def test_before_a_vote_is_closed_its_text_and_quorum_are_repeated(cast: Any, client_for: Any, meeting: Any) -> None:
    keeper, jamaica = client_for(KEEPER), client_for("jam.ministry.decider")
    address = place(meeting, "room_close")
    assert keeper.get(address).status_code == 409
    decision = a_vote(cast, a_decision(cast, on_floor(meeting)))
    asked_again = keeper.get(address).content.decode()
    assert f"<code>{decision.text_hash[:8]}</code>" in asked_again
    assert "11 present with credentials, 8 needed: met" in asked_again
    assert jamaica.get(address).status_code == 403
    url = reverse("council:act", args=["decisions", decision.pk, "close_vote"]) + "?from=room"
    assert url in asked_again
    assert keeper.post(url).url == place(meeting)
    assert fresh(decision).state == "rejected"


def test_in_an_electronic_vote_a_state_sees_its_own_ballot_and_how_many_voted(
    cast: Any, client_for: Any, meeting: Any
) -> None:
    decision = a_vote(cast, a_decision(cast, on_floor(meeting)), method="electronic")
    votes.cast_vote(cast["brb.ministry.decider"], decision, vote="against")
    jamaica = client_for("jam.ministry.decider")
    page = body(jamaica, meeting)
    barbados = page.partition('id="seat-BRB"')[2].partition("</li>")[0]
    assert "Has voted" in barbados
    assert "Against" not in barbados
    assert "1 of 15 have voted; 12 votes in favour needed" in page
    assert "/record_vote/" not in body(client_for(KEEPER), meeting)
    url = reverse("council:act", args=["decisions", decision.pk, "cast_vote"]) + "?from=room"
    assert f'href="{escape(url)}&amp;vote=for"' in page
    sheet = jamaica.get(f"{url}&vote=for").content.decode()
    assert re.search(r'value="for"[^>]*checked', sheet)
    assert "This records the vote of Jamaica, under your name." in sheet
    assert jamaica.post(url, {"vote": "for"}).url == place(meeting)
    assert "Your State has voted." in body(jamaica, meeting)
    assert "/cast_vote/" not in body(client_for("jam.ministry.reader"), meeting)


def test_a_state_in_arrears_reads_why_it_has_no_button(cast: Any, client_for: Any, meeting: Any) -> None:
    owes(cast, "JAM", years=3)
    a_vote(cast, a_decision(cast, on_floor(meeting)), method="electronic")
    page = body(client_for("jam.ministry.decider"), meeting)
    assert "more than two years in arrears" in page.partition('id="vo-h"')[2].partition("</section>")[0]
    assert "/cast_vote/" not in page


def test_other_desks_find_no_room(client_for: Any, meeting: Any) -> None:
    for name in ("room", "room_floor", "room_hall"):
        assert client_for("jam.border.head").get(place(meeting, name)).status_code == 404


def crowded(cast: Any, meeting: Any) -> None:
    """Ten speakers, an open vote with nine ballots, two proposals, eleven items."""
    item = on_floor(meeting)
    for party in FULL[:10]:
        floor.ask_for_floor(actor_of(f"{party}.ministry"), item)
    a_decision(cast, item)
    a_vote(cast, a_decision(cast, item), *FULL[:9])
    for _each in range(10):
        an_item(cast, meeting)


def asked(client: Any, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in caught.captured_queries if not query["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("who", [KEEPER, "jam.ministry.decider"])
def test_the_room_asks_at_most_twelve_questions_and_fits_a_slow_link(
    cast: Any, client_for: Any, meeting: Any, who: str
) -> None:
    client = client_for(who)
    quiet = {name: asked(client, place(meeting, name)) for name in ("room", "room_floor", "room_hall")}
    crowded(cast, meeting)
    full = {name: asked(client, place(meeting, name)) for name in quiet}
    assert len(client.get(place(meeting)).content) < 60_000
    for views in (quiet, full):
        long = {name: queries for name, queries in views.items() if len(queries) > MOST}
        assert long == {}, {name: [query[:110] for query in queries] for name, queries in long.items()}
