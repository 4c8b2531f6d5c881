"""The gate: nothing is shown as good before it is, in no place, for no reader; and nobody is given away."""

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from apps.access.models import Dispatch
from apps.journeys.models import Journey, Traveller
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.jrcc.queries import gate, gate_words
from apps.jrcc.rules import gate as gate_rules
from apps.screening import actions as screening
from tests.jrcc import test_gate_rule
from tests.jrcc.pages_world import SUBJECT, listed, message, sent
from tests.jrcc.test_budgets import MOST, asked

WATCH, SUPERVISOR, ARRIVAL, DEPARTURE = (
    "jrcc.watch.officer",
    "jrcc.watch.supervisor",
    "jam.border.head",
    "tto.border.officer",
)
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


# --- the rule in words; the rule alone stands in test_gate_rule.py ---------------------------------------------------


def test_every_code_has_a_chip_and_only_the_settled_one_is_green() -> None:
    for code, person, of_all in itertools.product(gate_rules.CODES, (False, True), (False, True)):
        kind, picture, words = gate_words.Gate(code, hits=1, person=person, of_all=of_all).chip
        assert words
        assert ((kind, picture) == ("ok", "check")) == (code == gate_rules.SETTLED), code
        shown = gate_words.Gate(code, hits=1, person=person, of_all=of_all)
        assert bool(shown.sentence) == (code not in {gate_rules.OFF, gate_rules.HITS, gate_rules.SETTLED}), code


def test_the_rule_is_asked_for_every_state_of_a_hit() -> None:
    assert set(test_gate_rule.STATES) == set(Hit.State.values)


# --- every page ----------------------------------------------------------------------------------------------------


def raised(cast: Any, drain: Any) -> Hit:
    """On an entry of Jamaica's, of a flight POS–KIN."""
    listed(cast, drain)
    sent(cast, drain)
    return Hit.objects.get()


def claimed(cast: Any, drain: Any) -> Hit:
    return hits.claim_hit(cast[WATCH], raised(cast, drain))


def in_second_look(cast: Any, drain: Any) -> Hit:
    hit = hits.dismiss_hit(cast[WATCH], raised(cast, drain), reason="different_photo")
    assert hit.second_look == "due"
    return hit


def referred_elsewhere(cast: Any, drain: Any) -> Hit:
    return hits.refer_hit(cast[WATCH], raised(cast, drain), to=["TTO"])


def taken_over_elsewhere(cast: Any, drain: Any) -> Hit:
    return hits.acknowledge_hit(cast[DEPARTURE], referred_elsewhere(cast, drain))


def opened_again(cast: Any, drain: Any) -> Hit:
    hit = hits.dismiss_hit(cast[WATCH], raised(cast, drain), reason="different_photo")
    return hits.reopen_hit(cast[SUPERVISOR], hit, reason="Same scar")


def discreet(cast: Any, drain: Any, instruction: str = "discreet", told: str = "owner_and_acting") -> Hit:
    """On an entry of Barbados', which is not on the way."""
    head = cast["brb.intelligence.head"]
    screening.open_watchlist(head, None, code="BRB-WATCH", name="Wanted (fictional)", kind="national")
    screening.create_watchlist_entry(
        head, None, list="BRB-WATCH", reference="W-9", subject=SUBJECT, instruction=instruction,
        visibility={"screen_for": "all", "hit_visible_to": told}, reason="Fictional",
    )  # fmt: skip
    drain()
    sent(cast, drain)
    return Hit.objects.get()


def for_the_owner_alone(cast: Any, drain: Any) -> Hit:
    return discreet(cast, drain, "arrest", "owner")


def with_the_owner_alone(cast: Any, drain: Any) -> Hit:
    return hits.refer_hit(cast[WATCH], discreet(cast, drain), to=["BRB"])


def late(cast: Any, drain: Any) -> Hit:
    """The flight was clear when the entry came."""
    sent(cast, drain)
    assert chip(cast, ARRIVAL)[2] == "Screened"
    listed(cast, drain)
    return Hit.objects.get()


UNDECIDED: list[Callable[[Any, Any], Hit]] = [
    raised, claimed, in_second_look, referred_elsewhere, taken_over_elsewhere, opened_again, discreet,
    for_the_owner_alone, with_the_owner_alone, late,
]  # fmt: skip


def chip(cast: Any, seat: str) -> tuple[str, str, str]:
    cache.clear()
    [row] = Journey.objects.all()
    return gate.gates(cast[seat], [row]).of_journey[row.pk].chip


def pages(client: Any, hit: Hit) -> dict[str, str]:
    """Every page and fragment of a State's border desk on which the flight or its people stand."""
    found = client.post(
        reverse("jrcc:lookup_new"),
        {"surname": "LINDKVAEL-OSTREY", "document": "R7041662", "purpose": "counter"},
    )
    places = {
        "desk": reverse("jrcc:border"), "floor": reverse("jrcc:floor"), "board": reverse("jrcc:floor_flights"),
        "queue": reverse("jrcc:floor_queue"), "journeys": reverse("jrcc:journeys"), "hits": reverse("jrcc:hits"),
        "journey": reverse("jrcc:journey", args=[hit.journey_id]),
        "traveller": reverse("jrcc:traveller", args=[hit.traveller_id]),
        "dossier": reverse("jrcc:traveller_dossier", args=[hit.traveller_id]),
        "lookup": found["Location"],
        "search": f"{reverse('search')}?q=7T178",
    }  # fmt: skip
    read = {}
    for name, place in places.items():
        cache.clear()
        answer = client.get(place)
        assert answer.status_code == 200, (name, place)
        read[name] = answer.content.decode().split("<main", 1)[-1]
    read["desk alone"] = client.get(reverse("jrcc:border"), headers=PARTIAL).content.decode()
    return read


GREEN = re.compile(r'class="chip (?:bare )?ok"|#(?:circle-)?check"|#shield-check"|class="p-ok"|class="note ok"')
NOTHING = re.compile(
    r"<b>0</b>\s*<span>Hits|fs q\W>\s*0\s*</span>|\b0 hits?\b|\b0 with\b|\bClear\b|\bScreened\b|No hits you can see"
)


@pytest.mark.django_db
@pytest.mark.parametrize("make", UNDECIDED, ids=lambda make: make.__name__)
def test_no_page_of_a_border_desk_is_green_while_a_hit_is_open(
    make: Callable[[Any, Any], Hit], cast: Any, drain: Any, client_for: Any
) -> None:
    hit = make(cast, drain)
    assert not Hit.objects.visible_to(cast[ARRIVAL]).exists()
    for name, page in pages(client_for(ARRIVAL), hit).items():
        assert not GREEN.search(page), (name, GREEN.search(page))
        assert not NOTHING.search(page), (name, NOTHING.search(page))
        if name not in {"queue", "hits"}:  # of hits alone
            assert "The JRCC is deciding" in page or "Hold: no answer yet" in page or name in {"floor", "board"}, name


@pytest.mark.django_db
@pytest.mark.parametrize("make", UNDECIDED, ids=lambda make: make.__name__)
def test_no_answer_of_the_api_says_settled_while_a_hit_is_open(
    make: Callable[[Any, Any], Hit], cast: Any, drain: Any, client_for: Any
) -> None:
    hit, client = make(cast, drain), client_for(ARRIVAL)
    places = [
        "/api/v1/jrcc/journeys/", f"/api/v1/jrcc/journeys/{hit.journey_id}/", "/api/v1/jrcc/travellers/",
        f"/api/v1/jrcc/travellers/{hit.traveller_id}/",
    ]  # fmt: skip
    for place in places:
        told = json.loads(client.get(place).content)
        for row in told.get("results", [told]):
            assert row["gate"]["settled"] is False
            assert row["gate"]["code"] in {"deciding", "hold"}
    found = client.get("/api/v1/search/", {"q": "7T178"}).json()["results"]
    assert {row["standing"]["code"] for row in found if row["type"] == "journey"} == {"deciding"}
    assert {row["standing"]["text"].split(".")[0] for row in found if row["type"] == "journey"} == {
        "The JRCC is deciding The JRCC is still deciding on a person on this flight or voyage"
    }
    wanted = {"surname": "LINDKVAEL-OSTREY", "document": "R7041662", "purpose": "counter"}
    answer = client.post("/api/v1/jrcc/lookups/", json.dumps(wanted), content_type="application/json")
    assert answer.status_code == 201
    assert {row["gate"]["settled"] for row in answer.json()["results"] if row["gate"]} == {False}


@pytest.mark.django_db
def test_while_an_entry_has_not_been_compared_with_everybody_nobody_is_settled(cast: Any, drain: Any) -> None:
    sent(cast, drain)
    assert chip(cast, ARRIVAL)[2] == "Screened"
    listed(cast, lambda: 0)  # the work that compares it waits, as behind a thousand mails
    assert chip(cast, ARRIVAL)[2] == chip(cast, WATCH)[2] == "Screening"
    assert set(codes(cast, ARRIVAL).values()) == {"screening"}
    Dispatch.objects.filter(done_at=None).update(dead_at=timezone.now())  # and has failed for good
    assert chip(cast, WATCH)[2] == "Screening"


@pytest.mark.django_db
def test_once_all_is_final_the_same_pages_say_so(cast: Any, drain: Any, client_for: Any) -> None:
    hit = hits.dismiss_hit(cast[WATCH], raised(cast, drain), reason="different_photo")
    hits.confirm_hit_dismissal(cast[SUPERVISOR], hit)
    assert chip(cast, ARRIVAL) == ("ok", "check", "Screened")
    assert chip(cast, WATCH) == ("ok", "check", "Clear")
    read = pages(client_for(ARRIVAL), hit)
    assert all(
        GREEN.search(read[name]) for name in ("desk", "board", "journeys", "journey", "traveller", "lookup", "search")
    )
    assert "Screened against watchlists" in read["traveller"]


@pytest.mark.django_db
def test_search_says_how_a_traveller_of_an_open_case_stands_and_leaves_other_kinds_alone(
    cast: Any, drain: Any, client_for: Any
) -> None:
    hits.refer_hit(cast[WATCH], raised(cast, drain), to=["JAM"])
    lines = client_for(ARRIVAL).get("/api/v1/search/", {"q": "LINDKVAEL-OSTREY"}).json()["results"]
    assert [(row["type"], row["standing"]["code"]) for row in lines] == [("traveller", "hits")]
    [other] = client_for(WATCH).get("/api/v1/search/", {"q": Hit.objects.get().reference}).json()["results"]
    assert (other["type"], other["standing"]) == ("hit", None)


@pytest.mark.django_db
def test_how_lines_of_a_search_stand_costs_as_much_for_one_as_for_many(cast: Any, drain: Any, client_for: Any) -> None:
    listed(cast, drain)
    counts, place = [], f"{reverse('search')}?q=7T178"
    for days in ((0,), (1, 2, 3)):
        for day in days:
            sent(cast, drain, message(hours=5 + 24 * day))
        counts.append(len(asked(client_for(ARRIVAL), place)))
    cache.clear()
    assert client_for(ARRIVAL).get(place).content.decode().count("The JRCC is deciding") == 4
    assert counts[0] == counts[1] <= MOST


# --- who is told of whom -------------------------------------------------------------------------------------------


def codes(cast: Any, seat: str) -> dict[str, str]:
    """{family name: code of the gate} of everybody on the flight."""
    rows = [(one, one.journey) for one in Traveller.objects.select_related("journey")]
    found = gate.gates(cast[seat], (), rows).of_person
    return {one.surname: found[one.pk].code for one, _journey in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [raised, claimed, in_second_look, opened_again, late], ids=lambda make: make.__name__)
def test_a_state_that_may_be_told_holds_the_one_person(make: Any, cast: Any, drain: Any) -> None:
    make(cast, drain)
    for seat in (ARRIVAL, DEPARTURE):
        assert codes(cast, seat) == {"LINDKVAEL-OSTREY": "hold", "ABELLINEAA": "deciding"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [discreet, for_the_owner_alone, with_the_owner_alone, referred_elsewhere], ids=lambda make: make.__name__
)
def test_of_a_hit_that_a_state_may_not_know_everybody_on_the_flight_reads_the_same(
    make: Any, cast: Any, drain: Any, client_for: Any, stop_clock: Any
) -> None:
    stop_clock()
    hit = make(cast, drain)
    assert set(codes(cast, ARRIVAL).values()) == {"deciding"}
    notes = set()
    for one in Traveller.objects.filter(journey=hit.journey_id):
        page = client_for(ARRIVAL).get(reverse("jrcc:traveller", args=[one.pk])).content.decode()
        notes.add(re.sub(r"\s+", " ", re.search(r'<div class="note warn".*?</div></div>', page, re.DOTALL)[0]))
    assert len(notes) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [raised, lambda cast, drain: discreet(cast, drain, "arrest")], ids=["of Jamaica", "of Barbados"]
)
def test_the_answer_at_the_counter_does_not_say_whose_entry_it_is(
    make: Any, cast: Any, drain: Any, client_for: Any
) -> None:
    hit = make(cast, drain)
    page = client_for(DEPARTURE).get(reverse("jrcc:traveller", args=[hit.traveller_id])).content.decode()
    note = re.sub(r"<[^>]+>", " ", re.search(r'<div class="note warn".*?</div></div>', page, re.DOTALL)[0])
    said = re.sub(r"\s+", " ", note).strip()
    pattern = (
        r"No answer yet from the JRCC on this traveller. Hold the traveller until it has answered; do not say why. "
        r"Answer \(JRCC\): in \d h( \d+ min)? , due [^(]+ AST Not released: do not tell anyone that all is well."
    )
    assert re.fullmatch(pattern, said), said


@pytest.mark.django_db
def test_a_state_whose_people_it_is_not_about_is_not_kept_waiting(cast: Any, drain: Any) -> None:
    hit = raised(cast, drain)
    Traveller.objects.filter(pk=hit.traveller_id).update(parties=["TTO"], transit_parties=[])
    assert chip(cast, ARRIVAL)[2] == "Screened"
    assert chip(cast, DEPARTURE)[2] == "The JRCC is deciding"
