"""Dossiers: who may be one person, with whom they travel, what is joined and taken apart, what others learn of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Traveller
from apps.travellers.actions import persons as actions
from apps.travellers.actions import retention_rounds
from apps.travellers.models import Person, PersonChange, PersonMember
from apps.travellers.queries import person_charts, persons
from tests.jrcc.people import (
    AGENT,
    QUILL,
    RAM,
    SHO,
    WATCH,
    fresh,
    hop,
    list_entry,
    renamed,
    send,
    the_registers,
    tomorrow,
)
from tests.jrcc.test_retention import everywhere

BRB, JAM, TTO = "brb.border.officer", "jam.border.officer", "tto.border.officer"


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    the_registers()


def flown(cast: Any, drain: Any, *flights: tuple[str, str, str, list[Any]]) -> list[Traveller]:
    """Flights (number, from, to, people), a day after another; the first traveller of each."""
    found = []
    for n, (number, origin, destination, people) in enumerate(flights):
        leaves = tomorrow() + timedelta(days=n)
        send(cast[AGENT], *people, flight=number, hops=[hop(origin, destination, leaves)])
        drain()
        found.append(Traveller.objects.get(journey__number=number.removeprefix("7T"), seq=1))
    return found


def twice(cast: Any, drain: Any) -> list[Traveller]:
    """Quillingford to Bridgetown, then to Kingston with their name spelled otherwise and a new passport."""
    again = renamed(QUILL, surname="KWILLINGFORD", document="A9900113", pnr="Z9Z9Z9", seat="3C")
    return flown(cast, drain, ("7T600", "POS", "BGI", [QUILL, SHO]), ("7T601", "POS", "KIN", [again, SHO]))


def keys(*rows: Traveller) -> list[str]:
    return [str(one.pk) for one in rows]


def joined(cast: Any, who: str, *rows: Traveller) -> Person:
    return actions.join_travellers(
        cast[who], None, travellers=keys(*rows), known_by="document", note="Passport renewed"
    )


def members(person: Person) -> set[Any]:
    return set(PersonMember.objects.filter(person=person).values_list("traveller_id", flat=True))


def dossier(client: Any, one: Traveller) -> Any:
    return client.get(reverse("jrcc:traveller_dossier", args=[one.pk]))


# --- proposals --------------------------------------------------------------------------------------------------------


def test_the_matching_engine_proposes_the_same_person_however_he_is_spelled(cast, drain):
    first, second = twice(cast, drain)
    [found] = persons.likely(cast[WATCH], persons.appearances(cast[WATCH], None, first.pk))
    assert found.it.pk == second.pk
    assert found.comparison.score > 0.5
    assert {line.feature for line in found.comparison.evidence} >= {"birth_date"}


def test_nobody_is_proposed_from_a_journey_that_the_seat_does_not_see(cast, drain):
    first, second = twice(cast, drain)
    assert persons.likely(cast[BRB], persons.appearances(cast[BRB], None, first.pk)) == []
    assert persons.appearances(cast[BRB], None, second.pk) == []
    assert [one.it.pk for one in persons.likely(cast[TTO], persons.appearances(cast[TTO], None, first.pk))] == [
        second.pk
    ]


def test_the_dossier_of_somebody_who_is_not_seen_does_not_exist(cast, drain, client_for):
    first, second = twice(cast, drain)
    assert dossier(client_for(BRB), first).status_code == 200
    assert dossier(client_for(BRB), second).status_code == 404
    assert dossier(client_for(AGENT), first).status_code == 404


# --- joined -----------------------------------------------------------------------------------------------------------


def test_what_was_joined_is_one_dossier_with_both_journeys_and_a_line_in_the_audit(cast, drain, client_for):
    first, second = twice(cast, drain)
    client = client_for(WATCH)
    page = client.get(reverse("jrcc:traveller_join", args=[first.pk]), {"with": str(second.pk)})
    assert f'value="{second.pk}" id="id_travellers_0" checked' in page.content.decode().replace(" />", ">")
    answer = client.post(
        reverse("jrcc:traveller_join", args=[first.pk]),
        {"travellers": keys(second), "known_by": "document", "note": "x"},
    )
    assert answer.status_code == 302, answer.content
    person = Person.objects.get()
    assert members(person) == {first.pk, second.pk}
    assert AuditRecord.objects.filter(verb="person.join", object_id=str(person.pk)).count() == 1
    text = dossier(client, second).content.decode()
    assert person.reference in text
    assert "QUILLINGFORD" in text
    assert "KWILLINGFORD" in text
    assert "<svg" in text


def test_a_desk_that_sees_one_of_the_journeys_learns_nothing_of_the_other(cast, drain, client_for):
    first, second = twice(cast, drain)
    person = joined(cast, WATCH, first, second)
    text = dossier(client_for(JAM), second).content.decode()
    assert "QUILLINGFORD" not in text.replace("KWILLINGFORD", "")
    assert person.reference not in text
    assert client_for(JAM).get(reverse("jrcc:person", args=[person.pk])).status_code == 404


def test_each_desk_keeps_its_own_view_and_the_watch_reads_those_of_the_states(cast, drain):
    first, second = twice(cast, drain)
    ours = joined(cast, TTO, first, second)
    assert persons.person_of(cast[WATCH], first.pk) == ours
    with pytest.raises(Refused) as refused:
        actions.undo_person_change(cast[WATCH], ours)
    assert refused.value.code == "not-your-person"
    theirs = joined(cast, WATCH, first, second)
    assert persons.person_of(cast[WATCH], first.pk) == theirs
    assert persons.person_of(cast[TTO], first.pk) == ours


def test_a_traveller_is_one_person_only_for_a_desk(cast, drain):
    first, second = twice(cast, drain)
    joined(cast, WATCH, first, second)
    with pytest.raises(ValidationError, match="already has some of these records"):
        joined(cast, WATCH, first, second)
    with pytest.raises(ValidationError, match="at least two records"):
        actions.join_travellers(cast[TTO], None, travellers=keys(first), known_by="seen")


@pytest.mark.parametrize("wrong", ["not-a-key", "01890000-0000-7000-8000-000000000000"])
def test_who_is_not_there_cannot_be_joined(cast, drain, wrong):
    first, _second = twice(cast, drain)
    with pytest.raises(ValidationError):
        actions.join_travellers(cast[WATCH], None, travellers=[*keys(first), wrong], known_by="seen")
    assert not Person.objects.exists()


def test_a_border_desk_cannot_join_somebody_whom_it_does_not_see(cast, drain):
    first, second = twice(cast, drain)
    with pytest.raises(ValidationError, match="Some records were not found, or their data are already deleted"):
        joined(cast, BRB, first, second)


def test_a_reader_of_a_desk_joins_nobody(cast, drain, client_for):
    first, _second = twice(cast, drain)
    answer = client_for("jam.intelligence.officer").get(reverse("jrcc:traveller_join", args=[first.pk]))
    assert answer.status_code == 404


# --- merged, taken apart, taken back --------------------------------------------------------------------------------


@pytest.fixture
def four(cast, drain):
    """Four flights of the same two people: two persons of two records each."""
    flights = [(f"7T61{n}", "POS", "BGI", [QUILL, RAM]) for n in range(4)]
    rows = flown(cast, drain, *flights)
    return rows, joined(cast, WATCH, *rows[:2]), joined(cast, WATCH, *rows[2:])


def test_joining_with_an_appearance_of_another_person_brings_all_of_it_along(cast, four):
    rows, one, other = four
    actions.merge_person(cast[WATCH], one, travellers=keys(rows[2]), known_by="seen")
    assert members(one) == {row.pk for row in rows}
    other = fresh(other)
    assert (other.state, other.into, members(other)) == ("merged", one, set())


def test_a_merger_that_is_taken_back_leaves_both_as_they_were(cast, four):
    rows, one, other = four
    actions.merge_person(cast[WATCH], one, travellers=keys(rows[2]), known_by="seen")
    actions.undo_person_change(cast[WATCH], fresh(one))
    assert members(one) == {row.pk for row in rows[:2]}
    assert members(other) == {row.pk for row in rows[2:]}
    assert (fresh(one).state, fresh(other).state, fresh(other).into) == ("kept", "kept", None)
    assert PersonChange.objects.get(kind="merged").undone_by == cast[WATCH].person
    verbs = set(AuditRecord.objects.filter(object_id=str(other.pk)).values_list("verb", flat=True))
    assert {"person.close", "person.reopen"} <= verbs


def test_who_is_taken_out_together_is_a_person_of_its_own(cast, four):
    rows, one, _other = four
    actions.merge_person(cast[WATCH], one, travellers=keys(rows[2]), known_by="seen")
    actions.split_person(cast[WATCH], fresh(one), travellers=keys(rows[0], rows[3]), known_by="error")
    assert members(one) == {rows[1].pk, rows[2].pk}
    assert members(Person.objects.latest("created_at")) == {rows[0].pk, rows[3].pk}


def test_taking_one_of_two_out_dissolves_the_person_and_can_be_taken_back(cast, four):
    rows, one, _other = four
    actions.split_person(cast[WATCH], one, travellers=keys(rows[0]), known_by="error")
    assert (fresh(one).state, members(one)) == ("dissolved", set())
    actions.undo_person_change(cast[WATCH], fresh(one))
    assert (fresh(one).state, members(one)) == ("kept", {rows[0].pk, rows[1].pk})


def test_the_last_one_cannot_be_taken_out(cast, four):
    rows, one, _other = four
    with pytest.raises(ValidationError, match="Leave at least one record, or undo the link"):
        actions.split_person(cast[WATCH], one, travellers=keys(*rows[:2]), known_by="error")


def test_what_was_moved_on_since_is_not_taken_back(cast, four):
    rows, one, other = four
    actions.split_person(cast[WATCH], one, travellers=keys(rows[0]), known_by="error")
    actions.merge_person(cast[WATCH], other, travellers=keys(rows[0]), known_by="seen")
    with pytest.raises(Refused) as refused:
        actions.undo_person_change(cast[WATCH], fresh(one))
    assert refused.value.code == "moved-since"
    assert members(other) == {rows[0].pk, rows[2].pk, rows[3].pk}


def test_there_is_nothing_left_to_take_back_after_the_first_joining(cast, four):
    _rows, one, _other = four
    actions.undo_person_change(cast[WATCH], one)
    assert fresh(one).state == "dissolved"
    with pytest.raises(Refused) as refused:
        actions.undo_person_change(cast[WATCH], fresh(one))
    assert refused.value.code == "nothing-to-undo"


def test_the_second_of_two_officers_sees_what_happened(cast, four):
    rows, one, _other = four
    seen = fresh(one).version
    actions.merge_person(cast[WATCH], one, travellers=keys(rows[2]), known_by="seen")
    with pytest.raises(Refused) as refused:
        actions.split_person(
            cast["jrcc.watch.supervisor"], one, version=seen, travellers=keys(rows[0]), known_by="error"
        )
    assert refused.value.reason == "stale"


# --- companions ------------------------------------------------------------------------------------------------------


def test_companions_share_a_booking_or_a_row_of_seats_or_travel_with_him_again(cast, drain):
    booked = renamed(SHO, pnr=QUILL.pnr, seat="1A")
    beside = renamed(RAM, pnr="OTHER1", seat="20D")
    far = renamed(RAM, surname="FARAWAY", document="F1", pnr="OTHER2", seat="2F")
    first, second = flown(
        cast, drain, ("7T600", "POS", "BGI", [QUILL, booked, beside, far]), ("7T601", "POS", "BGI", [QUILL, far])
    )
    person = joined(cast, WATCH, first, second)
    found = persons.companions(cast[WATCH], persons.appearances(cast[WATCH], person))
    assert {one.it.surname: (sorted(one.why), len(one.journeys)) for one in found} == {
        "BRATHWAITE": (["booking"], 1),
        "RAMKISSOON": (["seat"], 1),
        "FARAWAY": (["again"], 2),
    }


def test_a_state_of_mere_transit_learns_nothing_from_seats_and_bookings(cast, drain):
    on = renamed(QUILL, boards="POS", lands="BGI")
    friend = renamed(SHO, pnr=QUILL.pnr, seat="20A", boards="POS", lands="BGI")
    leaves = tomorrow()
    hops = [hop("POS", "UVF", leaves), hop("UVF", "BGI", leaves + timedelta(hours=2))]
    send(cast[AGENT], on, friend, flight="7T620", hops=hops)
    drain()
    one = Traveller.objects.get(surname="QUILLINGFORD")
    assert one.transit_parties == ["LCA"]
    of = lambda who: persons.companions(cast[who], persons.appearances(cast[who], None, one.pk))  # noqa: E731
    assert [sorted(found.why) for found in of(BRB)] == [["booking", "seat"]]
    assert of("lca.border.officer") == []


def test_hits_and_clearances_stand_in_the_dossier_of_who_may_see_them(cast, drain, client_for):
    list_entry(cast["jam.intelligence.officer"])
    first, _second = twice(cast, drain)
    assert 'href="/jrcc/hits/' in dossier(client_for(WATCH), first).content.decode()
    # none is seen, and that is not told as if there were none: the JRCC has not decided
    page = dossier(client_for(BRB), first).content.decode()
    assert 'href="/jrcc/hits/' not in page.split('id="hits"')[1]
    assert "No hits you can see" not in page
    assert "Hold: no answer yet" in page


# --- retention --------------------------------------------------------------------------------------------------------


def test_retention_takes_the_person_with_the_names(cast, drain):
    first, second = twice(cast, drain)
    person = actions.join_travellers(
        cast[WATCH], None, travellers=keys(first, second), known_by="seen", note="QUILLINGFORD himself"
    )
    retention_rounds.forget(timezone.now() + timedelta(days=95))
    assert (fresh(person).state, PersonMember.objects.count()) == ("dissolved", 0)
    assert everywhere("QUILLINGFORD") == {}
    with pytest.raises(Refused):
        actions.undo_person_change(cast[WATCH], fresh(person))


def test_masked_travellers_are_joined_with_nobody(cast, drain):
    first, second = twice(cast, drain)
    retention_rounds.forget(timezone.now() + timedelta(days=95))
    with pytest.raises(ValidationError, match="already deleted"):
        joined(cast, WATCH, first, second)


# --- the API, the drawings -------------------------------------------------------------------------------------------


def test_programs_join_read_and_take_back(cast, drain, client_for):
    first, second = twice(cast, drain)
    client = client_for(WATCH)
    body = {"travellers": keys(first, second), "known_by": "biometric"}
    made = client.post("/api/v1/jrcc/persons/", json.dumps(body), content_type="application/json")
    assert made.status_code == 201, made.content
    assert len(made.json()["travellers"]) == 2
    found = client.get("/api/v1/jrcc/persons/", {"traveller": str(first.pk)}).json()["results"]
    assert [one["reference"] for one in found] == [made.json()["reference"]]
    assert client_for(TTO).get("/api/v1/jrcc/persons/").json()["results"] == []
    place = f"/api/v1/jrcc/persons/{made.json()['id']}/actions/undo/"
    assert client.post(place, "{}", content_type="application/json").json()["state"] == "dissolved"


def test_the_timeline_has_a_bar_for_each_journey_in_the_order_of_time():
    now = timezone.now()
    drawn = person_charts.draw_journey_timeline(
        [("B", now, now + timedelta(hours=1), 0), ("A", now - timedelta(days=9), now, 1)]
    )
    assert [(bar.label, bar.kind) for bar in drawn["bars"]] == [("A", "hit"), ("B", "journey")]
    assert drawn["bars"][0].x < drawn["bars"][1].x
    assert all(bar.x + bar.wide <= person_charts.WIDE for bar in drawn["bars"])


def test_the_chart_of_links_says_how_many_it_leaves_to_the_tables():
    drawn = person_charts.links("X" * 40, [("companion", f"N{n}") for n in range(20)])
    assert (len(drawn["nodes"]), drawn["more"]) == (16, 4)
    assert all(0 < node.x < 760 and 0 < node.y < 380 for node in drawn["nodes"])
