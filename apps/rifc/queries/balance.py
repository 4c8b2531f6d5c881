"""What each party gives and gets: reports shared and received, receipts, recalls, and what came of them."""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Func, Q

from apps.access.actor import Actor
from apps.rifc.models import Balance, RecallAck, Receipt, Report, Use
from apps.rifc.queries import rule, vocabulary

MONTHS = 12
COUNTS = ("shared", "received", "useful", "recalled")


def first_of(day: datetime.date, back: int = 0) -> datetime.date:
    """The first day of a day's month, or of one so many months before."""
    months = day.year * 12 + day.month - 1 - back
    return datetime.date(months // 12, months % 12 + 1, 1)


def counted(actor: Actor, month: datetime.date) -> dict[str, dict[str, Any]]:
    """{party: its figures of a month} for all members of the MoU. Five queries; the portal's clock sees all rows."""
    span = (month, first_of(month, -1))
    sent = (
        Receipt.objects.visible_to(actor).filter(_within("added_at", span)).exclude(desk__party=F("report__originator"))
    )
    thread = Count("report__thread", distinct=True)
    given = dict(sent.values_list("report__originator").annotate(thread))
    got = dict(sent.values_list("desk__party").annotate(thread))
    uses = Use.objects.visible_to(actor).filter(_within("at", span)).exclude(usefulness="not")
    useful = dict(uses.values_list("report__originator").annotate(Count("pk")))
    taken = RecallAck.objects.visible_to(actor).filter(_within("recall__at", span))
    recalled = dict(taken.values_list("report__originator").annotate(thread))
    hours: dict[str, list[float]] = defaultdict(list)
    answered = Receipt.objects.visible_to(actor).filter(_within("ack_at", span))
    for party, since, at in answered.values_list("desk__party", "added_at", "ack_at"):
        hours[party].append((at - since).total_seconds() / 3600)
    return {
        party: {
            "shared": given.get(party, 0),
            "received": got.get(party, 0),
            "useful": useful.get(party, 0),
            "recalled": recalled.get(party, 0),
            "ack_hours": statistics.median(hours[party]) if hours[party] else None,
        }
        for party in rule.members(month)
    }


def _within(column: str, span: tuple[datetime.date, datetime.date]) -> Q:
    return Q(**{f"{column}__date__gte": span[0], f"{column}__date__lt": span[1]})


def medians(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of each figure; of the times to a receipt among parties that gave any."""
    hours = [row["ack_hours"] for row in rows if row["ack_hours"] is not None]
    found: dict[str, Any] = {name: statistics.median([row[name] for row in rows]) if rows else 0 for name in COUNTS}
    return {**found, "ack_hours": statistics.median(hours) if hours else None}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one's own party beside the median of the region; None where that is not shown."""

    first: datetime.date
    own: Any
    region: Any


def year_of(actor: Actor, today: datetime.date) -> list[Month]:
    """The last twelve months, the present one last. One query."""
    begin = first_of(today, MONTHS - 1)
    rows = list(Balance.objects.visible_to(actor).filter(month__gte=begin, month__lte=today))
    own = {row.month: row for row in rows if row.party_id == actor.party_code}
    fewest = vocabulary.detail("balance", "parties")["parties"]
    region = {row.month: row for row in rows if row.party_id is None and row.members >= fewest}
    months = [first_of(today, back) for back in range(MONTHS - 1, -1, -1)]
    return [Month(month, own.get(month), region.get(month)) for month in months]


def uses_of(actor: Actor, report: Report) -> list[Use]:
    """For the originator what recipients say of any version of a report, newest first. One query."""
    if actor.party_code != report.originator_id:
        return []
    rows = Use.objects.visible_to(actor).filter(report__thread=report.thread)
    return list(rows.select_related("desk__party", "desk__function", "report").order_by("-at"))


def own_use(actor: Actor, report: Report) -> Use | None:
    """What one's own desk has said of a version."""
    rows = Use.objects.visible_to(actor).filter(report=report, desk_id=actor.desk_id)
    found: Use | None = rows.select_related("desk", "report").first()
    return found


class _Unnest(Func):
    """One row for each item of a list."""

    function = "unnest"
    set_returning = True
    output_field = CharField()


def by_category(actor: Actor, since: datetime.date) -> list[tuple[str, int, int]]:
    """(threat category, of one's own party, of others): reports shared since that the actor sees. One query."""
    rows = Report.objects.visible_to(actor).filter(shared_at__date__gte=since, state=Report.State.SHARED)
    found = rows.annotate(code=_Unnest("threat_categories")).values_list("code", "originator").annotate(Count("pk"))
    own: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for code, originator, number in found.order_by():
        (own if originator == actor.party_code else others)[code] += number
    lines = [(label, own[code], others[code]) for code, label in vocabulary.choices("threat_category")]
    return [line for line in lines if line[1] or line[2]]
