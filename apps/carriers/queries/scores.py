"""Figures of carriers: the JRCC's of all, a State's of its own journeys, a carrier's of itself.

Read past the grants of journeys, since ministries and carriers see figures and no journeys: what leaves here are
counts, and lines of number, day and times.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, Exists, F, FloatField, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.carriers.models import ExpectedParty
from apps.carriers.queries import dated
from apps.journeys.models import Carrier, Journey, JourneyParty
from apps.manifests.models import Submission
from apps.manifests.paxlst.grade import catalogue

STATE_DESKS = frozenset({"border", "ministry"})
MOST_LINES = 500
GOOD = ("accepted", "accepted_with_warnings")


class Minutes(Aggregate):
    """The median of minutes between receipt and deadline; negative: after it."""

    template = (
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %(expressions)s) / 60) FILTER"
        " (WHERE %(expressions)s IS NOT NULL)"
    )
    output_field = FloatField()


@dataclass
class Score:
    """One line of a scorecard; shares are percent, None where nothing was counted."""

    key: Any
    lists: int = 0
    ruled: int = 0
    in_time: int = 0
    missing: int = 0
    median: float | None = None
    journeys: int = 0
    people: int = 0
    complete: int = 0
    accepted: int = 0
    name: str = ""
    chips: list[Any] = field(default_factory=list)

    @property
    def pk(self) -> Any:
        """What tells it apart from others."""
        return self.key

    @property
    def late(self) -> int:
        """Lists after their deadline."""
        return self.ruled - self.in_time

    @property
    def in_time_share(self) -> float | None:
        """Of the lists that were wanted by a deadline, those that came by it."""
        return _share(self.in_time, self.ruled + self.missing)

    @property
    def complete_share(self) -> float | None:
        """Of the travellers, those with all nine core elements."""
        return _share(self.complete, self.people)

    @property
    def accepted_share(self) -> float | None:
        """Of the journeys, those whose lists needed no correction."""
        return _share(self.accepted, self.journeys)

    @property
    def grade(self) -> str:
        """A to E by dated thresholds; "" where nothing was wanted."""
        if self.in_time_share is None:
            return ""
        return dated.grade_of(self.in_time_share, self.complete_share, timezone.now().date())


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def may_see(actor: Actor | None) -> bool:
    """Whether the seat has scorecards at all."""
    return actor is not None and (actor.desk_code == "JRCC.watch" or actor.function in STATE_DESKS | {"carrier"})


def carriers(actor: Actor) -> Any:
    """Carriers that the seat may see."""
    return Carrier.objects.visible_to(actor) if may_see(actor) else Carrier.objects.none()


def _own(actor: Actor, carrier: str) -> Q:
    """Which lines are the seat's, of rows that have a party and, at `carrier`, a carrier."""
    if actor.function == "carrier":
        return Q(**{carrier: actor.party_code})
    return Q() if actor.desk_code == "JRCC.watch" else Q(party=actor.party_code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: a span of days, and if given one carrier and one State."""

    first: datetime.date
    last: datetime.date
    carrier: str = ""
    party: str = ""


def _received(actor: Actor, wanted: Wanted) -> Any:
    rows = JourneyParty.objects.filter(_own(actor, "journey__carrier"), received_at__isnull=False)
    rows = rows.filter(journey__date__range=(wanted.first, wanted.last), journey__carrier__isnull=False)
    rows = rows.exclude(journey__state=Journey.State.CANCELLED)
    if wanted.carrier:
        rows = rows.filter(journey__carrier=wanted.carrier)
    return beyond(rows.filter(party=wanted.party) if wanted.party else rows, "scores")


def _missing(actor: Actor, wanted: Wanted) -> Any:
    rows = ExpectedParty.objects.filter(_own(actor, "expected__carrier"), expected__state="missing")
    rows = rows.filter(expected__date__range=(wanted.first, wanted.last))
    if wanted.carrier:
        rows = rows.filter(expected__carrier=wanted.carrier)
    return beyond(rows.filter(party=wanted.party) if wanted.party else rows, "scores")


KEYS: dict[str, tuple[Any, Any, Any]] = {
    "carrier": (F("journey__carrier_id"), F("expected__carrier_id"), F("carrier_id")),
    "party": (F("party_id"), F("party_id"), None),
    "month": (TruncMonth("journey__date"), TruncMonth("expected__date"), TruncMonth("date")),
    "day": (F("journey__date"), F("expected__date"), None),
}


def scores(actor: Actor, wanted: Wanted, by: str) -> list[Score]:
    """Scores by carrier, party, month or day, in the order of the key. Two or three queries."""
    of_received, of_missing, of_journey = KEYS[by]
    found: dict[Any, Score] = {}
    counted = _received(actor, wanted).order_by().values(key=of_received)
    for row in counted.annotate(
        lists=Count("pk"),
        ruled=Count("pk", filter=Q(deadline_at__isnull=False)),
        in_time=Count("pk", filter=Q(received_at__lte=F("deadline_at"))),
        median=Minutes(F("deadline_at") - F("received_at")),
    ):
        found[row["key"]] = Score(row["key"], row["lists"], row["ruled"], row["in_time"], 0, row["median"])
    for row in _missing(actor, wanted).order_by().values(key=of_missing).annotate(n=Count("pk")):
        found.setdefault(row["key"], Score(row["key"])).missing = row["n"]
    if of_journey is not None:
        _add_people(actor, wanted, of_journey, found)
    return [found[key] for key in sorted(found)]


def _add_people(actor: Actor, wanted: Wanted, key: Any, found: dict[Any, Score]) -> None:
    parties = _received(actor, wanted).filter(journey=OuterRef("pk"))
    rows = beyond(Journey.objects.filter(Exists(parties)).order_by().values(key=key), "scores")
    for row in rows.annotate(
        n=Count("pk"),
        people=Sum(F("passengers") + F("crew")),
        whole=Sum("complete"),
        good=Count("pk", filter=Q(grade__in=GOOD)),
    ):
        score = found.setdefault(row["key"], Score(row["key"]))
        score.journeys, score.people, score.complete, score.accepted = (
            row["n"],
            row["people"],
            row["whole"],
            row["good"],
        )


@dataclass(frozen=True, slots=True)
class ScoredJourney:
    """A journey behind a figure, for one State and direction."""

    pk: Any
    carrier: str
    number: str
    date: datetime.date
    party: str
    role: str
    deadline_at: datetime.datetime | None
    received_at: datetime.datetime | None = None

    @property
    def flight(self) -> str:
        """Its designator and number."""
        return f"{self.carrier} {self.number}"


def list_scored_journeys(actor: Actor, wanted: Wanted, what: str) -> list[ScoredJourney]:
    """The journeys behind a figure, newest first."""
    if what == "missing":
        rows = _missing(actor, wanted).order_by("-expected__date", "-pk")
        columns = ("pk", "expected__carrier_id", "expected__number", "expected__date", "party_id", "role")
        found = rows.values_list(*columns, "deadline_at")[:MOST_LINES]
    else:
        rows = _received(actor, wanted).order_by("-journey__date", "-pk")
        if what == "late":
            rows = rows.filter(received_at__gt=F("deadline_at"))
        elif what == "in_time":
            rows = rows.filter(received_at__lte=F("deadline_at"))
        elif what == "incomplete":
            rows = rows.filter(journey__complete__lt=F("journey__passengers") + F("journey__crew"))
        elif what == "corrected":
            rows = rows.exclude(journey__grade__in=GOOD)
        columns = ("pk", "journey__carrier_id", "journey__number", "journey__date", "party_id", "role")
        found = rows.values_list(*columns, "deadline_at", "received_at")[:MOST_LINES]
    return [ScoredJourney(*row) for row in found]


def senders(actor: Actor, carrier: str, since: datetime.datetime) -> list[dict[str, Any]]:
    """Who sent lists for a carrier since a moment, by desk and channel, for the JRCC and for itself. One query."""
    rows: Any = Submission.objects.visible_to(actor).filter(journey__carrier=carrier, created_at__gte=since)
    counted = (
        rows.order_by()
        .values("owner__code", "channel")
        .annotate(n=Count("pk"), unknown=Count("pk", filter=Q(unknown_sender=True)))
    )
    return sorted(counted, key=lambda row: -int(row["n"]))


def by_day(actor: Actor, wanted: Wanted) -> dict[tuple[str, datetime.date], str]:
    """{(carrier, day): the worst of in_time, late and missing}. Two queries."""
    found: dict[tuple[str, datetime.date], str] = {}
    rows = _received(actor, wanted).filter(deadline_at__isnull=False).order_by()
    rows = rows.values_list("journey__carrier_id", "journey__date")
    for carrier, day, late in rows.annotate(late=Count("pk", filter=Q(received_at__gt=F("deadline_at")))):
        found[carrier, day] = "late" if late else "in_time"
    for key in _missing(actor, wanted).order_by().values_list("expected__carrier_id", "expected__date").distinct():
        found[key] = "missing"
    return found


# what stands in readings, by code: how often, and in how many lists
REPEATED = """
SELECT finding->>'code', count(*), count(DISTINCT content.submission_id)
FROM jrcc_submissioncontent content
CROSS JOIN LATERAL jsonb_array_elements(content.reading) AS list
CROSS JOIN LATERAL jsonb_array_elements(list->'findings') AS finding
WHERE content.submission_id IN ({submissions}) AND jsonb_typeof(content.reading) = 'array'
  AND finding->>'severity' <> 'info'
GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1 LIMIT 15
"""


def repeated(actor: Actor, carrier: str, first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    """Findings of a carrier's lists that the seat may see, the most frequent first; only of messages not erased yet.

    [{code, symptom, times, lists}], without what only informs. One query.
    """
    rows = Submission.objects.visible_to(actor).filter(journey__carrier=carrier, journey__date__range=(first, last))
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    known = catalogue()
    with connection.cursor() as cursor:
        cursor.execute(REPEATED.format(submissions=sql), params)
        return [
            {"code": code, "symptom": known[code]["symptom"] if code in known else code, "times": times, "lists": lists}
            for code, times, lists in cursor.fetchall()
        ]
