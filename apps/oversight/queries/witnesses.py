"""Which anchors count: by how many parties they are co-signed, and which witness is late."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery

from apps.access.dated_lists import held
from apps.audit.anchors import Cosignature
from apps.oversight.models import Anchor, AnchorCosignature, MissedQuorum, QuorumRule, Witness

TOLD_FOR = datetime.timedelta(days=1)
"""Anchors that are older and were not noted then, while nothing ran, are not told any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an anchor is witnessed: by so many parties of those that are needed."""

    counted: int
    needed: int

    @property
    def counts(self) -> bool:
        """Whether that is enough."""
        return self.counted >= self.needed


@dataclass(frozen=True, slots=True)
class Watch:
    """A witness, the newest anchor that it has co-signed, and whether it should have co-signed a later one by now."""

    witness: Any
    number: int | None
    given_at: datetime.datetime | None
    late: bool


def quorum_on(day: datetime.date) -> QuorumRule:
    """The rule of a day."""
    rule: QuorumRule = QuorumRule.objects.filter(held(day)).order_by("-valid_from")[0]
    return rule


def standings(rows: Sequence[Any]) -> dict[Any, Standing]:
    """{key of an anchor: its standing}, of those in the log. Two queries, and one for each further rule of its days."""
    counted = dict(
        AnchorCosignature.objects.filter(anchor__in=[row.pk for row in rows])
        .values_list("anchor_id")
        .annotate(parties=Count("witness__party", distinct=True))
    )
    needed = {day: quorum_on(day).least for day in {row.day for row in rows}}
    return {row.pk: Standing(counted.get(row.pk, 0), needed[row.day]) for row in rows if row.number}


def with_standings(rows: Sequence[Any]) -> Sequence[Any]:
    """The anchors with `standing`: None for one from before the log."""
    found = standings(rows)
    for row in rows:
        row.standing = found.get(row.pk)
    return rows


def cosignatures(anchor: Any) -> list[AnchorCosignature]:
    """Of an anchor, by witness. One query."""
    rows = AnchorCosignature.objects.filter(anchor=anchor).select_related("witness")
    return list(rows.order_by("witness__party", "witness__name"))


def signed_by(anchor: Any) -> tuple[Cosignature, ...]:
    """The same, as they stand in a file."""
    return tuple(row.signed for row in cosignatures(anchor))


def watches(now: datetime.datetime) -> list[Watch]:
    """Every live witness and how far it has come; late by the newest anchor whose time is over. Three queries."""
    newest = AnchorCosignature.objects.filter(witness=OuterRef("pk")).order_by("-anchor__number")
    rows = Witness.objects.filter(state=Witness.State.LIVE).annotate(
        newest=Subquery(newest.values("anchor__number")[:1]), newest_at=Subquery(newest.values("given_at")[:1])
    )
    due = _due(now).aggregate(number=Max("number"), made=Max("made_at"))
    return [Watch(row, row.newest, row.newest_at, _is_late(row, due)) for row in rows.order_by("party", "name")]


def _is_late(row: Any, due: dict[str, Any]) -> bool:
    return due["number"] is not None and row.decided_at <= due["made"] and (row.newest or 0) < due["number"]


def _due(now: datetime.datetime) -> Any:
    """Anchors of the log that should have their co-signatures."""
    within = datetime.timedelta(minutes=quorum_on(now.date()).within_min)
    return Anchor.objects.filter(number__isnull=False, made_at__lte=now - within)


def missed_anchors(now: datetime.datetime) -> Iterator[tuple[Any, Standing]]:
    """Anchors of the last day whose time is over without a quorum, oldest first; none while nobody has a witness."""
    if not Witness.objects.filter(state__in=[Witness.State.LIVE, Witness.State.ENDED]).exists():
        return
    noted = MissedQuorum.objects.values("anchor")
    rows = list(_due(now).filter(made_at__gt=now - TOLD_FOR).exclude(pk__in=noted).defer("heads").order_by("number"))
    found = standings(rows)
    yield from ((row, found[row.pk]) for row in rows if not found[row.pk].counts)


def last_witnessed() -> Any:
    """The newest anchor with a quorum among the newest hundred, or None."""
    rows = list(Anchor.objects.filter(number__isnull=False).defer("heads").order_by("-number")[:100])
    found = standings(rows)
    return next((row for row in rows if found[row.pk].counts), None)
