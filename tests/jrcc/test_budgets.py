"""Pages ask the database the same number of questions for one row and for twenty, and never more than twelve."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.carriers.actions import expected_rounds, regimes, schedules
from apps.carriers.models import ExpectedJourney, RegimeChange
from apps.entrance import middleware as sessions
from apps.journeys.actions import holds
from apps.journeys.models import RetentionHold, Traveller
from apps.jrcc.models import Hit
from apps.manifests.models import Submission
from apps.travellers.actions import lookups, persons, retention_rules
from apps.travellers.models import Lookup, Person, RetentionChange
from tests.jrcc.pages_world import listed, message, sent

pytestmark = pytest.mark.django_db
MOST = 12
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def asked(client: Any, place: str) -> list[str]:
    """Statements of one page view, after one that warmed the caches; without transaction control."""
    queries = asked_if_open(client, place)
    assert queries is not None, place
    return queries


def asked_if_open(client: Any, place: str) -> list[str] | None:
    """As `asked`; None of a page that does not open."""
    cache.clear()
    with held_clocks():
        if client.get(place).status_code != 200:
            return None
        with CaptureQueriesContext(connection) as caught:
            client.get(place)
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]


@contextlib.contextmanager
def held_clocks() -> Iterator[None]:
    """Between the two views nothing ends that is kept for a moment, nor is the idle clock of a session due, however
    slow the machine is."""
    backend = type(caches["default"])
    keep = backend.set

    def keep_long(self: Any, key: str, value: Any, timeout: Any = None, version: Any = None, **more: Any) -> Any:
        return keep(self, key, value, 3600, version, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backend, "set", keep_long)
        patch.setattr(sessions, "TOUCH_S", 3600)
        yield


def pages(cast: Any) -> dict[str, tuple[str, str]]:
    hit, row = Hit.objects.order_by("pk").first(), Submission.objects.order_by("pk").first()
    assert hit is not None
    assert row is not None
    person = Traveller.objects.get(pk=hit.traveller_id)
    planned = ExpectedJourney.objects.order_by("pk").first()
    assert planned is not None
    watch, agent = "jrcc.watch.officer", "7t.carrier.agent"
    return {
        "floor": (watch, reverse("jrcc:floor")),
        "floor with a hit": (watch, f"{reverse('jrcc:floor')}?hit={hit.pk}"),
        "floor of a State": ("jam.border.head", reverse("jrcc:floor")),
        "border desk": ("jam.border.head", reverse("jrcc:border")),
        "numbers": ("jrcc.watch.supervisor", reverse("jrcc:numbers")),
        "hits on our entries": ("jam.intelligence.officer", reverse("jrcc:owned")),
        "wall": (watch, reverse("jrcc:wall")),
        "hits": (watch, reverse("jrcc:hits")),
        "hit": (watch, reverse("jrcc:hit", args=[hit.pk])),
        "hit of the owner": ("jam.intelligence.officer", reverse("jrcc:hit", args=[hit.pk])),
        "hits of an entry": ("jam.intelligence.officer", reverse("jrcc:entry_hits", args=[hit.entry_id])),
        "journeys": (watch, reverse("jrcc:journeys")),
        "journey": (watch, reverse("jrcc:journey", args=[hit.journey_id])),
        "journey of a State": ("jam.border.head", reverse("jrcc:journey", args=[hit.journey_id])),
        "traveller": (watch, reverse("jrcc:traveller", args=[person.pk])),
        "dossier": (watch, reverse("jrcc:traveller_dossier", args=[person.pk])),
        "dossier of a State": ("jam.border.head", reverse("jrcc:traveller_dossier", args=[person.pk])),
        "person": (watch, reverse("jrcc:person", args=[a_person(cast, hit).pk])),
        "searches": ("jrcc.watch.supervisor", reverse("jrcc:lookups")),
        "search": (watch, reverse("jrcc:lookup", args=[a_search(cast).pk])),
        "manifests": (agent, reverse("jrcc:submissions")),
        "manifest": (agent, reverse("jrcc:submission", args=[row.pk])),
        "expected": (watch, reverse("jrcc:expected")),
        "expected of a carrier": (agent, reverse("jrcc:expected")),
        "expected journey": (watch, reverse("jrcc:expectedjourney", args=[planned.pk])),
        "schedules": (agent, reverse("jrcc:schedules")),
        "schedule": (agent, reverse("jrcc:schedule", args=[planned.schedule_id])),
        "change of a deadline": ("jam.border.officer", reverse("jrcc:regimechange", args=[a_change(cast).pk])),
        "carriers": (watch, reverse("jrcc:carriers")),
        "carriers of a State": ("jam.ministry.decider", reverse("jrcc:carriers")),
        "carrier": (watch, reverse("jrcc:carrier", args=["7T"])),
        "carrier of itself": (agent, reverse("jrcc:carrier", args=["7T"])),
        "lists of a carrier": (agent, reverse("jrcc:carrier_lists", args=["7T"])),
        "cases": ("jam.border.head", reverse("jrcc:cases")),
        "laws": (agent, reverse("jrcc:penalties_rules")),
        "rules of retention": ("jam.border.head", reverse("jrcc:retention_rules")),
        "change of retention": ("jam.border.head", reverse("jrcc:retentionchange", args=[a_rule_change(cast).pk])),
        "holds": ("jam.border.head", reverse("jrcc:holds")),
        "hold": ("jam.border.head", reverse("jrcc:retentionhold", args=[a_hold(cast, hit.journey_id).pk])),
        "operations": (watch, reverse("jrcc:operations")),
        "retention": (watch, reverse("jrcc:retention")),
        "form": (agent, reverse("jrcc:trip_begin")),
        "deadlines": (agent, reverse("jrcc:regimes")),
    }


def a_change(cast: Any) -> RegimeChange:
    """A deadline of Jamaica's that waits for its second person, proposed once."""
    row = RegimeChange.objects.first()
    return row or regimes.propose_regime_change(
        cast["jam.border.head"], None, mode="air", direction="arrival", craft="commercial", space="any", minutes=-60,
        event="departure", valid_from=timezone.now().date() + datetime.timedelta(days=1), status="verified", source="x",
    )  # fmt: skip


def a_person(cast: Any, hit: Hit) -> Person:
    """The hit's traveller with somebody else of their journey, joined once."""
    pair = Traveller.objects.filter(journey=hit.journey_id).order_by("seq")[:2]
    row = Person.objects.first()
    return row or persons.join_travellers(
        cast["jrcc.watch.officer"], None, travellers=[str(one.pk) for one in pair], known_by="seen"
    )


def a_search(cast: Any) -> Lookup:
    """One more search for a name that many travellers have."""
    return lookups.search_people(cast["jrcc.watch.officer"], None, surname="LINDKVAEL-OSTREY", purpose="counter")


def a_rule_change(cast: Any) -> RetentionChange:
    """A rule of retention of Jamaica's that waits for its second person, proposed once."""
    row = RetentionChange.objects.first()
    return row or retention_rules.propose_retention_change(
        cast["jam.border.head"], None, kind="traveller_record", keep_days=60, source="x",
        valid_from=timezone.now().date() + datetime.timedelta(days=1),
    )  # fmt: skip


def a_hold(cast: Any, journey: Any) -> RetentionHold:
    """One more hold on a journey."""
    return holds.place_hold(
        cast["jam.border.head"], None, journey=journey, ground="case", reference="C 1", reason="x",
        until=timezone.now().date(),
    )  # fmt: skip


def a_schedule(cast: Any, drain: Any, number: int) -> None:
    """A daily flight whose first list is missing."""
    day = timezone.now().date()
    row = schedules.add_schedule(
        cast["7t.carrier.agent"], None, mode="air", number=str(number), days=list("1234567"), origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day,
        valid_until=day + datetime.timedelta(days=30),
    )  # fmt: skip
    drain()
    first = ExpectedJourney.objects.filter(schedule=row).earliest("date")
    expected_rounds.check_expected_journeys(first.deadline_at)


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, drain: Any, client_for: Any) -> None:
    listed(cast, drain)
    sent(cast, drain, message(2))
    sent(cast, drain, message(2, number=199))  # a dossier asks once more where somebody is alike
    a_schedule(cast, drain, 1)
    few = {name: len(asked(client_for(who), place)) for name, (who, place) in pages(cast).items()}
    for number in range(200, 220):
        sent(cast, drain, message(3, number=number))
    sent(cast, drain, message(22))
    for hit in Hit.objects.order_by("pk"):
        a_hold(cast, hit.journey_id)
    for number in range(2, 22):
        a_schedule(cast, drain, number)
    many = {name: asked(client_for(who), place) for name, (who, place) in pages(cast).items()}
    assert Hit.objects.count() >= 20
    assert {name: len(queries) for name, queries in many.items()} == few
    assert {name: n for name, n in few.items() if n > MOST} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:160] for q in queries) for name, queries in many.items() if len(queries) > MOST
    )
