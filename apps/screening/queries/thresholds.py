"""Thresholds: those in force, those that were, and what is proposed."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.short_cache import remembered
from apps.screening.matching import MATCH_THRESHOLD, REVIEW_THRESHOLD, Identity, judged, shared_document
from apps.screening.models import Entry, Thresholds, WatchList

INTERPOL = frozenset({WatchList.Kind.NOMINALS, WatchList.Kind.DOCUMENTS})
SPARED = ExpressionWrapper(
    Q(kind__in=[Entry.Kind.DOCUMENT, Entry.Kind.RULE]) | Q(list__kind__in=INTERPOL), output_field=BooleanField()
)
"""Of entries: see `spared`."""
SHOWN = 100
AT_HAND, AT_HAND_S = "screening.thresholds", 5


def spared(entry: Entry) -> bool:
    """Whether a threshold above the matcher's own is not asked of an entry.

    A document is compared by its number, a rule by its condition, and a record of INTERPOL came for this very
    traveller: none of them stands on the curve of names by which an alert budget is chosen.
    """
    return entry.kind in {Entry.Kind.DOCUMENT, Entry.Kind.RULE} or entry.list.kind in INTERPOL


@dataclass(frozen=True, slots=True)
class InForce:
    """Two thresholds; `pk` and `since` are None where they are the matcher version's own."""

    review: float = REVIEW_THRESHOLD
    match: float = MATCH_THRESHOLD
    pk: Any = None
    since: datetime.datetime | None = None

    def least(self, *, spared: bool) -> float:
        """The score from which a pair is shown; of an entry that is spared never above the matcher's own threshold."""
        return min(self.review, REVIEW_THRESHOLD) if spared else self.review

    def shows(self, who: Identity, subject: Identity, *, spared: bool) -> bool:
        """Whether a traveller and an entry's subject are shown; a document of both always is."""
        return judged(who, subject) >= self.least(spared=spared or shared_document(who, subject) is not None)

    def decision(self, score: float, *, spared: bool) -> str:
        """`match`, `review` or `no`, as the matching contract calls them."""
        if score >= self.match:
            return "match"
        return "review" if score >= self.least(spared=spared) else "no"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The thresholds in force now, and all that ever were, as (until, review)."""

    now: InForce
    periods: tuple[tuple[datetime.datetime | None, float], ...]

    def lowest_since(self, moment: datetime.datetime) -> float:
        """The lowest review threshold from a moment until now, the matcher's own among them.

        A hit that was rightly shown at some time since it was raised is never taken back by a number alone.
        """
        held = [review for ends, review in self.periods if ends is None or ends > moment]
        return min([REVIEW_THRESHOLD, *held])


def read_threshold_timeline() -> Timeline:
    """All thresholds that ever counted. One query."""
    rows = list(
        beyond(Thresholds.objects.all(), "thresholds").filter(state__in=Thresholds.WERE_IN_FORCE).order_by("-starts_at")
    )
    now = next((_in_force(row) for row in rows if row.state == Thresholds.State.IN_FORCE), InForce())
    return Timeline(now, tuple((row.ends_at, row.review) for row in rows))


def in_force() -> InForce:
    """The thresholds of this moment. One query."""
    row = beyond(Thresholds.objects.all(), "thresholds").filter(state=Thresholds.State.IN_FORCE).first()
    return _in_force(row) if row else InForce()


def at_hand() -> InForce:
    """The same for what pages colour and say, at most five seconds old. The comparing itself asks `in_force`."""
    return remembered(AT_HAND, AT_HAND_S, in_force)


def _in_force(row: Thresholds) -> InForce:
    return InForce(row.review, row.match, row.pk, row.starts_at)


def one_at_a_time() -> None:
    """Let whoever else puts thresholds into force at this moment wait until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('screening.thresholds', 0))")


def held() -> Thresholds | None:
    """The row in force, locked, inside an action."""
    return Thresholds.objects.select_for_update(of=("self",)).filter(state=Thresholds.State.IN_FORCE).first()


def find_thresholds(actor: Actor | None) -> Any:
    """Thresholds that the actor may see."""
    return Thresholds.objects.visible_to(actor).select_related("owner", "originator", "replaces")


def listed(actor: Actor | None) -> list[Any]:
    """All of them, newest first. One query."""
    return list(find_thresholds(actor).order_by("-pk")[:SHOWN])


def entries_in_use(actor: Actor | None) -> int:
    """How many entries of persons that the actor sees are in use. One query."""
    seen = Entry.objects.visible_to(actor).filter(state=Entry.State.ACTIVE, kind=Entry.Kind.PERSON)
    return int(seen.order_by().count())
