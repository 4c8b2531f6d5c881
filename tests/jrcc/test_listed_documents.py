"""A listed document in other hands: from a carrier's list to the floor, whichever of the two came first."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access.outbox import drain as work_off
from apps.journeys.models import Traveller
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.screening import actions as screening
from apps.screening.models import Entry
from apps.travellers.queries import lookups
from tests.jrcc.people import AGENT, QUILL, RAM, WATCH, fresh, hop, list_entry, renamed, send, the_hit, the_registers
from tests.screening.test_thresholds import put_in_force

KEEPER = "jam.intelligence.officer"
PASSPORT = {"type": "P", "number": "A4410927", "issuer": "JAM"}
BROWN = {"surname": "BROWN", "given_names": "DELROY", "birth_date": "1988-02-11", "documents": [PASSPORT]}
SAID = "The document is listed under another name"


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    the_registers()


def flown(cast: Any, *people: Any, **more: Any) -> None:
    send(cast[AGENT], *people, **more)
    work_off()


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("first", ["entry", "list"])
def test_a_listed_passport_in_other_hands_is_a_hit_on_the_floor_with_its_reason(cast, client_for, first):
    if first == "entry":
        list_entry(cast[KEEPER], BROWN)
        flown(cast, RAM, QUILL)
    else:
        flown(cast, RAM, QUILL)
        list_entry(cast[KEEPER], BROWN)
        work_off()
    hit = the_hit()
    assert (hit.traveller.surname, hit.state, hit.parties) == ("QUILLINGFORD", "raised", ["BRB", "TTO"])
    watch = client_for(WATCH)
    assert SAID in words(watch.get(reverse("jrcc:floor")))
    page = words(watch.get(reverse("jrcc:hit", args=[hit.pk])))
    assert SAID in page
    assert all(name in page for name in ("QUILLINGFORD, TAVARIS", "BROWN, DELROY", "A4410927"))
    assert "Possible match" not in page
    assert SAID in words(watch.get(reverse("jrcc:hits")))
    told = watch.get(f"/api/v1/jrcc/hits/{hit.pk}/").json()
    assert (told["by_document"], told["grade"]) == (True, "high")


def test_the_officer_at_the_counter_reads_why(cast, client_for):
    list_entry(cast[KEEPER], BROWN)
    flown(cast, RAM, QUILL)
    hit = hits.claim_hit(cast[WATCH], the_hit())
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    border = client_for("brb.border.officer")
    assert SAID in words(border.get(reverse("jrcc:border")))
    assert SAID in words(border.get(reverse("jrcc:border_hit", args=[hit.pk])))


def test_a_changed_entry_finds_who_carries_its_new_document(cast):
    entry = list_entry(cast[KEEPER], {**BROWN, "documents": []})
    flown(cast, RAM, QUILL)
    assert not Hit.objects.exists()
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), subject=BROWN)
    work_off()
    assert the_hit().traveller.surname == "QUILLINGFORD"


def test_corrected_data_bring_the_hit_and_take_it_back(cast):
    list_entry(cast[KEEPER], BROWN)
    flown(cast, RAM, renamed(QUILL, document="A7777123"))
    assert not Hit.objects.exists()
    flown(cast, RAM, QUILL)
    assert the_hit().state == "raised"
    flown(cast, RAM, renamed(QUILL, document="A7777123"))
    assert the_hit().state == "withdrawn"


def test_an_entry_that_the_journey_may_not_use_stays_unseen(cast):
    visibility = {"screen_for": ["GUY"]}
    list_entry(cast[KEEPER], BROWN, visibility=visibility)
    flown(cast, RAM, QUILL)
    list_entry(cast[KEEPER], BROWN, visibility=visibility, reference="R-2")
    work_off()
    assert not Hit.objects.exists()


def test_a_flight_that_goes_elsewhere_is_compared_with_the_documents_listed_there(cast):
    list_entry(cast[KEEPER], BROWN, visibility={"screen_for": ["GUY"]})
    flown(cast, RAM, QUILL)
    assert not Hit.objects.exists()
    flown(cast, RAM, QUILL, hops=[hop("POS", "GEO")])
    assert the_hit().parties == ["GUY"]


@pytest.mark.parametrize("first", ["threshold", "hit"])
def test_no_threshold_hides_a_listed_document(cast, client_for, first):
    list_entry(cast[KEEPER], BROWN)
    if first == "threshold":
        put_in_force(cast, review_percent=99.99)
    flown(cast, RAM, QUILL)
    if first == "hit":
        put_in_force(cast, review_percent=99.99)
        flown(cast, RAM, QUILL)
    assert the_hit().state == "raised"
    assert "Below the threshold" not in words(client_for(WATCH).get(reverse("jrcc:hit", args=[the_hit().pk])))


def test_a_document_that_names_the_listed_person_too_is_one_ordinary_hit(cast, client_for):
    list_entry(cast[KEEPER], {**BROWN, "surname": "QUILLINGFORD", "given_names": "TAVARIS"})
    flown(cast, RAM, QUILL)
    assert SAID not in words(client_for(WATCH).get(reverse("jrcc:hit", args=[the_hit().pk])))


def test_an_entry_of_a_document_alone_says_that_the_document_itself_is_listed(cast, client_for):
    list_entry(cast[KEEPER], {"documents": [PASSPORT]}, kind="document", instruction="refuse")
    flown(cast, RAM, QUILL)
    page = words(client_for(WATCH).get(reverse("jrcc:hit", args=[the_hit().pk])))
    assert "The document itself is listed" in page
    assert "under another name" not in page


def test_one_hit_for_each_traveller_and_entry(cast):
    list_entry(cast[KEEPER], {**BROWN, "documents": [PASSPORT, {"number": "A4410927"}]})
    flown(cast, RAM, QUILL)
    flown(cast, RAM, QUILL)
    assert Hit.objects.count() == 1


def test_a_search_for_people_by_the_number_finds_entry_and_carrier_whatever_the_names(cast):
    entry = list_entry(cast[KEEPER], BROWN)
    flown(cast, RAM, QUILL)
    found = lookups.look_up(cast[WATCH], {"surname": "ZANTHOPOULOS", "given_names": "KYRA", "document": "A4410927"})
    assert [(one.it.pk, one.comparison.score > 0.9) for one in found.entries] == [(entry.pk, True)]
    assert [(one.it.surname, one.comparison.score > 0.9) for one in found.people] == [("QUILLINGFORD", True)]


def test_every_traveller_stays_compared_and_nobody_else_is_raised(cast):
    list_entry(cast[KEEPER], {**BROWN, "documents": [{"type": "P", "number": "A4410928", "issuer": "JAM"}]})
    flown(cast, RAM, QUILL)
    assert not Hit.objects.exists()
    assert not Traveller.objects.filter(screened_at=None).exists()
    assert Entry.objects.count() == 1
