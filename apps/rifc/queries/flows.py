"""What each party gives each other one, as a matrix; and how long questions wait for their answer."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, Sum

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.exchange.models import Addressee
from apps.exchange.queries import vocabulary as priorities
from apps.rifc import policy
from apps.rifc.models import Flow, Receipt, Use
from apps.rifc.queries import rule
from apps.rifc.queries.balance import MONTHS, first_of

ANSWERED = ("answered", "refused")
"""States of a part of a request in which its desk has said something that ends it."""


def counted(actor: Actor, month: datetime.date) -> list[dict[str, Any]]:
    """{giver_id, receiver_id, given, used} of a month between parties. Two queries; the clock sees all rows."""
    span = (month, first_of(month, -1))
    between: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: {"given": 0, "used": 0})
    sent = Receipt.objects.visible_to(actor).filter(added_at__date__gte=span[0], added_at__date__lt=span[1])
    uses = Use.objects.visible_to(actor).filter(at__date__gte=span[0], at__date__lt=span[1]).exclude(usefulness="not")
    for name, rows in (("given", sent), ("used", uses)):
        pairs = rows.exclude(desk__party=F("report__originator")).values_list("report__originator", "desk__party")
        for giver, receiver, number in pairs.annotate(Count("report__thread", distinct=True)).order_by():
            between[giver, receiver][name] = number
    return [{"giver_id": giver, "receiver_id": receiver, **n} for (giver, receiver), n in sorted(between.items())]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party gave another; both None where that is not the viewer's to know."""

    given: int | None
    used: int | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Givers as rows and receivers as columns, in the order of `parties`; a party gives itself nothing (None)."""

    parties: list[str]
    rows: list[list[Cell | None]]
    whole: bool

    @property
    def givers(self) -> list[int]:
        """Places of the parties that gave something."""
        return [place for place, cells in enumerate(self.rows) if any(cell and cell.given for cell in cells)]

    @property
    def receivers(self) -> list[int]:
        """Places of the parties that got something."""
        found: set[int] = set()
        for cells in self.rows:
            found.update(place for place, cell in enumerate(cells) if cell and cell.given)
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a party sent and received, and how much of each the recipient found useful."""

    party: str
    sent: int
    sent_useful: int
    received: int
    received_useful: int


def exchanges(found: Matrix, own: str) -> list[Exchange]:
    """Who reads the region reads every party's sums; a party what it sent to each other one and got from it.

    Parties between which nothing went are left out; the most first.
    """
    mine = found.parties.index(own) if own in found.parties else None
    lines = []
    for place, party in enumerate(found.parties):
        if found.whole:
            sent, received = found.rows[place], [row[place] for row in found.rows]
        elif mine is None:
            continue
        else:  # seen from here: sent to them, received from them
            sent, received = [found.rows[mine][place]], [found.rows[place][mine]]
        one = Exchange(party, *_sums(sent), *_sums(received))
        if one.sent or one.received:
            lines.append(one)
    return sorted(lines, key=lambda one: (-one.sent - one.received, one.party))


def _sums(cells: Sequence[Cell | None]) -> tuple[int, int]:
    known = [cell for cell in cells if cell]
    return sum(cell.given or 0 for cell in known), sum(cell.used or 0 for cell in known)


def matrix(actor: Actor, today: datetime.date) -> Matrix:
    """The last twelve months, the present one included, between members and whoever else gave something. Two queries.

    RIFC's desks read all of it; a party its own row and its own column, which it knows by its receipts anyway.
    """
    rows = Flow.objects.visible_to(actor).filter(month__gte=first_of(today, MONTHS - 1), month__lte=today)
    sums = rows.values_list("giver", "receiver").annotate(Sum("given"), Sum("used")).order_by()
    found = {(giver, receiver): Cell(given, used) for giver, receiver, given, used in sums}
    whole, own = policy.sees_region(actor), actor.party_code
    parties = sorted({*rule.members(), *(party for pair in found for party in pair)})

    def cell(giver: str, receiver: str) -> Cell | None:
        if giver == receiver:
            return None
        known = whole or own in {giver, receiver}
        return found.get((giver, receiver), Cell(0, 0)) if known else Cell(None, None)

    return Matrix(parties, [[cell(giver, receiver) for receiver in parties] for giver in parties], whole)


class Share(Aggregate):
    """The value below which a share of the values lies, between two of them where it falls so (SQL percentile_cont)."""

    function = "percentile_cont"
    output_field = DurationField()

    def __init__(self, share: float, expression: Any, **more: Any) -> None:
        template = f"%(function)s({share:.2f}) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
        super().__init__(expression, template=template, **more)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Answers of a State, "" for all of them, to requests of a priority: hours (None without an answer) and numbers."""

    party: str
    priority: str
    asked: int
    answered: int
    median_h: float | None
    p90_h: float | None
    late: int
    waiting: int


def answer_times(actor: Actor, now: datetime.datetime, *, by_party: bool) -> list[Waiting]:
    """Parts of requests sent in the last twelve months by State and priority, or by priority alone. One query.

    Of the routes that the actor may know: RIFC's watch all of its line, a point of contact its own State's. From the
    moment a part was sent to its answer or refusal; what was withdrawn or passed to another desk is not counted. Late:
    answered after it was due, or due and not answered.
    """
    begin = datetime.datetime.combine(first_of(now.date(), MONTHS - 1), datetime.time(), datetime.UTC)
    done, live = Q(state__in=ANSWERED), Q(state__in=sorted(Addressee.LIVE))
    taken = F("done_at") - F("sent_at")
    late = Q(done_at__gt=F("due_at")) & done | Q(due_at__lt=now) & live
    keys = ("owner__party", "priority") if by_party else ("priority",)
    rows = (
        beyond(Addressee.objects.all(), "routes")
        .routes_for(actor)
        .filter(done | live, line="cisnet", sent_at__gte=begin)
        .order_by()
    )
    figures = {
        "asked": Count("pk"), "done_n": Count("pk", filter=done), "median": Share(0.5, taken, filter=done),
        "p90": Share(0.9, taken, filter=done), "late_n": Count("pk", filter=late), "live_n": Count("pk", filter=live),
    }  # fmt: skip
    counted = rows.values(*keys).annotate(**figures).values_list(*keys, *figures)
    order = {code: place for place, (code, _label) in enumerate(priorities.choices("priority"))}
    found = [_waiting(*([""] if not by_party else []), *row) for row in counted]
    return sorted(found, key=lambda one: (one.party, order.get(one.priority, len(order))))


def _waiting(party: str, priority: str, *figures: Any) -> Waiting:
    asked, answered, median, p90, late, waiting = figures
    return Waiting(
        party, priorities.label_of("priority", priority), asked, answered, _h(median), _h(p90), late, waiting
    )


def _h(taken: datetime.timedelta | None) -> float | None:
    return taken.total_seconds() / 3600 if taken is not None else None
