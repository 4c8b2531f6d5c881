"""Searches for people: what they find, for what purpose, and how they are reviewed."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.models import StreamEvent
from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.jrcc.actions import hits as floor
from apps.notices.models import Notice
from apps.travellers.actions import lookups as actions
from apps.travellers.actions import retention_rounds
from apps.travellers.models import Lookup
from apps.travellers.queries import dated, lookups
from tests.jrcc.people import AGENT, QUILL, RAM, SHO, SUPERVISOR, WATCH, fresh, list_entry, send, the_hit, the_registers
from tests.jrcc.test_retention import everywhere

BRB, JAM, HEAD = "brb.border.officer", "jam.border.officer", "brb.border.head"
HIM = {"surname": "KWILLINGFORD", "given_names": "TAVARIS", "birth_date": "1977"}


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    the_registers()


@pytest.fixture
def hit(cast):
    """Quillingford from Port of Spain to Bridgetown, who is on a Jamaican list."""
    list_entry(cast["jam.intelligence.officer"])
    send(cast[AGENT], RAM, QUILL, SHO)
    work_off()
    return the_hit()


def look(cast: Any, who: str, **terms: str) -> lookups.Found:
    return lookups.look_up(cast[who], terms)


def people(found: lookups.Found) -> list[str]:
    return [one.it.surname for one in found.people]


def made(cast: Any, who: str = WATCH, **more: Any) -> Lookup:
    return actions.search_people(cast[who], None, **{**HIM, "purpose": "counter", **more})


# --- what is found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "terms",
    [
        HIM,
        {"surname": "QUILLINGFORD"},
        {"surname": "Tavaris", "given_names": "Quillingford"},
        {"document": "a-441 0927"},
        {"surname": "QUILLINGFORDE", "birth_date": "1977-04-19"},
    ],
)
def test_somebody_is_found_in_spite_of_spelling(hit, cast, terms):
    assert people(look(cast, WATCH, **terms))[0] == "QUILLINGFORD"


def test_nobody_else_is_found_with_him(hit, cast):
    assert people(look(cast, WATCH, **HIM)) == ["QUILLINGFORD"]
    assert people(look(cast, WATCH, surname="ZANTHOPOULOS", given_names="KYRA")) == []


def test_a_search_finds_no_more_than_the_seat_sees(hit, cast):
    assert people(look(cast, BRB, **HIM)) == ["QUILLINGFORD"]
    assert people(look(cast, JAM, **HIM)) == []
    assert [one.it.pk for one in look(cast, WATCH, **HIM).entries] == [hit.entry_id]
    assert look(cast, BRB, **HIM).entries == []


def test_journeys_are_found_by_flight_and_day(hit, cast):
    journey = hit.journey
    assert look(cast, WATCH, flight="7T 0600").journeys == [journey]
    assert look(cast, WATCH, flight="600", day=str(journey.date)).journeys == [journey]
    assert look(cast, WATCH, flight="7T600", day="2001-01-01").journeys == []
    assert look(cast, JAM, flight="7T600").journeys == []


def test_a_flight_narrows_the_people_to_those_on_board(hit, cast):
    assert people(look(cast, WATCH, **HIM, flight="7T600")) == ["QUILLINGFORD"]
    assert people(look(cast, WATCH, **HIM, flight="7T999")) == []


# --- purpose ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "training"}, "purpose"),
        ({"purpose": "criminal"}, "case"),
        ({"purpose": "", "case": "H-2026-99999"}, "purpose"),
        ({"surname": "", "given_names": "", "birth_date": ""}, "surname"),
        ({"surname": "", "given_names": "", "birth_date": "", "day": date(2008, 3, 8)}, "flight"),
    ],
)
def test_a_search_without_what_it_needs_is_refused_at_the_field(hit, cast, more, field):
    with pytest.raises(ValidationError) as wrong:
        made(cast, **more)
    assert field in wrong.value.message_dict
    assert not Lookup.objects.exists()


def test_a_search_in_ones_own_open_case_needs_no_purpose_and_no_review(hit, cast):
    floor.claim_hit(cast[WATCH], hit)
    row = made(cast, purpose="", case=hit.reference.lower())
    assert (row.state, row.hit, row.found) == ("kept", hit, 2)


def test_an_open_case_of_somebody_else_is_no_reason(hit, cast):
    floor.claim_hit(cast[SUPERVISOR], hit)
    with pytest.raises(ValidationError):
        made(cast, purpose="", case=hit.reference)
    with pytest.raises(ValidationError):
        made(cast, BRB, purpose="", case=hit.reference)


def test_the_number_of_an_open_case_is_no_key_to_other_people(hit, cast):
    floor.claim_hit(cast[WATCH], hit)
    with pytest.raises(ValidationError, match="This search is not for the traveller in that hit"):
        made(cast, surname="RAMKISSOON", given_names="ANIL", purpose="", case=hit.reference)


def test_a_state_searches_in_the_hits_that_were_put_to_it(hit, cast):
    floor.refer_hit(cast[WATCH], hit, to=["BRB"])
    assert made(cast, BRB, purpose="", case=hit.reference).state == "kept"


def test_the_page_of_a_search_shows_what_it_found_to_its_maker_alone(hit, cast, client_for):
    answer = client_for(WATCH).post(reverse("jrcc:lookup_new"), {**HIM, "purpose": "counter"})
    assert answer.status_code == 302, answer.content
    assert "QUILLINGFORD" in client_for(WATCH).get(answer["Location"]).content.decode().replace("KWILLINGFORD", "")
    other = client_for(SUPERVISOR).get(answer["Location"])
    assert other.status_code == 200
    assert "QUILLINGFORD" not in other.content.decode().replace("KWILLINGFORD", "")
    assert client_for(BRB).get(answer["Location"]).status_code == 404
    assert AuditRecord.objects.filter(verb="lookup.make").count() == 1
    assert "KWILLINGFORD" not in str(list(AuditRecord.objects.filter(object_type="jrcc.lookup").values()))


def test_the_form_says_at_the_field_that_a_purpose_is_missing(hit, client_for):
    answer = client_for(WATCH).post(reverse("jrcc:lookup_new"), HIM)
    assert answer.status_code == 422
    assert "Choose a purpose" in answer.content.decode()


def test_the_search_over_all_rooms_finds_travellers_of_open_hits_alone(hit, client_for):
    page = client_for(WATCH).get("/search/", {"q": "RAMKISSOON"}).content.decode()
    assert "/jrcc/travellers/" not in page
    assert "/jrcc/travellers/" in client_for(WATCH).get("/search/", {"q": "QUILLINGFORD"}).content.decode()


# --- review ----------------------------------------------------------------------------------------------------------


def test_who_decides_at_the_desk_reviews_and_never_his_own(hit, cast):
    row = made(cast)
    with pytest.raises(Refused) as refused:
        actions.review_lookup(cast[WATCH], row, outcome="in_order")
    assert refused.value.code == "lookup-needs-decider"
    assert actions.review_lookup(cast[SUPERVISOR], row, outcome="in_order").reviewed_by == cast[SUPERVISOR].person
    own = made(cast, SUPERVISOR)
    with pytest.raises(Refused) as refused:
        actions.review_lookup(cast[SUPERVISOR], own, outcome="in_order")
    assert refused.value.code == "own-lookup"


def test_a_reviewer_of_another_desk_does_not_see_it(hit, cast):
    row = made(cast)
    with pytest.raises(Refused) as refused:
        actions.review_lookup(cast["jam.border.head"], row, outcome="in_order")
    assert refused.value.reason == "not-visible"
    assert not Lookup.objects.visible_to(cast["tto.border.officer"]).exists()


def test_an_explanation_is_asked_for_told_given_and_judged(hit, cast, drain):
    row = made(cast)
    with pytest.raises(ValidationError):
        actions.review_lookup(cast[SUPERVISOR], row, outcome="questioned")
    actions.review_lookup(cast[SUPERVISOR], row, outcome="questioned", said="Which counter?")
    drain()
    told = Notice.objects.get(code="lookup.reviewed")
    assert (told.number, told.seats) == (row.reference, [cast[WATCH].seat_id])
    with pytest.raises(Refused) as refused:
        actions.explain_lookup(cast[SUPERVISOR], fresh(row), answer="Not mine")
    assert refused.value.code == "not-your-lookup"
    actions.explain_lookup(cast[WATCH], fresh(row), answer="Counter 4, Port of Spain")
    done = actions.review_lookup(cast[SUPERVISOR], fresh(row), outcome="not_in_order", said="There is no counter 4")
    assert done.state == "not_in_order"
    with pytest.raises(Refused):
        actions.review_lookup(cast[SUPERVISOR], done, outcome="in_order")


def test_the_list_of_what_waits_has_none_of_ones_own(hit, cast, client_for):
    mine, others = made(cast, SUPERVISOR), made(cast)
    page = client_for(SUPERVISOR).get(reverse("jrcc:lookups"), {"state": "waiting"}).content.decode()
    assert others.reference in page
    assert mine.reference not in page
    assert others.reference in client_for(WATCH).get(reverse("jrcc:lookups")).content.decode()
    assert mine.reference not in client_for(WATCH).get(reverse("jrcc:lookups")).content.decode()
    desk = client_for(SUPERVISOR).get(reverse("people:desk")).content.decode()
    assert "Review a search for a traveller" in desk
    assert others.reference in desk


# --- the API, and the end --------------------------------------------------------------------------------------------


def test_programs_search_with_a_purpose_and_get_addresses(hit, client_for):
    client = client_for(WATCH)
    body = json.dumps({**HIM, "purpose": "request", "case": "RFI-1"})
    answer = client.post("/api/v1/jrcc/lookups/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    found = {(one["type"], one["url"].rstrip("/").rpartition("/")[2]) for one in answer.json()["results"]}
    assert found == {("traveller", str(hit.traveller_id)), ("entry", str(hit.entry_id))}
    later = client.get(f"/api/v1/jrcc/lookups/{answer.json()['id']}/").json()
    assert (later["results"], later["found"], later["state"]) == (None, 2, "due")
    bare = client.post("/api/v1/jrcc/lookups/", json.dumps(HIM), content_type="application/json")
    assert bare.status_code == 400
    assert [one["pointer"] for one in bare.json()["errors"]] == ["/purpose"]


def test_what_was_asked_for_is_forgotten_when_its_days_are_over(cast):
    row = made(cast, surname="OSMANDIAS")
    actions.review_lookup(cast[SUPERVISOR], row, outcome="questioned", said="Why OSMANDIAS?")
    assert retention_rounds.forget(timezone.now() + timedelta(days=89))["searches"] == 0
    assert retention_rounds.forget(timezone.now() + timedelta(days=90))["searches"] == 1
    assert everywhere("OSMANDIAS") == {}
    assert (fresh(row).person, fresh(row).purpose) == (cast[WATCH].person, "counter")


def test_each_purpose_has_words_and_a_day_from_which_it_holds():
    today = timezone.now().date()
    assert {one.code for one in dated.purposes(today)} == {
        "counter", "criminal", "request", "missing", "subject", "quality",
    }  # fmt: skip
    assert all(one.words for one in dated.purposes(today))
    assert dated.days_lookups_are_kept(today) == 90


def test_a_stream_tells_no_desk_of_a_search(hit, cast):
    heard = StreamEvent.objects.filter(object_type="jrcc.lookup", object_id=str(made(cast).pk))
    assert list(heard.values_list("verb", "groups")) == [("jrcc.lookup.make", [])]
