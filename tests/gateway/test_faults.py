"""A source that is slow, down, wrong, back again: unavailable is never clear, and nothing is doubled."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.access import outbox
from apps.gateway import actions, tasks
from apps.gateway.models import Answer, Check, Health, Query, Round, Source, SourceRule
from apps.gateway.queries import questions
from apps.gateway.rules.patience import LEASE_S
from apps.journeys.models import Journey
from apps.jrcc.models import Hit
from apps.jrcc.queries import floor
from apps.people.queries import service_actor
from apps.screening.models import Entry, EntryVersion
from tests.gateway.people import (
    DOCUMENTS,
    PERSONS,
    WATCH,
    ask,
    journey_stands,
    manifest,
    outcomes,
    stands,
    states,
    switched_on,
)
from tests.gateway.side import RECORDS, WITHOUT, Side
from tests.jrcc.people import QUILL, RAM, SHO, hop, renamed, tomorrow

pytestmark = pytest.mark.django_db
LATER = 3600


def board_chip(cast: Any) -> str:
    """What the watch reads on the board about the one flight."""
    cache.clear()  # the board is five seconds behind at most
    journey = Journey.objects.visible_to(cast[WATCH]).get()
    return str(floor.flight_lines(cast[WATCH], [journey])[0].chip[2])


def impatient(source: str, **columns: Any) -> None:
    """A rule that a test can wait for."""
    SourceRule.objects.filter(source__code=source).update(**columns)


@pytest.mark.parametrize(
    ("mode", "fault"),
    [
        ("slow", "timeout"),
        ("down", "broken"),
        ("error", "server_error"),
        ("broken", "broken"),
        ("cut", "broken"),
        ("other", "other_question"),
    ],
)
def test_what_is_no_answer_leaves_the_flight_unavailable_until_it_comes(
    cast: Any, side: Side, mode: str, fault: str
) -> None:
    impatient(DOCUMENTS, timeout_s=0.6)
    switched_on(cast, DOCUMENTS)
    side.behave(mode)
    manifest(cast, QUILL, RAM)
    ask()
    assert outcomes() == [fault, fault]
    assert stands("RAMKISSOON") == stands("QUILLINGFORD") == {DOCUMENTS: "unavailable"}
    assert board_chip(cast) == "INTERPOL unavailable"
    assert not Answer.objects.exists()
    assert not Hit.objects.exists()
    side.behave("normal")
    ask(later=LATER)
    assert stands("RAMKISSOON") == {DOCUMENTS: "answered"}
    assert Hit.objects.count() == 1
    assert Health.objects.get().failing_since is None


def test_half_an_answer_answers_half(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    side.behave("half")
    manifest(cast, RAM, SHO)
    ask()
    assert sorted(outcomes()) == ["half_answer", "no_record"]
    assert states() == ["no_record", "waiting"]
    assert journey_stands() == {DOCUMENTS: "waiting"}
    assert board_chip(cast) == "Waiting for INTERPOL"
    side.behave("normal")
    assert ask(later=LATER) == 1
    assert board_chip(cast) == "Clear"


def test_the_board_says_clear_only_when_every_source_has_answered(cast: Any, side: Side) -> None:
    switched_on(cast)
    side.behave("error", PERSONS)
    manifest(cast, RAM)
    ask()
    assert stands("RAMKISSOON") == {DOCUMENTS: "answered", PERSONS: "unavailable"}
    assert board_chip(cast) == "INTERPOL unavailable"
    side.behave("normal")
    ask(later=LATER)
    assert board_chip(cast) == "Clear"


def test_a_source_that_fails_is_left_alone_then_tried_with_one_question(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    side.behave("error")
    manifest(cast, RAM, SHO, QUILL)
    ask()
    assert len(outcomes()) == 3
    assert ask(later=1) == 0  # it rests for five seconds
    assert len(outcomes()) == 3
    ask(later=60)
    assert len(outcomes()) == 4  # one question, and it rests longer
    assert Health.objects.get().failures == 2
    source = Source.objects.get(code=DOCUMENTS)
    assert questions.breaker_of(source).next_try_at - Health.objects.get().failing_since > datetime.timedelta(
        seconds=60
    )


def test_when_a_source_is_back_the_backlog_is_worked_off_in_order_of_arrival(cast: Any, side: Side) -> None:
    impatient(DOCUMENTS, batch=1, concurrency=1)
    switched_on(cast, DOCUMENTS)
    side.kill()
    late = renamed(SHO, document="LATE0001")
    manifest(cast, late, flight="7T700", hops=[hop("POS", "BGI", tomorrow(22))])
    ask()
    soon = renamed(RAM, document="SOON0001")
    manifest(cast, soon, flight="7T701", hops=[hop("POS", "BGI", tomorrow(9))])
    manifest(cast, QUILL, flight="7T702", hops=[hop("POS", "BGI", tomorrow(15))])
    ask(later=20)
    assert {tuple(journey_stands(row).values()) for row in Journey.objects.all()} == {("unavailable",)}
    assert set(outcomes()) == {"unreachable"}
    side.start()
    ask(later=LATER)
    assert states() == ["hit", "no_record", "no_record"]
    numbers = [one["number"] for one in side.asked()]
    # the try that found it back is one that was tried least; then by time of arrival
    assert numbers.index("SOON0001") < numbers.index("LATE0001")


def test_a_lost_worker_costs_time_and_no_answer(cast: Any, side: Side) -> None:
    source = switched_on(cast, DOCUMENTS)[1]
    manifest(cast, QUILL)
    now = timezone.now()
    robot = service_actor("JRCC.automation", request_id="test")
    lost = actions.start_question_round(robot, None, source=source, most=10, now=now)
    assert len(lost.taken) == 1
    assert ask(later=60) == 0  # somebody has it
    assert stands("QUILLINGFORD") == {DOCUMENTS: "waiting"}
    assert ask(later=LEASE_S + 1) == 1
    assert stands("QUILLINGFORD") == {DOCUMENTS: "hit"}
    outcome = actions.Outcome(records=(), alike=())
    rule = questions.rule_of(source, now.date())
    # the worker was not lost, only slow: the later answer stands
    actions.record_source_answer(robot, lost, outcomes={lost.taken[0].pk: outcome}, rule=rule, now=now)
    outbox.drain()
    assert Check.objects.count() == Hit.objects.count() == 1
    assert stands("QUILLINGFORD") == {DOCUMENTS: "hit"}
    assert Hit.objects.get().state == "raised"
    assert Round.objects.count() == Query.objects.count() == 2


def test_a_later_no_takes_an_untouched_hit_back_and_leaves_one_that_is_worked_on(cast: Any, side: Side) -> None:
    from apps.jrcc.actions import hits as jrcc

    switched_on(cast)
    manifest(cast, QUILL)
    ask()
    jrcc.claim_hit(cast[WATCH], Hit.objects.get(entry__reference="N-1"))
    side.kill()
    side.records.write_text(WITHOUT)
    side.start()
    ask(later=11.5 * 3600)  # the last tenth of the time that an answer may be kept
    hits = {hit.entry.reference: hit for hit in Hit.objects.select_related("entry")}
    assert (hits["SLTD-1"].state, hits["SLTD-1"].reason) == ("withdrawn", "source_says_no")
    assert {line["text"] for line in hits["SLTD-1"].evidence} == {"No longer kept"}
    assert hits["N-1"].state == "claimed"
    assert stands("QUILLINGFORD") == dict.fromkeys((DOCUMENTS, PERSONS), "answered")
    tasks.tidy()
    subjects = {entry.reference: entry.subject for entry in Entry.objects.all()}
    assert subjects["SLTD-1"] == {}
    assert subjects["N-1"]["surname"] == "QUILLINGFORD"  # somebody still works with it
    side.kill()
    side.records.write_text(RECORDS)


def test_an_answer_is_deleted_when_it_may_no_longer_be_kept(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, QUILL, RAM)
    ask()
    assert Answer.objects.count() == 1  # of RAM; a record is an entry and is not kept twice
    Check.objects.update(keep_until=timezone.now() - datetime.timedelta(seconds=1))
    Answer.objects.update(keep_until=timezone.now() - datetime.timedelta(seconds=1))
    tasks.tidy()
    outbox.drain()
    assert not Answer.objects.exists()
    assert stands("QUILLINGFORD") == {DOCUMENTS: "waiting"}  # still to come: asked again
    hit = Hit.objects.get()
    assert (hit.state, hit.reason) == ("withdrawn", "answer_expired")
    tasks.tidy()
    assert "A4410927" not in str([*Entry.objects.values_list(), *EntryVersion.objects.values_list()])
    ask(later=5)
    hit.refresh_from_db()
    assert hit.state == "raised"
    Check.objects.update(keep_until=timezone.now(), arrives_at=timezone.now() - datetime.timedelta(hours=1))
    tasks.tidy()
    assert stands("QUILLINGFORD") == {DOCUMENTS: "answered"}  # they have landed: it stays written that it was answered
    assert states() == ["lapsed", "lapsed"]
