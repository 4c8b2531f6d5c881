"""The objects of a report's versions as programs are given them: with the texts that were made of them before.

Within one version of a report objects change when somebody records or withdraws what it says of persons and things.
Each change is a later version of the STIX object, the same in all collections; a moment that was given stays.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.rifc.models import Report
from apps.taxii.models import ObjectVersion
from apps.taxii.queries import publication
from apps.taxii.queries.namespace import namespace
from apps.taxii.stix import entities, exports
from apps.taxii.stix.times import moment, stamp

Plain = dict[str, Any]


@dataclass
class Item:
    """An object of a version; `row` is None until its text is kept. `rests`: see `ObjectVersion.rests_on`."""

    report: Any
    plain: bool
    value: Plain
    rests: tuple[str, ...] = ()
    row: ObjectVersion | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A version: what its objects need, and the objects."""

    needs: list[Plain]
    items: list[Item]


Texts = dict[tuple[Any, bool], Text]
"""By version, and whether it is without persons and things."""


def texts_of(versions: Sequence[Report], now: datetime.datetime) -> Texts:
    """Both texts of each version of one report; one text where nothing is told of persons and things."""
    kept = _kept(versions)
    full, bare = _Clock(now), _Clock(now)
    found: Texts = {}
    # the first version first: what a later one says is of a later moment
    for key, edition in publication.editions(versions).items():
        found[key, False] = found[key, True] = _text(key, edition, kept, full)
        if edition.told.things:
            found[key, True] = _text(key, replace(edition, told=entities.Told()), kept, bare, plain=True)
    return found


def _kept(versions: Sequence[Report]) -> dict[tuple[Any, bool], dict[str, ObjectVersion]]:
    """{(version, whether without things): {object: its newest text}}. One query."""
    found: dict[tuple[Any, bool], dict[str, ObjectVersion]] = defaultdict(dict)
    rows = ObjectVersion.objects.filter(report__in=[row.pk for row in versions])
    for one in rows.order_by("report", "plain", "stix_id", "-pk").distinct("report", "plain", "stix_id"):
        found[one.report_id, one.plain][one.stix_id] = one
    return found


def _text(key: Any, edition: exports.Edition, kept: Any, clock: "_Clock", *, plain: bool = False) -> Text:
    made = exports.export(edition, namespace())
    items = [Item(key, plain, one, made.rests.get(one["id"], ())) for one in made.objects]
    for item in items:
        clock.settle(item, kept.get((key, plain), {}).get(item.value["id"]))
    return Text(made.needs, items)


class _Clock:
    """Gives each object the moment of its text: no later text of an object is of an earlier moment."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self.latest: dict[str, datetime.datetime] = {}

    def settle(self, item: Item, row: ObjectVersion | None) -> None:
        """Take the text that was kept where it says the same and comes after all before it; else a later version."""
        value = item.value
        given = moment(value.get("modified"))
        known = json.loads(row.payload) if row else {}
        before = self.latest.get(value["id"])
        if row and known == value | ({"modified": known["modified"]} if given else {}):
            if not (before and row.version_at and row.version_at <= before):
                item.value, item.row = known, row
        elif row and given and row.version_at:
            before = max(row.version_at, before or row.version_at)
        if item.row is None and given and before and given <= before:
            item.value = value | {"modified": stamp(max(self.now, exports.after(stamp(before))))}
        at = moment(item.value.get("modified"))
        if at:
            self.latest[value["id"]] = max(at, self.latest.get(value["id"], at))
