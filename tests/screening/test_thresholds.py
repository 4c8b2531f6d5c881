"""Thresholds: by an alert budget or directly, two people, what a change does to hits, and who sees the page."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Journey
from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from apps.screening.actions import thresholds as acting
from apps.screening.matching import MATCH_THRESHOLD, REVIEW_THRESHOLD
from apps.screening.matching.tables import weights
from apps.screening.models import Thresholds
from apps.screening.queries import thresholds as queries
from apps.screening.rules.calibration import calibration
from tests.adversary.test_council_races import together
from tests.jrcc.people import (
    AGENT,
    QUILL,
    QUILL_LISTED,
    RAM,
    WATCH,
    fresh,
    list_entry,
    renamed,
    send,
    the_hit,
    the_registers,
)
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
SUPERVISOR, RIFC, HEAD = "jrcc.watch.supervisor", "rifc.analysis.head", "tto.intelligence.head"
KEEPER = "jam.intelligence.officer"
PAGE, NEW = reverse("screening:thresholds"), reverse("screening:threshold_new")
ALIKE = {name: QUILL_LISTED[name] for name in ("surname", "given_names")}
"""The listed man by their name alone: alike, and not certain."""


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def proposed(cast, who=SUPERVISOR, **asked):
    return acting.propose_thresholds(
        cast[who], None, why="Too many alerts at the desk", **(asked or {"alerts_per_1000": 2})
    )


def put_in_force(cast, **asked):
    row = acting.activate_thresholds(cast[RIFC], proposed(cast, **asked))
    work_off()
    return row


def flown(cast, *people, **more):
    send(cast[AGENT], *people, **more)
    work_off()


# --- who, and two of them ------------------------------------------------------------------------------------------


def test_a_budget_is_proposed_by_one_and_put_into_force_by_another(cast):
    before = queries.in_force()
    assert (before.review, before.match, before.since) == (REVIEW_THRESHOLD, MATCH_THRESHOLD, None)
    row = proposed(cast, HEAD, alerts_per_1000=2)
    assert (row.state, row.budget, row.replaces) == ("proposed", 2, None)
    assert calibration().alerts_per_1000(row.review) <= 2 < calibration().alerts_per_1000(row.review - 0.02)
    assert queries.in_force() == before
    row = acting.activate_thresholds(cast[SUPERVISOR], row)
    assert (queries.in_force().review, row.activated_by) == (row.review, SUPERVISOR)
    later = acting.activate_thresholds(cast[RIFC], proposed(cast, review_percent=60))
    row = fresh(row)
    assert (row.state, row.ends_at, later.replaces_id) == ("ended", later.starts_at, row.pk)
    verbs = AuditRecord.objects.filter(object_type="screening.thresholds", outcome="done").order_by("pk")
    assert [one.verb.partition(".")[2] for one in verbs] == ["propose", "activate", "propose", "activate", "end"]


def test_nobody_puts_his_own_into_force_and_a_state_decides_for_no_other(cast):
    row = proposed(cast)
    for who in (SUPERVISOR, HEAD, WATCH):
        with pytest.raises(Refused) as refusal:
            acting.activate_thresholds(cast[who], row)
        assert refusal.value.reason == "may-not"
    row = acting.decline_thresholds(cast[RIFC], row, said="The season of cruises begins")
    assert (row.state, queries.in_force().review) == ("declined", REVIEW_THRESHOLD)
    with pytest.raises(Refused):
        acting.activate_thresholds(cast[RIFC], row)
    other = proposed(cast)
    with pytest.raises(Refused):
        acting.withdraw_thresholds(cast[HEAD], other)
    assert acting.withdraw_thresholds(cast[SUPERVISOR], other).state == "withdrawn"


def test_what_was_weighed_against_other_thresholds_or_another_matcher_is_proposed_again(cast):
    first, second = proposed(cast, alerts_per_1000=2), proposed(cast, alerts_per_1000=5)
    acting.activate_thresholds(cast[RIFC], first)
    with pytest.raises(Refused, match="Other thresholds"):
        acting.activate_thresholds(cast[RIFC], second)
    third = proposed(cast, alerts_per_1000=5)
    Thresholds.objects.filter(pk=third.pk).update(matcher="older")
    with pytest.raises(Refused, match="thresholds-of-older-matcher"):
        acting.activate_thresholds(cast[RIFC], fresh(third))
    with pytest.raises(IntegrityError), transaction.atomic():
        Thresholds.objects.filter(pk=second.pk).update(state="in_force")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"alerts_per_1000": 2, "review_percent": 60}, "review_percent"),
        ({}, "alerts_per_1000"),
        ({"review_percent": 1}, "review_percent"),
        ({"review_percent": 100}, "review_percent"),
        ({"match_percent": 100}, "match_percent"),
        ({"review_percent": 80, "match_percent": 70}, "match_percent"),
        ({"review_percent": REVIEW_THRESHOLD * 100}, "review_percent"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(cast, client_for, asked, field):
    with pytest.raises(ValidationError) as wrong:
        acting.propose_thresholds(cast[SUPERVISOR], None, why="x", **asked)
    assert list(wrong.value.message_dict) == [field]
    browser = client_for(SUPERVISOR)
    for more in ({}, {"look": "1"}):
        assert browser.post(NEW, asked | {"why": "x"} | more).status_code == 422


@pytest.mark.parametrize("sent", ["nan", "inf", "-1", "1e999", "many", "9" * 400])
def test_whatever_is_typed_is_answered(cast, client_for, sent):
    assert client_for(SUPERVISOR).post(NEW, {"alerts_per_1000": sent, "look": "1"}).status_code == 422


def test_a_budget_that_the_matchers_match_threshold_is_too_low_for_raises_it_too(cast):
    row = proposed(cast, alerts_per_1000=0.1)
    assert row.match == max(row.review, MATCH_THRESHOLD)


# --- what a change does --------------------------------------------------------------------------------------------


def test_a_higher_threshold_counts_at_once_and_closes_no_open_hit(cast, client_for):
    list_entry(cast[KEEPER], ALIKE)
    him = renamed(QUILL, reference="7T0001")
    flown(cast, him)
    hit = the_hit()
    assert 0.99 < hit.score < 0.999
    put_in_force(cast, review_percent=99.9)
    flown(cast, renamed(QUILL, document="A9990001", pnr="ZZZZZ1"), flight="7T610")
    assert [fresh(hit).state, Hit.objects.count()] == ["raised", 1]
    assert "Below the threshold in force" in text(client_for(WATCH).get(reverse("jrcc:hit", args=[hit.pk])))
    # looked at again with corrected data, still alike for the matcher: not taken back by the number
    flown(cast, renamed(him, given="T"))
    assert (fresh(hit).state, fresh(hit).version > hit.version) == ("raised", True)
    # and withdrawn when the two are truly no longer alike
    flown(cast, renamed(him, given="ROSALIND", sex="F", born="011130", document="A9999999"))
    assert (fresh(hit).state, fresh(hit).reason) == ("withdrawn", "no_longer_alike")


def test_a_lower_threshold_compares_again_who_is_still_to_arrive(cast):
    put_in_force(cast, review_percent=99.9)
    list_entry(cast[KEEPER], ALIKE)
    flown(cast, RAM, QUILL)
    flown(cast, renamed(QUILL, document="A9990001", pnr="ZZZZZ1"), flight="7T610")
    assert not Hit.objects.exists()
    over = Journey.objects.get(number="610")
    Journey.objects.filter(pk=over.pk).update(arrives_at=timezone.now() - datetime.timedelta(hours=1))
    put_in_force(cast, review_percent=50)
    assert the_hit().journey_id != over.pk
    put_in_force(cast, review_percent=40)
    assert Hit.objects.count() == 1


def test_a_higher_threshold_does_not_hide_a_stolen_document(cast):
    put_in_force(cast, review_percent=99.99)
    list_entry(cast[KEEPER], {"documents": QUILL_LISTED["documents"]}, kind="document", reference="D-1")
    flown(cast, RAM, QUILL)
    assert the_hit().score < 0.9999


def test_the_match_threshold_colours_hits_and_says_what_screen_prints(cast, client_for):
    list_entry(cast[KEEPER], ALIKE)
    flown(cast, RAM, QUILL)
    page = reverse("jrcc:hit", args=[the_hit().pk])
    assert "match from 95%" in text(client_for(WATCH).get(page))
    at = queries.in_force()
    assert [at.decision(score, spared=False) for score in (0.95, 0.9, 0.4)] == ["match", "review", "no"]
    assert at.decision(0.6, spared=True) == "review"


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_is_there_for_who_decides_about_lists_alone(cast, client_for):
    row = proposed(cast)
    places = [PAGE, NEW, reverse("screening:threshold", args=[row.pk])]
    seen = (SUPERVISOR, RIFC, HEAD, "jam.border.head")
    hidden = (WATCH, KEEPER, "rifc.watch.supervisor", "jam.ministry.decider", "jrcc.oversight.officer", AGENT)
    for who, status in [*((one, 200) for one in seen), *((one, 404) for one in hidden)]:
        browser = client_for(who)
        assert [browser.get(place).status_code for place in places] == [status] * 3, who
    assert PAGE in text(client_for(SUPERVISOR).get(reverse("screening:lists")))
    assert PAGE not in text(client_for(WATCH).get(reverse("screening:lists")))


def test_a_threshold_is_looked_at_proposed_and_put_into_force_on_the_pages(cast, client_for):
    supervisor, second = client_for(SUPERVISOR), client_for(RIFC)
    page = text(supervisor.get(PAGE))
    assert "s own thresholds: no others are set for version" in page
    assert "Own hits: none that you can see has an outcome yet that identifies" in page
    looked = text(supervisor.post(NEW, {"alerts_per_1000": "2", "look": "1"}))
    assert "Alerts per 1,000 travellers on no list" in looked
    assert not Thresholds.objects.exists()
    assert supervisor.post(NEW, {"alerts_per_1000": "2"}).status_code == 422
    made = supervisor.post(NEW, {"alerts_per_1000": "2", "why": "The season begins"})
    row = Thresholds.objects.get()
    assert made["Location"] == reverse("screening:threshold", args=[row.pk])
    shown = text(supervisor.get(made["Location"]))
    assert "puts it into force" in shown
    assert "Put into force" not in shown
    assert "no hit is closed by a threshold" in shown
    assert made["Location"] in text(second.get(reverse("people:desk")))
    assert made["Location"] not in text(supervisor.get(reverse("people:desk")))
    assert "Put into force" in text(second.get(made["Location"]))
    do = lambda browser, verb, **more: browser.post(  # noqa: E731
        reverse("screening:threshold_do", args=[row.pk, verb]), {"version": row.version} | more
    )
    assert do(second, "decline").status_code == 422
    assert do(supervisor, "activate").status_code == 403
    assert do(second, "propose").status_code == 404
    assert do(second, "activate").status_code == 302
    assert do(second, "activate").status_code == 409
    page = text(supervisor.get(PAGE))
    assert "The season begins" in page
    assert "display threshold" in page


def test_feedback_counts_what_people_found_out_and_says_how_little_it_is(cast, client_for):
    list_entry(cast[KEEPER], ALIKE)
    for number, outcome in enumerate(("detained", "not_the_person", "did_not_travel")):
        flown(cast, renamed(QUILL, document=f"A999000{number}", pnr=f"ZZZZZ{number}"), flight=f"7T61{number}")
        hit = jrcc.refer_hit(cast[WATCH], Hit.objects.order_by("-pk")[0], to=["BRB"])
        jrcc.record_hit_outcome(cast["brb.border.officer"], hit, outcome=outcome)
    page = text(client_for(SUPERVISOR).get(PAGE))
    assert (
        "2 that you can see have an outcome that identifies the person (the listed person 1, another person 1)" in page
    )
    assert "That is too few to choose a threshold" in page
    # Jamaica's head owns the entry; Guyana's sees none of it
    assert "(the listed person 1, another person 1)" in text(client_for("jam.intelligence.head").get(PAGE))
    assert "Own hits: none that you can see has an outcome yet that identifies" in text(
        client_for("guy.intelligence.head").get(PAGE)
    )


def test_pages_ask_as_often_for_many_thresholds_as_for_one(cast, client_for):
    row = proposed(cast)
    places, browser = (PAGE, NEW, reverse("screening:threshold", args=[row.pk])), client_for(RIFC)
    few = [len(asked(browser, place)) for place in places]
    for budget in range(3, 9):
        proposed(cast, alerts_per_1000=budget)
    assert [len(asked(browser, place)) for place in places] == few
    assert max(few) <= 12


def test_programs_propose_read_and_decide(cast, api):
    head = api("TTO.intelligence")
    made = head.post("/api/v1/screening/thresholds/", {"alerts_per_1000": 3, "why": "Season"}, format="json")
    # a desk's key is an officer: it reads, it does not decide
    assert made.status_code == 403
    row = proposed(cast)
    read = head.get(f"/api/v1/screening/thresholds/{row.pk}/").json()
    assert (read["state"], read["review"], read["budget"]) == ("proposed", row.review, 2)
    assert api("JAM.ministry").get("/api/v1/screening/thresholds/").json()["results"] == []


# --- the calibration -----------------------------------------------------------------------------------------------


def test_the_curve_was_counted_with_the_weights_that_ship():
    """After a new fit: `manage.py calibrate_matcher`."""
    assert calibration().weights == weights().version


def test_the_curve_falls_and_a_budget_is_kept():
    counted = calibration()
    assert counted.alerted == sorted(counted.alerted, reverse=True)
    assert counted.found == sorted(counted.found, reverse=True)
    assert min(counted.others, counted.true) >= 1000
    for budget in (0.5, 1, 5, 20):
        score = counted.threshold_for(budget, 0.05)
        assert counted.alerts_per_1000(score) <= budget + 1e-6
    assert counted.threshold_for(1000, 0.05) == 0.05


# --- at the same moment --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_proposals_put_into_force_at_once_give_one_pair_of_thresholds(cast):
    first, second = proposed(cast, alerts_per_1000=2), proposed(cast, HEAD, alerts_per_1000=5)
    told = together(
        lambda: acting.activate_thresholds(cast[RIFC], first).state,
        lambda: acting.activate_thresholds(cast[SUPERVISOR], second).state,
    )
    assert sorted(told) == ["in_force", "thresholds-moved"]
    assert Thresholds.objects.filter(state="in_force").count() == 1
