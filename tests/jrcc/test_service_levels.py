"""Who does what on a hit by when: clocks, escalation, second look, several States, and the watch handed over."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.outbox import drain
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.jrcc import policy
from apps.jrcc.actions import hits
from apps.jrcc.actions.overdue_steps import wind
from apps.jrcc.models import Hit, HitClock, HitEscalation, HitReferral
from apps.jrcc.queries import clocks as clocks_queries
from apps.jrcc.queries import floor, service_levels, service_rules
from apps.jrcc.rules import numbers
from apps.jrcc.tasks import escalate_by_the_clock
from apps.notices.models import Notice
from apps.people.queries import service_actor
from apps.travellers.loaders import reference
from apps.watch.actions import handovers, log
from apps.watch.models import Handover
from tests.jrcc.people import AGENT, QUILL, SUPERVISOR, WATCH, fresh, list_entry, send

pytestmark = pytest.mark.django_db
KEEPER, BARBADOS, TRINIDAD = "jam.intelligence.officer", "brb.border.officer", "tto.border.officer"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def hit(cast: Any) -> Hit:
    """A traveller from Port of Spain to Bridgetown, tomorrow, who is surely on a Jamaican list."""
    reference.load_travellers_reference()
    list_entry(cast[KEEPER])
    send(cast[AGENT], QUILL)
    drain()
    return Hit.objects.get()


def clocks(hit: Hit) -> list[tuple[str, str]]:
    row = service_levels.with_referrals(Hit.objects.filter(pk=hit.pk)).get()
    return [(clock.step, clock.party) for clock in clocks_queries.clocks(row)]


def waits(hit: Hit, minutes: int) -> None:
    """As if the hit had stood where it is for so long."""
    then = timezone.now() - minutes * MINUTE
    Hit.objects.filter(pk=hit.pk).update(stands_since=then)
    HitReferral.objects.filter(hit=hit, acknowledged_at=None).update(at=then)
    escalate_by_the_clock()
    drain()


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.filter(code="hit.overdue").values_list("owner__code", "step"))


# --- service levels ------------------------------------------------------------------------------------------------


def test_a_states_own_time_goes_before_everybodys_and_holds_from_its_day(monkeypatch: Any) -> None:
    held = [
        {"party": "*", "grade": "high", "step": "claim", "minutes": "5", "valid_from": "2007-02-01", "valid_to": ""},
        {"party": "JAM", "grade": "high", "step": "claim", "minutes": "3", "valid_from": "2026-01-01", "valid_to": ""},
    ]
    monkeypatch.setattr(service_rules, "_service_levels", lambda: held)
    asked = [
        service_rules.service_minutes(datetime.date(2026, 5, 1), "JAM", "high", "claim"),
        service_rules.service_minutes(datetime.date(2025, 5, 1), "JAM", "high", "claim"),
        service_rules.service_minutes(datetime.date(2026, 5, 1), "BRB", "high", "claim"),
        service_rules.service_minutes(datetime.date(2026, 5, 1), "BRB", "low", "claim"),
    ]
    assert asked == [3, 5, 5, None]


def test_each_step_has_its_clock_and_whose_it_is(hit: Hit, cast: Any) -> None:
    assert clocks(hit) == [("claim", "JRCC")]
    hit = hits.claim_hit(cast[WATCH], hit)
    assert clocks(hit) == [("decide", "JRCC")]
    hit = hits.refer_hit(cast[WATCH], hit, to=["BRB", "TTO"])
    assert clocks(hit) == [("acknowledge", "BRB"), ("acknowledge", "TTO")]
    hit = hits.acknowledge_hit(cast[BARBADOS], hit)
    assert clocks(hit) == [("acknowledge", "TTO"), ("outcome", "BRB")]
    assert (
        clocks_queries.clocks(service_levels.with_referrals(Hit.objects.all()).get())[1].due_at > hit.due_at
    )  # from the landing
    lines = [line for _head, _word, some in floor.queue(cast[TRINIDAD])["groups"] for line in some]
    assert [(line.clock.step, line.clock.party) for line in lines] == [("acknowledge", "TTO")]  # a State reads its own
    hits.record_hit_outcome(cast[BARBADOS], hit, outcome="questioned")
    assert clocks(hit) == []


def test_before_the_landing_nothing_is_due_later_than_the_hit(hit: Hit) -> None:
    soon = timezone.now() + 2 * MINUTE
    Hit.objects.update(due_at=soon)
    assert clocks_queries.clocks(service_levels.with_referrals(Hit.objects.all()).get())[0].due_at == soon


# --- escalation ----------------------------------------------------------------------------------------------------


def test_a_step_of_the_watch_that_is_late_is_told_once_to_who_decides_there(hit: Hit, cast: Any) -> None:
    waits(hit, 4)
    assert told() == []
    version = fresh(hit).version
    waits(hit, 6)
    escalate_by_the_clock()
    drain()
    assert [desk for desk, _step in told()] == ["JRCC.watch"]
    assert fresh(hit).version == version  # who is just writing about it goes on writing
    assert AuditRecord.objects.filter(verb="hit.escalate", object_id=str(hit.pk)).count() == 1
    hits.claim_hit(cast[WATCH], fresh(hit))
    waits(hit, 30)
    assert HitEscalation.objects.count() == len(told()) == 2


def test_a_state_that_does_not_acknowledge_brings_in_its_second_contact_and_the_watch(hit: Hit, cast: Any) -> None:
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    waits(hit, 11)
    assert [desk for desk, _step in told()] == ["BRB.border", "JRCC.watch"]
    first = service_rules.ladder(timezone.now().date(), "acknowledge", "BRB")[0]
    desks, seats = service_levels.told_when_late(first)
    assert desks == ["JRCC.watch", "BRB.border"]
    assert set(seats) == {cast[SUPERVISOR].seat_id, cast["brb.border.head"].seat_id}


# --- second look ---------------------------------------------------------------------------------------------------


def test_a_likely_match_that_is_dismissed_stays_until_a_second_officer_agrees(hit: Hit, cast: Any) -> None:
    hit = hits.dismiss_hit(cast[WATCH], hit, reason="different_photo")
    assert (hit.state, hit.second_look, clocks(hit)) == ("dismissed", "due", [("second_look", "JRCC")])
    groups = {word: len(lines) for _head, word, lines in floor.queue(cast[SUPERVISOR])["groups"]}
    assert list(groups.values()) == [1]
    with pytest.raises(Refused) as refused:
        hits.confirm_hit_dismissal(cast[WATCH], hit)
    assert refused.value.code == "own-dismissal"
    hit = hits.confirm_hit_dismissal(cast[SUPERVISOR], hit)
    assert (hit.state, hit.second_look, clocks(hit)) == ("dismissed", "agreed", [])
    with pytest.raises(Refused) as refused:
        hits.confirm_hit_dismissal(cast[SUPERVISOR], hit)
    assert refused.value.code == "no-second-look"


def test_who_finds_it_wrong_opens_it_again_and_a_weak_likeness_needs_no_second_look(hit: Hit, cast: Any) -> None:
    hit = hits.dismiss_hit(cast[WATCH], hit, reason="different_photo")
    hit = hits.reopen_hit(cast[SUPERVISOR], hit, reason="Same scar")
    assert (hit.state, hit.second_look) == ("raised", "")
    Hit.objects.update(score=0.6)
    assert hits.dismiss_hit(cast[WATCH], fresh(hit), reason="name_only").second_look == ""


# --- several States ------------------------------------------------------------------------------------------------


def test_a_hit_goes_on_to_one_more_state_and_each_acknowledges_for_itself(hit: Hit, cast: Any) -> None:
    hit = hits.refer_hit(cast[WATCH], hit, to=["BRB"], note="Tall")
    hit = hits.acknowledge_hit(cast[BARBADOS], hit)
    with pytest.raises(Refused):
        hits.acknowledge_hit_too(cast[BARBADOS], hit)
    assert not Hit.objects.visible_to(cast[TRINIDAD]).exists()
    hit = hits.refer_hit_further(cast[WATCH], hit, to=["TTO"], note="Rerouted")
    assert (hit.state, hit.referred_to, hit.acknowledged_by) == ("acknowledged", ["BRB", "TTO"], ["BRB"])
    assert hit.note == "Tall\n\nRerouted"
    with pytest.raises(Refused):
        hits.acknowledge_hit(cast[TRINIDAD], hit)  # the hit was acknowledged before
    hit = hits.acknowledge_hit_too(cast[TRINIDAD], hit)
    assert hit.acknowledged_by == ["BRB", "TTO"]
    assert not policy.may_refer_further(cast[BARBADOS], hit)


# --- handover ------------------------------------------------------------------------------------------------------


def test_the_watch_is_handed_over_with_its_hits_and_nobody_is_named_in_the_brief(hit: Hit, cast: Any) -> None:
    hit = hits.claim_hit(cast[WATCH], hit)
    duty = handovers.start_watch_handover(
        cast[WATCH], log.open_watch(cast[WATCH], None), signed=True, remarks="Fog in Bridgetown"
    )
    kept = Handover.objects.get().brief
    assert [(one["title"], one["code"], one["detail"]) for one in kept["hits"]] == [
        ("Hit on 7T 600", hit.reference, f"With the JRCC, {cast[WATCH].person}, Wanted persons")
    ]
    assert "QUILLINGFORD" not in str(kept)
    drain()
    assert fresh(hit).claimed_by_seat_id == cast[WATCH].seat_id  # until somebody takes the watch over
    handovers.take_over_watch(cast[SUPERVISOR], duty, signed=True)
    drain()
    hit = fresh(hit)
    assert (hit.state, hit.claimed_by_seat_id, clocks(hit)) == (
        "claimed", cast[SUPERVISOR].seat_id, [("decide", "JRCC")],
    )  # fmt: skip


# --- numbers -------------------------------------------------------------------------------------------------------


def test_the_numbers_count_each_step_by_state_carrier_and_list(hit: Hit, cast: Any, client_for: Any) -> None:
    hit = hits.refer_hit(cast[WATCH], hits.claim_hit(cast[WATCH], hit), to=["BRB"])
    waits(hit, 20)
    hit = hits.acknowledge_hit(cast[BARBADOS], fresh(hit))
    hits.record_hit_outcome(cast[BARBADOS], hit, outcome="questioned")
    now = timezone.now()
    (fact,) = service_levels.facts(cast[SUPERVISOR], now - 60 * MINUTE, now + MINUTE)
    assert (fact.carrier, fact.states, fact.list_name) == ("7T", ("BRB",), "Wanted persons")
    assert fact.sent <= fact.raised <= fact.acts["hit.claim"] <= fact.acts["hit.acknowledge"] <= fact.settled
    assert service_levels.overdue_steps(cast[SUPERVISOR], now - 60 * MINUTE, now) == {"BRB": 1}
    page = client_for(SUPERVISOR).get(reverse("jrcc:numbers"))
    table = page.content.decode().split('id="t1"')[1].split("</section>")[0]
    assert re.search(r'<th [^>]*scope="row"[^>]*>BRB</th><td [^>]*class="num"[^>]*>1</td>', table)
    file = client_for(SUPERVISOR).get(reverse("jrcc:numbers_export")).content.decode()
    assert "By carrier,7T,1" in file
    assert "QUILLINGFORD" not in file + page.content.decode()
    assert client_for(WATCH).get(reverse("jrcc:numbers")).status_code == 404  # an officer's pace is not for display
    assert client_for("tto.border.head").get(reverse("jrcc:numbers")).content.decode().count('id="t1"') == 0
    assert client_for(SUPERVISOR).get(reverse("jrcc:numbers"), {"first": "2026-13-01"}).status_code == 422


def test_minutes_are_the_median_and_what_nine_of_ten_kept_to_and_never_below_zero() -> None:
    start = datetime.datetime(2026, 11, 26, tzinfo=datetime.UTC)
    pairs = [(start, start + n * MINUTE) for n in range(11)]
    assert numbers.took([*pairs, (start, None), (start, start - MINUTE)]) == numbers.Took(11, 5.0, 9.0)
    assert numbers.took([]) == numbers.Took(0, None, None)
    facts = [
        numbers.Fact("L", "7T", ("BRB",), start, start + datetime.timedelta(hours=hour), {}) for hour in (1, 1, 23)
    ]
    columns = numbers.hours(facts, "America/Barbados")["columns"]
    assert [(one["hour"], one["raised"]) for one in columns if one["raised"]] == [(19, 1), (21, 2)]


# --- the ladder, and the round that reads what is due alone --------------------------------------------------------


def test_a_state_that_goes_on_being_silent_has_its_ministry_told(hit: Hit, cast: Any) -> None:
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    waits(hit, 11)
    assert "BRB.ministry" not in [desk for desk, _step in told()]
    waits(hit, 25)
    assert "BRB.ministry" in [desk for desk, _step in told()]
    assert HitEscalation.objects.filter(rung=2, party="BRB").count() == 1
    notice = Notice.objects.get(code="hit.overdue", owner__code="BRB.ministry")
    assert notice.number == hit.reference
    assert cast["brb.ministry.decider"].seat_id in notice.seats
    assert cast["brb.ministry.reader"].seat_id not in notice.seats


def test_a_states_own_rung_goes_before_everybodys_and_holds_from_its_day(monkeypatch: Any) -> None:
    row = {"rung": "2", "step": "acknowledge", "minutes": "10", "to": "{party}.ministry", "valid_to": ""}
    own = {**row, "party": "BRB", "minutes": "3", "to": "BRB.contact:decides", "valid_from": "2026-01-01"}
    monkeypatch.setattr(service_rules, "_ladder", lambda: [{**row, "party": "*", "valid_from": "2008-01-01"}, own])
    asked = [
        [tuple(one) for one in service_rules.ladder(datetime.date(year, 5, 1), "acknowledge", party)]
        for year, party in ((2026, "BRB"), (2025, "BRB"), (2026, "TTO"))
    ]
    assert asked == [
        [(2, 3, (("BRB.contact", True),))], [(2, 10, (("BRB.ministry", False),))], [(2, 10, (("TTO.ministry", False),))]
    ]  # fmt: skip


def test_a_round_reads_the_hits_that_are_due_or_changed_and_no_others(hit: Hit, cast: Any) -> None:
    clock = service_actor("JRCC.automation")
    looked = lambda: len(service_levels.overdue(clock, timezone.now()).wound)  # noqa: E731
    assert looked() == 1  # it is new
    escalate_by_the_clock()
    assert looked() == 0
    assert HitClock.objects.get().look_at > timezone.now()
    hits.claim_hit(cast[WATCH], hit)
    assert looked() == 1
    escalate_by_the_clock()
    hit = hits.dismiss_hit(cast[WATCH], fresh(hit), reason="different_photo")
    hits.confirm_hit_dismissal(cast[SUPERVISOR], hit)
    escalate_by_the_clock()
    assert HitClock.objects.get().look_at is None


def test_a_clock_that_was_wound_during_the_round_is_looked_at_again(hit: Hit, cast: Any) -> None:
    found = service_levels.overdue(service_actor("JRCC.automation"), timezone.now())
    hits.claim_hit(cast[WATCH], hit)
    wind(found.wound)
    assert HitClock.objects.get().look_at <= timezone.now()
