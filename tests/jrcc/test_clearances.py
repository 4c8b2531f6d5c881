"""Clearances: this traveller is not that entry, State by State, as long as both stay what they are."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Traveller
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.screening import actions as screening
from apps.screening import tasks
from apps.screening.models import TravellerClearance
from apps.screening.queries import visibility
from tests.jrcc.people import AGENT, QUILL, QUILL_LISTED, WATCH, fresh, list_entry, renamed, send, the_registers

KEEPER, ACTING, FOREIGN, BODY = (
    *("jam.intelligence.officer", "brb.border.officer", "tto.border.officer", "rifc.analysis.release"),
)
LISTED = {**QUILL_LISTED, "documents": [{"type": "P", "number": "A4410999", "issuer": "JAM"}]}


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


@pytest.fixture
def flies(cast, drain):
    """Tavaris Quillingford (or another) flies from Port of Spain to Bridgetown; the newest hit."""
    numbers = iter(range(600, 700))

    def fly(person=QUILL):
        send(cast[AGENT], person, flight=f"7T{next(numbers)}")
        drain()
        return Hit.objects.order_by("pk").last()

    return fly


@pytest.fixture
def entry(cast):
    """An entry of the region's own list, which belongs to no State."""
    return list_entry(cast[BODY], LISTED)


def found_to_be_another(cast, hit, **more):
    watch = cast[WATCH]
    hit = hits.dismiss_hit(watch, hit, reason="different_photo")
    hits.clear_traveller_of_hit(watch, hit, **{"party": "BRB", "reason": "Another face", **more})
    return TravellerClearance.objects.order_by("pk").last()


def test_a_cleared_traveller_raises_no_equal_hit_for_that_state_until_the_entry_changes(cast, flies, entry, drain):
    first = found_to_be_another(cast, flies())
    half = flies()
    assert (half.state, half.cleared_for) == ("raised", ["BRB"])
    assert hits.default_state(half) == "TTO"
    hits.dismiss_hit(cast[WATCH], half, reason="different_photo")
    hits.clear_traveller_of_hit(cast[WATCH], fresh(half), party="TTO", reason="Another face")
    kept_down = flies()
    assert (kept_down.state, kept_down.reason, kept_down.cleared_for) == ("dismissed", "cleared", ["BRB", "TTO"])
    assert flies(renamed(QUILL, document="A4410555")).state == "raised"

    screening.change_watchlist_entry(cast[BODY], entry, instruction="refuse", why="Warrant")
    drain()
    assert fresh(kept_down).state == "raised"
    assert flies().state == "raised"
    assert tasks.expire() == 2
    assert (fresh(first).state, fresh(first).why_ended) == ("ended", "The entry has changed")


def test_a_clearance_that_is_revoked_or_over_no_longer_keeps_a_hit_down(cast, flies, entry, drain):
    found_to_be_another(cast, flies())
    clearance = screening.share_traveller_clearance(cast[WATCH], TravellerClearance.objects.get(), parties=["TTO"])
    kept_down = flies()
    assert kept_down.state == "dismissed"
    screening.revoke_traveller_clearance(cast[ACTING], clearance, why="He is the man after all")
    drain()
    assert fresh(kept_down).state == "raised"
    again = found_to_be_another(cast, kept_down)
    TravellerClearance.objects.filter(pk=again.pk).update(
        valid_until=visibility.region_today() - datetime.timedelta(days=1)
    )
    assert flies().cleared_for == []
    assert tasks.expire() == 1


def test_a_state_clears_for_itself_and_shares_by_its_own_decision(cast, flies):
    list_entry(cast[KEEPER], LISTED)
    hit = hits.refer_hit(cast[WATCH], flies(), to=["BRB"])
    hits.acknowledge_hit(cast[ACTING], hit)
    with pytest.raises(Refused, match="wrong-state"):
        hits.clear_traveller_of_hit(cast[ACTING], hit, party="BRB", reason="Too early")
    hit = hits.record_hit_outcome(cast[ACTING], hit, outcome="not_the_person")
    hits.clear_traveller_of_hit(cast[ACTING], hit, party="BRB", reason="His brother")
    clearance = TravellerClearance.objects.get()

    def sees():
        names = (WATCH, ACTING, "brb.intelligence.officer", FOREIGN, KEEPER, "guy.border.officer")
        return {name for name in names if TravellerClearance.objects.visible_to(cast[name]).exists()}

    own = {WATCH, ACTING, "brb.intelligence.officer"}
    assert sees() == own
    for stranger in (FOREIGN, KEEPER):
        with pytest.raises(Refused, match="not-visible"):
            screening.share_traveller_clearance(cast[stranger], clearance, parties=["TTO"])
    with pytest.raises(Refused, match="not-clearance-maker"):
        screening.share_traveller_clearance(cast[WATCH], clearance, parties=["TTO"])
    # Jamaica, whose entry it is, has not cleared them: its hit is raised
    assert (flies().state, flies().cleared_for) == ("raised", ["BRB"])
    screening.share_traveller_clearance(cast[ACTING], clearance, parties=["TTO", "JAM"])
    assert sees() == {*own, FOREIGN, KEEPER}
    assert flies().state == "dismissed"
    verbs = AuditRecord.objects.filter(object_type="screening.travellerclearance", outcome="done")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "traveller_clearance.make",
        "traveller_clearance.share",
    ]


@pytest.mark.parametrize(
    ("prepare", "refusal"),
    [
        (lambda cast, hit: hits.dismiss_hit(cast[WATCH], hit, reason="message_error"), "not-another-person"),
        (lambda cast, hit: hit, "wrong-state"),
    ],
)
def test_only_another_person_is_cleared(cast, flies, entry, prepare, refusal):
    hit = prepare(cast, flies())
    with pytest.raises(Refused, match=refusal):
        hits.clear_traveller_of_hit(cast[WATCH], hit, party="BRB", reason="No")


def test_a_name_alone_clears_nobody_and_a_day_too_late_neither(cast, flies, entry):
    hit = hits.dismiss_hit(cast[WATCH], flies(), reason="different_photo")
    far = visibility.region_today() + datetime.timedelta(days=400)
    with pytest.raises(ValidationError, match="Choose a date from today"):
        hits.clear_traveller_of_hit(cast[WATCH], hit, party="BRB", reason="Another face", valid_until=far)
    Traveller.objects.get(pk=hit.traveller_id).documents.all().delete()
    with pytest.raises(ValidationError, match="name is not enough"):
        hits.clear_traveller_of_hit(cast[WATCH], hit, party="BRB", reason="Another face")
    assert not TravellerClearance.objects.exists()


def test_the_watch_clears_on_the_hits_page_and_the_state_reads_and_revokes_it_on_its_own(
    cast, client_for, flies, entry, drain
):
    hit = hits.dismiss_hit(cast[WATCH], flies(), reason="different_photo")
    page = reverse("jrcc:hit", args=[hit.pk])
    watch, acting = client_for(WATCH), client_for(ACTING)
    assert b"Record a false match for later journeys" in watch.get(page).content
    place = reverse("jrcc:hit_do", args=[hit.pk, "clear"])
    assert watch.post(place, {"party": "BRB"}).status_code == 422
    assert watch.post(place, {"party": "GUY", "reason": "Another face"}).status_code == 422
    assert watch.post(place, {"party": "BRB", "reason": "Another face"}).status_code == 302
    later = reverse("jrcc:hit", args=[flies().pk])
    assert b"Earlier false matches" in watch.get(later).content
    clearance = TravellerClearance.objects.get()
    place = reverse("screening:clearance", args=[clearance.pk])
    assert b"QUILLINGFORD" in acting.get(reverse("screening:clearances")).content
    assert b"A restricted record" in acting.get(place).content
    assert client_for(FOREIGN).get(place).status_code == 404
    assert b"QUILLINGFORD" not in client_for(FOREIGN).get(reverse("screening:clearances")).content
    assert acting.post(f"{place}revoke/", {"version": 1}).status_code == 422
    assert acting.post(f"{place}revoke/", {"version": 1, "why": "The man after all"}).status_code == 302
    assert fresh(clearance).state == "revoked"


def test_programs_read_clearances_of_their_own_state_alone(cast, api, flies, entry):
    clearance = found_to_be_another(cast, flies())
    place = "/api/v1/screening/clearances/"
    [row] = api("BRB.border").get(place).json()["results"]
    assert (row["id"], row["holds_for"], row["entry"]) == (str(clearance.pk), ["BRB"], None)
    assert api("TTO.border").get(place).json()["results"] == []


def test_a_clearance_is_shared_on_its_page_with_states_that_it_does_not_hold_for_yet(cast, client_for, flies, entry):
    clearance, browser = found_to_be_another(cast, flies()), client_for(WATCH)
    page = reverse("screening:clearance", args=[clearance.pk])
    share = reverse("screening:clearance_do", args=[clearance.pk, "share"])
    shown = browser.get(page).content.decode()
    assert ('value="TTO"' in shown, 'value="BRB"' in shown) == (True, False)
    for wrong in ({}, {"parties": ["BRB"]}, {"parties": ["USA"]}):
        assert browser.post(share, {"version": "1", **wrong}).status_code == 422
    assert browser.post(share, {"version": "1", "parties": ["TTO", "GUY"]}).headers["Location"] == page
    assert fresh(clearance).holds_for == ["BRB", "GUY", "TTO"]
    assert '<span class="code">TTO</span>' in browser.get(page).content.decode()
    assert client_for(FOREIGN).get(page).status_code == 200
    assert browser.post(share, {"version": "1", "parties": ["JAM"]}).status_code == 412
    assert flies().state == "dismissed"
