"""What the rules of retention let go: the same answer for the dry run's page and for the night that does it."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.carriers.queries import cases
from apps.journeys.models import Journey, JourneyParty, RetentionHold, Traveller
from apps.journeys.queries import journeys as journeys_queries
from apps.jrcc.models import Hit
from apps.jrcc.queries import hits
from apps.manifests.models import Submission, SubmissionContent
from apps.travellers.models import Erasure, RetentionRule

K = RetentionRule.Kind
A_ROUND = 500
"""Journeys or messages that are looked at in one round."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force on a day, of the States and of the portal."""

    rows: dict[tuple[str, str], RetentionRule]

    def of(self, state: str, kind: str) -> RetentionRule:
        """A State's own rule, else the portal's."""
        return self.rows.get((state, kind)) or self.rows["", kind]

    def longest(self, kind: str, states: Iterable[str], column: str = "keep_days") -> int | None:
        """Days by the longest rule of the States concerned; None where one of them has no end."""
        found = [getattr(self.of(state, kind), column) for state in set(states) or {""}]
        return None if None in found else max(found)

    def shortest(self, kind: str) -> int:
        """Days before which nothing of this kind is due anywhere."""
        return min(rule.keep_days for (_state, of), rule in self.rows.items() if of == kind)


def rules(actor: Actor, day: datetime.date) -> Rules:
    """The rules of a day. One query."""
    rows = RetentionRule.objects.visible_to(actor).filter(valid_from__lte=day)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    return Rules({(row.party_id or "", row.kind): row for row in rows})


def find_journey_end(journey: Journey) -> datetime.datetime:
    """When the journey was over; two days after its date where its arrival is not known."""
    if journey.arrives_at:
        return journey.arrives_at
    return datetime.datetime.combine(journey.date, datetime.time(), datetime.UTC) + datetime.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is due: a journey, or a message, why, and what it touches."""

    row: Any
    until: datetime.datetime
    states: tuple[str, ...] = ()
    count: int = 0
    with_hits: bool = False


@dataclass
class Due:
    """What is due at a moment, and what a hold keeps although its time is over."""

    by_order: "Kept"
    masks: list[Step] = field(default_factory=list)
    deletions: list[Step] = field(default_factory=list)
    messages: list[Step] = field(default_factory=list)
    accesses: list[Step] = field(default_factory=list)
    held: list[Step] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.masks) + len(self.deletions) + len(self.messages) + len(self.accesses)


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds keep at a moment: whole journeys, single travellers, and for which States their desks."""

    journeys: frozenset[Any]
    people: Mapping[Any, Any]
    states: Mapping[Any, frozenset[str]]
    let_go: frozenset[Any]

    @property
    def touched(self) -> frozenset[Any]:
        """Journeys with any hold: their messages stay, and nobody of them is deleted."""
        return self.journeys | frozenset(self.people.values())


def kept(actor: Actor, now: datetime.datetime) -> Kept:
    """Holds in force, and journeys of which somebody was let go who still has their name. One query."""
    in_force = Q(state=RetentionHold.State.IN_FORCE, until__gte=now.date())
    has_his_name = Q(traveller__masked_at=None, traveller__isnull=False)
    rows = RetentionHold.objects.visible_to(actor).filter(in_force | has_his_name)
    journeys: set[Any] = set()
    people: dict[Any, Any] = {}
    states: dict[Any, set[str]] = {}
    over: set[Any] = set()
    columns = ("journey_id", "traveller_id", "originator_id", "state", "until")
    for journey, person, party, state, until in rows.values_list(*columns):
        if state != RetentionHold.State.IN_FORCE or until < now.date():
            over.add(journey)
            continue
        states.setdefault(journey, set()).add(party)
        if person is None:
            journeys.add(journey)
        else:
            people[person] = journey
    return Kept(frozenset(journeys), people, {key: frozenset(ones) for key, ones in states.items()}, frozenset(over))


def find_retention_due(actor: Actor, now: datetime.datetime) -> Due:
    """All that is due now, at most A_ROUND of each; about eleven queries."""
    known, by_order = rules(actor, now.date()), kept(actor, now)
    held = Due(by_order)
    _masks(actor, now, known, by_order, held)
    _with_hits(actor, now, known, by_order, held)
    _deletions(actor, now, known, by_order, held)
    _messages(actor, now, known, by_order, held)
    _accesses(actor, now, known, by_order, held)
    return held


def find_journeys_ended_days_ago(now: datetime.datetime, days: int) -> Q:
    """Journeys that ended so many days ago at least; a little more than those, where the arrival is not known."""
    moment = now - datetime.timedelta(days=days)
    return Q(arrives_at__lte=moment) | Q(arrives_at=None, date__lte=moment.date())


def _is_over(end: datetime.datetime, days: int | None, now: datetime.datetime) -> bool:
    return days is not None and end + datetime.timedelta(days=days) <= now


def _states(actor: Actor, journeys: Collection[Any]) -> dict[Any, tuple[str, ...]]:
    """{journey: States that take part in it}. One query."""
    found: dict[Any, set[str]] = {}
    rows = JourneyParty.objects.visible_to(actor).filter(journey__in=journeys)
    for journey, party in rows.values_list("journey_id", "party_id"):
        found.setdefault(journey, set()).add(party)
    return {journey: tuple(sorted(parties)) for journey, parties in found.items()}


def _held(actor: Actor, journeys: Collection[Any]) -> set[Any]:
    """Journeys with a hit that somebody still works on. One query."""
    rows = Hit.objects.visible_to(actor).filter(journey__in=journeys, state__in=Hit.OPEN)
    return set(rows.values_list("journey_id", flat=True))


def _masks(actor: Actor, now: datetime.datetime, known: Rules, by_order: Kept, found: Due) -> None:
    """Journeys whose travellers without a hit lose their names; also who was held then and is not any more."""
    wanted = Q(masked_at=None) | Q(pk__in=by_order.let_go)
    over = find_journeys_ended_days_ago(now, known.shortest(K.TRAVELLER))
    rows = Journey.objects.visible_to(actor).filter(over, wanted)
    ended = list(rows.order_by("arrives_at", "pk")[:A_ROUND])
    keys = [row.pk for row in ended]
    states, held = _states(actor, keys), _held(actor, keys) | by_order.journeys
    people = Traveller.objects.visible_to(actor).filter(~hits.has_hit(), journey__in=keys, masked_at=None)
    people = people.exclude(pk__in=by_order.people)
    counts = dict(people.order_by().values_list("journey").annotate(n=Count("pk")))
    for row in ended:
        if row.masked_at is None or row.pk in counts:
            _put(row, K.TRAVELLER, states.get(row.pk, ()), counts.get(row.pk, 0), now, known, held, found)


def _put(
    row: Journey, kind: str, states: tuple[str, ...], count: int, now: datetime.datetime, known: Rules,
    held: Collection[Any], found: Due,
) -> None:  # fmt: skip
    days = known.longest(kind, states)
    if not _is_over(find_journey_end(row), days, now):
        return
    until = find_journey_end(row) + datetime.timedelta(days=days or 0)
    step = Step(row, until, states, count, with_hits=kind == K.TRAVELLER_WITH_HIT)
    (found.held if row.pk in held else found.masks).append(step)


def _with_hits(actor: Actor, now: datetime.datetime, known: Rules, by_order: Kept, found: Due) -> None:
    """Journeys of which the travellers with a hit lose their names, too."""
    people = Traveller.objects.visible_to(actor).filter(
        hits.has_hit(), masked_at=None, journey__masked_at__isnull=False
    )
    moment = now - datetime.timedelta(days=known.shortest(K.TRAVELLER_WITH_HIT))
    people = people.filter(Q(journey__arrives_at__lte=moment) | Q(journey__arrives_at=None, journey__date__lte=moment))
    people = people.exclude(pk__in=by_order.people)
    counts = dict(people.order_by().values_list("journey").annotate(n=Count("pk"))[:A_ROUND])
    rows = list(Journey.objects.visible_to(actor).filter(pk__in=list(counts)))
    states, held = _states(actor, list(counts)), _held(actor, list(counts)) | by_order.journeys
    for row in rows:
        _put(row, K.TRAVELLER_WITH_HIT, states.get(row.pk, ()), counts[row.pk], now, known, held, found)


def _deletions(actor: Actor, now: datetime.datetime, known: Rules, by_order: Kept, found: Due) -> None:
    """Journeys whose masked travellers are not even counted any more."""
    rows = Journey.objects.visible_to(actor).filter(masked_at__isnull=False, emptied_at=None)
    over = find_journeys_ended_days_ago(now, known.shortest(K.TRAVELLER))
    ended = list(rows.filter(over).order_by("arrives_at", "pk")[:A_ROUND])
    states = _states(actor, [row.pk for row in ended])
    for row in ended:
        days = known.longest(K.TRAVELLER, states.get(row.pk, ()), "delete_days")
        if _is_over(find_journey_end(row), days, now):
            until = find_journey_end(row) + datetime.timedelta(days=days or 0)
            step = Step(row, until, states.get(row.pk, ()), row.passengers + row.crew)
            (found.held if row.pk in by_order.touched else found.deletions).append(step)


def _messages(actor: Actor, now: datetime.datetime, known: Rules, by_order: Kept, found: Due) -> None:
    """Messages whose bytes and reading go; their receipts stay."""
    first = min(known.shortest(K.RAW), known.shortest(K.UNREADABLE))
    rows = Submission.objects.visible_to(actor).filter(created_at__lte=now - datetime.timedelta(days=first))
    kept = SubmissionContent.objects.visible_to(actor).filter(submission=OuterRef("pk"), erased_at=None)
    old = list(rows.filter(Exists(kept)).select_related("journey").order_by("created_at")[:A_ROUND])
    journeys = _of_messages(actor, old)
    keys = {one.pk for ones in journeys.values() for one in ones}
    states, held = _states(actor, keys), _held(actor, keys) | by_order.touched
    in_cases = cases.receipts_in_cases() if old else set()
    for row in old:
        named = journeys.get(row.pk, [])
        concerned = {state for one in named for state in states.get(one.pk, ())}
        kind = K.RAW if named else K.UNREADABLE
        days = known.longest(kind, concerned)
        end = max([row.created_at, *(find_journey_end(one) for one in named)])
        if _is_over(end, days, now):
            step = Step(row, end + datetime.timedelta(days=days or 0), tuple(sorted(concerned)), 1)
            kept_back = row.receipt in in_cases or any(one.pk in held for one in named)
            (found.held if kept_back else found.messages).append(step)


def _of_messages(actor: Actor, rows: Iterable[Submission]) -> dict[Any, list[Journey]]:
    """{message: the journeys that it named people of}. Two queries."""
    found: dict[Any, dict[Any, Journey]] = {
        row.pk: {row.journey.pk: row.journey} for row in rows if row.journey is not None
    }
    named = Traveller.objects.visible_to(actor).filter(submission__in=[row.pk for row in rows])
    pairs = set(named.order_by().values_list("submission_id", "journey_id").distinct())
    journeys = Journey.objects.visible_to(actor).in_bulk({journey for _row, journey in pairs})
    for row, journey in pairs:
        found.setdefault(row, {})[journey] = journeys[journey]
    return {row: list(ones.values()) for row, ones in found.items()}


def _accesses(actor: Actor, now: datetime.datetime, known: Rules, by_order: Kept, found: Due) -> None:
    """Border desks of States whose own time is over, while others' still runs; not of those whose own order holds."""
    rows = Journey.objects.visible_to(actor).filter(find_journeys_ended_days_ago(now, known.shortest(K.TRAVELLER)))
    seen = list(rows.filter(journeys_queries.seen_by_borders()).order_by("arrives_at", "pk")[:A_ROUND])
    states = journeys_queries.states_that_see([row.pk for row in seen])
    for row in seen:
        theirs = states.get(row.pk, set()) - by_order.states.get(row.pk, frozenset())
        ended = [s for s in sorted(theirs) if _is_over(find_journey_end(row), known.of(s, K.TRAVELLER).keep_days, now)]
        if ended:
            found.accesses.append(Step(row, find_journey_end(row), tuple(ended), len(ended)))


def erasures(actor: Actor) -> list[Any]:
    """The last things that were erased, newest first."""
    return list(Erasure.objects.visible_to(actor).select_related("journey").order_by("-pk")[:100])
