"""The log of anchors: which is the newest, what it is made of, and the proof that it only grew."""

import datetime
from typing import Any

from django.db.models import F

from apps.audit import anchors, further_checks
from apps.audit.queries import unlike
from apps.oversight.models import Anchor, AnchorCosignature

LOOKED_BACK = datetime.timedelta(days=30)
"""Of each day of these one anchor is compared with the trail each hour, and of the last two days each;
`verify_audit` compares all."""
OF_LAST_HOURS = 48
NEWEST = (F("number").desc(nulls_last=True), "-day")


def hour_of(moment: datetime.datetime) -> datetime.datetime:
    """The beginning of the hour of a moment, in UTC."""
    return moment.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)


def anchored(moment: datetime.datetime) -> bool:
    """Whether the hour of a moment has its anchor."""
    return Anchor.objects.filter(hour=hour_of(moment)).exists()


def newest_anchor() -> Any:
    """The newest, or None."""
    return Anchor.objects.order_by(*NEWEST).first()


def recent_anchors(day: datetime.date) -> list[Any]:
    """Those that are compared with the trail, newest first, each once. Two queries."""
    hours = list(Anchor.objects.order_by(*NEWEST)[:OF_LAST_HOURS])
    days = Anchor.objects.filter(day__gte=day - LOOKED_BACK).order_by("-day", NEWEST[0]).distinct("day")
    known = {one.pk for one in hours}
    return [*hours, *(one for one in days if one.pk not in known)]


def whole_log(upto: int | None = None) -> list[bytes]:
    """The leaves of the log up to a number, all if none is given. One query; an hour is 200 bytes."""
    rows = Anchor.objects.filter(number__isnull=False).order_by("number")
    rows = rows if upto is None else rows.filter(number__lte=upto)
    return [row.entry for row in rows.only("number", "day", "made_at", "before", "root")]


def growth_between(anchor: Any, since: int) -> tuple[str, ...]:
    """The proof that the log with `since` anchors, 1 to its number, is the beginning of the log at this anchor."""
    return anchors.growth(whole_log(anchor.number), since)


@further_checks.checks
def check_log() -> tuple[list[str], list[str]]:
    """For `verify_audit`: every anchor is signed, the log has grown from the first on, the trail holds all ends.

    So are co-signatures looked at: who signed an anchor anew cannot sign for its witnesses.
    """
    rows = list(Anchor.objects.order_by(F("number").asc(nulls_first=True), "day"))
    if not rows:
        return [], []
    faults, leaves = [], []
    for row in rows:
        name = f"anchor {row.number or row.day.isoformat()}"
        if wrong := row.file(row.ends, {}).fault():
            faults.append(f"{name}: {wrong}")
        if row.number is None:
            continue
        leaves.append(row.entry)
        if row.number != len(leaves):
            return [*faults, f"anchor {len(leaves)} is missing"], []
    numbered = [row for row in rows if row.number is not None]
    faults += [*_log_faults(numbered, leaves), *_cosignature_faults()]
    ends = {end.place for row in rows for end in row.ends}
    faults += [
        f"chain {end.stream}, record {end.seq}: not what an anchor of the portal witnesses"
        for end in unlike(anchors.Head(*place) for place in sorted(ends))
    ]
    return faults, [] if faults else [f"{len(rows)} anchors, as signed and in the trail"]


def _cosignature_faults() -> list[str]:
    """Co-signatures that are not of the anchor beside which they are kept. One query."""
    rows = AnchorCosignature.objects.select_related("anchor", "witness").order_by("anchor__number", "pk")
    return [
        f"anchor {row.anchor.number}: {row.witness.code} co-signed another one"
        for row in rows.defer("anchor__heads").iterator(chunk_size=1000)
        if not row.signed.fits(row.anchor.number or 0, row.anchor.root, row.anchor.log)
    ]


def _log_faults(rows: list[Any], leaves: list[bytes]) -> list[str]:
    """Where the log that an anchor names is not that of the anchors before it: as many roots as there are anchors.

    The roots are computed from the peaks of the tree, so that all of them together cost no more than the last.
    """
    return [
        f"anchor {row.number}: the log before it is another one"
        for row, root in zip(rows, anchors.logs_of(leaves), strict=True)
        if row.log != root
    ]
