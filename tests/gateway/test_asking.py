"""Each traveller is asked about, once; what comes back is shown, and nobody is clear without an answer."""

import datetime
import json
from typing import Any

import pytest
from django.utils import timezone

from apps.access import outbox
from apps.gateway import actions
from apps.gateway.actions import question_loop
from apps.gateway.models import Answer, Check, Query, Round, Source
from apps.gateway.rules import wire
from apps.journeys.models import Journey
from apps.jrcc.models import Hit
from apps.jrcc.queries import floor
from apps.screening.matching import is_by_document
from apps.screening.models import Entry, EntryKey
from tests.gateway.people import (
    DOCUMENTS,
    PERSONS,
    SUPERVISOR,
    ask,
    journey_stands,
    manifest,
    outcomes,
    stands,
    states,
    switched_on,
)
from tests.gateway.side import Side
from tests.jrcc.people import QUILL, RAM, SHO, WID, hop, renamed, tomorrow
from tests.screening.test_thresholds import put_in_force

pytestmark = pytest.mark.django_db
BOTH = {DOCUMENTS, PERSONS}


def test_travellers_are_asked_about_by_document_and_by_name(cast: Any, side: Side) -> None:
    switched_on(cast)
    before = len(side.asked())
    manifest(cast, RAM, SHO)
    assert journey_stands() == dict.fromkeys(BOTH, "waiting")
    assert ask() == 4
    assert stands("RAMKISSOON") == stands("BRATHWAITE") == dict.fromkeys(BOTH, "answered")
    assert journey_stands() == dict.fromkeys(BOTH, "answered")
    asked = side.asked()[before:]
    assert {"type": "P", "number": "TB712345", "issuer": "TTO"} in asked
    persons = [one for one in asked if "surname" in one]
    assert persons[0].keys() == {"surname", "given_names", "sex", "birth_date", "nationality"}  # and no document


def test_every_query_is_recorded_without_a_name(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, RAM)
    ask()
    query, row = Query.objects.get(), Round.objects.get()
    assert query.subject_id == Check.objects.get().subject_id
    assert query.answered_at >= query.asked_at
    assert (query.outcome, row.desk, row.purpose) == ("no_record", "JRCC.automation", "border_control")
    kept = [*Query.objects.values_list(), *Check.objects.values_list(), *Answer.objects.values_list()]
    assert not any(word in str(kept) for word in ("TB712345", "RAMKISSOON"))


def test_a_record_becomes_a_hit_like_any_other(cast: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, QUILL, RAM)
    ask()
    by_list = {hit.entry.reference: hit for hit in Hit.objects.select_related("entry")}
    assert by_list.keys() == {"SLTD-1", "N-1"}  # N-2 has a like name and another birth date: the engine says no
    assert by_list["SLTD-1"].instruction == "refuse"
    assert by_list["N-1"].instruction == "arrest"
    assert all(hit.list_party_id == "JRCC" for hit in by_list.values())
    assert stands("QUILLINGFORD") == dict.fromkeys(BOTH, "hit")
    assert stands("QUILLINGFORD", tell_hits=False) == dict.fromkeys(BOTH, "answered")
    assert Hit.objects.visible_to(cast["jrcc.watch.officer"]).count() == 2
    assert not Hit.objects.visible_to(cast["brb.border.head"]).exists()
    assert not EntryKey.objects.filter(entry__in=Entry.objects.all()).exists()  # nobody else is screened with it


def test_a_lower_threshold_asks_again_about_whoever_had_a_record_put_aside(cast: Any, side: Side) -> None:
    switched_on(cast, PERSONS)
    manifest(cast, QUILL, WID, SHO)
    ask()
    assert set(Hit.objects.values_list("entry__reference", flat=True)) == {"N-1"}
    put_in_force(cast, review_percent=70)  # above the matcher's own: no record was ever put aside by it
    assert ask() == 0
    asked = len(outcomes())
    put_in_force(cast, review_percent=5)
    assert stands("PIERRE-LOUIS") == {PERSONS: "waiting"}  # a record lies there that nobody has compared with 5 %
    assert stands("QUILLINGFORD") == {PERSONS: "hit"}
    assert stands("BRATHWAITE") == {PERSONS: "answered"}  # the source holds nothing of her
    assert ask() == 2
    assert len(outcomes()) == asked + 2
    assert set(Hit.objects.values_list("entry__reference", flat=True)) == {"N-1", "N-3"}
    assert stands("PIERRE-LOUIS") == {PERSONS: "hit"}


def test_a_threshold_that_falls_while_the_source_is_asked_is_not_missed(
    cast: Any, side: Side, monkeypatch: Any
) -> None:
    switched_on(cast, PERSONS)
    manifest(cast, WID)
    least = iter([0.5, 0.05])
    monkeypatch.setattr(question_loop, "least_alike", lambda: next(least, 0.05))
    assert ask() == 1
    assert stands("PIERRE-LOUIS") == {PERSONS: "waiting"}
    assert ask() == 1
    assert outcomes() == ["record", "record"]
    assert Hit.objects.get().entry.reference == "N-3"


def test_a_record_restricted_for_a_state_is_not_referred_to_it(cast: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, QUILL)
    ask()
    entries = {entry.reference: entry for entry in Entry.objects.all()}
    assert "BRB" not in entries["N-1"].screen_for
    assert entries["SLTD-1"].screen_for is None
    assert Hit.objects.get(entry=entries["SLTD-1"]).parties == ["BRB", "TTO"]
    assert Hit.objects.get(entry=entries["N-1"]).parties == ["TTO"]


def test_the_same_list_twice_asks_nothing_twice(cast: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, QUILL, RAM)
    ask()
    manifest(cast, QUILL, RAM)
    assert ask() == 0
    assert len(outcomes()) == 4
    assert Hit.objects.count() == 2


def test_a_kept_answer_serves_the_next_journey_of_the_same_person(cast: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, RAM)
    ask()
    asked = len(side.asked())
    manifest(cast, RAM, flight="7T601", hops=[hop("BGI", "POS", tomorrow(20))])
    ask()
    assert outcomes()[2:] == ["kept", "kept"]
    assert len(side.asked()) == asked


def test_a_corrected_document_is_asked_about_and_the_old_one_no_more(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, QUILL)
    ask()
    hit = Hit.objects.get()
    manifest(cast, renamed(QUILL, document="A4410999"))
    assert ask() == 1
    hit.refresh_from_db()
    assert (hit.state, hit.reason) == ("withdrawn", "no_longer_alike")
    assert stands("QUILLINGFORD") == {DOCUMENTS: "answered"}


def test_whoever_has_no_document_is_never_shown_as_answered(cast: Any, side: Side) -> None:
    switched_on(cast)
    manifest(cast, renamed(RAM, document=""))
    ask()
    assert stands("RAMKISSOON") == {DOCUMENTS: "nothing", PERSONS: "answered"}
    assert journey_stands() == {DOCUMENTS: "nothing", PERSONS: "answered"}


def test_a_source_that_is_switched_off_is_not_asked_and_says_so(cast: Any, side: Side) -> None:
    source = switched_on(cast, DOCUMENTS)[1]
    actions.switch_off_source(cast[SUPERVISOR], source, why="Fault at the bureau")
    manifest(cast, RAM)
    assert ask() == 0
    assert journey_stands() == {DOCUMENTS: "off"}
    actions.switch_on_source(cast[SUPERVISOR], Source.objects.get(pk=source.pk), why="Mended")
    outbox.drain()
    assert journey_stands() == {DOCUMENTS: "waiting"}
    assert ask() == 1
    assert journey_stands() == {DOCUMENTS: "answered"}


def test_a_cancelled_flight_is_no_longer_asked_about(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    manifest(cast, RAM)
    manifest(cast, list_type="266", function="XF")
    assert Journey.objects.get().state == "cancelled"
    assert (ask(), states()) == (0, [])


def test_a_flight_that_landed_before_the_source_was_connected_was_not_asked_about(cast: Any, side: Side) -> None:
    manifest(cast, RAM)
    assert journey_stands() == {}  # a source that was never connected is not mentioned
    Journey.objects.update(arrives_at=timezone.now() - datetime.timedelta(days=2))
    switched_on(cast, DOCUMENTS)
    assert ask() == 0
    journey = Journey.objects.visible_to(cast["jrcc.watch.officer"]).get()
    line = floor.flight_lines(cast["jrcc.watch.officer"], [journey])[0]
    assert line.chip[2] == "Watchlists only"


def test_a_stolen_document_is_a_hit_whoever_carries_it_and_whatever_is_not_stated(cast: Any, side: Side) -> None:
    switched_on(cast, DOCUMENTS)
    put_in_force(cast, review_percent=99.99)
    manifest(cast, renamed(SHO, document="A4410927", nationality="JAM"), RAM)
    ask()
    hit = Hit.objects.get()
    assert (hit.traveller.surname, hit.entry.reference) == ("BRATHWAITE", "SLTD-1")
    assert is_by_document(hit.evidence)
    assert hit.score > 0.99


@pytest.mark.parametrize(
    ("asked", "held", "is_answer"),
    [
        ({"number": "A4410927", "issuer": "JAM"}, {"number": "A4410927", "issuer": "JAM"}, True),
        ({"number": "A4410927"}, {"number": "A 441-0927", "issuer": "JAM"}, True),
        ({"number": "0012345", "issuer": "JAM"}, {"number": "12345", "issuer": "JAM"}, True),
        ({"number": "A4410927", "issuer": "JAM"}, {"number": "A4410927", "issuer": "TTO"}, False),
        ({"number": "A4410927", "issuer": "JAM"}, {"number": "A4410928", "issuer": "JAM"}, False),
    ],
)
def test_a_record_answers_for_the_number_that_was_asked_and_for_the_issuer_that_was_stated(
    asked: dict[str, str], held: dict[str, str], is_answer: bool
) -> None:
    record = {"id": "SLTD-9", "status": "lost", "document": held}
    one = {"id": "1", "document": asked, "result": "found", "records": [record]}
    body = json.dumps({"request": "r", "answers": [one]}).encode()
    assert wire.read_source_answer("documents", body, "r", {"1": asked})["1"].fault == ("" if is_answer else wire.OTHER)
