"""A flight that goes to another State than announced: who sees it then, and what becomes of its hits."""

from typing import Any

import pytest

from apps.access.models import StreamEvent
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Journey, JourneyParty, Traveller
from apps.jrcc.actions import hits, questions
from apps.jrcc.models import Hit, HitQuestion
from apps.manifests.models import Booking
from apps.notices.models import Notice
from apps.people.models import Desk
from apps.screening.models import Entry
from demo.manifests import message
from tests.jrcc.pages_world import sent
from tests.jrcc.people import (
    AGENT,
    QUILL,
    RAM,
    RIVAL,
    SHO,
    WATCH,
    fresh,
    heading,
    hop,
    list_entry,
    send,
    the_hit,
    the_registers,
)
from tests.jrcc.pnrgov.messages import BOOKINGS
from tests.jrcc.test_bookings import a_law

BRB, GUY, TTO, JAM = (f"{state}.border.officer" for state in ("brb", "guy", "tto", "jam"))
OWNER = "jam.intelligence.officer"


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    the_registers()


@pytest.fixture
def hit(cast: Any, drain: Any) -> Hit:
    """A wanted man on a flight from Trinidad to Barbados."""
    list_entry(cast[OWNER])
    send(cast[AGENT], RAM, QUILL)
    drain()
    return the_hit()


def reroute(cast: Any, drain: Any, *route: Any, who: str = AGENT) -> None:
    """The carrier says that the flight goes elsewhere, and names nobody."""
    send(cast[who], raw=message(heading(hops=list(route or [hop("POS", "GEO")]), list_type="266", function="CF"), []))
    drain()


def sees(actor: Any, model: Any) -> int:
    return model.objects.visible_to(actor).count()


def test_sight_of_the_flight_and_its_people_moves_to_the_new_state(hit, cast, drain):
    assert (sees(cast[BRB], Journey), sees(cast[GUY], Journey)) == (1, 0)
    reroute(cast, drain)
    for model, number in ((Journey, 1), (Traveller, 2), (JourneyParty, 2)):
        assert (sees(cast[BRB], model), sees(cast[GUY], model), sees(cast[TTO], model)) == (0, number, number), model
    assert {tuple(row.parties) for row in Traveller.objects.all()} == {("GUY", "TTO")}
    assert {row.to_port for row in Traveller.objects.all()} == {"BGI"}, "what the carrier declared stays"


def test_those_on_board_are_compared_anew_for_the_new_state(hit, cast, drain):
    reroute(cast, drain)
    assert not Traveller.objects.filter(screened_at=None).exists()
    assert fresh(hit).parties == ["GUY", "TTO"]
    assert hits.refer_hit(cast[WATCH], fresh(hit)).referred_to == ["GUY"]


def test_a_hit_that_the_former_state_has_not_taken_over_is_the_watchs_again(hit, cast, drain):
    hits.refer_hit(cast[WATCH], hits.claim_hit(cast[WATCH], hit), to=["BRB"])
    assert sees(cast[BRB], Entry) == 1
    reroute(cast, drain)
    back = fresh(hit)
    assert (back.state, back.reason, back.referred_to, back.claimed_by) == ("raised", "rerouted", [], "")
    assert [sees(cast[BRB], model) for model in (Hit, Traveller, Entry, Journey)] == [0, 0, 0, 0]
    with pytest.raises(Refused, match="not-visible"):
        hits.acknowledge_hit(cast[BRB], back)
    referred = hits.refer_hit(cast[WATCH], back)
    assert hits.acknowledge_hit(cast[GUY], referred).state == "acknowledged"


def test_the_former_state_keeps_a_hit_that_it_took_over_with_its_traveller_and_nothing_else(
    hit, cast, drain, client_for
):
    hits.acknowledge_hit(cast[BRB], hits.refer_hit(cast[WATCH], hit, to=["BRB"]))
    reroute(cast, drain)
    assert fresh(hit).state == "acknowledged"
    warned = "The journey no longer touches Barbados, and no other State has the hit."
    place, watch = f"/jrcc/hits/{hit.pk}/", client_for(WATCH)
    assert warned in watch.get(place).content.decode()
    assert [sees(cast[BRB], model) for model in (Hit, Traveller, Entry, Journey)] == [1, 1, 1, 0]
    further = hits.refer_hit_further(cast[WATCH], fresh(hit), to=["GUY"])
    assert further.referred_to == ["BRB", "GUY"]
    assert warned not in watch.get(place).content.decode()
    assert sees(cast[GUY], Hit) == 1


def left_behind():
    return list(Notice.objects.filter(code="hit.left_behind").values_list("owner__code", "number"))


def test_the_watch_is_told_once_of_a_hit_that_is_left_with_a_state_no_longer_touched(hit, cast, drain):
    hits.acknowledge_hit(cast[BRB], hits.refer_hit(cast[WATCH], hit, to=["BRB"]))
    reroute(cast, drain)
    assert left_behind() == [("JRCC.watch", hit.reference)]
    reroute(cast, drain, hop("POS", "GEO"))
    assert len(left_behind()) == 1


def test_of_a_hit_that_comes_back_or_that_another_state_has_the_watch_is_not_told(hit, cast, drain):
    hits.refer_hit(cast[WATCH], hits.claim_hit(cast[WATCH], hit), to=["BRB", "TTO"])
    hits.acknowledge_hit(cast[BRB], fresh(hit))
    reroute(cast, drain)
    assert fresh(hit).referred_to == ["BRB", "TTO"]
    assert left_behind() == []


def test_an_open_question_to_a_state_that_is_left_goes_with_it_and_one_that_it_asked_stays(hit, cast, drain):
    referred = hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    asked = questions.ask_hit_question(
        cast[OWNER], None, hit=str(referred.pk), of="BRB", text="Is the passport with you?"
    )
    reroute(cast, drain)
    assert sees(cast[BRB], HitQuestion) == 0
    assert HitQuestion.objects.get(pk=asked.pk).state == asked.state
    assert (fresh(hit).state, left_behind()) == ("raised", [])


def test_a_state_that_asked_keeps_its_open_question_and_the_watch_is_told(hit, cast, drain):
    referred = hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    questions.ask_hit_question(cast[BRB], None, hit=str(referred.pk), of="JAM", text="Which photograph is the newest?")
    reroute(cast, drain)
    assert (sees(cast[BRB], Hit), sees(cast[BRB], HitQuestion)) == (1, 1)
    assert left_behind() == [("JRCC.watch", hit.reference)]


def test_bookings_of_a_flight_are_seen_no_longer_by_the_state_that_it_left(hit, cast, drain):
    for state in ("TTO", "BRB"):
        a_law(state, "seats")
    journey = Journey.objects.get()
    text = BOOKINGS.replace("1001", journey.number).replace("KIN", "POS").replace("271126", f"{journey.date:%d%m%y}")
    sent(cast, drain, text.replace("7T", journey.carrier_id).encode())
    copies = Booking.objects.count() // 2
    assert copies
    assert [sees(cast[one], Booking) for one in (TTO, BRB)] == [copies, copies]
    reroute(cast, drain)
    assert [sees(cast[one], Booking) for one in (TTO, BRB, GUY)] == [copies, 0, 0]
    assert Booking.objects.count() == 2 * copies, "they are deleted in their time"


def test_a_hit_that_the_former_state_ended_stays_with_it_and_one_that_another_ended_does_not(cast, drain):
    list_entry(cast[OWNER])
    send(cast[AGENT], RAM, QUILL)
    drain()
    hit = hits.refer_hit(cast[WATCH], the_hit(), to=["BRB", "TTO"])
    hits.record_hit_outcome(cast[TTO], hit, outcome="questioned")
    reroute(cast, drain)
    assert (sees(cast[BRB], Hit), sees(cast[TTO], Hit), fresh(hit).state) == (0, 1, "closed")


def test_a_state_that_asked_in_the_case_has_acted_upon_it(hit, cast, drain):
    referred = hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    questions.ask_hit_question(cast[BRB], None, hit=str(referred.pk), of="JAM", text="Which photograph is the newest?")
    reroute(cast, drain)
    assert (sees(cast[BRB], Hit), fresh(hit).referred_to) == (1, ["BRB"])


def test_a_referral_to_the_owner_of_the_entry_does_not_end_with_the_route(cast, drain):
    list_entry(cast[OWNER])
    send(cast[AGENT], RAM, QUILL, hops=[hop("POS", "KIN")])
    drain()
    hit = hits.refer_hit(cast[WATCH], the_hit(), to=["JAM"])
    reroute(cast, drain)
    assert (fresh(hit).state, sees(cast[JAM], Hit), sees(cast[JAM], Journey)) == ("referred", 1, 0)


def test_the_screens_of_the_former_state_are_told_that_it_is_gone(hit, cast, drain):
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    reroute(cast, drain)
    border = [Desk.objects.get(code="BRB.border").pk]
    told = StreamEvent.objects.filter(verb__endswith=".leave").order_by("verb").values_list("verb", "groups")
    verbs = ["jrcc.hit.leave", "jrcc.journey.leave", "screening.entry.leave"]
    assert list(told) == [(verb, border) for verb in verbs]
    later = StreamEvent.objects.filter(pk__gt=StreamEvent.objects.get(verb="jrcc.journey.leave").pk)
    assert not later.filter(object_type="jrcc.journey", groups__overlap=border).exists()
    said = AuditRecord.objects.get(verb="journey.reroute")
    assert said.detail == {"left": ["BRB"]}


def test_a_whole_new_list_with_another_route_moves_it_as_well(hit, cast, drain):
    send(cast[AGENT], RAM, QUILL, hops=[hop("POS", "GEO")])
    drain()
    assert [sees(cast[one], Journey) for one in (BRB, GUY, TTO)] == [0, 1, 1]


def test_a_state_that_the_flight_still_touches_or_a_traveller_still_goes_to_keeps_it(hit, cast, drain):
    reroute(cast, drain, hop("POS", "GEO"), hop("GEO", "BGI"))
    assert [sees(cast[one], Journey) for one in (BRB, GUY)] == [1, 1]


def test_a_strange_carrier_cannot_send_a_flight_elsewhere(hit, cast, drain):
    reroute(cast, drain, who=RIVAL)
    send(cast[RIVAL], SHO, hops=[hop("POS", "GEO")])
    drain()
    assert sees(cast[BRB], Journey) == 1
    assert Journey.objects.get().destination == "BGI"
    assert JourneyParty.objects.filter(party="BRB").count() == 1


def test_a_flight_that_comes_back_to_the_former_state_is_seen_there_again(hit, cast, drain):
    reroute(cast, drain)
    reroute(cast, drain, hop("POS", "BGI"))
    assert [sees(cast[one], Journey) for one in (BRB, GUY, TTO)] == [1, 0, 1]


def test_the_pages_of_the_former_state_answer_as_if_there_were_nothing(hit, cast, drain, client_for):
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    officer = client_for(BRB)
    assert officer.get(f"/jrcc/hits/{hit.pk}/").status_code == 200
    reroute(cast, drain)
    assert officer.get(f"/jrcc/hits/{hit.pk}/").status_code == 404
    assert officer.get(f"/jrcc/journeys/{hit.journey_id}/").status_code == 404
    assert "7T 600" not in officer.get("/jrcc/border/").content.decode()
