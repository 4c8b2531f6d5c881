"""Hits: how they arise, who sees them, what is done with them, how they end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access import declared_actions
from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Document, Journey, Traveller
from apps.jrcc.actions import hits as hits_actions
from apps.jrcc.models import Hit
from apps.jrcc.queries import floor
from apps.jrcc.rules.grades import grade_of, grades
from apps.manifests.models import Submission
from apps.screening import actions as screening
from apps.screening import tasks
from apps.screening.models import Entry
from apps.screening.queries import visibility
from tests.jrcc.people import (
    AGENT,
    QUILL,
    QUILL_LISTED,
    RAM,
    SHO,
    SUPERVISOR,
    WATCH,
    fresh,
    hop,
    list_entry,
    renamed,
    send,
    the_hit,
    the_journey,
    the_registers,
    tomorrow,
)
from tests.worlds import world

KEEPER, ACTING, BYSTANDER = "jam.intelligence.officer", "brb.border.officer", "tto.border.officer"


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


@pytest.fixture
@world
def hit(cast):
    """A traveller from Port of Spain to Bridgetown who is on a Jamaican list."""
    list_entry(cast[KEEPER])
    send(cast[AGENT], RAM, QUILL)
    work_off()
    return the_hit()


def sees(actor, row):
    return type(row).objects.visible_to(actor).filter(pk=row.pk).exists()


# --- raised --------------------------------------------------------------------------------------------------------


def test_a_listed_traveller_raises_a_hit_whose_ledger_adds_up(hit, cast):
    assert (hit.state, hit.reference[:2], hit.list_party_id, hit.instruction) == ("raised", "H-", "JAM", "question")
    assert hit.parties == ["BRB", "TTO"]
    assert hit.score > 0.95
    assert hit.due_at == the_journey().arrives_at - timedelta(minutes=30)
    assert {line["feature"] for line in hit.evidence} >= {"surname", "document"}
    assert AuditRecord.objects.filter(verb="hit.raise", object_id=str(hit.pk)).count() == 1


@pytest.mark.parametrize(
    ("score", "grade"), [(1.0, "high"), (0.95, "high"), (0.9499, "mid"), (0.75, "mid"), (0.7499, "low"), (0.0, "low")]
)
def test_the_grade_that_is_shown_is_the_grade_that_is_found(hit, cast, score, grade):
    Hit.objects.filter(pk=hit.pk).update(score=score)
    assert grade_of(fresh(hit).score) == grade
    found = [each for each in grades() if floor.in_grade(floor.hit_rows(cast[WATCH]), each).exists()]
    assert found == [grade]


def test_a_new_entry_finds_those_who_are_still_to_arrive(cast, drain):
    send(cast[AGENT], RAM, QUILL)
    drain()
    assert not Hit.objects.exists()
    entry = list_entry(cast[KEEPER])
    drain()
    assert (the_hit().entry, the_hit().traveller.surname) == (entry, "QUILLINGFORD")


@pytest.mark.parametrize(("days", "hits"), [(10, 1), (40, 0)])
def test_a_new_entry_finds_those_who_came_as_lately_as_the_rules_of_lists_say(cast, drain, client_for, days, hits):
    send(cast[AGENT], RAM, QUILL)
    drain()
    Journey.objects.update(arrives_at=timezone.now() - timedelta(days=days))
    list_entry(cast[KEEPER])
    drain()
    assert Hit.objects.count() == hits
    assert ("QUILLINGFORD" in client_for(WATCH).get(reverse("jrcc:floor")).content.decode()) is bool(hits)


def test_an_entry_that_concerns_nobody_leaves_no_trace_among_the_hits(cast, drain):
    send(cast[AGENT], RAM)
    drain()
    list_entry(cast[KEEPER])
    drain()
    assert not Hit.objects.exists()
    assert not AuditRecord.objects.filter(verb="hit.screen_entry").exists()


def test_an_entry_that_the_states_of_the_journey_may_not_use_raises_nothing(cast, drain):
    list_entry(cast[KEEPER], visibility={"screen_for": ["GUY"], "hit_visible_to": "owner_and_acting"})
    send(cast[AGENT], QUILL)
    drain()
    list_entry(cast[KEEPER], reference="R-2", visibility={"screen_for": ["GUY"], "hit_visible_to": "owner"})
    drain()
    assert not Hit.objects.exists()
    assert the_journey().screened == 1


def test_only_states_that_may_screen_with_the_entry_are_named_on_the_hit(cast, drain):
    list_entry(cast[KEEPER], visibility={"screen_for": ["BRB", "GUY"], "hit_visible_to": "all"})
    send(cast[AGENT], QUILL)
    drain()
    assert the_hit().parties == ["BRB"]


def test_the_same_traveller_on_a_second_list_is_the_same_hit(hit, cast, drain):
    send(cast[AGENT], RAM, QUILL, SHO)
    drain()
    send(cast[AGENT], RAM, renamed(QUILL, seat="1A", born="770418"), SHO)
    drain()
    again = the_hit()
    assert (again.pk, again.state) == (hit.pk, "raised")
    assert again.score != hit.score


# --- who sees it ---------------------------------------------------------------------------------------------------


def test_the_watch_and_the_owner_see_a_hit_and_no_border_desk_does(hit, cast):
    readers = [WATCH, KEEPER, ACTING, BYSTANDER, AGENT, "jam.border.officer", "brb.intelligence.officer"]
    assert [name for name in readers if sees(cast[name], hit)] == [WATCH, KEEPER]


def test_a_carrier_sees_neither_journey_nor_traveller_nor_hit(hit, cast):
    for model in (Journey, Traveller, Document, Hit):
        assert not model.objects.visible_to(cast[AGENT]).exists()
    assert Submission.objects.visible_to(cast[AGENT]).count() == 1


def test_a_referral_opens_the_hit_and_its_entry_to_the_acting_border_desk(hit, cast):
    hits_actions.refer_hit(cast[WATCH], hit, to=["BRB"], note="Meet at the gate.")
    assert sees(cast[ACTING], hit)
    assert sees(cast[ACTING], hit.entry)
    assert not sees(cast[BYSTANDER], hit)


def test_a_referral_to_the_owner_opens_one_traveller_of_a_journey_it_does_not_see(hit, cast):
    border = cast["jam.border.officer"]
    assert not Traveller.objects.visible_to(border).exists()
    hits_actions.refer_hit(cast[WATCH], hit, to=["JAM"])
    assert [row.surname for row in Traveller.objects.visible_to(border)] == ["QUILLINGFORD"]
    assert Document.objects.visible_to(border).count() == 1
    assert not Journey.objects.visible_to(border).exists()


# --- worked on -----------------------------------------------------------------------------------------------------


def test_a_hit_goes_from_the_watch_to_the_border_and_ends_with_an_outcome(hit, cast):
    hits_actions.claim_hit(cast[WATCH], hit)
    hits_actions.refer_hit(cast[WATCH], hit, to=["BRB"], note="Meet at the gate.")
    hits_actions.acknowledge_hit(cast[ACTING], hit)
    hits_actions.record_hit_outcome(cast[ACTING], hit, outcome="questioned", note="Let go after an hour.")
    done = fresh(hit)
    assert (done.state, done.outcome, done.outcome_party_id, done.note) == (
        *("closed", "questioned", "BRB"),
        "Meet at the gate.",
    )
    assert done.claimed_by == cast[WATCH].person


def test_without_a_choice_a_hit_is_referred_to_the_state_of_arrival(hit, cast):
    hits_actions.refer_hit(cast[WATCH], hit)
    assert fresh(hit).referred_to == ["BRB"]


def test_a_claimed_hit_belongs_to_its_officer_until_he_releases_it(hit, cast):
    hits_actions.claim_hit(cast[SUPERVISOR], hit)
    for act in (hits_actions.release_hit, hits_actions.refer_hit):
        with pytest.raises(Refused, match="not-your-claim"):
            act(cast[WATCH], hit)
    with pytest.raises(Refused, match="wrong-state"):
        hits_actions.claim_hit(cast[WATCH], hit)
    hits_actions.release_hit(cast[SUPERVISOR], hit)
    hits_actions.claim_hit(cast[WATCH], hit)
    hits_actions.dismiss_hit(cast[SUPERVISOR], hit, reason="different_photo")
    assert (fresh(hit).state, fresh(hit).reason) == ("dismissed", "different_photo")


def test_a_dismissal_needs_a_reason_in_a_code_or_in_words(hit, cast):
    with pytest.raises(ValidationError):
        hits_actions.dismiss_hit(cast[WATCH], hit, reason="  ")
    hits_actions.dismiss_hit(cast[WATCH], hit, reason="Twenty years younger than the person listed")
    assert fresh(hit).reason.startswith("Twenty years")


def test_only_the_state_that_a_hit_was_referred_to_can_act_on_it(hit, cast):
    hits_actions.refer_hit(cast[WATCH], hit, to=["BRB", "TTO"])
    hits_actions.acknowledge_hit(cast[BYSTANDER], hit)
    hits_actions.record_hit_outcome(cast[ACTING], hit, outcome="did_not_travel")
    with pytest.raises(Refused, match="not-visible"):
        hits_actions.acknowledge_hit(cast["guy.border.officer"], hit)
    with pytest.raises(Refused, match="not-acting-state"):
        hits_actions.record_hit_outcome(cast[KEEPER], hit, outcome="refused")


def test_a_hit_cannot_be_referred_to_a_state_off_the_journey(hit, cast):
    for wrong in (["GUY"], ["BRB", "USA"]):
        with pytest.raises(ValidationError):
            hits_actions.refer_hit(cast[WATCH], hit, to=wrong)
    assert fresh(hit).state == "raised"


@pytest.mark.parametrize(
    "entry",
    [
        {"visibility": {"screen_for": "all", "hit_visible_to": "owner"}},
        {"instruction": "discreet"},
    ],
)
def test_a_discreet_or_owner_only_hit_goes_to_the_owner_alone(cast, drain, entry):
    list_entry(cast[KEEPER], **entry)
    send(cast[AGENT], QUILL)
    drain()
    with pytest.raises(Refused, match="owner-only"):
        hits_actions.refer_hit(cast[WATCH], the_hit(), to=["BRB"])
    hits_actions.refer_hit(cast[WATCH], the_hit())
    assert the_hit().referred_to == ["JAM"]
    assert not sees(cast[ACTING], the_hit())
    assert sees(cast["jam.border.officer"], the_hit())


def test_a_closed_hit_can_be_opened_again_and_starts_afresh(hit, cast):
    hits_actions.refer_hit(cast[WATCH], hit)
    hits_actions.record_hit_outcome(cast[ACTING], hit, outcome="not_the_person")
    hits_actions.reopen_hit(cast[WATCH], hit, reason="New photograph")
    again = fresh(hit)
    assert (again.state, again.outcome, again.reason, again.outcome_party_id) == ("raised", "", "New photograph", None)


def test_the_buttons_of_a_claimed_hit_are_those_of_its_state(hit, cast):
    hits_actions.claim_hit(cast[WATCH], hit)
    offers = {offer.verb: offer.allowed for offer in declared_actions.offers(cast[WATCH], fresh(hit))}
    assert offers == {"release": True, "refer": True, "dismiss": True}


# --- the world moves on ---------------------------------------------------------------------------------------------


def test_a_hit_is_withdrawn_with_its_traveller_and_comes_back_with_him(hit, cast, drain):
    hits_actions.refer_hit(cast[WATCH], hit)
    send(cast[AGENT], RAM)
    drain()
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "left_list")
    send(cast[AGENT], RAM, QUILL)
    drain()
    assert fresh(hit).state == "raised"


def test_a_cancelled_flight_takes_its_hits_along(hit, cast, drain):
    send(cast[AGENT], list_type="266", function="XF")
    drain()
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "flight_cancelled")


def test_all_open_hits_of_a_withdrawn_entry_are_withdrawn_and_the_finished_ones_stay(hit, cast, drain):
    send(cast[AGENT], QUILL, flight="7T601")
    send(cast[AGENT], QUILL, flight="7T602")
    drain()
    closed, *_rest = Hit.objects.order_by("pk")
    hits_actions.dismiss_hit(cast[WATCH], closed, reason="name_only")
    screening.withdraw_watchlist_entry(cast[KEEPER], Entry.objects.get(), reason="Found")
    drain()
    states = list(Hit.objects.order_by("pk").values_list("state", "reason"))
    assert states == [("dismissed", "name_only"), ("withdrawn", "entry_withdrawn"), ("withdrawn", "entry_withdrawn")]


def test_a_hit_says_whether_its_entry_ran_out_or_was_withdrawn(hit, cast, drain, client_for, monkeypatch):
    words = {"expired": "The watchlist entry has expired", "withdrawn": "The owner has withdrawn the watchlist entry"}
    screening.change_watchlist_entry(cast[KEEPER], hit.entry, valid_until=visibility.region_today())
    drain()
    assert tasks.expire() == 0
    monkeypatch.setattr(visibility, "LAST_TO_END", visibility.LAST_TO_END + timedelta(days=1))
    assert tasks.expire() == 1
    drain()
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "entry_expired")
    watch, place = client_for(WATCH), reverse("jrcc:hit", args=[hit.pk])
    assert words["expired"] in watch.get(place).content.decode()
    screening.change_watchlist_entry(cast[KEEPER], fresh(hit.entry), valid_until=None)
    drain()
    assert fresh(hit).state == "raised"
    screening.withdraw_watchlist_entry(cast[KEEPER], fresh(hit.entry), reason="Found")
    drain()
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "entry_withdrawn")
    assert words["withdrawn"] in watch.get(place).content.decode()


def test_an_entry_that_is_in_use_again_before_its_end_was_handled_keeps_its_hits(hit, cast, drain, monkeypatch):
    screening.change_watchlist_entry(cast[KEEPER], hit.entry, valid_until=visibility.region_today())
    drain()
    monkeypatch.setattr(visibility, "LAST_TO_END", visibility.LAST_TO_END + timedelta(days=1))
    hits_actions.claim_hit(cast[WATCH], fresh(hit))
    assert tasks.expire() == 1
    screening.change_watchlist_entry(cast[KEEPER], fresh(hit.entry), valid_until=None)
    drain()
    assert fresh(hit).state == "claimed"


def test_a_changed_entry_that_is_no_longer_alike_withdraws_the_hit_that_nobody_has_taken(hit, cast, drain):
    other = {"surname": "OYELARAN", "given_names": "ROSALIND", "birth_date": "2001-11-30", "nationality": ["NGA"]}
    screening.change_watchlist_entry(cast[KEEPER], hit.entry, subject=other)
    drain()
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "no_longer_alike")
    assert fresh(hit).score < 0.5


def test_a_dismissed_hit_is_raised_again_when_the_entry_gets_graver_or_fits_better(cast, drain):
    vague = {"surname": "QUILLINGFORD", "given_names": "TAVARIS", "birth_date": "1977"}
    entry = list_entry(cast[KEEPER], vague)
    send(cast[AGENT], QUILL)
    drain()
    hit = the_hit()
    hits_actions.dismiss_hit(cast[WATCH], hit, reason="name_only")
    screening.change_watchlist_entry(cast[KEEPER], entry, reason="Case 14")
    drain()
    assert fresh(hit).state == "dismissed"
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), instruction="arrest")
    drain()
    assert (fresh(hit).state, fresh(hit).instruction) == ("raised", "arrest")
    hits_actions.dismiss_hit(cast[WATCH], hit, reason="name_only")
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), subject=QUILL_LISTED)
    drain()
    assert (fresh(hit).state, fresh(hit).entry_version) == ("raised", fresh(entry).version)


def test_a_correction_that_clears_a_traveller_withdraws_a_hit_that_nobody_has_taken(cast, drain):
    list_entry(cast[KEEPER])
    taken_for = renamed(QUILL, reference="7T0001")
    send(cast[AGENT], taken_for)
    drain()
    mistaken = the_hit()
    send(cast[AGENT], renamed(taken_for, given="ROSALIND", sex="F", born="011130", document="A9999999"))
    drain()
    assert (mistaken.score > 0.95, fresh(mistaken).score < 0.5) == (True, True)
    assert (fresh(mistaken).state, fresh(mistaken).reason) == ("withdrawn", "no_longer_alike")


def test_a_correction_that_clears_a_traveller_shows_in_the_score_of_a_claimed_hit(cast, drain):
    list_entry(cast[KEEPER])
    taken_for = renamed(QUILL, reference="7T0001")
    send(cast[AGENT], taken_for)
    drain()
    mistaken = the_hit()
    hits_actions.claim_hit(cast[WATCH], mistaken)
    send(cast[AGENT], renamed(taken_for, given="ROSALIND", sex="F", born="011130", document="A9999999"))
    drain()
    assert (fresh(mistaken).state, fresh(mistaken).score < 0.5) == ("claimed", True)


def test_a_traveller_who_lands_at_a_stop_is_referred_there_by_default(cast, drain):
    list_entry(cast[KEEPER])
    route = [hop(), hop("BGI", "SVD", tomorrow(17))]
    send(cast[AGENT], renamed(QUILL, lands="BGI"), hops=route)
    drain()
    hits_actions.refer_hit(cast[WATCH], the_hit())
    assert the_hit().referred_to == ["BRB"]
    assert the_hit().due_at < the_journey().departs_at + timedelta(hours=1)
